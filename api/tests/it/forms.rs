//! The forms as they are printed: pages and spreadsheets of the same content.

use std::io::Read;

use uuid::Uuid;

use crate::{
    ask::Answer,
    attendance::taught,
    seed::{Kind, id},
    world::World,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn daily(ending: &str) -> String {
    format!("/institutions/{}/reports/2024-10-08/form.{ending}", id::<Uuid>(Kind::Institution, 0))
}

fn monthly(ending: &str) -> String {
    format!("/classes/{}/months/2024-10/form.{ending}", id::<Uuid>(Kind::Class, 0))
}

pub async fn page(world: &World, path: &str) -> String {
    page_as(world, path, "liaison").await
}

pub async fn page_as(world: &World, path: &str, who: &str) -> String {
    let answer = world.get(path, who).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(answer.text().starts_with("<!DOCTYPE html>"));
    answer.text()
}

/// The words of a spreadsheet, in the order in which they first stand.
pub async fn words(world: &World, path: &str) -> Vec<String> {
    words_of(world.get(path, "liaison").await)
}

/// The words of an answer that is a spreadsheet.
pub fn words_of(answer: Answer) -> Vec<String> {
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, XLSX));
    assert!(answer.header("content-disposition").ends_with(".xlsx\""));
    assert_eq!(infer::get(&answer.bytes).unwrap().mime_type(), XLSX);
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(answer.bytes)).unwrap();
    let mut strings = String::new();
    file.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut strings).unwrap();
    let parts = strings.split("</t>").filter_map(|part| Some(part.rsplit_once("<t")?.1.split_once('>')?.1.to_owned()));
    parts.collect()
}

#[tokio::test]
async fn the_daily_report_has_exactly_the_printed_columns() {
    let world = World::new().await;
    let headings = ["序号", "班级名称", "班级学员数", "实际出勤学员数", "病假学员数", "事假学员数", "其他需要说明情况"];
    let page = page(&world, &daily("html")).await;
    let row: String = headings.iter().map(|heading| format!("<th>{heading}</th>")).collect();
    assert!(page.contains(&format!("<thead><tr>{row}</tr></thead>")), "{page}");
    let line = "<tr><td>1</td><td>2024年电工0班期</td><td>2</td><td>2</td><td>0</td><td>0</td><td></td></tr>";
    assert!(page.contains(line), "{page}");
    assert!(page.contains("上报时间：2024年10月8日8时00分") && page.contains("培训机构统计人：liaison 先生"), "{page}");
    assert!(!page.contains("电工1班期"), "another institution's class");
    let words = words(&world, &daily("xlsx")).await;
    assert_eq!(words[..3], ["日出勤情况报告单", "培训机构：第0培训学校", "上报时间：2024年10月8日8时00分"]);
    assert_eq!(words[3..10], headings);
}

#[tokio::test]
async fn the_monthly_summary_is_made_from_punches() {
    let world = taught().await;
    let page = page(&world, &monthly("html")).await;
    assert!(
        page.contains("<h1>抚顺市高校毕业生专业转换及技能提升培训2024年10月份学生考勤情况签名汇总表</h1>"),
        "{page}"
    );
    assert!(page.contains("<th>8</th><th>9</th><th>出勤天数</th>"), "{page}");
    let line =
        "<tr><td>1</td><td>学员甲0</td><td>√</td><td></td><td>1</td><td>0</td><td>0</td><td>0</td><td></td></tr>";
    assert!(page.contains(line), "{page}");
    assert!(page.contains("<td>学员乙0</td><td>×</td>"), "{page}");
    let words = words(&world, &monthly("xlsx")).await;
    assert!(words.iter().any(|word| word == "√") && words.iter().any(|word| word == "学员签名"), "{words:?}");
}

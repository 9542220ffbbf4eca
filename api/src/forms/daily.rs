//! 日出勤情况报告单 (R7.3b), with exactly the printed form's columns; one form lists all classes of the institution.

use duxue_rules::{civil, report::DailyReport};
use jiff::{Timestamp, civil::Date};

use super::{Cell, Column, Form, Paper};

/// So many numbered rows the printed form has; more are added where there are more classes.
const ROWS: usize = 10;

/// A class on the form.
pub(crate) struct DailyLine {
    /// 班级名称.
    pub(crate) class: String,
    /// What was sent; `None`: nothing yet.
    pub(crate) report: Option<SentLine>,
}

/// A report that was sent.
pub(crate) struct SentLine {
    /// What it says.
    pub(crate) said: DailyReport,
    /// When the day's first revision came.
    pub(crate) at: Timestamp,
    /// Who sent it.
    pub(crate) by: String,
}

/// The form of an institution's day. 上报时间 is when the last of its classes had reported.
pub(crate) fn daily(institution: &str, date: Date, lines: &[DailyLine]) -> Form {
    let sent: Vec<&SentLine> = lines.iter().filter_map(|line| line.report.as_ref()).collect();
    let reported = sent.iter().map(|sent| sent.at).max().map_or_else(
        || "    年  月  日  时  分".to_owned(),
        |at| {
            let (day, time) = (civil::date_of(at), civil::time_of(at));
            let (year, month, day) = (day.year(), day.month(), day.day());
            format!("{year}年{month}月{day}日{}时{:02}分", time.hour(), time.minute())
        },
    );
    let mut people: Vec<&str> = sent.iter().map(|sent| sent.by.as_str()).collect();
    people.sort_unstable();
    people.dedup();
    let rows = (1..=lines.len().max(ROWS)).map(|number| row(number, lines.get(number - 1)));
    Form {
        name: format!("daily-report-{date}"),
        paper: Paper::Landscape,
        title: "日出勤情况报告单".to_owned(),
        above: vec![format!("培训机构：{institution}"), format!("上报时间：{reported}")],
        columns: [
            ("序号", 6),
            ("班级名称", 30),
            ("班级学员数", 12),
            ("实际出勤学员数", 16),
            ("病假学员数", 12),
            ("事假学员数", 12),
            ("其他需要说明情况", 40),
        ]
        .map(|(heading, width)| Column::new(heading, width))
        .into(),
        rows: rows.collect(),
        below: vec![format!("培训机构统计人：{}", people.join("、"))],
        signatures: Vec::new(),
    }
}

fn row(number: usize, line: Option<&DailyLine>) -> Vec<Cell> {
    let number = Cell::Number(u32::try_from(number).unwrap_or(u32::MAX));
    let class = line.map_or(Cell::Blank, |line| Cell::Text(line.class.clone()));
    let counts = match line.and_then(|line| line.report.as_ref()) {
        None => vec![Cell::Blank; 5],
        Some(SentLine { said, .. }) => {
            let note = match (said.other, said.note.as_str()) {
                (0, "") => Cell::Blank,
                (0, note) => Cell::Text(note.to_owned()),
                (other, note) => Cell::Text(format!("其他 {other} 人；{note}")),
            };
            let counts = [said.roll, said.present, said.sick, said.personal].map(Cell::Number);
            counts.into_iter().chain([note]).collect()
        }
    };
    [number, class].into_iter().chain(counts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use duxue_rules::ids::ClassId;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn it_is_the_printed_form() {
        let said = DailyReport {
            class: ClassId(Uuid::nil()),
            date: date(2024, 10, 8),
            roll: 30,
            present: 27,
            present_men: None,
            present_women: None,
            sick: 1,
            personal: 1,
            other: 1,
            absent: vec![],
            note: "一人迟到".into(),
        };
        let at = "2024-10-08T00:47:00Z".parse().unwrap();
        let report = Some(SentLine { said, at, by: "林老师".into() });
        let lines =
            [DailyLine { class: "电工1班期".into(), report }, DailyLine { class: "焊工1班期".into(), report: None }];
        let form = daily("示范学校", date(2024, 10, 8), &lines);
        assert_eq!(form.above, ["培训机构：示范学校", "上报时间：2024年10月8日8时47分"]);
        let headings: Vec<_> = form.columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["序号", "班级名称", "班级学员数", "实际出勤学员数", "病假学员数", "事假学员数", "其他需要说明情况"]
        );
        let text = |text: &str| Cell::Text(text.to_owned());
        let [roll, present, sick, personal] = [30, 27, 1, 1].map(Cell::Number);
        let first =
            vec![Cell::Number(1), text("电工1班期"), roll, present, sick, personal, text("其他 1 人；一人迟到")];
        assert_eq!(form.rows[0], first);
        assert_eq!(form.rows[1][1..3], [text("焊工1班期"), Cell::Blank]);
        assert_eq!(form.rows.len(), 10);
        assert!(form.rows.iter().all(|row| row.len() == form.columns.len()));
        assert_eq!(form.below, ["培训机构统计人：林老师"]);
    }
}

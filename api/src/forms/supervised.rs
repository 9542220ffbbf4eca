//! 七(三): what supervision writes down: the record of remote supervision, and the sheet of an on-site inspection 督导记录单
//! (R7.4) with its checklist (R7.1a). The notice names both and prints neither; their columns are ours.

use duxue_rules::{
    supervision::{Checklist, Look},
    text::Remark,
};
use jiff::civil::Date;

use super::{Cell, Column, Form, Paper, SignedBy};

/// What both have in common.
pub(crate) struct Supervised<'a> {
    /// The record, for the file's name.
    pub(crate) id: String,
    /// 培训机构.
    pub(crate) institution: &'a str,
    /// 班级名称.
    pub(crate) class: &'a str,
    /// The civil day.
    pub(crate) on: Date,
    /// Who watched or inspected.
    pub(crate) people: &'a [String],
    /// What was seen.
    pub(crate) checklist: &'a Checklist,
    /// What else there is to say.
    pub(crate) remark: Option<&'a Remark>,
    /// The places for signatures, with those that are there.
    pub(crate) signatures: Vec<SignedBy>,
}

/// 远程监管记录单. `minutes`: how much teaching was watched, by the system's own log.
pub(crate) fn remote(of: Supervised<'_>, minutes: u32) -> Form {
    let watched = format!("监管日期：{}    观看教学时长（系统记录）：{minutes} 分钟", zh(of.on));
    form("remote-supervision", "远程监管记录单", watched, "监管人员", of)
}

/// 现场督导检查记录单.
pub(crate) fn inspection(of: Supervised<'_>) -> Form {
    let on = format!("检查日期：{}", zh(of.on));
    form("inspection", "现场督导检查记录单", on, "督导检查人员", of)
}

fn form(kind: &str, title: &str, when: String, people: &str, of: Supervised<'_>) -> Form {
    let rows = (1..).zip(of.checklist.looks()).map(|(number, (item, look))| {
        let (seen, what) = match look {
            Look::SeenFine => ("正常", Cell::Blank),
            Look::NotFine { what } => ("有问题", Cell::Text(what.as_str().to_owned())),
            Look::NotLookedAt => ("未检查", Cell::Blank),
        };
        vec![Cell::Number(number), Cell::Text(item.text().zh), Cell::Text(seen.to_owned()), what]
    });
    Form {
        name: format!("{kind}-{}-{}", of.on, of.id),
        paper: Paper::Portrait,
        title: title.to_owned(),
        above: vec![
            format!("培训机构：{}", of.institution),
            format!("班级名称：{}", of.class),
            when,
            format!("{people}：{}", of.people.join("、")),
        ],
        columns: [("序号", 6), ("检查内容", 40), ("检查情况", 12), ("存在的问题", 36)]
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.collect(),
        below: vec![format!("其他需要说明的情况：{}", of.remark.map_or("", Remark::as_str))],
        signatures: of.signatures,
    }
}

/// A date as forms write it.
pub(super) fn zh(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_item_of_the_checklist_is_on_the_sheet_with_what_came_of_it() {
        let what = Remark::new("两名学员由他人代打卡").unwrap();
        let checklist =
            Checklist { voluntary: Look::SeenFine, replaced: Look::NotFine { what }, ..Checklist::default() };
        let form = inspection(Supervised {
            id: "1".into(),
            institution: "示范学校",
            class: "电工1班期",
            on: date(2024, 10, 8),
            people: &["林".into(), "吴".into()],
            checklist: &checklist,
            remark: None,
            signatures: vec![],
        });
        assert_eq!(form.above[2..], ["检查日期：2024年10月8日", "督导检查人员：林、吴"]);
        assert_eq!(form.rows.len(), 10);
        assert!(form.rows.iter().all(|row| row.len() == form.columns.len()));
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(form.rows[0][1..], [text("参加培训人员真实自愿"), text("正常"), Cell::Blank]);
        assert_eq!(form.rows[1][2], text("未检查"));
        assert_eq!(form.rows[8][1..], [text("无学员替换等情况"), text("有问题"), text("两名学员由他人代打卡")]);
    }
}

//! 花名册: a class's students with masked ID numbers, and a place for each to sign.

use duxue_rules::roster::Sex;
use jiff::civil::Date;

use super::{Cell, Column, Form, Paper};

/// A student on the roster.
pub(crate) struct RosterLine {
    /// 学号.
    pub(crate) number: Option<String>,
    /// 姓名.
    pub(crate) name: String,
    /// 性别.
    pub(crate) sex: Sex,
    /// The ID number with a part of it hidden.
    pub(crate) masked_number: Option<String>,
    /// The first day on which they were no longer in the class.
    pub(crate) left_on: Option<Date>,
}

/// The roster of a class, by roster number.
pub(crate) fn roster(file: String, institution: &str, class: &str, mut lines: Vec<RosterLine>) -> Form {
    lines.sort_by(|one, other| (&one.number, &one.name).cmp(&(&other.number, &other.name)));
    let here = lines.iter().filter(|line| line.left_on.is_none());
    let (men, women): (Vec<_>, Vec<_>) = here.partition(|line| line.sex == Sex::Male);
    let counts = format!("在册 {} 人，其中男 {} 人、女 {} 人", men.len() + women.len(), men.len(), women.len());
    Form {
        name: file,
        paper: Paper::Portrait,
        title: "培训班学员花名册".to_owned(),
        above: vec![format!("培训机构：{institution}"), format!("班级名称：{class}"), counts],
        columns: [
            ("序号", 6),
            ("学号", 12),
            ("姓名", 14),
            ("性别", 6),
            ("身份证号码（部分隐藏）", 24),
            ("备注", 18),
            ("学员签名", 14),
        ]
        .map(|(heading, width)| Column::new(heading, width))
        .into(),
        rows: (1..).zip(lines).map(|(number, line)| row(number, line)).collect(),
        below: vec!["班主任（签名）：              培训机构（盖章）：              日期：".to_owned()],
        signatures: Vec::new(),
    }
}

fn row(number: u32, line: RosterLine) -> Vec<Cell> {
    let text = |text: Option<String>| text.map_or(Cell::Blank, Cell::Text);
    let sex = match line.sex {
        Sex::Male => "男",
        Sex::Female => "女",
    };
    vec![
        Cell::Number(number),
        text(line.number),
        Cell::Text(line.name),
        Cell::Text(sex.to_owned()),
        text(line.masked_number),
        text(line.left_on.map(|on| format!("{on} 起退出"))),
        Cell::Blank,
    ]
}

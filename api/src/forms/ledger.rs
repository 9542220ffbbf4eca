//! 就(创)业情况统计台账 (R11.2): a line a student, a column a node. The notice names the ledger and prints no form of it.

use duxue_rules::tracking::{Node, Occupation};
use jiff::civil::Date;

use super::{Cell, Column, Form, Paper};

/// What is known of a student at a node.
pub(crate) struct LookedUp {
    /// When it was looked up.
    pub(crate) on: Date,
    /// What was found.
    pub(crate) occupation: Occupation,
    /// Employer, business, or how it was tried.
    pub(crate) note: String,
}

/// A student on the ledger.
pub(crate) struct LedgerLine {
    /// 姓名.
    pub(crate) name: String,
    /// The line that counts at each node, in the order of [`Node::ALL`].
    pub(crate) nodes: [Option<LookedUp>; 4],
}

/// The ledger of a class.
pub(crate) fn ledger(file: String, institution: &str, class: &str, ends_on: Date, lines: Vec<LedgerLine>) -> Form {
    let mut columns = vec![Column::new("序号", 6), Column::new("姓名", 14)];
    columns.extend(Node::ALL.map(|node| Column::new(heading(node), 28)));
    let rows = (1..).zip(lines).map(|(number, line)| {
        let known = line.nodes.into_iter().map(|one| one.map_or(Cell::Blank, |one| Cell::Text(words(&one))));
        [Cell::Number(number), Cell::Text(line.name)].into_iter().chain(known).collect()
    });
    Form {
        name: file,
        paper: Paper::Landscape,
        title: "就（创）业情况统计台账".to_owned(),
        above: vec![format!("培训机构：{institution}    班级名称：{class}    培训结束日期：{ends_on}")],
        columns,
        rows: rows.collect(),
        below: vec!["填表人：              培训机构（盖章）：              日期：".to_owned()],
        signatures: Vec::new(),
    }
}

fn heading(node: Node) -> &'static str {
    match node {
        Node::AtEnd => "培训结束当时",
        Node::ThreeMonths => "培训结束后3个月",
        Node::SixMonths => "培训结束后6个月",
        Node::OneYear => "培训结束后1年",
    }
}

fn words(one: &LookedUp) -> String {
    let found = match one.occupation {
        Occupation::Employed => "就业",
        Occupation::Business => "创业",
        Occupation::None => "未就（创）业",
        Occupation::Unreachable => "未能联系",
    };
    match one.note.as_str() {
        "" => format!("{found}（{}）", one.on),
        note => format!("{found}（{}）\n{note}", one.on),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_a_student_and_a_column_a_node() {
        let found = |occupation, note: &str| LookedUp { on: date(2025, 1, 8), occupation, note: note.to_owned() };
        let nodes = [
            Some(found(Occupation::Employed, "某电气公司")),
            Some(found(Occupation::None, "")),
            Some(found(Occupation::Unreachable, "三次未接")),
            None,
        ];
        let line = LedgerLine { name: "学员甲".into(), nodes };
        let form = ledger("x".into(), "示范学校", "电工1班期", date(2024, 12, 31), vec![line]);
        let text = |text: &str| Cell::Text(text.to_owned());
        let row = vec![
            Cell::Number(1),
            text("学员甲"),
            text("就业（2025-01-08）\n某电气公司"),
            text("未就（创）业（2025-01-08）"),
            text("未能联系（2025-01-08）\n三次未接"),
            Cell::Blank,
        ];
        assert_eq!(form.rows, [row]);
        assert_eq!(form.columns.len(), 6);
        assert_eq!(form.columns[2].heading, "培训结束当时");
        assert_eq!(form.columns[5].heading, "培训结束后1年");
    }
}

//! 公示 (R10.1): who is to be paid how much, as it hangs: numbers in part hidden.

use super::{Cell, Column, Form, Paper, supervised::zh};
use crate::dto::notice::PublicNotice;

/// The notice on paper.
pub(crate) fn notice(shown: &PublicNotice) -> Form {
    let rows = (1..).zip(&shown.lines).map(|(number, line)| {
        let masked = line.masked_number.clone().map_or(Cell::Blank, Cell::Text);
        vec![Cell::Number(number), Cell::Text(line.name.clone()), masked, Cell::Text(yuan(line.amount_fen))]
    });
    Form {
        name: format!("notice-{}-{}", shown.published_on, shown.id),
        paper: Paper::Portrait,
        title: "高校毕业生专业转换及技能提升培训补贴公示".to_owned(),
        above: vec![
            format!("培训机构：{}", shown.institution),
            format!("班级名称：{}", shown.class),
            format!("公示期：{} 至 {}", zh(shown.published_on), zh(shown.until)),
        ],
        columns: [("序号", 6), ("姓名", 16), ("号码（部分隐藏）", 26), ("补贴金额（元）", 18)]
            .map(|(heading, width)| Column::new(heading, width))
            .into(),
        rows: rows.collect(),
        below: vec![
            format!("合计：{} 人，{} 元", shown.lines.len(), yuan(shown.total_fen)),
            "公示期内如有异议，请向市就业和人才服务中心反映。".to_owned(),
        ],
        signatures: Vec::new(),
    }
}

fn yuan(fen: u64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

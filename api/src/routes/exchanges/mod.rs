//! R4.1 to R4.3: offices that offer no interface are asked by file, and answer by file.

pub mod answer;
pub mod ask;
pub mod list;

use duxue_rules::{
    access::Action,
    verification::{Matter, Phase, Verifier},
};

use crate::tables::Column;

/// The word under which the log has queries.
const SUBJECT: &str = "exchange";

/// The columns of a query, which are those of its answer.
const COLUMNS: &[Column] = &[
    Column {
        key: "name", headings: &["姓名", "name"], needed: false, hint: "与身份证一致；填写时须与花名册相符"
    },
    Column {
        key: "id_number",
        headings: &["身份证号码", "身份证号", "公民身份号码", "id_number"],
        needed: true,
        hint: "18 位，文本格式；结果按此对应学员",
    },
    Column {
        key: "found",
        headings: &["查询结果", "是否查到", "found"],
        needed: true,
        hint: "是：查到登记或缴费记录；否：未查到",
    },
    Column { key: "on", headings: &["查询日期", "date"], needed: true, hint: "2024-10-08，不晚于今天" },
    Column {
        key: "source", headings: &["数据来源", "来源", "source"], needed: true, hint: "查询的系统或出具的单位"
    },
    Column { key: "note", headings: &["备注", "note"], needed: false, hint: "不超过 1000 个字符" },
];

/// What one must be allowed to ask, and to record the answer.
fn verifying(matter: Matter, phase: Phase) -> Action {
    match matter.required(phase).0 {
        Verifier::Institution => Action::PrepareOpening,
        Verifier::Centre => Action::ReviewFiling,
    }
}

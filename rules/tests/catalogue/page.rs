//! docs/rules.md, made from the list.

use std::fmt::Write;

use duxue_rules::{
    catalogue::{Answers, Rule, rules},
    policy::Policy,
};

const HEAD: &str = "\
# The rules of the notice

Every rule that duxue decides by, in the order of the notice (抚顺市就业和人才服务中心, 2024-09-26, 试行): its article, the
numbers of the policy that it uses with their defaults, the facts that it needs, and who answers it in the crate
`duxue-rules`. A finding names its rule by this ID. The notice always wins.

This page is written by a test; `UPDATE_DOCS=1 cargo nextest run -p duxue-rules --test catalogue` writes it anew.
";

const CHAPTERS: [&str; 11] = [
    "一 培训机构 Institutions",
    "二 开班前准备 Before opening",
    "三 学员报名 Enrolment",
    "四 信息校验 Verification",
    "五 开班备案 Filing",
    "六 开班申请 Application",
    "七 过程管理 The course",
    "八 考核评价 Close-out",
    "九 补贴核算 Evidence and subsidy",
    "十 资金拨付 Notice and payment",
    "十一 档案管理 Archive",
];

pub fn markdown(policy: &Policy) -> String {
    let mut page = HEAD.to_owned();
    let mut chapter = 0;
    for rule in rules() {
        let own: usize = rule.id.as_str()[1..].split('.').next().unwrap().parse().unwrap();
        if own != chapter {
            chapter = own;
            write!(page, "\n## {}\n", CHAPTERS[own - 1]).unwrap();
        }
        page.push_str(&section(rule, policy));
    }
    page
}

fn section(rule: &Rule, policy: &Policy) -> String {
    let Rule { id, article, zh, en, needs, .. } = rule;
    let mut text = format!("\n### {id} {zh}\n\n{en} ({article}).\n\n");
    let values: Vec<String> = rule.values(policy).iter().map(|(name, value)| format!("`{name}` {value}")).collect();
    if !values.is_empty() {
        writeln!(text, "- Policy: {}", values.join(", ")).unwrap();
    }
    match rule.answers {
        Answers::Decisions(paths) => {
            let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
            write!(text, "- Needs: {needs}\n- Answered by: {}\n", paths.join(", ")).unwrap();
        }
        Answers::Kept(what) => writeln!(text, "- Nothing to decide: the system keeps {what}").unwrap(),
    }
    text
}

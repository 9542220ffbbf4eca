//! The list of rules against the sources, the policy and the document that is written from it.

#![allow(clippy::unwrap_used)]

mod page;
mod source;

use std::collections::BTreeSet;

use duxue_rules::{
    catalogue::{Answers, Rule, fields, rule, rules, rules_of},
    policy::Policy,
};
use source::Source;

/// Fields of the policy that are no number of a rule.
const NO_NUMBER: [&str; 1] = ["label"];

fn ids() -> BTreeSet<String> {
    rules().map(|rule| rule.id.to_string()).collect()
}

#[test]
fn every_rule_is_there_once_and_says_everything() {
    assert_eq!(ids().len(), rules().count());
    for rule in rules() {
        for text in [rule.article, rule.zh, rule.en, rule.needs] {
            assert!(!text.is_empty(), "{}", rule.id);
        }
        assert_eq!(rule.title().zh, rule.zh);
        let (chapter, _) = rule.id.as_str()[1..].split_once('.').unwrap();
        let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"];
        let numeral = numerals[chapter.parse::<usize>().unwrap() - 1];
        let article: String = rule.article.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        assert_eq!(article, numeral, "{}", rule.id);
    }
    assert_eq!(rule("R7.4a").unwrap().article, "七(四)");
    assert_eq!(rule("R99.9"), None);
}

#[test]
fn every_rule_id_in_the_sources_is_in_the_list() {
    let source = Source::read();
    let written = source.quoted_ids();
    assert!(written.len() > 20, "the sources were found: {written:?}");
    let unknown: Vec<_> = written.difference(&ids()).cloned().collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn every_rule_of_the_list_is_answered_where_it_says() {
    let source = Source::read();
    let missing: Vec<String> = rules().flat_map(|rule| unanswered(&source, rule)).collect();
    assert_eq!(missing, [""; 0]);
}

/// The functions of a rule that are not there, and the rule itself where none of their modules names it.
fn unanswered(source: &Source, rule: &Rule) -> Vec<String> {
    let Answers::Decisions(paths) = rule.answers else { return Vec::new() };
    let mut missing: Vec<String> =
        paths.iter().filter(|path| !source.has(path)).map(|path| format!("{} {path}", rule.id)).collect();
    if !paths.iter().any(|path| source.names(path, rule.id.as_str())) {
        missing.push(format!("{} is named in none of {paths:?}", rule.id));
    }
    missing
}

#[test]
fn every_number_of_the_policy_belongs_to_a_rule_and_every_field_that_a_rule_names_exists() {
    let there: BTreeSet<String> = fields(&Policy::default()).into_iter().map(|(name, _)| name).collect();
    let named: BTreeSet<String> = rules().flat_map(|rule| rule.policy).map(|name| (*name).to_owned()).collect();
    let without_rule: Vec<_> =
        there.difference(&named).filter(|name| !NO_NUMBER.contains(&name.as_str())).cloned().collect();
    assert_eq!(without_rule, [""; 0], "fields that no rule names");
    let gone: Vec<_> = named.difference(&there).cloned().collect();
    assert_eq!(gone, [""; 0], "fields that the policy does not have");
}

#[test]
fn a_number_leads_to_the_rules_that_use_it() {
    for rule in rules() {
        for field in rule.policy {
            assert!(rules_of(field).any(|found| found.id == rule.id), "{field} does not lead to {}", rule.id);
        }
    }
    assert_eq!(rules_of("label").count(), 0);
}

#[test]
fn a_rules_numbers_are_those_of_the_policy_it_is_asked_for() {
    let policy = Policy { remote_per_week: 3, ..Policy::default() };
    assert_eq!(rule("R7.4a").unwrap().values(&policy), [("remote_per_week", serde_json::json!(3))]);
    let values = rule("R7.1x").unwrap().values(&Policy::default());
    assert!(values.contains(&("crosscheck_error", serde_json::json!(0.05))), "as short as it was written");
}

/// `UPDATE_DOCS=1 cargo nextest run -p duxue-rules --test catalogue` writes it anew.
#[test]
fn the_document_is_what_the_list_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md");
    let page = page::markdown(&Policy::default());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == page, "docs/rules.md is stale: UPDATE_DOCS=1 cargo nextest run -p duxue-rules --test catalogue");
}

//! The rules of the notice, listed: which article, what it is about, which numbers of the policy it uses, which facts it
//! needs, and which functions answer it. For pages and documents; nothing is decided here.
//!
//! `docs/rules.md` is written from it. How to add a rule: a line in one of the tables; the tests say what is missing.

mod after;
mod before;
mod course;

use crate::{
    policy::Policy,
    text::{RuleId, Text},
};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its ID.
    pub id: RuleId,
    /// The article of the notice that it makes exact, such as `七(四)`.
    pub article: &'static str,
    /// What it is about, in Chinese.
    pub zh: &'static str,
    /// And in English.
    pub en: &'static str,
    /// The fields of [`Policy`] that it uses.
    pub policy: &'static [&'static str],
    /// The facts that it needs.
    pub needs: &'static str,
    /// Who answers it.
    pub answers: Answers,
}

/// Who answers a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Functions, or whole modules, of this crate, by their path in it.
    Decisions(&'static [&'static str]),
    /// Nothing is to be decided: the system keeps something.
    Kept(&'static str),
}

impl Rule {
    /// What it is about.
    pub fn title(&self) -> Text {
        Text::new(self.zh, self.en)
    }

    /// The values that a policy gives the rule's fields, each as the policy's JSON has it.
    pub fn values(&self, policy: &Policy) -> Vec<(&'static str, serde_json::Value)> {
        let fields = fields(policy);
        self.policy.iter().filter_map(|&name| Some((name, fields.get(name)?.clone()))).collect()
    }
}

/// Every rule, in the order of the notice.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    before::RULES.iter().chain(course::RULES).chain(after::RULES)
}

/// The rule with that ID.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id.as_str() == id)
}

/// The rules that use this field of the policy.
pub fn rules_of(field: &str) -> impl Iterator<Item = &'static Rule> {
    rules().filter(move |rule| rule.policy.contains(&field))
}

/// The fields of a policy by name.
pub fn fields(policy: &Policy) -> serde_json::Map<String, serde_json::Value> {
    // By way of text, in which a number of 32 bits is as short as it was written: 0.05, not 0.05000000074505806.
    let text = serde_json::to_string(policy).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

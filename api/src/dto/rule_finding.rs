//! What a rule found, as people and programs read it.

use duxue_rules::finding;
use serde::Serialize;
use utoipa::ToSchema;

use super::refs::Text;

/// Something that is not as a rule of the notice wants it. Certain, unlike a finding of the cross-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleFinding {
    /// The rule.
    #[schema(example = "R7.2b")]
    pub rule: String,
    /// A stable word for it.
    #[schema(example = "too_few_lessons")]
    pub code: String,
    /// What the rule expects.
    pub expected: Text,
    /// What was seen instead.
    pub seen: Text,
    /// Which records show it.
    pub records: Vec<Record>,
}

/// A record that shows something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Record {
    /// What it is: `lesson`, `day`, `student`, `report` …
    #[schema(example = "day")]
    pub kind: String,
    /// Its identity; of a day the date.
    #[schema(example = "2024-10-08")]
    pub id: String,
}

impl From<finding::Finding> for RuleFinding {
    fn from(finding: finding::Finding) -> Self {
        let finding::Finding { rule, code, expected, seen, records } = finding;
        Self {
            rule: rule.as_str().to_owned(),
            code,
            expected: expected.into(),
            seen: seen.into(),
            records: records.into_iter().map(Record::from).collect(),
        }
    }
}

impl From<finding::Record> for Record {
    fn from(record: finding::Record) -> Self {
        use finding::Record as R;
        let (kind, id) = match record {
            R::Day(date) => ("day", date.to_string()),
            R::Institution(id) => ("institution", id.to_string()),
            R::Venue(id) => ("venue", id.to_string()),
            R::Camera(id) => ("camera", id.to_string()),
            R::Class(id) => ("class", id.to_string()),
            R::Student(id) => ("student", id.to_string()),
            R::User(id) => ("user", id.to_string()),
            R::Lesson(id) => ("lesson", id.to_string()),
            R::Punch(id) => ("punch", id.to_string()),
            R::Report(id) => ("report", id.to_string()),
            R::Statement(id) => ("statement", id.to_string()),
            R::ChangeRequest(id) => ("change_request", id.to_string()),
            R::Supervision(id) => ("supervision", id.to_string()),
            R::Violation(id) => ("violation", id.to_string()),
            R::Finding(id) => ("finding", id.to_string()),
            R::Clip(id) => ("clip", id.to_string()),
            R::Upload(id) => ("upload", id.to_string()),
        };
        Self { kind: kind.to_owned(), id }
    }
}

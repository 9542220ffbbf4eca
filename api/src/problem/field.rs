//! What is wrong with a field, and the student whom it is about.

use duxue_rules::{finding::Record, ids::StudentId};
use serde::Serialize;
use utoipa::ToSchema;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as a path such as `absent[2].reason`.
    pub field: String,
    /// The rule it breaks: of the notice (`R7.3b`), or `shape` when it is not of the right form.
    pub rule: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// The student whom it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student: Option<Box<ProblemStudent>>,
}

/// The student whom a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemStudent {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: StudentId,
    /// Their name, for who may read the class's roster.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "王小明")]
    pub name: Option<String>,
}

impl FieldProblem {
    /// A field that is not of the right form.
    pub fn shape(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), rule: "shape".to_owned(), zh: zh.into(), en: en.into(), student: None }
    }

    /// A field that breaks a rule of the notice.
    pub fn rule(field: &str, rule: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.to_owned(), rule: rule.to_owned(), zh: zh.into(), en: en.into(), student: None }
    }
}

impl From<duxue_rules::report::FieldError> for FieldProblem {
    fn from(error: duxue_rules::report::FieldError) -> Self {
        Self {
            field: error.field.to_owned(),
            rule: error.rule.as_str().to_owned(),
            zh: error.zh,
            en: error.en,
            student: None,
        }
    }
}

/// What a rule misses stands at its own word, with the rule's ID: `remote_supervision_missing`, R7.4a.
impl From<duxue_rules::finding::Finding> for FieldProblem {
    fn from(finding: duxue_rules::finding::Finding) -> Self {
        let duxue_rules::Text { zh, en } = finding.text();
        let student = finding.records.iter().find_map(|record| match record {
            Record::Student(id) => Some(Box::new(ProblemStudent { id: *id, name: None })),
            _ => None,
        });
        Self { field: finding.code, rule: finding.rule.as_str().to_owned(), zh, en, student }
    }
}

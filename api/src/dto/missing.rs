//! What a rule still misses.

use duxue_rules::{
    finding::{Finding, Record},
    ids::StudentId,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::refs::Text;

/// Something that a rule misses, in its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Missing {
    /// The rule.
    #[schema(example = "R3.1")]
    pub rule: String,
    /// A stable word for it.
    #[schema(example = "paper_missing")]
    pub code: String,
    /// What is expected.
    pub expected: Text,
    /// What is there.
    pub seen: Text,
    /// Whose, where it is about one student.
    #[schema(value_type = Option<Uuid>)]
    pub student_id: Option<StudentId>,
}

impl From<Finding> for Missing {
    fn from(Finding { rule, code, expected, seen, records }: Finding) -> Self {
        let students = records.iter().filter_map(|record| match record {
            Record::Student(student) => Some(*student),
            _ => None,
        });
        let students: Vec<StudentId> = students.collect();
        // A finding about two lines of one person may show another institution's: that one is nobody's business here.
        let student_id = if let [one] = students[..] { Some(one) } else { None };
        Self { rule: rule.as_str().to_owned(), code, expected: expected.into(), seen: seen.into(), student_id }
    }
}

//! What a rule found: what was expected, what was seen, and which records show it, so that an official can read it.
//!
//! A decision that is fine has no findings. The cross-check has a draft of its own
//! ([`crate::crosscheck::FindingDraft`]), because a machine's guess needs confidence and frames; what is here is certain.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{
        CameraId, ChangeRequestId, ClassId, ClipId, FindingId, InstitutionId, LessonId, PunchId, ReportId, StatementId,
        StudentId, SupervisionId, UploadId, UserId, VenueId, ViolationId,
    },
    text::{RuleId, Text},
};

/// Something that is not as a rule wants it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// A stable word for programs, such as `remote_supervision_missing`.
    pub code: String,
    /// What the rule expects.
    pub expected: Text,
    /// What was seen instead.
    pub seen: Text,
    /// Which records show it.
    pub records: Vec<Record>,
}

/// A record that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Record {
    /// A civil date of the class.
    Day(Date),
    /// An institution.
    Institution(InstitutionId),
    /// A venue.
    Venue(VenueId),
    /// A camera.
    Camera(CameraId),
    /// A class.
    Class(ClassId),
    /// A student.
    Student(StudentId),
    /// A user.
    User(UserId),
    /// A lesson of the timetable.
    Lesson(LessonId),
    /// A punch.
    Punch(PunchId),
    /// A daily report.
    Report(ReportId),
    /// A written statement.
    Statement(StatementId),
    /// A request to change the timetable.
    ChangeRequest(ChangeRequestId),
    /// A supervision record or an inspection sheet.
    Supervision(SupervisionId),
    /// A confirmed violation.
    Violation(ViolationId),
    /// A finding of the cross-check.
    Finding(FindingId),
    /// An evidence clip.
    Clip(ClipId),
    /// A video that the institution handed in.
    Upload(UploadId),
}

impl Finding {
    /// A finding without records; see [`Finding::showing`].
    pub fn new(rule: RuleId, code: &'static str, expected: Text, seen: Text) -> Self {
        Self { rule, code: code.to_owned(), expected, seen, records: Vec::new() }
    }

    /// The same with the records that show it.
    pub fn showing(mut self, records: impl IntoIterator<Item = Record>) -> Self {
        self.records.extend(records);
        self
    }

    /// One line for people: `R7.4a：应有……；实有……`.
    pub fn text(&self) -> Text {
        let Self { rule, expected, seen, .. } = self;
        Text::new(format!("{rule}：{}；{}", expected.zh, seen.zh), format!("{rule}: {}; {}", expected.en, seen.en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_reads_as_one_line_with_its_rule_first_and_survives_json() {
        let finding = Finding::new(
            RuleId::new("R7.4a"),
            "remote_supervision_missing",
            Text::new("本周应有2次远程监管", "2 remote supervisions due in the week"),
            Text::new("已签字1次", "1 signed"),
        )
        .showing([Record::Day(date(2024, 10, 14))]);
        assert_eq!(finding.text().zh, "R7.4a：本周应有2次远程监管；已签字1次");
        assert_eq!(finding.text().en, "R7.4a: 2 remote supervisions due in the week; 1 signed");
        let json = serde_json::to_value(&finding).unwrap();
        assert_eq!(json["records"][0], serde_json::json!({"kind": "day", "id": "2024-10-14"}));
        assert_eq!(serde_json::from_value::<Finding>(json).unwrap(), finding);
    }
}

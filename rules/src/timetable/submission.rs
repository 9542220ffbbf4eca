//! R7.2a: 制定教学大纲和教学计划、课程表: the institution hands a timetable in, the centre decides it.
//!
//! [`Submitted`] → the centre's word → [`Approved`] or [`Refused`]; one that is handed in anew while the centre has not
//! decided is [`Withdrawn`]. What [`super::check`] finds does not forbid an approval, for a class may have its grounds;
//! it must then be said why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Course, NotTaken, Timetable};
use crate::{
    finding::{Finding, Record},
    ids::{TimetableId, UserId},
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.2a");

/// Course and timetable as they lie with the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Which.
    pub id: TimetableId,
    /// The course with its papers.
    pub course: Course,
    /// The lessons.
    pub timetable: Timetable,
    /// Who handed it in.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// The centre agreed; from then on only a change request changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// What was handed in.
    pub submitted: Submitted,
    /// What was found when the centre agreed.
    pub findings: Vec<Finding>,
    /// Who agreed.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why, in spite of the findings; may be empty where there are none.
    pub reason: String,
}

/// The centre did not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What was handed in.
    pub submitted: Submitted,
    /// Who refused.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Another one was handed in before the centre decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// What was handed in.
    pub submitted: Submitted,
    /// When the other one came.
    pub at: Timestamp,
}

/// A timetable at any stage, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage", content = "facts")]
pub enum Submission {
    /// See [`Submitted`].
    Submitted(Submitted),
    /// See [`Approved`].
    Approved(Approved),
    /// See [`Refused`].
    Refused(Refused),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
}

/// What a decision gives: the next stage, or the same one with all that stands against it.
pub type SubmissionStep<Next> = Result<Next, Box<NotTaken<Submitted>>>;

impl Submitted {
    /// The centre agrees. `findings` are those of [`super::check`] now; where there are any, `reason` says why it agrees
    /// all the same.
    pub fn approve(
        self,
        findings: Vec<Finding>,
        by: UserId,
        at: Timestamp,
        reason: String,
    ) -> SubmissionStep<Approved> {
        if !findings.is_empty() && reason.trim().is_empty() {
            let count = findings.len();
            let expected =
                Text::new("课程表存在问题仍予同意的，说明理由", "an approval in spite of findings gives its reason");
            let seen = Text::new(format!("有 {count} 处问题，未说明"), format!("{count} findings, and no reason"));
            return Err(self.stays("approval_without_reason", expected, seen));
        }
        Ok(Approved { submitted: self, findings, by, at, reason })
    }

    /// The centre does not agree, and says why.
    pub fn refuse(self, by: UserId, at: Timestamp, reason: String) -> SubmissionStep<Refused> {
        if reason.trim().is_empty() {
            let expected = Text::new("说明不同意的理由", "a refusal gives its reason");
            return Err(self.stays("refusal_without_reason", expected, Text::new("未说明", "it gives none")));
        }
        Ok(Refused { submitted: self, by, at, reason })
    }

    /// Another one was handed in.
    pub fn withdraw(self, at: Timestamp) -> Withdrawn {
        Withdrawn { submitted: self, at }
    }

    fn stays(self, code: &'static str, expected: Text, seen: Text) -> Box<NotTaken<Self>> {
        let finding = Finding::new(RULE, code, expected, seen).showing([Record::Class(self.course.class)]);
        Box::new(NotTaken { state: self, against: vec![finding] })
    }
}

impl Submission {
    /// What was handed in.
    pub fn submitted(&self) -> &Submitted {
        match self {
            Self::Submitted(submitted) => submitted,
            Self::Approved(approved) => &approved.submitted,
            Self::Refused(refused) => &refused.submitted,
            Self::Withdrawn(withdrawn) => &withdrawn.submitted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calendar::Dates,
        ids::{ClassId, InstitutionId},
        timetable::TeachingPlan,
    };
    use jiff::civil::date;
    use uuid::Uuid;

    const BY: UserId = UserId(Uuid::from_u128(7));

    fn submitted() -> Submitted {
        let class = ClassId(Uuid::from_u128(1));
        Submitted {
            id: TimetableId(Uuid::from_u128(2)),
            course: Course {
                class,
                institution: InstitutionId(Uuid::from_u128(3)),
                programme_year: 2024,
                dates: Dates::through(date(2024, 10, 8), date(2025, 1, 7)).unwrap(),
                months: 3,
                syllabus: "syllabus".to_owned(),
                plan: TeachingPlan::default(),
            },
            timetable: Timetable::new(class, Vec::new()).unwrap(),
            by: BY,
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn finding() -> Finding {
        Finding::new(RULE, "timetable_missing", Text::new("有", "one"), Text::new("无", "none"))
    }

    #[test]
    fn what_is_found_is_agreed_to_with_a_reason_only() {
        let refused = submitted().approve(vec![finding()], BY, Timestamp::UNIX_EPOCH, " \u{3000}".to_owned());
        let not_taken = refused.unwrap_err();
        assert_eq!((not_taken.state, not_taken.against[0].code.as_str()), (submitted(), "approval_without_reason"));
        let agreed = submitted().approve(vec![finding()], BY, Timestamp::UNIX_EPOCH, "已核实".to_owned()).unwrap();
        assert_eq!(agreed.findings, [finding()]);
        assert!(submitted().approve(Vec::new(), BY, Timestamp::UNIX_EPOCH, String::new()).is_ok());
    }

    #[test]
    fn a_refusal_gives_its_reason() {
        let refused = submitted().refuse(BY, Timestamp::UNIX_EPOCH, String::new()).unwrap_err();
        assert_eq!(refused.against[0].code, "refusal_without_reason");
        assert!(submitted().refuse(BY, Timestamp::UNIX_EPOCH, "课时不足".to_owned()).is_ok());
    }

    #[test]
    fn every_stage_survives_json_and_knows_what_was_handed_in() {
        let agreed = submitted().approve(Vec::new(), BY, Timestamp::UNIX_EPOCH, String::new()).unwrap();
        for stage in [
            Submission::Submitted(submitted()),
            Submission::Approved(agreed),
            Submission::Withdrawn(submitted().withdraw(Timestamp::UNIX_EPOCH)),
        ] {
            let json = serde_json::to_string(&stage).unwrap();
            assert_eq!(serde_json::from_str::<Submission>(&json).unwrap(), stage);
            assert_eq!(stage.submitted(), &submitted());
        }
    }
}

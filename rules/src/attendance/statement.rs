//! R7.3d (七(三)): 书面说明需要培训机构管理人员签字、盖章、学员本人签字.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::Side;
use crate::{
    calendar::Dates,
    finding::{Finding, Record},
    ids::{StatementId, StudentId},
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.3d");

/// What kept the student from punching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementCause {
    /// 设备出现问题不能及时进行打卡的.
    DeviceDown,
    /// 培训学员无法实现打卡的.
    StudentUnable,
    /// 其他需要说明情况.
    Other,
}

/// Who must sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// 培训机构管理人员签字.
    Manager,
    /// 盖章.
    Seal,
    /// 学员本人签字.
    Student,
}

impl Signer {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Manager, Self::Seal, Self::Student];

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Manager => Text::new("管理人员签字", "the manager's signature"),
            Self::Seal => Text::new("机构盖章", "the institution's seal"),
            Self::Student => Text::new("学员本人签字", "the student's signature"),
        }
    }
}

/// A written statement 书面说明 of why a student's punches are missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Statement {
    /// Which.
    pub id: StatementId,
    /// About whom: each student signs an own one.
    pub student: StudentId,
    /// For which days.
    pub dates: Dates,
    /// In place of which punches.
    pub sides: BTreeSet<Side>,
    /// What kept the student from punching.
    pub cause: StatementCause,
    /// What happened.
    pub text: String,
    /// When the manager signed.
    pub manager_signed_at: Option<Timestamp>,
    /// When it was sealed.
    pub sealed_at: Option<Timestamp>,
    /// When the student signed.
    pub student_signed_at: Option<Timestamp>,
}

impl Statement {
    /// Who has still to sign, in the order of [`Signer::ALL`].
    pub fn unsigned(&self) -> Vec<Signer> {
        let signed = |signer| match signer {
            Signer::Manager => self.manager_signed_at,
            Signer::Seal => self.sealed_at,
            Signer::Student => self.student_signed_at,
        };
        Signer::ALL.into_iter().filter(|&signer| signed(signer).is_none()).collect()
    }

    /// Whether it stands in place of a punch: it says what happened, and all three have signed.
    pub fn is_complete(&self) -> bool {
        self.unsigned().is_empty() && !self.text.trim().is_empty()
    }

    /// Whether it is about this punch, complete or not.
    pub fn is_about(&self, student: StudentId, date: Date, side: Side) -> bool {
        self.student == student && self.dates.contains(date) && self.sides.contains(&side)
    }

    /// What is missing, for people; `None` when it is complete.
    pub fn lacks(&self) -> Option<Text> {
        let mut lacking: Vec<Text> = self.unsigned().into_iter().map(Signer::text).collect();
        if self.text.trim().is_empty() {
            lacking.push(Text::new("情况说明", "what happened"));
        }
        let list = |of: fn(&Text) -> &str, between| lacking.iter().map(of).collect::<Vec<_>>().join(between);
        (!lacking.is_empty()).then(|| {
            Text::new(
                format!("缺：{}", list(|text| &text.zh, "、")),
                format!("missing: {}", list(|text| &text.en, ", ")),
            )
        })
    }
}

/// Every statement that does not stand in place of a punch yet.
pub fn check(statements: &[Statement]) -> Vec<Finding> {
    let expected = || {
        Text::new(
            "书面说明经管理人员签字、盖章、学员本人签字",
            "a statement signed by the manager, sealed, and signed by the student",
        )
    };
    let told = |statement: &Statement| {
        let records =
            [Record::Statement(statement.id), Record::Student(statement.student), Record::Day(statement.dates.start())];
        Some(Finding::new(RULE, "statement_incomplete", expected(), statement.lacks()?).showing(records))
    };
    statements.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_signature_has_its_words() {
        crate::text::told_apart(Signer::ALL.map(Signer::text));
    }
}

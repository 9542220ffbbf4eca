//! R5.1 (五): before every opening the centre reviews five papers of each student on site 现场审核.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::{StudentId, UserId},
    text::{RuleId, Text},
};

/// A paper that is reviewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FilingPaper {
    /// 身份证.
    IdCard,
    /// 学籍证明.
    StatusProof,
    /// 学员未创业说明.
    NoBusinessStatement,
    /// 打印签字的登记表 (附件2).
    RegistrationForm,
    /// 核实说明.
    VerificationNote,
}

impl FilingPaper {
    /// All five.
    pub const ALL: [Self; 5] =
        [Self::IdCard, Self::StatusProof, Self::NoBusinessStatement, Self::RegistrationForm, Self::VerificationNote];

    fn text(self) -> Text {
        match self {
            Self::IdCard => Text::new("身份证", "ID card"),
            Self::StatusProof => Text::new("学籍证明", "student-status proof"),
            Self::NoBusinessStatement => Text::new("未创业说明", "no-business statement"),
            Self::RegistrationForm => Text::new("打印签字的登记表", "printed and signed registration form"),
            Self::VerificationNote => Text::new("核实说明", "verification note"),
        }
    }
}

/// What the reviewer found of one student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentFiling {
    /// Who.
    pub student: StudentId,
    /// The papers that are in order.
    pub in_order: BTreeSet<FilingPaper>,
}

/// The review on site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The reviewer of the centre.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// Student by student.
    pub students: Vec<StudentFiling>,
}

/// What keeps the filing from passing: it passes when every student of the roster has all five.
pub fn check(roster: &[StudentId], reviewed: &[StudentFiling]) -> Vec<Finding> {
    let expected = || Text::new("五项材料齐全并经现场审核", "all five papers, reviewed on site");
    let rule = || RuleId::new("R5.1");
    if roster.is_empty() {
        let seen = Text::new("花名册上没有学员", "nobody is on the roster");
        return vec![Finding::new(rule(), "roster_empty", expected(), seen)];
    }
    let lacking = |student: StudentId| {
        let Some(line) = reviewed.iter().find(|line| line.student == student) else {
            let seen = Text::new("未经现场审核", "not reviewed");
            return Some(Finding::new(rule(), "student_not_reviewed", expected(), seen));
        };
        let names: Vec<Text> = FilingPaper::ALL
            .into_iter()
            .filter(|paper| !line.in_order.contains(paper))
            .map(FilingPaper::text)
            .collect();
        if names.is_empty() {
            return None;
        }
        let list = |name: fn(&Text) -> &str, between| names.iter().map(name).collect::<Vec<_>>().join(between);
        let seen = Text::new(
            format!("缺：{}", list(|name| &name.zh, "、")),
            format!("missing: {}", list(|name| &name.en, ", ")),
        );
        Some(Finding::new(rule(), "filing_paper_missing", expected(), seen))
    };
    roster.iter().filter_map(|&student| Some(lacking(student)?.showing([Record::Student(student)]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_paper_of_one_student_keeps_the_class_from_passing() {
        let students: Vec<_> = (1..=3).map(|n| StudentId(Uuid::from_u128(n))).collect();
        let all: BTreeSet<_> = FilingPaper::ALL.into_iter().collect();
        let mut reviewed: Vec<_> =
            students.iter().map(|&student| StudentFiling { student, in_order: all.clone() }).collect();
        assert_eq!(check(&students, &reviewed), []);
        reviewed[1].in_order.remove(&FilingPaper::NoBusinessStatement);
        reviewed[1].in_order.remove(&FilingPaper::VerificationNote);
        let findings = check(&students, &reviewed);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].seen.zh, "缺：未创业说明、核实说明");
        assert_eq!(findings[0].records, [Record::Student(students[1])]);
        reviewed.remove(1);
        assert_eq!(check(&students, &reviewed)[0].code, "student_not_reviewed");
        assert_eq!(check(&[], &reviewed)[0].code, "roster_empty");
    }

    #[test]
    fn each_paper_has_its_words() {
        crate::text::told_apart(FilingPaper::ALL.map(FilingPaper::text));
    }
}

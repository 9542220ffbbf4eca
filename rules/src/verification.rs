//! R4.1 to R4.3 (四): what is verified about every student before the course and again at its end, by whom, on what paper.

mod spot_check;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use spot_check::{SpotCheck, SpotCheckRefusal, SpotCheckResult, accept, draw, findings};

use crate::{
    calendar::Dates,
    finding::{Finding, Record},
    ids::StudentId,
    text::{RuleId, Text},
};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// R4.1 创业: a registered business.
    Business,
    /// R4.2 就业: payments to the province's pension insurance of employees.
    Employment,
    /// R4.3 其他: the same of other provinces, or the pension insurance of public institutions.
    Other,
}

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 培训开始前.
    Before,
    /// 培训结束.
    AtEnd,
}

/// Who verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verifier {
    /// 培训机构.
    Institution,
    /// 市就业和人才服务中心.
    Centre,
}

/// On what paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// 核实说明.
    Note,
    /// 截图.
    Screenshot,
    /// 核实承诺书.
    CommitmentLetter,
    /// 对比缴费情况.
    Comparison,
}

/// One verification of one student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Verification {
    /// Who was verified.
    pub student: StudentId,
    /// What was looked for.
    pub matter: Matter,
    /// For which of the two times.
    pub phase: Phase,
    /// The day of the query.
    pub on: Date,
    /// Who did it.
    pub by: Verifier,
    /// On what paper.
    pub evidence: Evidence,
    /// Whether something was found: a business, payments.
    pub found: bool,
}

impl Matter {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Business, Self::Employment, Self::Other];

    /// The rule.
    pub fn rule(self) -> RuleId {
        match self {
            Self::Business => RuleId::new("R4.1"),
            Self::Employment => RuleId::new("R4.2"),
            Self::Other => RuleId::new("R4.3"),
        }
    }

    /// Who verifies it at that time, on what paper.
    pub fn required(self, phase: Phase) -> (Verifier, Evidence) {
        match (self, phase) {
            (Self::Business | Self::Other, Phase::Before) => (Verifier::Institution, Evidence::Note),
            (Self::Business, Phase::AtEnd) => (Verifier::Institution, Evidence::Screenshot),
            (Self::Other, Phase::AtEnd) => (Verifier::Institution, Evidence::CommitmentLetter),
            (Self::Employment, Phase::Before | Phase::AtEnd) => (Verifier::Centre, Evidence::Comparison),
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Business => Text::new("工商营业执照登记情况", "registered businesses"),
            Self::Employment => {
                Text::new("省内城镇企业职工基本养老保险缴费情况", "the province's employee pension payments")
            }
            Self::Other => Text::new(
                "省外职工养老保险及机关事业单位养老保险参保情况",
                "employee pensions of other provinces and pensions of public institutions",
            ),
        }
    }
}

impl Evidence {
    fn text(self) -> Text {
        match self {
            Self::Note => Text::new("核实说明", "a verification note"),
            Self::Screenshot => Text::new("查询截图", "a screenshot"),
            Self::CommitmentLetter => Text::new("核实承诺书", "a commitment letter"),
            Self::Comparison => Text::new("缴费对比结果", "the comparison of payments"),
        }
    }
}

impl Phase {
    /// Whether a query of this day serves: not after the first day begins, not before the last day.
    fn covers(self, on: Date, class: Dates) -> bool {
        match self {
            Self::Before => on <= class.start(),
            Self::AtEnd => class.last().is_some_and(|last| on >= last),
        }
    }

    fn text(self) -> Text {
        match self {
            Self::Before => Text::new("培训开始前", "before the training"),
            Self::AtEnd => Text::new("培训结束时", "at the end of the training"),
        }
    }
}

/// What is missing or was found among a class's verifications of one phase. Of several verifications of one matter the
/// latest that serves counts; something found is for the centre to decide, and blocks until it did.
pub fn check(students: &[StudentId], phase: Phase, class: Dates, done: &[Verification]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for &student in students {
        for matter in Matter::ALL {
            let required = matter.required(phase);
            let latest = done
                .iter()
                .filter(|done| done.student == student && done.matter == matter && done.phase == phase)
                .filter(|done| (done.by, done.evidence) == required && phase.covers(done.on, class))
                .max_by_key(|done| (done.on, done.found));
            findings.extend(told(student, matter, phase, latest));
        }
    }
    findings
}

fn told(student: StudentId, matter: Matter, phase: Phase, latest: Option<&Verification>) -> Option<Finding> {
    let (when, what, paper) = (phase.text(), matter.text(), matter.required(phase).1.text());
    let expected = Text::new(
        format!("{}核实{}，并有{}", when.zh, what.zh, paper.zh),
        format!("{} verified {}, with {}", what.en, when.en, paper.en),
    );
    let (code, seen) = match latest {
        None => ("verification_missing", Text::new("没有有效的核实记录", "there is no verification that counts")),
        Some(done) if done.found => (
            "verification_found",
            Text::new(
                format!("{} 核实发现有记录，需由中心认定", done.on),
                format!("something was found on {}: the centre decides", done.on),
            ),
        ),
        Some(_) => return None,
    };
    Some(Finding::new(matter.rule(), code, expected, seen).showing([Record::Student(student)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn class() -> Dates {
        Dates::through(date(2024, 10, 8), date(2025, 1, 7)).unwrap()
    }

    fn student() -> StudentId {
        StudentId(Uuid::from_u128(1))
    }

    fn done(matter: Matter, phase: Phase) -> Verification {
        let (by, evidence) = matter.required(phase);
        let on = if phase == Phase::Before { date(2024, 9, 30) } else { date(2025, 1, 7) };
        Verification { student: student(), matter, phase, on, by, evidence, found: false }
    }

    fn rules(phase: Phase, done: &[Verification]) -> Vec<(String, String)> {
        let findings = check(&[student()], phase, class(), done);
        findings.into_iter().map(|finding| (finding.rule.to_string(), finding.code)).collect()
    }

    #[test]
    fn both_times_need_all_three_matters() {
        for phase in [Phase::Before, Phase::AtEnd] {
            let all = Matter::ALL.map(|matter| done(matter, phase));
            assert_eq!(rules(phase, &all), []);
            let names: Vec<_> = rules(phase, &[]).into_iter().map(|(rule, _)| rule).collect();
            assert_eq!(names, ["R4.1", "R4.2", "R4.3"]);
            for missing in 0..3 {
                let mut some = all.to_vec();
                some.remove(missing);
                assert_eq!(rules(phase, &some).len(), 1);
            }
        }
    }

    /// 四、1: 培训结束，再次查询 … 截图; 四、3: 培训结束 … 核实承诺书.
    #[test]
    fn at_the_end_a_note_is_not_enough() {
        let mut all = Matter::ALL.map(|matter| done(matter, Phase::AtEnd));
        all[0].evidence = Evidence::Note;
        all[2].evidence = Evidence::Note;
        let names: Vec<_> = rules(Phase::AtEnd, &all).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!(names, ["R4.1", "R4.3"]);
    }

    /// 四、2: 市就业和人才服务中心 … 对比.
    #[test]
    fn the_institution_cannot_compare_pensions_for_the_centre() {
        let mut all = Matter::ALL.map(|matter| done(matter, Phase::Before));
        all[1].by = Verifier::Institution;
        assert_eq!(rules(Phase::Before, &all)[0].0, "R4.2");
    }

    #[test]
    fn before_is_before_the_first_lesson_and_the_end_not_before_the_last_day() {
        let on = |phase, on| {
            let all = Matter::ALL.map(|matter| Verification { on, ..done(matter, phase) });
            rules(phase, &all).len()
        };
        assert_eq!(on(Phase::Before, date(2024, 10, 8)), 0);
        assert_eq!(on(Phase::Before, date(2024, 10, 9)), 3);
        assert_eq!(on(Phase::AtEnd, date(2025, 1, 6)), 3);
    }

    #[test]
    fn what_was_found_is_told_until_a_later_query_clears_it() {
        let mut all = Matter::ALL.map(|matter| done(matter, Phase::AtEnd)).to_vec();
        all[0].found = true;
        assert_eq!(rules(Phase::AtEnd, &all), [("R4.1".to_owned(), "verification_found".to_owned())]);
        all.push(Verification { on: date(2025, 1, 9), ..done(Matter::Business, Phase::AtEnd) });
        assert_eq!(rules(Phase::AtEnd, &all), []);
        all.push(Verification { on: date(2025, 1, 9), found: true, ..done(Matter::Business, Phase::AtEnd) });
        assert_eq!(rules(Phase::AtEnd, &all).len(), 1, "of two on one day the one that found something");
    }

    #[test]
    fn what_is_looked_up_on_what_paper_and_when_is_told() {
        crate::text::told_apart(Matter::ALL.map(Matter::text));
        let papers = [Evidence::Note, Evidence::Screenshot, Evidence::CommitmentLetter, Evidence::Comparison];
        crate::text::told_apart(papers.map(Evidence::text));
        crate::text::told_apart([Phase::Before, Phase::AtEnd].map(Phase::text));
    }
}

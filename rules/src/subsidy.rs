//! R9.4 (九): the subsidy of a class: who is counted, who is not and why, and what still stands before payment.

mod money;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use money::Fen;

use crate::{
    finding::{Finding, Record},
    ids::{FindingId, StudentId},
    text::{Reason, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R9.4");

/// An annex of the claim 附件6-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Annex {
    /// 附件6.
    Six,
    /// 附件7.
    Seven,
    /// 附件8.
    Eight,
}

impl Annex {
    /// All that a claim holds.
    pub const ALL: [Self; 3] = [Self::Six, Self::Seven, Self::Eight];

    fn number(self) -> u8 {
        match self {
            Self::Six => 6,
            Self::Seven => 7,
            Self::Eight => 8,
        }
    }
}

/// What the rules say of one student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentClaim {
    /// Who.
    pub student: StudentId,
    /// Accepted at close-out (R8.1).
    pub accepted: bool,
    /// Has a certificate that [`crate::closeout::check_certificates`] finds nothing wrong with (R8.2).
    pub certified: bool,
    /// What other rules hold against the student (R7.2c, R4, R3.4), less what the centre decided otherwise.
    pub against: Vec<Finding>,
    /// What the centre decided to let pass, each with its reason: shown on the line, nothing is forgotten.
    pub let_pass: Vec<LetPass>,
}

/// A finding that the centre let pass for this student (原则上: in principle, so not without exception).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetPass {
    /// The finding.
    pub finding: Finding,
    /// Why.
    pub reason: String,
}

/// Everything that a class claims with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassClaim {
    /// The major's standard for one student.
    pub standard: Fen,
    /// The class's students.
    pub students: Vec<StudentClaim>,
    /// The annexes handed in.
    pub annexes: BTreeSet<Annex>,
    /// What [`crate::evidence`] finds wrong with the class's clips (R9.1).
    pub evidence: Vec<Finding>,
    /// What is open or wrong about the spot check (R4.4).
    pub spot_check: Vec<Finding>,
    /// Findings of the class that nobody has decided yet.
    pub undecided: Vec<FindingId>,
}

/// One student's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Who.
    pub student: StudentId,
    /// The amount: the standard, or nothing.
    pub amount: Fen,
    /// Why nothing is paid, or what was let pass.
    pub reasons: Vec<Reason>,
}

/// The reckoning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subsidy {
    /// A line a student, in the claim's order.
    pub lines: Vec<Line>,
    /// Their sum.
    pub total: Fen,
    /// What stands before payment; the amounts stay as they are meanwhile.
    pub blocked: Vec<Finding>,
}

impl Subsidy {
    /// Whether the class can go to public notice.
    pub fn is_payable(&self) -> bool {
        self.blocked.is_empty() && self.total > Fen::ZERO
    }
}

/// The sum is larger than can be written, which no honest claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the subsidy's total is too large to be true")]
pub struct TotalTooLarge;

/// Reckons a class's subsidy.
pub fn reckon(claim: &ClassClaim) -> Result<Subsidy, TotalTooLarge> {
    let lines: Vec<Line> = claim.students.iter().map(|student| line(student, claim.standard)).collect();
    let total = lines.iter().try_fold(Fen::ZERO, |sum, line| sum.checked_add(line.amount)).ok_or(TotalTooLarge)?;
    Ok(Subsidy { lines, total, blocked: blocked(claim) })
}

fn line(student: &StudentClaim, standard: Fen) -> Line {
    let mut refusals = Vec::new();
    if !student.accepted {
        refusals.push(Reason::new("not_accepted", "未通过结课验收（R8.1）", "not accepted at close-out (R8.1)"));
    }
    if !student.certified {
        refusals.push(Reason::new("not_certified", "未取得相应合格证书（R8.2）", "no certificate (R8.2)"));
    }
    refusals.extend(student.against.iter().map(|finding| {
        let text = finding.text();
        Reason { code: finding.code.clone(), text }
    }));
    let amount = if refusals.is_empty() { standard } else { Fen::ZERO };
    let let_pass = student.let_pass.iter().map(|pass| {
        let text = pass.finding.text();
        Reason {
            code: "let_pass".to_owned(),
            text: Text::new(
                format!("{}；经中心认定不影响补贴：{}", text.zh, pass.reason),
                format!("{}; the centre let it pass: {}", text.en, pass.reason),
            ),
        }
    });
    let reasons = refusals.into_iter().chain(let_pass).collect();
    Line { student: student.student, amount, reasons }
}

fn blocked(claim: &ClassClaim) -> Vec<Finding> {
    let mut blocked: Vec<Finding> = Annex::ALL
        .into_iter()
        .filter(|annex| !claim.annexes.contains(annex))
        .map(|annex| {
            let number = annex.number();
            let expected = Text::new(format!("提供纸质材料附件{number}"), format!("annex {number} is handed in"));
            Finding::new(RULE, "annex_missing", expected, Text::new("未提供", "it is not"))
        })
        .collect();
    blocked.extend(claim.evidence.iter().cloned());
    blocked.extend(claim.spot_check.iter().cloned());
    let unexplained = |student: &&StudentClaim| student.let_pass.iter().any(|pass| pass.reason.trim().is_empty());
    blocked.extend(claim.students.iter().filter(unexplained).map(|student| {
        let expected = Text::new("中心认定须说明理由", "the centre's decision gives its reason");
        let finding = Finding::new(RULE, "let_pass_without_reason", expected, Text::new("未说明理由", "it gives none"));
        finding.showing([Record::Student(student.student)])
    }));
    if !claim.undecided.is_empty() {
        let count = claim.undecided.len();
        let expected = Text::new("本班疑点全部处理完毕", "every finding of the class is decided");
        let seen = Text::new(format!("尚有 {count} 个疑点未处理"), format!("{count} are open"));
        let finding = Finding::new(RULE, "findings_open", expected, seen);
        blocked.push(finding.showing(claim.undecided.iter().map(|&id| Record::Finding(id))));
    }
    blocked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn attendance() -> Finding {
        Finding::new(
            RuleId::new("R7.2c"),
            "attendance_low",
            Text::new("个人出勤率不低于90%", "an attendance of 90 % or more"),
            Text::new("85%", "85 %"),
        )
    }

    fn student(n: u128) -> StudentClaim {
        StudentClaim {
            student: StudentId(Uuid::from_u128(n)),
            accepted: true,
            certified: true,
            against: vec![],
            let_pass: vec![],
        }
    }

    fn claim(students: Vec<StudentClaim>) -> ClassClaim {
        ClassClaim {
            standard: Fen::from_yuan(3_000),
            students,
            annexes: Annex::ALL.into_iter().collect(),
            evidence: vec![],
            spot_check: vec![],
            undecided: vec![],
        }
    }

    #[test]
    fn every_certified_student_counts_and_every_refusal_has_its_reason() {
        let mut claim = claim((1..=4).map(student).collect());
        claim.students[1].certified = false;
        claim.students[2].against.push(attendance());
        claim.students[3].accepted = false;
        let subsidy = reckon(&claim).unwrap();
        assert_eq!(subsidy.total, Fen::from_yuan(3_000));
        let codes: Vec<_> =
            subsidy.lines.iter().map(|line| line.reasons.first().map(|reason| reason.code.as_str())).collect();
        assert_eq!(codes, [None, Some("not_certified"), Some("attendance_low"), Some("not_accepted")]);
        assert!(subsidy.is_payable());
    }

    /// 原则上不得低于 90%: the centre may decide otherwise, with a reason that stays on the line.
    #[test]
    fn what_the_centre_lets_pass_is_paid_and_shown() {
        let mut claim = claim(vec![student(1)]);
        let pass = |reason: &str| vec![LetPass { finding: attendance(), reason: reason.to_owned() }];
        claim.students[0].let_pass = pass("住院治疗，有医院证明");
        let subsidy = reckon(&claim).unwrap();
        assert_eq!(subsidy.total, Fen::from_yuan(3_000));
        assert!(subsidy.lines[0].reasons[0].text.zh.contains("住院治疗"));
        claim.students[0].let_pass = pass(" ");
        assert_eq!(reckon(&claim).unwrap().blocked[0].code, "let_pass_without_reason");
    }

    #[test]
    fn nothing_is_paid_while_something_of_the_class_is_open() {
        let asked = |change: fn(&mut ClassClaim)| {
            let mut claim = claim(vec![student(1)]);
            change(&mut claim);
            let subsidy = reckon(&claim).unwrap();
            assert_eq!(subsidy.total, Fen::from_yuan(3_000), "the amounts stay");
            (subsidy.is_payable(), subsidy.blocked.into_iter().map(|finding| finding.code).collect::<Vec<_>>())
        };
        assert_eq!(asked(|_| {}), (true, vec![]));
        let blocked = |code: &str| (false, vec![code.to_owned()]);
        assert_eq!(asked(|claim| claim.undecided = vec![FindingId(Uuid::from_u128(1))]), blocked("findings_open"));
        assert_eq!(asked(|claim| claim.annexes.retain(|annex| *annex != Annex::Seven)), blocked("annex_missing"));
        assert_eq!(asked(|claim| claim.evidence = vec![attendance()]), blocked("attendance_low"));
        assert_eq!(asked(|claim| claim.spot_check = vec![attendance()]), blocked("attendance_low"));
    }

    #[test]
    fn an_annex_that_is_missing_is_named_by_its_number() {
        let bare = ClassClaim { annexes: BTreeSet::new(), ..claim(vec![student(1)]) };
        let told: Vec<_> = reckon(&bare).unwrap().blocked.into_iter().map(|finding| finding.expected.zh).collect();
        assert_eq!(told, ["提供纸质材料附件6", "提供纸质材料附件7", "提供纸质材料附件8"]);
    }

    #[test]
    fn a_class_without_anyone_to_pay_for_is_not_payable_and_no_sum_overflows() {
        assert!(!reckon(&claim(vec![])).unwrap().is_payable());
        let absurd = ClassClaim { standard: Fen::from_fen(u64::MAX), ..claim(vec![student(1), student(2)]) };
        assert_eq!(reckon(&absurd), Err(TotalTooLarge));
    }

    proptest! {
        #[test]
        fn the_total_is_the_lines_and_one_more_refusal_never_pays_more(
            facts in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 0..40), which in 0usize..40,
        ) {
            let students = facts.iter().zip(1u128..).map(|(&(accepted, certified, low), n)| StudentClaim {
                accepted, certified, against: if low { vec![attendance()] } else { vec![] }, ..student(n)
            }).collect();
            let mut claim = claim(students);
            let subsidy = reckon(&claim).unwrap();
            let eligible = facts.iter().filter(|fact| fact.0 && fact.1 && !fact.2).count() as u64;
            prop_assert_eq!(subsidy.total, Fen::from_yuan(3_000 * eligible));
            for line in &subsidy.lines {
                prop_assert_eq!(line.amount == Fen::ZERO, !line.reasons.is_empty());
            }
            if let Some(student) = claim.students.get_mut(which) {
                student.against.push(attendance());
                prop_assert!(reckon(&claim).unwrap().total <= subsidy.total);
            }
        }
    }
}

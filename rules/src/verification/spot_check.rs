//! R4.4 (四): 市就业和人才服务中心 … 对培训机构查询结果进行抽查，3人/班. Three drawn by lot, never re-drawn silently.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    draw::{Draw, DrawProblem, Seed},
    finding::{Finding, Record},
    ids::StudentId,
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R4.4");

/// A draw of a class's students, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotCheck {
    /// The draw.
    pub draw: Draw,
    /// Why it was drawn again; `None` exactly for the first.
    pub again_because: Option<String>,
}

/// What came out for one drawn student.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SpotCheckResult {
    /// Who.
    pub student: StudentId,
    /// Whether the centre's own query says the same as the institution's.
    pub agrees: bool,
}

/// Why a draw is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpotCheckRefusal {
    /// It was tampered with.
    #[error("the draw cannot be believed")]
    Draw(#[source] DrawProblem),
    /// Not the class's students, or not each with the same chance.
    #[error("the draw must be among all students of the class, with the same chance each")]
    Candidates,
    /// Not as many as the policy asks for.
    #[error("the draw must be of {needed} students")]
    Wanted {
        /// How many it must be.
        needed: u32,
    },
    /// There is a draw already, and no reason for another.
    #[error("there is a draw already: another needs a reason, and the first stays on record")]
    AgainWithoutReason,
    /// A reason to draw again, but nothing was drawn before.
    #[error("there is no earlier draw to replace")]
    NothingBefore,
    /// The seed was used before.
    #[error("a second draw needs a seed of its own")]
    SameSeed,
}

/// Draws the students to be checked: the policy's number, or all where the class has fewer.
pub fn draw(students: &[StudentId], seed: Seed, policy: &Policy) -> Draw {
    Draw::uniform(students.iter().map(|student| student.0), policy.spot_check_students, seed)
}

/// Whether a new draw may be recorded after those there are.
pub fn accept(
    earlier: &[SpotCheck],
    new: &SpotCheck,
    students: &[StudentId],
    policy: &Policy,
) -> Result<(), SpotCheckRefusal> {
    new.draw.check().map_err(SpotCheckRefusal::Draw)?;
    let mut everyone: Vec<Uuid> = students.iter().map(|student| student.0).collect();
    everyone.sort_unstable();
    everyone.dedup();
    let candidates = &new.draw.candidates;
    if !candidates.iter().map(|candidate| candidate.id).eq(everyone) || candidates.iter().any(|each| each.weight != 1) {
        return Err(SpotCheckRefusal::Candidates);
    }
    if new.draw.wanted != policy.spot_check_students {
        return Err(SpotCheckRefusal::Wanted { needed: policy.spot_check_students });
    }
    let reason = new.again_because.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    match (earlier, reason) {
        ([], None) if new.again_because.is_none() => Ok(()),
        ([], _) => Err(SpotCheckRefusal::NothingBefore),
        (_, None) => Err(SpotCheckRefusal::AgainWithoutReason),
        (_, Some(_)) if earlier.iter().any(|check| check.draw.seed == new.draw.seed) => Err(SpotCheckRefusal::SameSeed),
        (_, Some(_)) => Ok(()),
    }
}

/// What is still open or wrong about a class's spot check: the last draw counts, a disagreement of any draw stays.
pub fn findings(draws: &[SpotCheck], results: &[SpotCheckResult]) -> Vec<Finding> {
    let expected = |zh: &str, en: &str| Text::new(zh, en);
    let Some(last) = draws.last() else {
        let expected = expected(
            "核算补贴时对培训机构的查询结果随机抽查",
            "a spot check of the institution's queries, drawn by lot",
        );
        return vec![Finding::new(
            RULE,
            "spot_check_missing",
            expected,
            Text::new("尚未抽取", "nothing was drawn yet"),
        )];
    };
    let mut findings = Vec::new();
    for &drawn in &last.draw.drawn {
        let student = StudentId(drawn);
        if !results.iter().any(|result| result.student == student) {
            let expected = expected("抽中的学员应由中心核查", "every drawn student is checked by the centre");
            let seen = Text::new("尚无核查结果", "there is no result yet");
            findings.push(Finding::new(RULE, "spot_check_open", expected, seen).showing([Record::Student(student)]));
        }
    }
    for result in results.iter().filter(|result| !result.agrees) {
        let expected = expected("核查结果与机构查询结果一致", "the centre's query says the same as the institution's");
        let seen = Text::new("不一致", "it says something else");
        let finding = Finding::new(RULE, "spot_check_differs", expected, seen);
        findings.push(finding.showing([Record::Student(result.student)]));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn students(count: u128) -> Vec<StudentId> {
        (1..=count).map(|n| StudentId(Uuid::from_u128(n * 77))).collect()
    }

    fn first(seed: u8, students: &[StudentId]) -> SpotCheck {
        SpotCheck { draw: draw(students, Seed([seed; 32]), &Policy::default()), again_because: None }
    }

    /// 四: 3人/班; all, where a class has fewer.
    #[test]
    fn three_of_a_class_or_all_of_a_smaller_one() {
        assert_eq!(first(1, &students(30)).draw.drawn.len(), 3);
        assert_eq!(first(1, &students(2)).draw.drawn.len(), 2);
        assert_eq!(first(1, &[]).draw.drawn.len(), 0);
    }

    #[test]
    fn a_second_draw_needs_a_reason_and_a_seed_of_its_own() {
        let (class, policy) = (students(30), Policy::default());
        let one = first(1, &class);
        let because = |seed, why: &str| SpotCheck { again_because: Some(why.to_owned()), ..first(seed, &class) };
        assert_eq!(accept(&[], &one, &class, &policy), Ok(()));
        let earlier = [one.clone()];
        assert_eq!(accept(&earlier, &first(2, &class), &class, &policy), Err(SpotCheckRefusal::AgainWithoutReason));
        assert_eq!(accept(&earlier, &because(2, "  "), &class, &policy), Err(SpotCheckRefusal::AgainWithoutReason));
        assert_eq!(accept(&earlier, &because(1, "学员退班"), &class, &policy), Err(SpotCheckRefusal::SameSeed));
        assert_eq!(accept(&earlier, &because(2, "学员退班"), &class, &policy), Ok(()));
        for reason in ["学员退班", "  "] {
            assert_eq!(accept(&[], &because(2, reason), &class, &policy), Err(SpotCheckRefusal::NothingBefore));
        }
    }

    #[test]
    fn a_hand_picked_draw_is_refused() {
        let (class, policy) = (students(30), Policy::default());
        let mut picked = first(1, &class);
        picked.draw.drawn = class[..3].iter().map(|student| student.0).collect();
        assert_eq!(accept(&[], &picked, &class, &policy), Err(SpotCheckRefusal::Draw(DrawProblem::Lots)));
        let some = first(1, &class[..20]);
        assert_eq!(accept(&[], &some, &class, &policy), Err(SpotCheckRefusal::Candidates), "ten were left out");
        let draw = Draw::uniform(class.iter().map(|student| student.0), 1, Seed([1; 32]));
        let one = SpotCheck { draw, again_because: None };
        assert_eq!(accept(&[], &one, &class, &policy), Err(SpotCheckRefusal::Wanted { needed: 3 }));
    }

    #[test]
    fn every_drawn_student_needs_a_result_and_a_disagreement_stays() {
        let class = students(30);
        let check = first(1, &class);
        assert_eq!(findings(&[], &[])[0].code, "spot_check_missing");
        assert_eq!(findings(std::slice::from_ref(&check), &[]).len(), 3);
        let result = |agrees| move |&drawn| SpotCheckResult { student: StudentId(drawn), agrees };
        let fine: Vec<_> = check.draw.drawn.iter().map(result(true)).collect();
        assert_eq!(findings(std::slice::from_ref(&check), &fine), []);
        let open = findings(std::slice::from_ref(&check), &fine[..2]);
        assert_eq!((open.len(), open[0].code.as_str()), (1, "spot_check_open"));
        assert_eq!(open[0].records, [Record::Student(fine[2].student)]);
        let mut one = fine.clone();
        one[1].agrees = false;
        assert_eq!(findings(&[check], &one)[0].code, "spot_check_differs");
    }

    proptest! {
        #[test]
        fn the_same_seed_draws_the_same_whatever_the_rosters_order(
            seed in any::<[u8; 32]>(), order in Just((1u128..20).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let shuffled: Vec<_> = order.iter().map(|n| StudentId(Uuid::from_u128(n * 77))).collect();
            let policy = Policy::default();
            prop_assert_eq!(draw(&shuffled, Seed(seed), &policy), draw(&students(19), Seed(seed), &policy));
        }
    }
}

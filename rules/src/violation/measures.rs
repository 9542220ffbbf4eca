//! Which measures were carried out, and which are still due.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Measure, MeasureKind, Suspension};
use crate::{
    finding::{Finding, Record},
    ids::{UserId, ViolationId},
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.5");

/// A warning given, an interview held, a case handed to the judiciary. That a suspension was reported to the bureau is
/// told by its [`Suspension`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Carried {
    /// Because of which violation.
    pub violation: ViolationId,
    /// What.
    pub kind: MeasureKind,
    /// When.
    pub on: Date,
    /// By whom.
    pub by: UserId,
    /// The paper it is on, or what came of it.
    pub note: Remark,
}

/// A measure and whether it was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MeasureState {
    /// Which.
    pub measure: Measure,
    /// When it was carried out: the first time since it was due.
    pub carried_out: Option<Date>,
}

/// Each measure of the ladder with what was done about it. What was done about a violation that no longer asks for it
/// does nothing here.
pub fn measures(ladder: &[Measure], carried: &[Carried], suspensions: &[Suspension]) -> Vec<MeasureState> {
    let reported = suspensions.iter().map(|suspension| {
        let reported = suspension.reported();
        (reported.violation(), MeasureKind::Suspension, reported.on())
    });
    let noted = carried.iter().filter(|carried| carried.kind != MeasureKind::Suspension);
    let done: Vec<(ViolationId, MeasureKind, Date)> =
        noted.map(|carried| (carried.violation, carried.kind, carried.on)).chain(reported).collect();
    ladder
        .iter()
        .map(|&measure| {
            let own = |(violation, kind, on): &&(ViolationId, MeasureKind, Date)| {
                (*violation, *kind) == (measure.violation, measure.kind) && *on >= measure.since
            };
            MeasureState { measure, carried_out: done.iter().filter(own).map(|(_, _, on)| *on).min() }
        })
        .collect()
}

/// The measures that are due and were not carried out. The notice gives them no time, so each is due from its day on.
pub fn measures_findings(measures: &[MeasureState]) -> Vec<Finding> {
    let due = measures.iter().filter(|state| state.carried_out.is_none());
    due.map(|MeasureState { measure, .. }| {
        let Measure { number, kind, since, .. } = measure;
        let what = kind.text();
        let expected = Text::new(
            format!("{since} 认定的第 {number} 次违规：{}", what.zh),
            format!("violation number {number}, confirmed on {since}: {}", what.en),
        );
        Finding::new(RULE, "measure_due", expected, Text::new("尚未执行", "not carried out yet"))
            .showing([Record::Institution(measure.institution), Record::Violation(measure.violation)])
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::ladder::tests::{asked, violations};
    use super::super::suspension::tests::reported;
    use super::super::verdict::tests::violation;
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn carried(n: u128, kind: MeasureKind, on: Date) -> Carried {
        let note = Remark::new("警告书").unwrap();
        Carried { violation: violation(n), kind, on, by: UserId(Uuid::nil()), note }
    }

    /// Violations confirmed on 2, 3 and 4 October 2024.
    #[test]
    fn what_is_due_stays_due_until_it_was_carried_out() {
        let ladder = asked(&violations(3));
        let due = |carried: &[Carried], suspensions: &[Suspension]| -> Vec<String> {
            let states = measures(&ladder, carried, suspensions);
            measures_findings(&states).into_iter().map(|finding| finding.expected.zh).collect()
        };
        assert_eq!(
            due(&[], &[]),
            [
                "2024-10-02 认定的第 1 次违规：给予警告",
                "2024-10-03 认定的第 2 次违规：约谈相关负责人",
                "2024-10-04 认定的第 3 次违规：报人社行政部门作出停课整改处理"
            ]
        );
        let warned = carried(1, MeasureKind::Warning, date(2024, 10, 2));
        assert_eq!(due(std::slice::from_ref(&warned), &[]).len(), 2);
        let interviewed = carried(2, MeasureKind::Interview, date(2024, 10, 9));
        assert_eq!(due(&[warned, interviewed], &[Suspension::Reported(reported())]), [""; 0]);
    }

    #[test]
    fn what_was_done_before_or_about_another_does_not_count() {
        let ladder = asked(&violations(1));
        let early = carried(1, MeasureKind::Warning, date(2024, 10, 1));
        let other = carried(2, MeasureKind::Warning, date(2024, 10, 5));
        let wrong = carried(1, MeasureKind::Interview, date(2024, 10, 5));
        assert_eq!(measures(&ladder, &[early, other, wrong], &[])[0].carried_out, None);
    }

    #[test]
    fn a_note_alone_is_no_report_to_the_bureau() {
        let ladder = asked(&violations(3));
        let note = carried(3, MeasureKind::Suspension, date(2024, 10, 5));
        assert_eq!(measures(&ladder, &[note], &[])[2].carried_out, None);
        let states = measures(&ladder, &[], &[Suspension::Reported(reported())]);
        assert_eq!(states[2].carried_out, Some(date(2024, 10, 8)));
    }
}

//! R8.1 (八): 申请结课验收, from the institution's application to the centre's decision about it.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{CloseOut, CloseOutAnswer};
use crate::{
    access::Actor,
    calendar::Reckoned,
    civil,
    finding::{Finding, Record},
    ids::{ClassId, CloseOutId, StudentId, UserId},
    opening::{Refused, Step},
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R8.1");

/// It lies with the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    id: CloseOutId,
    class: ClassId,
    closeout: CloseOut,
    due: Reckoned<Date>,
    late: bool,
    by: UserId,
    at: Timestamp,
}

/// The centre has accepted students of the pass list 通过结课验收.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    applied: Applied,
    students: BTreeSet<StudentId>,
    decision: Decision,
}

/// The centre has turned it down; another may come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedDown {
    applied: Applied,
    decision: Decision,
}

/// Who decided, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decision {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why; an acceptance of the whole pass list needs no word.
    pub why: Option<Remark>,
}

/// An application in whatever state, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "facts")]
pub enum Application {
    /// See [`Applied`].
    Applied(Applied),
    /// See [`Accepted`].
    Accepted(Accepted),
    /// See [`TurnedDown`].
    TurnedDown(TurnedDown),
}

impl Applied {
    /// Takes in an application that [`super::check`] has answered; refused with all that keeps it from being taken.
    pub fn new(
        id: CloseOutId,
        class: ClassId,
        closeout: CloseOut,
        answer: CloseOutAnswer,
        by: UserId,
        at: Timestamp,
    ) -> Result<Self, Vec<Finding>> {
        let CloseOutAnswer { due, late, findings } = answer;
        if findings.is_empty() { Ok(Self { id, class, closeout, due, late, by, at }) } else { Err(findings) }
    }

    /// The centre accepts students of the pass list, when the course is over; fewer than the list has with a reason.
    pub fn accept(
        self,
        actor: Actor,
        students: BTreeSet<StudentId>,
        last_day: Date,
        decision: Decision,
    ) -> Step<Accepted, Self> {
        let mut missing: Vec<Finding> = self.no_supervisor(actor).into_iter().collect();
        let on = civil::date_of(decision.at);
        if on < last_day {
            let expected = Text::new(
                format!("{last_day} 课程结束后验收"),
                format!("accepted once the course ends, on {last_day}"),
            );
            missing.push(self.lacks("accepted_before_end", expected, Text::new(format!("{on}"), format!("{on}"))));
        }
        if students.is_empty() {
            let expected = Text::new("至少一名学员通过验收", "one student at least is accepted");
            missing.push(self.lacks("nobody_accepted", expected, Text::new("无", "nobody is")));
        }
        let listed: BTreeSet<StudentId> = self.closeout.pass_list.iter().copied().collect();
        missing.extend(students.difference(&listed).map(|&student| {
            let expected =
                Text::new("通过验收的学员在合格人员名单上", "whoever is accepted is on the institution's pass list");
            let seen = Text::new("不在名单上", "one is not");
            self.lacks("accepted_not_on_list", expected, seen).showing([Record::Student(student)])
        }));
        if students.len() < listed.len() && decision.why.is_none() {
            let expected = Text::new(
                "名单上有学员未通过的，说明理由",
                "where one of the list is not accepted, the reason is given",
            );
            missing.push(self.lacks("left_out_without_reason", expected, Text::new("未说明", "it is not")));
        }
        if missing.is_empty() {
            Ok(Accepted { applied: self, students, decision })
        } else {
            Err(Box::new(Refused { state: self, missing }))
        }
    }

    /// The centre turns it down, and says why.
    pub fn turn_down(self, actor: Actor, decision: Decision) -> Step<TurnedDown, Self> {
        let mut missing: Vec<Finding> = self.no_supervisor(actor).into_iter().collect();
        if decision.why.is_none() {
            let expected = Text::new("不予通过须说明理由", "a refusal gives its reason");
            missing.push(self.lacks("refusal_without_reason", expected, Text::new("未说明", "it gives none")));
        }
        if missing.is_empty() {
            Ok(TurnedDown { applied: self, decision })
        } else {
            Err(Box::new(Refused { state: self, missing }))
        }
    }

    fn no_supervisor(&self, actor: Actor) -> Option<Finding> {
        let expected = Text::new("由中心验收", "the centre decides");
        (!actor.supervises())
            .then(|| self.lacks("no_supervisor", expected, Text::new("不是", "this is not the centre")))
    }

    fn lacks(&self, code: &'static str, expected: Text, seen: Text) -> Finding {
        Finding::new(RULE, code, expected, seen).showing([Record::Class(self.class)])
    }

    /// Its identity.
    pub fn id(&self) -> CloseOutId {
        self.id
    }

    /// Of which class.
    pub fn class(&self) -> ClassId {
        self.class
    }

    /// What was handed in.
    pub fn closeout(&self) -> &CloseOut {
        &self.closeout
    }

    /// The last day on which it would have been in time.
    pub fn due(&self) -> Reckoned<Date> {
        self.due
    }

    /// Whether it came later.
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// Who applied, and when.
    pub fn sender(&self) -> (UserId, Timestamp) {
        (self.by, self.at)
    }
}

impl Accepted {
    /// Who was accepted.
    pub fn students(&self) -> &BTreeSet<StudentId> {
        &self.students
    }

    /// The day of the acceptance.
    pub fn on(&self) -> Date {
        civil::date_of(self.decision.at)
    }
}

impl Application {
    /// What was applied with.
    pub fn applied(&self) -> &Applied {
        match self {
            Self::Applied(applied) => applied,
            Self::Accepted(accepted) => &accepted.applied,
            Self::TurnedDown(turned_down) => &turned_down.applied,
        }
    }

    /// The centre's decision, once there is one.
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Applied(_) => None,
            Self::Accepted(accepted) => Some(&accepted.decision),
            Self::TurnedDown(turned_down) => Some(&turned_down.decision),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::access::Role;
    use jiff::civil::date;
    use uuid::Uuid;

    const CENTRE: Actor = Actor { role: Role::Supervisor, institution: None };
    const LAST: Date = date(2024, 12, 31);

    fn student(n: u128) -> StudentId {
        StudentId(Uuid::from_u128(n))
    }

    fn applied() -> Applied {
        sent(false)
    }

    fn sent(late: bool) -> Applied {
        let closeout = CloseOut {
            applied_on: date(2024, 12, 17),
            ledger: "台账.xlsx".to_owned(),
            pass_list: vec![student(1), student(2)],
        };
        let due = Reckoned { value: date(2024, 12, 17), provisional: false };
        let answer = CloseOutAnswer { due, late, findings: vec![] };
        let at = civil::day(date(2024, 12, 17)).unwrap().start();
        Applied::new(CloseOutId(Uuid::nil()), ClassId(Uuid::nil()), closeout, answer, UserId(Uuid::nil()), at).unwrap()
    }

    fn decision(on: Date, why: Option<&str>) -> Decision {
        let at = civil::day(on).unwrap().start();
        Decision { by: UserId(Uuid::from_u128(9)), at, why: why.map(|why| Remark::new(why).unwrap()) }
    }

    fn accepted(actor: Actor, students: &[u128], on: Date, why: Option<&str>) -> Result<Accepted, Vec<String>> {
        let students = students.iter().map(|&n| student(n)).collect();
        let step = applied().accept(actor, students, LAST, decision(on, why));
        step.map_err(|refused| refused.missing.into_iter().map(|finding| finding.code).collect())
    }

    fn codes<T>(step: Result<T, Vec<String>>) -> Vec<String> {
        step.err().unwrap_or_default()
    }

    #[test]
    fn the_centre_accepts_the_list_when_the_course_is_over() {
        let done = accepted(CENTRE, &[1, 2], LAST, None).unwrap();
        assert_eq!((done.students().len(), done.on()), (2, LAST));
        assert_eq!(codes(accepted(CENTRE, &[1, 2], date(2024, 12, 30), None)), ["accepted_before_end"]);
        let outsider = Actor { role: Role::Auditor, institution: None };
        assert_eq!(codes(accepted(outsider, &[1, 2], LAST, None)), ["no_supervisor"]);
    }

    #[test]
    fn fewer_need_a_reason_and_nobody_comes_in_from_outside_the_list() {
        assert_eq!(codes(accepted(CENTRE, &[1], LAST, None)), ["left_out_without_reason"]);
        assert!(accepted(CENTRE, &[1], LAST, Some("出勤不足")).is_ok());
        assert_eq!(codes(accepted(CENTRE, &[1, 2, 3], LAST, None)), ["accepted_not_on_list"]);
        assert_eq!(codes(accepted(CENTRE, &[], LAST, Some("无人合格"))), ["nobody_accepted"]);
    }

    #[test]
    fn a_refusal_gives_its_reason_and_the_record_keeps_all() {
        let silent = applied().turn_down(CENTRE, decision(LAST, None)).unwrap_err();
        assert_eq!(silent.missing[0].code, "refusal_without_reason");
        let kept = Application::TurnedDown(silent.state.turn_down(CENTRE, decision(LAST, Some("台账不全"))).unwrap());
        assert_eq!(kept.decision().unwrap().why.as_ref().unwrap().as_str(), "台账不全");
        let json = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Application>(&json).unwrap(), kept);
    }

    #[test]
    fn an_application_that_came_late_is_taken_and_says_so() {
        assert!(sent(true).is_late() && !sent(false).is_late());
    }

    #[test]
    fn what_keeps_an_application_from_being_taken_keeps_it_out() {
        let answer = CloseOutAnswer {
            due: Reckoned { value: LAST, provisional: false },
            late: false,
            findings: vec![applied().lacks("ledger_missing", Text::default(), Text::default())],
        };
        let whole = applied();
        let (by, at) = whole.sender();
        let taken = Applied::new(whole.id(), whole.class(), whole.closeout().clone(), answer, by, at);
        assert_eq!(taken.unwrap_err()[0].code, "ledger_missing");
    }
}

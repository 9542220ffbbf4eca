//! 停课整改: reported to the bureau, ordered by it, lifted by a manager of the centre. Each state holds the ones before it, so
//! the record of a suspension is its whole history.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Measure, MeasureKind};
use crate::{
    access::Actor,
    finding::{Finding, Record},
    ids::{InstitutionId, UserId, ViolationId},
    opening::{Refused, Step},
    text::{Reason, Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.5");

/// The centre has reported to the bureau 报人社行政部门.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reported {
    institution: InstitutionId,
    violation: ViolationId,
    on: Date,
    by: UserId,
    document: Remark,
}

/// The bureau's order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    /// Its number.
    pub number: Remark,
    /// The day of the order.
    pub on: Date,
    /// The first day without teaching.
    pub from: Date,
}

/// The bureau has ordered it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InForce {
    reported: Reported,
    order: Order,
}

/// A manager of the centre has recorded that it is lifted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lifted {
    in_force: InForce,
    on: Date,
    by: UserId,
    why: Remark,
}

/// A suspension in whatever state, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "facts")]
pub enum Suspension {
    /// See [`Reported`].
    Reported(Reported),
    /// See [`InForce`].
    InForce(InForce),
    /// See [`Lifted`].
    Lifted(Lifted),
}

fn lacks(violation: ViolationId, code: &'static str, expected: Text, seen: Text) -> Finding {
    Finding::new(RULE, code, expected, seen).showing([Record::Violation(violation)])
}

/// Reports a suspension that the ladder asks for. `document` is the report's number or file.
pub fn report(measure: Measure, actor: Actor, by: UserId, on: Date, document: Remark) -> Step<Reported, Measure> {
    let Measure { institution, violation, kind, since, .. } = measure;
    let mut missing = Vec::new();
    if kind != MeasureKind::Suspension {
        let expected = Text::new("违规达到停课整改的次数", "the ladder has reached suspension");
        missing.push(lacks(violation, "no_suspension_due", expected, Text::new("尚未达到", "it has not")));
    }
    if !actor.supervises() {
        let expected = Text::new("由中心上报", "the centre reports it");
        missing.push(lacks(violation, "reporter_no_supervisor", expected, Text::new("不是", "this is not the centre")));
    }
    if on < since {
        let expected = Text::new(format!("{since} 认定之后上报"), format!("it is reported once confirmed, on {since}"));
        missing.push(lacks(violation, "reported_too_early", expected, Text::new(format!("{on}"), format!("{on}"))));
    }
    if missing.is_empty() {
        Ok(Reported { institution, violation, on, by, document })
    } else {
        Err(Box::new(Refused { state: measure, missing }))
    }
}

impl Reported {
    /// Because of which violation.
    pub fn violation(&self) -> ViolationId {
        self.violation
    }

    /// The day of the report.
    pub fn on(&self) -> Date {
        self.on
    }

    /// The bureau orders it: after the report, from the order's day on at the earliest.
    pub fn order(self, order: Order) -> Step<InForce, Self> {
        if self.on <= order.on && order.on <= order.from {
            return Ok(InForce { reported: self, order });
        }
        let expected = Text::new("上报、决定、执行依次进行", "report, order and its first day follow each other");
        let (reported, ordered, from) = (self.on, order.on, order.from);
        let seen = Text::new(
            format!("上报 {reported}，决定 {ordered}，执行 {from}"),
            format!("reported {reported}, ordered {ordered}, from {from}"),
        );
        Err(Box::new(Refused {
            missing: vec![lacks(self.violation, "dates_out_of_order", expected, seen)],
            state: self,
        }))
    }
}

impl InForce {
    /// A manager of the centre lifts it: teaching may resume on that day.
    pub fn lift(self, actor: Actor, by: UserId, on: Date, why: Remark) -> Step<Lifted, Self> {
        let mut missing = Vec::new();
        let violation = self.reported.violation;
        if !actor.manages_centre() {
            let expected = Text::new("由中心负责人解除", "a manager of the centre lifts it");
            missing.push(lacks(violation, "lifter_no_manager", expected, Text::new("不是", "this is none")));
        }
        if on < self.order.on {
            let ordered = self.order.on;
            let expected = Text::new(format!("{ordered} 决定之后解除"), format!("after the order of {ordered}"));
            missing.push(lacks(violation, "lifted_too_early", expected, Text::new(format!("{on}"), format!("{on}"))));
        }
        if missing.is_empty() {
            Ok(Lifted { in_force: self, on, by, why })
        } else {
            Err(Box::new(Refused { state: self, missing }))
        }
    }
}

impl Suspension {
    /// The report it began with.
    pub fn reported(&self) -> &Reported {
        match self {
            Self::Reported(reported) => reported,
            Self::InForce(in_force) => &in_force.reported,
            Self::Lifted(lifted) => &lifted.in_force.reported,
        }
    }

    /// Whose.
    pub fn institution(&self) -> InstitutionId {
        self.reported().institution
    }

    /// The bureau's order, once there is one.
    pub fn order(&self) -> Option<&Order> {
        match self {
            Self::Reported(_) => None,
            Self::InForce(in_force) => Some(&in_force.order),
            Self::Lifted(lifted) => Some(&lifted.in_force.order),
        }
    }

    /// The day on which it was lifted, if it was.
    pub fn lifted_on(&self) -> Option<Date> {
        match self {
            Self::Reported(_) | Self::InForce(_) => None,
            Self::Lifted(lifted) => Some(lifted.on),
        }
    }

    /// Whether it stops teaching on a day.
    pub fn stops(&self, date: Date) -> bool {
        self.order().is_some_and(|order| order.from <= date) && self.lifted_on().is_none_or(|on| date < on)
    }

    /// What happened, in order.
    pub fn history(&self) -> Vec<Reason> {
        let Reported { on, document, .. } = self.reported();
        let mut told = vec![Reason::new(
            "suspension_reported",
            format!("{on} 报人社行政部门（{document}）"),
            format!("reported to the bureau on {on} ({document})"),
        )];
        if let Some(Order { number, on, from }) = self.order() {
            told.push(Reason::new(
                "suspension_ordered",
                format!("{on} 人社行政部门决定自 {from} 起停课整改（{number}）"),
                format!("ordered by the bureau on {on}, from {from} on ({number})"),
            ));
        }
        if let Self::Lifted(Lifted { on, why, .. }) = self {
            told.push(Reason::new("suspension_lifted", format!("{on} 解除：{why}"), format!("lifted on {on}: {why}")));
        }
        told
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::ladder::tests::{asked, violations};
    use super::super::verdict::tests::{MANAGER, SUPERVISOR};
    use super::*;
    use crate::access::Role;
    use jiff::civil::date;
    use uuid::Uuid;

    const USER: UserId = UserId(Uuid::from_u128(9));

    pub fn remark(text: &str) -> Remark {
        Remark::new(text).unwrap()
    }

    /// The third violation, of 4 October 2024, reported on the 8th.
    pub fn reported() -> Reported {
        report(asked(&violations(3))[2], SUPERVISOR, USER, date(2024, 10, 8), remark("报告1号")).unwrap()
    }

    pub fn in_force(from: Date) -> InForce {
        reported().order(Order { number: remark("决定7号"), on: date(2024, 10, 10), from }).unwrap()
    }

    pub fn lifted(from: Date, on: Date) -> Lifted {
        in_force(from).lift(MANAGER, USER, on, remark("整改验收合格")).unwrap()
    }

    fn codes<Next: std::fmt::Debug, State: std::fmt::Debug>(refused: Step<Next, State>) -> Vec<String> {
        refused.unwrap_err().missing.into_iter().map(|finding| finding.code).collect()
    }

    /// 七(五): 违规 3 次报人社行政部门对其作出停课整改处理.
    #[test]
    fn only_what_the_ladder_asks_for_is_reported_and_by_the_centre() {
        let ladder = asked(&violations(3));
        let early = report(ladder[1], MANAGER, USER, date(2024, 10, 8), remark("报告1号"));
        assert_eq!(codes(early), ["no_suspension_due"]);
        let institution = Actor { role: Role::Institution, institution: Some(InstitutionId(Uuid::from_u128(1))) };
        let refused = report(ladder[2], institution, USER, date(2024, 10, 3), remark("报告1号"));
        assert_eq!(codes(refused), ["reporter_no_supervisor", "reported_too_early"]);
    }

    #[test]
    fn it_is_reported_and_lifted_on_the_very_day_at_the_earliest() {
        let third = asked(&violations(3))[2];
        assert!(report(third, SUPERVISOR, USER, third.since, remark("报告1号")).is_ok());
        assert!(in_force(date(2024, 10, 14)).lift(MANAGER, USER, date(2024, 10, 10), remark("决定撤回")).is_ok());
    }

    #[test]
    fn it_stops_teaching_from_the_orders_first_day_until_it_is_lifted() {
        let (from, on) = (date(2024, 10, 14), date(2024, 11, 4));
        let stops = |suspension: &Suspension, month, day| suspension.stops(date(2024, month, day));
        let suspension = Suspension::Reported(reported());
        assert!(!stops(&suspension, 10, 14), "reported, but not ordered");
        let suspension = Suspension::InForce(in_force(from));
        assert!(!stops(&suspension, 10, 13) && stops(&suspension, 10, 14) && stops(&suspension, 12, 31));
        let suspension = Suspension::Lifted(lifted(from, on));
        assert!(!stops(&suspension, 10, 13) && stops(&suspension, 11, 3) && !stops(&suspension, 11, 4));
    }

    #[test]
    fn only_a_manager_of_the_centre_lifts_it_and_not_before_it_was_ordered() {
        let from = date(2024, 10, 14);
        let refused = in_force(from).lift(SUPERVISOR, USER, date(2024, 10, 9), remark("整改验收合格"));
        assert_eq!(codes(refused), ["lifter_no_manager", "lifted_too_early"]);
    }

    #[test]
    fn the_bureau_orders_after_the_report_and_not_for_the_past() {
        let order = |on, from| reported().order(Order { number: remark("决定7号"), on, from });
        assert_eq!(codes(order(date(2024, 10, 7), date(2024, 10, 14))), ["dates_out_of_order"]);
        assert_eq!(codes(order(date(2024, 10, 10), date(2024, 10, 9))), ["dates_out_of_order"]);
    }

    #[test]
    fn the_record_is_the_whole_history() {
        let done = Suspension::Lifted(lifted(date(2024, 10, 14), date(2024, 11, 4)));
        let told: Vec<_> = done.history().into_iter().map(|reason| reason.text.zh).collect();
        assert_eq!(
            told,
            [
                "2024-10-08 报人社行政部门（报告1号）",
                "2024-10-10 人社行政部门决定自 2024-10-14 起停课整改（决定7号）",
                "2024-11-04 解除：整改验收合格"
            ]
        );
        let json = serde_json::to_string(&done).unwrap();
        assert_eq!(serde_json::from_str::<Suspension>(&json).unwrap(), done);
    }
}

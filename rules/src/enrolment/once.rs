//! R3.4: a student is in one running class at a time, and one ID number is one person everywhere.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Dates,
    finding::{Finding, Record},
    ids::{ClassId, StudentId},
    text::{RuleId, Text},
};

/// The rule.
const RULE: RuleId = RuleId::new("R3.4");

/// Stands for an ID number where numbers are compared and not read: a keyed hash of it, made by whoever has the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NumberKey(pub [u8; 32]);

impl std::fmt::Debug for NumberKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NumberKey")
    }
}

/// A student on a class's roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The roster's line.
    pub student: StudentId,
    /// The class.
    pub class: ClassId,
    /// The person.
    pub number: NumberKey,
    /// The name on the form.
    pub name: String,
    /// The class's days.
    pub dates: Dates,
    /// The first day on which the student was no longer in the class, if the student left it.
    pub left: Option<Date>,
}

impl Enrolment {
    /// The days on which the student is in the class.
    fn days(&self) -> Dates {
        let end = self.left.unwrap_or(self.dates.end()).clamp(self.dates.start(), self.dates.end());
        Dates::new(self.dates.start(), end).unwrap_or(self.dates)
    }
}

/// Every pair of enrolments that cannot both be: the same person twice on one day, or one number under two names.
pub fn once(enrolments: &[Enrolment]) -> Vec<Finding> {
    let mut sorted: Vec<&Enrolment> = enrolments.iter().collect();
    sorted.sort_by_key(|enrolment| (enrolment.number, enrolment.dates.start(), enrolment.class, enrolment.student));
    let mut findings = Vec::new();
    for same in sorted.chunk_by(|a, b| a.number == b.number) {
        for (index, a) in same.iter().enumerate() {
            for b in &same[index + 1..] {
                findings.extend(twice(a, b));
                findings.extend(two_names(a, b));
            }
        }
    }
    findings
}

fn records(a: &Enrolment, b: &Enrolment) -> [Record; 4] {
    [Record::Student(a.student), Record::Class(a.class), Record::Student(b.student), Record::Class(b.class)]
}

fn twice(a: &Enrolment, b: &Enrolment) -> Option<Finding> {
    let both = a.days().intersection(b.days());
    if both.is_empty() {
        return None;
    }
    let (from, until) = (both.start(), both.last()?);
    let expected = Text::new("同一学员同一时间只参加一个班次", "a student is in one running class at a time");
    let seen = if a.class == b.class {
        Text::new("同一班次内重复登记", "enrolled twice in one class")
    } else {
        Text::new(format!("{from} 至 {until} 同时在两个班次"), format!("in two classes from {from} to {until}"))
    };
    Some(Finding::new(RULE, "in_two_classes", expected, seen).showing(records(a, b)))
}

fn two_names(a: &Enrolment, b: &Enrolment) -> Option<Finding> {
    if a.name.trim() == b.name.trim() {
        return None;
    }
    let expected = Text::new("一个身份证号码对应一个人", "one ID number is one person");
    let seen = Text::new("同一身份证号码登记了不同姓名", "one ID number is enrolled under two names");
    Some(Finding::new(RULE, "two_names", expected, seen).showing(records(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(n: i64) -> Date {
        date(2024, 9, 1).checked_add(n.days()).unwrap()
    }

    fn enrolment(line: u128, class: u128, person: u8, days: (i64, i64), left: Option<i64>) -> Enrolment {
        Enrolment {
            student: StudentId(Uuid::from_u128(line)),
            class: ClassId(Uuid::from_u128(class)),
            number: NumberKey([person; 32]),
            name: format!("学员{person}"),
            dates: Dates::new(day(days.0), day(days.1)).unwrap(),
            left: left.map(day),
        }
    }

    #[test]
    fn the_key_of_a_number_is_not_printed() {
        assert_eq!(format!("{:?}", NumberKey([7; 32])), "NumberKey");
    }

    #[test]
    fn the_next_class_may_begin_when_the_last_is_over_or_left() {
        let first = enrolment(1, 1, 7, (0, 90), None);
        assert_eq!(once(&[first.clone(), enrolment(2, 2, 7, (90, 180), None)]), []);
        let early = enrolment(2, 2, 7, (89, 180), None);
        let findings = once(&[first.clone(), early.clone()]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code, "in_two_classes");
        assert!(findings[0].seen.en.contains("2024-11-29"), "{:?}", findings[0].seen);
        let left = Enrolment { left: Some(day(89)), ..first };
        assert_eq!(once(&[left, early]), []);
    }

    #[test]
    fn twice_in_one_class_and_one_number_with_two_names_are_told() {
        let a = enrolment(1, 1, 7, (0, 90), None);
        let b = Enrolment { name: "别人".to_owned(), ..enrolment(2, 1, 7, (0, 90), None) };
        let codes: Vec<_> = once(&[a, b]).into_iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["in_two_classes", "two_names"]);
    }

    #[test]
    fn other_people_may_be_wherever_they_like() {
        assert_eq!(once(&[enrolment(1, 1, 7, (0, 90), None), enrolment(2, 2, 8, (0, 90), None)]), []);
    }

    prop_compose! {
        fn any_enrolment()(class in 1u128..4, person in 1u8..4, start in 0i64..20, length in 0i64..20, left in proptest::option::of(-5i64..50))
            -> (u128, u8, (i64, i64), Option<i64>)
        {
            (class, person, (start, start + length), left)
        }
    }

    proptest! {
        #[test]
        fn there_is_a_finding_exactly_when_somebody_is_twice_somewhere_on_some_day(
            facts in prop::collection::vec(any_enrolment(), 0..7)
        ) {
            let enrolments: Vec<_> = facts.iter().zip(1u128..)
                .map(|(&(class, person, days, left), line)| enrolment(line, class, person, days, left))
                .collect();
            let in_class = |fact: &(u128, u8, (i64, i64), Option<i64>), n: i64| {
                (fact.2.0..fact.2.1).contains(&n) && fact.3.is_none_or(|left| n < left)
            };
            let twice = (-5..60).any(|n| (1..4).any(|person| {
                facts.iter().filter(|fact| fact.1 == person && in_class(fact, n)).count() > 1
            }));
            prop_assert_eq!(!once(&enrolments).is_empty(), twice);
        }
    }
}

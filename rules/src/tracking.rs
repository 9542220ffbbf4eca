//! R11.2 (十一、2): what becomes of each student in the year after the course, and the ledger 就(创)业情况统计台账 of it.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::StudentId,
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R11.2");

/// When one looks: 培训期结束当时，培训结束后3个月、6个月、1年.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// 培训期结束当时.
    AtEnd,
    /// 培训结束后3个月.
    ThreeMonths,
    /// 培训结束后6个月.
    SixMonths,
    /// 培训结束后1年.
    OneYear,
}

impl Node {
    /// All four, in order.
    pub const ALL: [Self; 4] = [Self::AtEnd, Self::ThreeMonths, Self::SixMonths, Self::OneYear];

    fn months(self) -> i32 {
        match self {
            Self::AtEnd => 0,
            Self::ThreeMonths => 3,
            Self::SixMonths => 6,
            Self::OneYear => 12,
        }
    }

    /// The day from which the node's state is looked up: the same day of the month, or the month's last where there is
    /// none such. `None` only at the end of the calendar.
    pub fn from(self, last_day: Date) -> Option<Date> {
        last_day.checked_add(self.months().months()).ok()
    }

    fn text(self) -> Text {
        match self {
            Self::AtEnd => Text::new("培训结束当时", "the end of the training"),
            Self::ThreeMonths => Text::new("培训结束后 3 个月", "3 months after"),
            Self::SixMonths => Text::new("培训结束后 6 个月", "6 months after"),
            Self::OneYear => Text::new("培训结束后 1 年", "1 year after"),
        }
    }
}

/// What a student does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occupation {
    /// 就业.
    Employed,
    /// 创业.
    Business,
    /// Neither.
    None,
    /// Asked, but could not be reached; counts as looked up, and is told apart in the statistics.
    Unreachable,
}

/// One line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Who.
    pub student: StudentId,
    /// For which node.
    pub node: Node,
    /// The day on which it was looked up.
    pub on: Date,
    /// What was found.
    pub occupation: Occupation,
}

/// One node's work for a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Which.
    pub node: Node,
    /// From when on.
    pub from: Date,
    /// Until when, inside.
    pub until: Date,
    /// The students without an entry that counts, in the roster's order.
    pub missing: Vec<StudentId>,
}

/// Every node with what is still missing for it. An entry from before the node's day tells nothing of it and does not
/// count. `None` only at the end of the calendar.
pub fn due(students: &[StudentId], last_day: Date, entries: &[Entry], policy: &Policy) -> Option<Vec<Due>> {
    Node::ALL
        .into_iter()
        .map(|node| {
            let from = node.from(last_day)?;
            let until = from.checked_add(i64::from(policy.tracking_grace_days).days()).ok()?;
            let counts = |student| {
                entries.iter().any(|entry| entry.student == student && entry.node == node && entry.on >= from)
            };
            let missing = students.iter().copied().filter(|&student| !counts(student)).collect();
            Some(Due { node, from, until, missing })
        })
        .collect()
}

/// What is overdue on a day; after the last node also the ledger itself, until it is handed in.
pub fn check(
    students: &[StudentId],
    last_day: Date,
    entries: &[Entry],
    handed_in: Option<Date>,
    today: Date,
    policy: &Policy,
) -> Option<Vec<Finding>> {
    let due = due(students, last_day, entries, policy)?;
    let mut findings: Vec<Finding> = due
        .iter()
        .filter(|due| today > due.until && !due.missing.is_empty())
        .map(|due| {
            let (node, count) = (due.node.text(), due.missing.len());
            let expected = Text::new(
                format!("{}的就(创)业情况应于 {} 前统计", node.zh, due.until),
                format!("what each does at {} is looked up by {}", node.en, due.until),
            );
            let seen = Text::new(format!("{count} 名学员尚未统计"), format!("{count} students are missing"));
            let finding = Finding::new(RULE, "tracking_overdue", expected, seen);
            finding.showing(due.missing.iter().map(|&student| Record::Student(student)))
        })
        .collect();
    let last = due.last()?;
    if today > last.until && handed_in.is_none_or(|on| on < last.from) {
        let expected = Text::new(
            format!("统计结束后（{} 前）将台账上交中心", last.until),
            format!("the ledger goes to the centre by {}", last.until),
        );
        findings.push(Finding::new(RULE, "ledger_not_handed_in", expected, Text::new("尚未上交", "it has not yet")));
    }
    Some(findings)
}

/// How many of those looked up at a node work, of how many.
pub fn effect(node: Node, entries: &[Entry]) -> (u32, u32) {
    let mut latest: std::collections::BTreeMap<StudentId, &Entry> = std::collections::BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.node == node) {
        let newest = latest.entry(entry.student).or_insert(entry);
        if entry.on > newest.on {
            *newest = entry;
        }
    }
    let works = |entry: &&&Entry| matches!(entry.occupation, Occupation::Employed | Occupation::Business);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (count(latest.values().filter(works).count()), count(latest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const LAST_DAY: Date = date(2024, 11, 30);

    fn student(n: u128) -> StudentId {
        StudentId(Uuid::from_u128(n))
    }

    fn entry(n: u128, node: Node, on: Date) -> Entry {
        Entry { student: student(n), node, on, occupation: Occupation::Employed }
    }

    fn codes(entries: &[Entry], handed_in: Option<Date>, today: Date) -> Vec<String> {
        check(&[student(1), student(2)], LAST_DAY, entries, handed_in, today, &Policy::default())
            .unwrap()
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    /// 十一、2: 培训期结束当时，培训结束后3个月、6个月、1年.
    #[test]
    fn four_nodes_and_february_has_no_30th() {
        let due = due(&[], LAST_DAY, &[], &Policy::default()).unwrap();
        let from: Vec<_> = due.iter().map(|due| due.from).collect();
        assert_eq!(from, [LAST_DAY, date(2025, 2, 28), date(2025, 5, 30), date(2025, 11, 30)]);
    }

    #[test]
    fn what_is_missing_is_told_once_its_time_is_over() {
        let until = due(&[], LAST_DAY, &[], &Policy::default()).unwrap()[0].until;
        assert_eq!(until, date(2024, 12, 30));
        assert_eq!(codes(&[], None, until), [""; 0]);
        assert_eq!(codes(&[], None, until.tomorrow().unwrap()), ["tracking_overdue"]);
        let both = [entry(1, Node::AtEnd, LAST_DAY), entry(2, Node::AtEnd, LAST_DAY)];
        assert_eq!(codes(&both, None, until.tomorrow().unwrap()), [""; 0]);
        assert_eq!(codes(&both[..1], None, until.tomorrow().unwrap()), ["tracking_overdue"]);
    }

    #[test]
    fn an_entry_from_before_its_node_tells_nothing_of_it() {
        let early = [entry(1, Node::ThreeMonths, date(2025, 2, 27))];
        let due = due(&[student(1)], LAST_DAY, &early, &Policy::default()).unwrap();
        assert_eq!(due[1].missing, [student(1)]);
    }

    /// 统计结束，培训机构应将统计台账上交市就业和人才服务中心.
    #[test]
    fn the_ledger_goes_to_the_centre_after_the_last_node_and_not_before() {
        let entries: Vec<_> = Node::ALL
            .into_iter()
            .flat_map(|node| [1, 2].map(|n| entry(n, node, node.from(LAST_DAY).unwrap())))
            .collect();
        let today = date(2026, 1, 15);
        assert_eq!(codes(&entries, None, today), ["ledger_not_handed_in"]);
        assert_eq!(
            codes(&entries, Some(date(2025, 6, 1)), today),
            ["ledger_not_handed_in"],
            "before the year was over"
        );
        assert_eq!(codes(&entries, Some(date(2025, 12, 1)), today), [""; 0]);
        assert_eq!(codes(&entries, None, date(2025, 12, 30)), [""; 0], "the last day");
        assert_eq!(codes(&entries, None, date(2025, 12, 31)), ["ledger_not_handed_in"]);
    }

    #[test]
    fn the_effect_counts_each_student_once_by_the_latest_entry() {
        let lost = Entry { occupation: Occupation::None, ..entry(1, Node::SixMonths, date(2025, 6, 9)) };
        let entries = [
            entry(1, Node::SixMonths, date(2025, 6, 1)),
            lost,
            entry(2, Node::SixMonths, date(2025, 6, 1)),
            entry(2, Node::AtEnd, LAST_DAY),
        ];
        assert_eq!(effect(Node::SixMonths, &entries), (1, 2));
        assert_eq!(effect(Node::OneYear, &entries), (0, 0));
    }

    #[test]
    fn each_node_has_its_words() {
        crate::text::told_apart(Node::ALL.map(Node::text));
    }

    #[test]
    fn a_ledger_of_the_last_nodes_day_is_in_time() {
        let last = Node::OneYear.from(LAST_DAY).unwrap();
        let told = |on| codes(&[], Some(on), date(2026, 1, 15)).contains(&"ledger_not_handed_in".to_owned());
        assert!(told(last.yesterday().unwrap()) && !told(last));
    }
}

//! R7.2a: 严格按照教学计划、课程表进行教学: what was taught against the timetable in force.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{ChangeRequest, Lesson, Timetable, lesson::when};
use crate::{
    civil,
    finding::{Finding, Record},
    ids::{SessionId, VenueId},
    policy::Policy,
    span::Span,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.2a");

/// What was taught to the class without a pause longer than a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Taught {
    /// The session.
    pub session: SessionId,
    /// From when to when.
    pub span: Span,
    /// Where.
    pub venue: VenueId,
}

/// Every lesson that is over by `now` and was not held as the timetable has it, and every session beside the timetable.
///
/// `timetable` is the one in force ([`super::replay`]); `requests` are named where they concern the lesson, because one
/// that was never approved does not excuse.
pub fn deviations(
    timetable: &Timetable,
    taught: &[Taught],
    requests: &[ChangeRequest],
    now: Timestamp,
    policy: &Policy,
) -> Vec<Finding> {
    let tolerance = SignedDuration::from_mins(policy.lesson_tolerance_minutes.into());
    let over = timetable.lessons().iter().filter(|lesson| lesson.span.end() <= now);
    let mut findings: Vec<Finding> =
        over.filter_map(|lesson| not_held(timetable, lesson, taught, requests, tolerance)).collect();
    let mut sessions: Vec<&Taught> = taught.iter().filter(|taught| taught.span.end() <= now).collect();
    sessions.sort_by_key(|taught| (taught.span, taught.session));
    findings.extend(sessions.into_iter().filter_map(|taught| beside(timetable, *taught, requests, tolerance)));
    findings
}

fn not_held(
    timetable: &Timetable,
    lesson: &Lesson,
    taught: &[Taught],
    requests: &[ChangeRequest],
    tolerance: SignedDuration,
) -> Option<Finding> {
    let missing = |all: &mut dyn Iterator<Item = &Taught>| lesson.span.duration() - covered(lesson.span, all);
    let here = missing(&mut taught.iter().filter(|taught| taught.venue == lesson.venue));
    if here <= tolerance {
        return None;
    }
    let anywhere = missing(&mut taught.iter());
    let (code, zh, en) = if anywhere >= lesson.span.duration() {
        ("lesson_not_held", "未上课".to_owned(), "it was not held".to_owned())
    } else if anywhere <= tolerance {
        ("lesson_elsewhere", "不在课程表所列场地上课".to_owned(), "it was held in another venue".to_owned())
    } else {
        let minutes = anywhere.as_mins();
        ("lesson_cut_short", format!("少上 {minutes} 分钟"), format!("{minutes} minutes of it were not held"))
    };
    let said = lesson.text();
    let seen = Text::new(format!("{}：{zh}", said.zh), format!("{}: {en}", said.en));
    let concerned = |request: &&ChangeRequest| request.change().withdrawn.contains(&lesson.id);
    let records = [Record::Class(timetable.class()), Record::Day(lesson.date()), Record::Lesson(lesson.id)];
    Some(deviation(code, seen, requests.iter().filter(concerned)).showing(records))
}

fn beside(
    timetable: &Timetable,
    taught: Taught,
    requests: &[ChangeRequest],
    tolerance: SignedDuration,
) -> Option<Finding> {
    let during = || timetable.lessons().iter().filter(|lesson| lesson.span.intersection(taught.span).is_some());
    let first = during().map(|lesson| lesson.span.start()).min();
    let last = during().map(|lesson| lesson.span.end()).max();
    let said = when(taught.span);
    let (code, seen) = match first.zip(last) {
        None => (
            "taught_without_lesson",
            Text::new(format!("{said} 上课，课程表无此课时"), format!("taught {said}, where no lesson is")),
        ),
        Some((first, last)) => {
            let before = first.duration_since(taught.span.start());
            let after = taught.span.end().duration_since(last);
            if before <= tolerance && after <= tolerance {
                return None;
            }
            (
                "taught_beyond_lessons",
                Text::new(
                    format!("{said} 上课，超出课程表所列时间"),
                    format!("taught {said}, beyond the timetable's lessons"),
                ),
            )
        }
    };
    let concerned =
        |request: &&ChangeRequest| request.change().added.iter().any(|l| l.span.intersection(taught.span).is_some());
    let records = [
        Record::Class(timetable.class()),
        Record::Day(civil::date_of(taught.span.start())),
        Record::Venue(taught.venue),
    ];
    Some(deviation(code, seen, requests.iter().filter(concerned)).showing(records))
}

fn deviation<'a>(code: &'static str, seen: Text, concerned: impl Iterator<Item = &'a ChangeRequest>) -> Finding {
    let asked: BTreeSet<_> = concerned
        .filter(|request| !matches!(request, ChangeRequest::Approved(_)))
        .map(|request| request.change().id)
        .collect();
    let expected = Text::new(
        "严格按照课程表教学，调整须课前经中心同意",
        "teaching follows the timetable; a change is approved before the lesson",
    );
    let seen = if asked.is_empty() {
        seen
    } else {
        Text::new(
            format!("{}；申请过调整，但未获同意", seen.zh),
            format!("{}; a change was asked for, but not approved", seen.en),
        )
    };
    Finding::new(RULE, code, expected, seen).showing(asked.into_iter().map(Record::ChangeRequest))
}

/// How much of `span` these sessions cover together.
fn covered(span: Span, taught: &mut dyn Iterator<Item = &Taught>) -> SignedDuration {
    let mut parts: Vec<Span> = taught.filter_map(|taught| span.intersection(taught.span)).collect();
    parts.sort_unstable();
    let mut reached = span.start();
    let mut sum = SignedDuration::ZERO;
    for part in parts {
        let from = part.start().max(reached);
        if from < part.end() {
            sum += part.end().duration_since(from);
            reached = part.end();
        }
    }
    sum
}

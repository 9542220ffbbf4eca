//! Lessons as they come in a request, made into the rules'.

use std::collections::BTreeSet;

use duxue_rules::{
    civil,
    ids::{LessonId, VenueId},
    span::Span,
    timetable::Lesson,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::new_id,
    dto::timetable::NewLesson,
    problem::{Failure, FieldProblem},
};

/// The most lessons of a request: six months of fifteen a day.
const MOST: usize = 2000;
/// The most wrong fields that are named; whoever has more corrects these first.
const NAMED: usize = 50;

/// The lessons, in the venues of the institution. `moving` may keep their identity; every other one gets a new.
pub(super) fn lessons(
    field: &str,
    new: Vec<NewLesson>,
    venues: &BTreeSet<VenueId>,
    moving: &BTreeSet<LessonId>,
    now: Timestamp,
) -> Result<Vec<Lesson>, Failure> {
    if new.len() > MOST {
        let zh = format!("一次最多提交 {MOST} 课时。");
        return Err(Failure::field(field, zh, format!("at most {MOST} lessons are taken at once")));
    }
    let mut wrong = Vec::new();
    let mut taken = Vec::new();
    for (index, lesson) in new.into_iter().enumerate() {
        match one(&format!("{field}[{index}]"), lesson, venues, moving, now) {
            Ok(lesson) => taken.push(lesson),
            Err(problem) => wrong.push(problem),
        }
    }
    wrong.truncate(NAMED);
    if wrong.is_empty() { Ok(taken) } else { Err(Failure::Invalid(wrong)) }
}

fn one(
    path: &str,
    new: NewLesson,
    venues: &BTreeSet<VenueId>,
    moving: &BTreeSet<LessonId>,
    now: Timestamp,
) -> Result<Lesson, FieldProblem> {
    let NewLesson { id, starts_at, ends_at, venue_id, subject, teacher } = new;
    let at = |key: &str| format!("{path}.{key}");
    let span = Span::new(starts_at, ends_at)
        .map_err(|_| FieldProblem::shape(at("ends_at"), "下课须晚于上课。", "a lesson ends after it starts"))?;
    let last = ends_at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(ends_at);
    if civil::date_of(last) != civil::date_of(starts_at) {
        let (zh, en) = ("上课和下课须在同一天。", "a lesson ends on the day on which it starts");
        return Err(FieldProblem::shape(at("ends_at"), zh, en));
    }
    if !venues.contains(&venue_id) {
        let (zh, en) = ("没有这个场地，或不是本机构的场地。", "there is no such venue of the institution");
        return Err(FieldProblem::rule(&at("venue_id"), "R1.2", zh, en));
    }
    if id.is_some_and(|id| !moving.contains(&id)) {
        let (zh, en) = ("只有被调整的课时可以保留编号。", "only a lesson that is withdrawn may keep its identity");
        return Err(FieldProblem::shape(at("id"), zh, en));
    }
    for (key, text) in [("subject", &subject), ("teacher", &teacher)] {
        if text.chars().count() > 100 {
            return Err(FieldProblem::shape(at(key), "不得超过 100 个字符。", "it has at most 100 characters"));
        }
    }
    Ok(Lesson {
        id: id.unwrap_or_else(|| new_id(now)),
        span,
        venue: venue_id,
        subject: subject.trim().to_owned(),
        teacher: teacher.trim().to_owned(),
    })
}

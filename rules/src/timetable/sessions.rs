//! Which teaching sessions a timetable makes, and how those that are there follow it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Lesson, Timetable};
use crate::{
    ids::{SessionId, VenueId},
    policy::Policy,
    span::Span,
};

/// A session to be: an unbroken span of lessons in a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlannedSession {
    /// From the first lesson's start to the last one's end.
    pub span: Span,
    /// Where.
    pub venue: VenueId,
}

/// A session that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeldSession {
    /// Which.
    pub id: SessionId,
    /// When and where.
    pub planned: PlannedSession,
}

/// What makes the sessions follow the timetable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionChanges {
    /// To be taken away first.
    pub removed: Vec<SessionId>,
    /// To be added then.
    pub added: Vec<PlannedSession>,
}

/// The sessions of a timetable, in order. A pause as long as a lesson, another venue or another day ends one: between two
/// lessons is a break, over noon the room is empty.
pub fn sessions(timetable: &Timetable, policy: &Policy) -> Vec<PlannedSession> {
    joined(timetable.lessons().iter(), policy)
}

/// What makes `held`, the class's sessions, follow the timetable from `now` on.
///
/// A session that has begun stays as it is: cameras have recorded it. Neither is one made for a lesson that has begun, or
/// that falls into a session under way.
pub fn follow_up(timetable: &Timetable, held: &[HeldSession], now: Timestamp, policy: &Policy) -> SessionChanges {
    let (begun, coming): (Vec<&HeldSession>, Vec<&HeldSession>) =
        held.iter().partition(|session| session.planned.span.start() <= now);
    let under_way =
        |lesson: &Lesson| begun.iter().any(|session| session.planned.span.intersection(lesson.span).is_some());
    let ahead = timetable.lessons().iter().filter(|lesson| lesson.span.start() > now && !under_way(lesson));
    let wanted = joined(ahead, policy);
    let removed = coming.iter().filter(|session| !wanted.contains(&session.planned)).map(|session| session.id);
    let is_there = |planned: &PlannedSession| coming.iter().any(|session| session.planned == *planned);
    SessionChanges {
        removed: removed.collect(),
        added: wanted.iter().filter(|planned| !is_there(planned)).copied().collect(),
    }
}

fn joined<'a>(lessons: impl Iterator<Item = &'a Lesson>, policy: &Policy) -> Vec<PlannedSession> {
    let longest_break = SignedDuration::from_mins(policy.lesson_minutes.into());
    let mut sessions: Vec<(PlannedSession, jiff::civil::Date)> = Vec::new();
    for lesson in lessons {
        let date = lesson.date();
        if let Some((session, day)) = sessions.last_mut()
            && *day == date
            && session.venue == lesson.venue
            && lesson.span.start().duration_since(session.span.end()) < longest_break
            && let Ok(span) = Span::new(session.span.start(), session.span.end().max(lesson.span.end()))
        {
            session.span = span;
        } else {
            sessions.push((PlannedSession { span: lesson.span, venue: lesson.venue }, date));
        }
    }
    sessions.into_iter().map(|(session, _)| session).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClassId, LessonId};
    use proptest::prelude::*;
    use uuid::Uuid;

    const DAY: i64 = 1_728_345_600; // 2024-10-08T00:00:00Z, 08:00 in Fushun

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(DAY + minute * 60).unwrap()
    }

    fn span(from: i64, to: i64) -> Span {
        Span::new(at(from), at(to)).unwrap()
    }

    fn venue(number: u128) -> VenueId {
        VenueId(Uuid::from_u128(number))
    }

    fn timetable(lessons: &[(i64, u128)]) -> Timetable {
        let lesson = |(index, &(from, room)): (usize, &(i64, u128))| Lesson {
            id: LessonId(Uuid::from_u128(index as u128 + 1)),
            span: span(from, from + 45),
            venue: venue(room),
            subject: "电工".to_owned(),
            teacher: "王".to_owned(),
        };
        Timetable::new(ClassId(Uuid::from_u128(1)), lessons.iter().enumerate().map(lesson).collect()).unwrap()
    }

    fn planned(from: i64, to: i64, room: u128) -> PlannedSession {
        PlannedSession { span: span(from, to), venue: venue(room) }
    }

    fn held(number: u128, planned: PlannedSession) -> HeldSession {
        HeldSession { id: SessionId(Uuid::from_u128(number)), planned }
    }

    #[test]
    fn breaks_join_and_noon_another_room_and_another_day_part() {
        let policy = Policy::default();
        let day = timetable(&[(0, 1), (55, 1), (110, 1), (200, 1), (255, 2), (24 * 60, 2)]);
        assert_eq!(
            sessions(&day, &policy),
            [planned(0, 155, 1), planned(200, 245, 1), planned(255, 300, 2), planned(1440, 1485, 2)]
        );
        // 44 minutes are a break, 45 are none.
        assert_eq!(sessions(&timetable(&[(0, 1), (89, 1)]), &policy).len(), 1);
        assert_eq!(sessions(&timetable(&[(0, 1), (90, 1)]), &policy).len(), 2);
    }

    #[test]
    fn what_has_begun_stays_and_what_is_right_is_not_touched() {
        let policy = Policy::default();
        let old = [held(1, planned(0, 100, 1)), held(2, planned(200, 300, 1)), held(3, planned(400, 445, 1))];
        let wanted = timetable(&[(400, 1), (500, 2)]);
        let changes = follow_up(&wanted, &old, at(50), &policy);
        assert_eq!((changes.removed, changes.added), (vec![old[1].id], vec![planned(500, 545, 2)]));
        // A session begins at its first instant.
        assert_eq!(follow_up(&timetable(&[]), &old[..1], at(0), &policy).removed, []);
        assert_eq!(follow_up(&timetable(&[]), &old[..1], at(-1), &policy).removed, [old[0].id]);
    }

    #[test]
    fn no_session_is_made_for_the_past_or_into_one_under_way() {
        let policy = Policy::default();
        let under_way = [held(1, planned(0, 200, 1))];
        let changes = follow_up(&timetable(&[(0, 1), (150, 2), (300, 2)]), &under_way, at(100), &policy);
        assert_eq!((changes.removed, changes.added), (vec![], vec![planned(300, 345, 2)]));
        let at_once = follow_up(&timetable(&[(100, 2), (300, 2)]), &[], at(100), &policy);
        assert_eq!(at_once.added, [planned(300, 345, 2)], "a lesson begins at its first instant");
    }

    proptest! {
        #[test]
        fn following_twice_changes_nothing_more(
            lessons in proptest::collection::vec((0i64..40, 1u128..3), 0..12),
            old in proptest::collection::vec((0i64..40, 1i64..5, 1u128..3), 0..6),
            now in 0i64..2400,
        ) {
            let policy = Policy::default();
            let wanted = timetable(&lessons.iter().map(|&(slot, room)| (slot * 60, room)).collect::<Vec<_>>());
            let mut there: Vec<HeldSession> = old
                .iter()
                .enumerate()
                .map(|(index, &(from, hours, room))| held(index as u128 + 1, planned(from * 60, (from + hours) * 60, room)))
                .collect();
            let first = follow_up(&wanted, &there, at(now), &policy);
            let begun = there.iter().filter(|session| session.planned.span.start() <= at(now));
            prop_assert!(begun.clone().all(|session| !first.removed.contains(&session.id)));
            prop_assert!(first.added.iter().all(|session| session.span.start() > at(now)));
            there.retain(|session| !first.removed.contains(&session.id));
            for (index, &session) in first.added.iter().enumerate() {
                there.push(held(index as u128 + 100, session));
            }
            prop_assert_eq!(follow_up(&wanted, &there, at(now), &policy), SessionChanges::default());
        }
    }
}

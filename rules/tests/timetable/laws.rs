//! What holds of every course and timetable.

use duxue_rules::{
    policy::Policy,
    span::Span,
    timetable::{ChangeApproved, Timetable, deviations, replay},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{date, time},
};
use proptest::prelude::*;

use crate::world::{CALENDAR, CENTRE, ELSEWHERE, MANAGER, World, codes, lesson, minutes, moved};

prop_compose! {
    /// A conforming course that begins on some working day from 2023 to the summer of 2026.
    fn conforming()(offset in 0i32..1_250, months in 3u32..=6, lessons in 6u128..=8) -> World {
        let any = date(2023, 1, 3).checked_add(offset.days()).unwrap();
        let first = CALENDAR.forward(any, 1).unwrap().value;
        World::conforming(first, months, lessons)
    }
}

/// A single fault, and the finding that it must bring.
type Fault = (&'static str, fn(&mut World, usize));

const FAULTS: [Fault; 13] = [
    ("syllabus_missing", |world, _| world.course.syllabus.clear()),
    ("teaching_plan_missing", |world, _| world.course.plan.file.clear()),
    ("duration_not_allowed", |world, n| world.course.months = if n.is_multiple_of(2) { 2 } else { 7 }),
    ("opens_too_late", |world, _| world.course.programme_year -= 1),
    ("too_few_lessons", |world, n| {
        let day = world.lessons[n].date();
        let of_day: Vec<_> =
            world.lessons.iter().filter(|lesson| lesson.date() == day).map(|lesson| lesson.id).collect();
        world.course.plan.subjects.clear();
        world.lessons.retain(|lesson| of_day.iter().position(|&id| id == lesson.id).is_none_or(|place| place < 5));
    }),
    ("training_days_missing", |world, n| {
        let day = world.lessons[n].date();
        world.course.plan.subjects.clear();
        world.lessons.retain(|lesson| lesson.date() != day);
    }),
    ("lesson_length", |world, n| {
        let span = world.lessons[n].span;
        world.lessons[n].span = Span::new(span.start(), span.end() - minutes(1)).unwrap();
    }),
    ("lessons_overlap", |world, n| {
        let mut twin = world.lessons[n].clone();
        twin.id = crate::world::lesson_id(1_000_000);
        world.lessons.push(twin);
    }),
    ("lesson_on_day_off", |world, n| {
        let off: Vec<_> = world.course.dates.iter().filter(|&date| !CALENDAR.is_working_day(date)).collect();
        world.lessons.push(lesson(1_000_000, off[n % off.len()], time(8, 30, 0, 0)));
    }),
    ("lesson_outside_class", |world, _| {
        world.lessons.push(lesson(1_000_000, world.course.dates.end(), time(8, 30, 0, 0)));
    }),
    ("subject_short", |world, n| world.course.plan.subjects[n % 3].lessons += 1),
    ("venue_of_another", |world, n| world.lessons[n].venue = ELSEWHERE),
    ("lesson_unnamed", |world, n| world.lessons[n].teacher.clear()),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_conforming_timetable_has_no_findings_and_days_add_up(world in conforming()) {
        let answer = world.checked();
        prop_assert_eq!(answer.findings, vec![]);
        let due: u32 = answer.months.iter().map(|month| month.due).sum();
        prop_assert_eq!(due as usize, CALENDAR.working_days(world.course.dates).value.len());
        prop_assert!(answer.months.iter().all(|month| month.due == month.given));
    }

    #[test]
    fn each_single_fault_brings_its_finding(world in conforming(), fault in 0usize..FAULTS.len(), which in any::<prop::sample::Index>()) {
        let (code, spoil) = FAULTS[fault];
        let mut spoilt = world.clone();
        spoil(&mut spoilt, which.index(world.lessons.len()));
        let mut told = spoilt.codes();
        if code == "duration_not_allowed" {
            // A class that is declared for a major of other length is also too short or too long for it.
            told.retain(|code| !matches!(code.as_str(), "course_too_short" | "course_too_long"));
        }
        prop_assert_eq!(told, [code]);
    }

    #[test]
    fn the_order_of_the_lessons_does_not_matter(world in conforming(), turn in any::<prop::sample::Index>()) {
        let mut turned = world.clone();
        turned.lessons.rotate_left(turn.index(world.lessons.len()));
        turned.lessons.swap(0, 1);
        prop_assert_eq!(turned.timetable(), world.timetable());
    }

    /// Some lessons are moved by some minutes, with approvals at any time, in time or too late.
    #[test]
    fn what_is_in_force_at_a_lesson_never_changes_after_it_began(
        moves in prop::collection::vec((0usize..60, -300i64..300, -3_000i64..200), 0..12),
    ) {
        let mut world = World::autumn();
        world.lessons.truncate(60);
        let approvals: Vec<ChangeApproved> = (1u128..).zip(moves).map(|(number, (which, by, before))| {
            let lesson = &world.lessons[which];
            let change = moved(number, lesson, lesson.span.start() + minutes(by));
            let at = lesson.span.start() + minutes(before);
            let early = at - minutes(10_000);
            ChangeApproved { request: change.request(&world.timetable(), MANAGER, early).unwrap(), by: CENTRE, at }
        }).collect();
        let last = replay(world.timetable(), &approvals).timetable;
        let in_force = |at: Timestamp| {
            let known: Vec<_> = approvals.iter().filter(|approved| approved.at < at).cloned().collect();
            replay(world.timetable(), &known).timetable
        };
        let begun_by = |timetable: &Timetable, at| -> Vec<_> {
            timetable.lessons().iter().filter(|lesson| lesson.span.start() <= at).cloned().collect()
        };
        for at in world.lessons.iter().chain(last.lessons()).map(|lesson| lesson.span.start()) {
            prop_assert_eq!(begun_by(&in_force(at), at), begun_by(&last, at));
        }
        let mut turned = approvals.clone();
        turned.reverse();
        prop_assert_eq!(replay(world.timetable(), &turned).timetable, last);
    }

    #[test]
    fn more_teaching_of_a_lesson_never_makes_it_less_held(cuts in prop::collection::vec((0usize..20, 0i64..320, 1i64..200), 0..20)) {
        let world = World::autumn();
        let whole = world.taught();
        let pieces: Vec<_> = cuts.iter().map(|&(day, from, long)| {
            let start = whole[day].span.start() + minutes(from);
            duxue_rules::timetable::Taught { span: Span::new(start, start + minutes(long)).unwrap(), ..whole[day] }
        }).collect();
        let now = whole[19].span.end();
        let not_held = |count: usize| {
            let findings = deviations(&world.timetable(), &pieces[..count], &[], now, &Policy::default());
            codes(&findings).iter().filter(|code| code.starts_with("lesson_")).count()
        };
        let all: Vec<_> = (0..=pieces.len()).map(not_held).collect();
        prop_assert_eq!(all[0], 120);
        prop_assert!(all.windows(2).all(|pair| pair[1] <= pair[0]), "{:?}", all);
        // Held whole, nothing is left to say.
        prop_assert_eq!(deviations(&world.timetable(), &whole[..20], &[], now, &Policy::default()), vec![]);
    }
}

//! A class that is taught by an approved timetable, with a change asked for, and one whose timetable lies with the centre.

use duxue_rules::{
    calendar::Dates,
    ids::{ClassId, LessonId, TimetableId, UserId},
    timetable::{Change, ChangeRequest, Course, Lesson, Submission, Submitted, TeachingPlan, Timetable},
};
use duxue_storage::{Tx, class::NewClass};
use jiff::{SignedDuration, Timestamp, civil::date};
use uuid::Uuid;

use super::{Kind, at, id, span};

/// One of the approved timetable's lessons: 0 to 3 are this morning's, 4 to 7 tomorrow's.
pub fn lesson(side: u8, number: u8) -> LessonId {
    let first: Uuid = id(Kind::Lesson, side);
    LessonId(Uuid::from_u128(first.as_u128() + (u128::from(number) << 8)))
}

fn lessons(side: u8, from: u8, start: &str) -> Vec<Lesson> {
    let start = at(start);
    let lesson = |number: u8| {
        let starts = start + SignedDuration::from_mins(45) * i32::from(number);
        Lesson {
            id: lesson(side, from + number),
            span: span(&starts.to_string(), &(starts + SignedDuration::from_mins(45)).to_string()),
            venue: id(Kind::Venue, side),
            subject: "电工基础".into(),
            teacher: "王老师".into(),
        }
    };
    (0..4).map(lesson).collect()
}

fn submitted(timetable: TimetableId, class: ClassId, side: u8, lessons: Vec<Lesson>) -> Submitted {
    Submitted {
        id: timetable,
        course: Course {
            class,
            institution: id(Kind::Institution, side),
            programme_year: 2024,
            dates: Dates::through(date(2024, 9, 2), date(2024, 12, 31)).unwrap(),
            months: 4,
            syllabus: "syllabus".into(),
            plan: TeachingPlan { file: "plan".into(), subjects: vec![] },
        },
        timetable: Timetable::new(class, lessons).unwrap(),
        by: sender(side),
        at: at("2024-10-07T00:00:00Z"),
    }
}

pub fn sender(side: u8) -> UserId {
    id(if side == 0 { Kind::Liaison } else { Kind::Other }, 9)
}

pub async fn teaching(tx: &mut Tx, side: u8, now: Timestamp) {
    let file = id(Kind::File, side);
    let mut days = lessons(side, 0, "2024-10-08T01:00:00Z");
    days.extend(lessons(side, 4, "2024-10-09T01:00:00Z"));
    let in_force = submitted(id(Kind::Timetable, side), id(Kind::Class, side), side, days);
    tx.add_timetable(&Submission::Submitted(in_force.clone()), file, file).await.unwrap();
    let approved = in_force.clone().approve(vec![], id(Kind::Manager, 9), at("2024-10-07T01:00:00Z"), "".into());
    tx.advance_timetable(&Submission::Approved(approved.unwrap())).await.unwrap();
    let change = Change {
        id: id(Kind::Change, side),
        class: id(Kind::Class, side),
        withdrawn: [lesson(side, 4)].into(),
        added: vec![],
        reason: "停电".into(),
    };
    let requested = change.request(&in_force.timetable, sender(side), now).unwrap();
    tx.add_timetable_change(in_force.id, &ChangeRequest::Requested(requested)).await.unwrap();

    let class = NewClass {
        id: id(Kind::Planned, side),
        institution: id(Kind::Institution, side),
        name: format!("2024年焊工{side}班期"),
        major: "焊工".into(),
        starts_on: date(2024, 10, 10),
        ends_on: date(2024, 12, 31),
        created_at: now,
    };
    tx.add_class(&class).await.unwrap();
    let waiting = submitted(id(Kind::Submitted, side), class.id, side, lessons(side, 8, "2024-10-10T01:00:00Z"));
    tx.add_timetable(&Submission::Submitted(waiting), file, file).await.unwrap();
}

//! Courses and timetables to try the rules on.

use std::sync::LazyLock;

use duxue_rules::{
    calendar::{Calendar, Dates},
    civil,
    finding::Finding,
    ids::{ChangeRequestId, ClassId, InstitutionId, LessonId, SessionId, UserId, VenueId},
    opening::VenueApproval,
    policy::Policy,
    span::Span,
    timetable::{
        Change, Course, Lesson, PlannedSubject, Taught, TeachingPlan, Timetable, TimetableAnswer, check, months_after,
    },
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, date, time},
};
use uuid::Uuid;

pub static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::published);

pub const CLASS: ClassId = ClassId(Uuid::from_u128(1));
pub const INSTITUTION: InstitutionId = InstitutionId(Uuid::from_u128(2));
pub const VENUE: VenueId = VenueId(Uuid::from_u128(3));
pub const ELSEWHERE: VenueId = VenueId(Uuid::from_u128(4));
pub const MANAGER: UserId = UserId(Uuid::from_u128(5));
pub const CENTRE: UserId = UserId(Uuid::from_u128(6));
pub const SUBJECTS: [&str; 3] = ["电子商务基础", "网店运营", "直播营销"];

pub fn lesson_id(number: u128) -> LessonId {
    LessonId(Uuid::from_u128(number))
}

pub fn change_id(number: u128) -> ChangeRequestId {
    ChangeRequestId(Uuid::from_u128(number))
}

pub fn at(date: Date, time: Time) -> Timestamp {
    civil::instant(date, time).unwrap()
}

pub fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

pub fn lesson(number: u128, date: Date, start: Time) -> Lesson {
    let start = at(date, start);
    Lesson {
        id: lesson_id(number),
        span: Span::new(start, start + minutes(45)).unwrap(),
        venue: VENUE,
        subject: SUBJECTS[number as usize % 3].to_owned(),
        teacher: "王老师".to_owned(),
    }
}

/// A course with its timetable, as an institution plans it.
#[derive(Clone, Debug)]
pub struct World {
    pub course: Course,
    pub lessons: Vec<Lesson>,
    pub venues: Vec<VenueApproval>,
}

impl World {
    /// A course of so many months from `first` on: so many lessons on every working day from 08:30 on, 10 minutes apart.
    pub fn conforming(first: Date, months: u32, lessons_a_day: u128) -> Self {
        let dates = Dates::new(first, months_after(first, months).unwrap()).unwrap();
        let mut lessons = Vec::new();
        for (day, date) in (0u128..).zip(CALENDAR.working_days(dates).value) {
            for n in 0..lessons_a_day {
                let start = time(8, 30, 0, 0) + minutes(55 * n as i64);
                lessons.push(lesson(100 * (day + 1) + n, date, start));
            }
        }
        let count = |subject: &&str| lessons.iter().filter(|lesson| lesson.subject == *subject).count() as u32;
        let planned = |subject| PlannedSubject { subject: String::from(subject), lessons: count(&subject) };
        let subjects = SUBJECTS.into_iter().map(planned).collect();
        let course = Course {
            class: CLASS,
            institution: INSTITUTION,
            programme_year: first.year(),
            dates,
            months,
            syllabus: "教学大纲.pdf".to_owned(),
            plan: TeachingPlan { file: "教学计划.pdf".to_owned(), subjects },
        };
        let approval = |venue, institution| VenueApproval {
            venue,
            institution,
            approved_on: date(2023, 1, 1),
            file: "现场核验表".to_owned(),
            withdrawn_on: None,
        };
        let another = InstitutionId(Uuid::from_u128(99));
        Self { course, lessons, venues: vec![approval(VENUE, INSTITUTION), approval(ELSEWHERE, another)] }
    }

    /// From Tuesday 8 October 2024, three months.
    pub fn autumn() -> Self {
        Self::conforming(date(2024, 10, 8), 3, 6)
    }

    pub fn timetable(&self) -> Timetable {
        Timetable::new(CLASS, self.lessons.clone()).unwrap()
    }

    pub fn checked(&self) -> TimetableAnswer {
        check(&self.course, &self.timetable(), &self.venues, &CALENDAR, &Policy::default())
    }

    pub fn codes(&self) -> Vec<String> {
        codes(&self.checked().findings)
    }

    /// Sessions from each day's first lesson to its last.
    pub fn taught(&self) -> Vec<Taught> {
        let timetable = self.timetable();
        let session = |(number, date)| {
            let day = timetable.on(date);
            let span = Span::new(day[0].span.start(), day[day.len() - 1].span.end()).unwrap();
            Taught { session: SessionId(Uuid::from_u128(number)), span, venue: VENUE }
        };
        (1u128..).zip(timetable.dates()).map(session).collect()
    }
}

pub fn codes(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.code.clone()).collect()
}

/// A request to move a lesson to another time, keeping its identity.
pub fn moved(number: u128, lesson: &Lesson, start: Timestamp) -> Change {
    let span = Span::new(start, start + lesson.span.duration()).unwrap();
    Change {
        id: change_id(number),
        class: CLASS,
        withdrawn: [lesson.id].into(),
        added: vec![Lesson { span, ..lesson.clone() }],
        reason: "教师生病".to_owned(),
    }
}

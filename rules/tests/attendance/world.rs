//! A class with everyone there, to take something away from.

use std::sync::LazyLock;

use duxue_rules::{
    attendance::{
        DayFacts, DaySheet, Leave, LeaveKind, Member, Punch, PunchMethod, SentReport, Side, Statement, StatementCause,
        Summary, judge,
    },
    calendar::{Calendar, Dates, Month},
    civil,
    finding::Finding,
    ids::{ClassId, LessonId, PunchId, ReportId, StatementId, StudentId, UserId, VenueId},
    policy::Policy,
    report::{Absence, AbsenceReason, DailyReport},
    span::Span,
    timetable::Lesson,
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time, date, time},
};
use uuid::Uuid;

pub static CALENDAR: LazyLock<Calendar> = LazyLock::new(Calendar::published);

pub const CLASS: ClassId = ClassId(Uuid::from_u128(1));
pub const VENUE: VenueId = VenueId(Uuid::from_u128(2));
pub const MANAGER: UserId = UserId(Uuid::from_u128(3));

pub fn student(n: u128) -> StudentId {
    StudentId(Uuid::from_u128(n))
}

pub fn at(date: Date, hour: i8, minute: i8) -> Timestamp {
    clock(date, time(hour, minute, 0, 0))
}

pub fn clock(date: Date, time: Time) -> Timestamp {
    civil::instant(date, time).unwrap()
}

pub fn day() -> Date {
    date(2024, 10, 8)
}

pub fn october() -> Month {
    Month::of(day())
}

/// Six lessons from 08:30 on, 10 minutes apart; the last ends at 13:50.
pub fn lessons(date: Date) -> Vec<Lesson> {
    let first = at(date, 8, 30);
    let lesson = |n: i64| {
        let start = first + SignedDuration::from_mins(55 * n);
        Lesson {
            id: LessonId(Uuid::from_u128(n as u128)),
            span: Span::new(start, start + SignedDuration::from_mins(45)).unwrap(),
            venue: VENUE,
            subject: "电子商务基础".to_owned(),
            teacher: "王老师".to_owned(),
        }
    };
    (0..6).map(lesson).collect()
}

/// A punch by face that arrives at once.
pub fn punch(id: u128, n: u128, side: Side, made_at: Timestamp) -> Punch {
    Punch {
        id: PunchId(Uuid::from_u128(id)),
        student: student(n),
        side,
        venue: VENUE,
        made_at,
        received_at: made_at,
        method: PunchMethod::Face,
    }
}

pub fn leave(n: u128, kind: LeaveKind, first: Date, last: Date) -> Leave {
    Leave {
        student: student(n),
        kind,
        dates: Dates::through(first, last).unwrap(),
        reason: "发烧".to_owned(),
        granted_by: MANAGER,
        recorded_at: at(first, 8, 0),
    }
}

/// Signed by all three.
pub fn statement(id: u128, n: u128, date: Date, sides: &[Side]) -> Statement {
    let signed = Some(at(date, 16, 0));
    Statement {
        id: StatementId(Uuid::from_u128(id)),
        student: student(n),
        dates: Dates::through(date, date).unwrap(),
        sides: sides.iter().copied().collect(),
        cause: StatementCause::DeviceDown,
        text: "打卡设备断电".to_owned(),
        manager_signed_at: signed,
        sealed_at: signed,
        student_signed_at: signed,
    }
}

pub fn codes(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| finding.code.clone()).collect()
}

/// A class in October 2024.
#[derive(Clone, Debug)]
pub struct World {
    pub days: Vec<Date>,
    pub members: Vec<Member>,
    pub punches: Vec<Punch>,
    pub leaves: Vec<Leave>,
    pub statements: Vec<Statement>,
    pub policy: Policy,
}

impl World {
    /// So many students, numbered from 1, each punching at 08:15 and 14:00 on each of October's training days from the
    /// 8th on.
    pub fn full(students: u128) -> Self {
        let dates = Dates::through(day(), date(2024, 10, 31)).unwrap();
        let days = CALENDAR.working_days(dates).value;
        let members: Vec<Member> = (1..=students).map(|n| Member { student: student(n), days: dates }).collect();
        let mut punches = Vec::new();
        for (index, &date) in (1u128..).zip(&days) {
            for n in 1..=students {
                let id = index * 10_000 + n * 10;
                punches.push(punch(id, n, Side::SignIn, at(date, 8, 15)));
                punches.push(punch(id + 1, n, Side::SignOut, at(date, 14, 0)));
            }
        }
        Self { days, members, punches, leaves: vec![], statements: vec![], policy: Policy::default() }
    }

    pub fn sheet(&self, date: Date) -> DaySheet {
        let lessons = if self.days.contains(&date) { lessons(date) } else { vec![] };
        let facts = DayFacts {
            date,
            lessons: &lessons,
            members: &self.members,
            punches: &self.punches,
            leaves: &self.leaves,
            statements: &self.statements,
        };
        judge(&facts, &self.policy)
    }

    pub fn sheets(&self) -> Vec<DaySheet> {
        self.days.iter().map(|&date| self.sheet(date)).collect()
    }

    pub fn summary(&self) -> Summary {
        Summary::of(CLASS, october(), &self.sheets())
    }

    /// Takes a student's punches of a day away.
    pub fn miss(&mut self, n: u128, date: Date) {
        self.punches.retain(|punch| punch.student != student(n) || civil::date_of(punch.made_at) != date);
    }

    /// Reports that name their absent and say what the sheets say, sent at 08:50.
    pub fn reports(&self) -> Vec<SentReport> {
        (1u128..).zip(self.sheets()).map(|(id, sheet)| report_of(id, &sheet)).collect()
    }
}

pub fn report_of(id: u128, sheet: &DaySheet) -> SentReport {
    use duxue_rules::attendance::DayValue;
    let reason = |value| match value {
        DayValue::Present => None,
        DayValue::Sick => Some(AbsenceReason::Sick),
        DayValue::Personal => Some(AbsenceReason::Personal),
        DayValue::Absent => Some(AbsenceReason::Other),
    };
    let absent: Vec<Absence> = sheet
        .lines
        .iter()
        .filter_map(|line| Some(Absence { student: line.student, reason: reason(line.standing.value())? }))
        .collect();
    let count = |reason| absent.iter().filter(|absence| absence.reason == reason).count() as u32;
    let report = DailyReport {
        class: CLASS,
        date: sheet.date,
        roll: sheet.lines.len() as u32,
        present: (sheet.lines.len() - absent.len()) as u32,
        present_men: None,
        present_women: None,
        sick: count(AbsenceReason::Sick),
        personal: count(AbsenceReason::Personal),
        other: count(AbsenceReason::Other),
        absent,
        note: "见缺勤名单".to_owned(),
    };
    SentReport { id: ReportId(Uuid::from_u128(id)), report, sent_at: at(sheet.date, 8, 50) }
}

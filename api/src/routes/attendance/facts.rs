//! All that is known of a class's attendance.

use duxue_rules::{
    attendance::{DayFacts, DaySheet, Leave, Member, Punch, SentReport, Statement, Windows, judge},
    calendar::Dates,
    civil,
    ids::StudentId,
    policy::Policy,
    timetable::Timetable,
};
use duxue_storage::{Tx, class::Class, student::Student};
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::lessons_of;
use crate::{load, problem::Failure, routes::statements::counting};

/// Nothing that a day is judged by was punched further from it.
const AROUND: SignedDuration = SignedDuration::from_hours(24);

/// What the rules look at, of one class.
pub(in crate::routes) struct Facts {
    pub(in crate::routes) class: Class,
    pub(super) lessons: Timetable,
    pub(super) students: Vec<Student>,
    members: Vec<Member>,
    /// By their time.
    punches: Vec<Punch>,
    /// Those that were not cancelled.
    leaves: Vec<Leave>,
    pub(super) statements: Vec<Statement>,
    /// All revisions.
    reports: Vec<SentReport>,
}

/// Who is on the roster is in the class from its first day on, until they leave it.
fn member(student: &Student, class: Dates) -> Member {
    let left = student.left_on.unwrap_or(class.end()).clamp(class.start(), class.end());
    Member { student: student.id, days: Dates::new(class.start(), left).unwrap_or(class) }
}

impl Facts {
    /// Reads them, all as of one moment of `tx`.
    pub(in crate::routes) async fn load(tx: &mut Tx, class: Class) -> Result<Self, Failure> {
        let punches = tx.all_punches_of_class(class.id).await?.into_iter().map(|row| row.punch).collect();
        Ok(Self { punches, ..Self::without_punches(tx, class).await? })
    }

    /// All but the punches, of which a class has thousands and a leave needs none.
    pub(in crate::routes) async fn without_punches(tx: &mut Tx, class: Class) -> Result<Self, Failure> {
        let id = class.id;
        let students = load::students(tx, id).await?;
        let days = Dates::through(class.starts_on, class.ends_on).map_err(|_| Failure::Internal)?;
        let leaves = tx.leaves(id).await?.into_iter().filter(|row| row.cancelled.is_none()).map(|row| row.leave);
        let reports = tx.reports_of_class(id).await?.into_iter();
        let mut statements = Vec::new();
        for row in tx.statements(id).await? {
            statements.push(counting(tx, row).await?);
        }
        Ok(Self {
            lessons: lessons_of(tx, id).await?,
            members: students.iter().map(|student| member(student, days)).collect(),
            students,
            punches: Vec::new(),
            leaves: leaves.collect(),
            statements,
            reports: reports.map(|row| SentReport { id: row.id, report: row.report, sent_at: row.sent_at }).collect(),
            class,
        })
    }

    /// The class's students, with the days on which each is in it.
    pub(in crate::routes) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The leaves that hold.
    pub(in crate::routes) fn leaves(&self) -> &[Leave] {
        &self.leaves
    }

    /// All revisions of all daily reports.
    pub(in crate::routes) fn reports(&self) -> &[SentReport] {
        &self.reports
    }

    /// Whether the student is of the class.
    pub(in crate::routes) fn has(&self, student: StudentId) -> bool {
        self.students.iter().any(|one| one.id == student)
    }

    /// Whether a day's punching is over: nobody can sign out any more.
    pub(super) fn is_over(&self, date: Date, now: Timestamp, policy: &Policy) -> bool {
        Windows::of(self.lessons.on(date), policy).is_some_and(|windows| windows.sign_out.closes < now)
    }

    /// A sheet for each training day that is over, in order.
    pub(in crate::routes) fn sheets(&self, now: Timestamp, policy: &Policy) -> Vec<DaySheet> {
        let over = self.lessons.dates().into_iter().filter(|&date| self.is_over(date, now, policy));
        over.map(|date| judge(&self.of_day(date), policy)).collect()
    }

    /// Each day looks at its own few punches, not at all of the course: a course of 60 days would look at each 60 times.
    fn punched_around(&self, date: Date) -> &[Punch] {
        let Some(day) = civil::day(date) else { return &self.punches };
        let first = self.punches.partition_point(|punch| punch.made_at < day.start() - AROUND);
        let after = self.punches.partition_point(|punch| punch.made_at < day.end() + AROUND);
        &self.punches[first..after]
    }

    fn of_day(&self, date: Date) -> DayFacts<'_> {
        DayFacts {
            date,
            lessons: self.lessons.on(date),
            members: &self.members,
            punches: self.punched_around(date),
            leaves: &self.leaves,
            statements: &self.statements,
        }
    }
}

//! How a class's students stand against 三 and 四: one reading for every route that asks.

use std::collections::HashMap;

use duxue_rules::{
    access::Action,
    calendar::Dates,
    enrolment::{self, HandedIn},
    finding::{Finding, Record},
    ids::{ClassId, StudentId},
    person::IdNumber,
    verification::{self, Phase, Verification},
};
use duxue_storage::{Tx, class::Class, enrolment::StudentPapers, student::Student};

use crate::{app::Shared, dto::verification::Verifications, extract::SignedIn, load, problem::Failure};

/// A student, what they handed in, and what R3 still misses.
pub(crate) struct Candidate {
    pub(crate) student: Student,
    pub(crate) papers: Option<StudentPapers>,
    pub(crate) missing: Vec<Finding>,
}

/// Every student of a class, also those who left, of whom nothing is missing any more.
pub(crate) async fn candidates(app: &Shared, tx: &mut Tx, class: ClassId) -> Result<Vec<Candidate>, Failure> {
    let mut papers = tx.papers_of_class(class, &app.secret).await?;
    let mut candidates = Vec::new();
    for student in load::students(tx, class).await? {
        let own = papers.iter().position(|row| row.student == student.id).map(|index| papers.swap_remove(index));
        candidates.push(candidate(app, tx, student, own).await?);
    }
    Ok(candidates)
}

/// One student of them.
pub(crate) async fn candidate(
    app: &Shared,
    tx: &mut Tx,
    student: Student,
    papers: Option<StudentPapers>,
) -> Result<Candidate, Failure> {
    let mut missing = Vec::new();
    if student.left_on.is_none() {
        let nothing = HandedIn::default();
        let handed_in = papers.as_ref().map_or(&nothing, |row| &row.papers);
        let number = papers.as_ref().and_then(|row| row.number.as_ref());
        // The roster's sex is the one that the registration form gives.
        let facts = handed_in.papers(student.id, Some(student.sex));
        missing = enrolment::standing(&facts, number, &app.policy.policy);
        missing.extend(twice(tx, student.id, papers.as_ref()).await?);
    }
    Ok(Candidate { student, papers, missing })
}

/// R3.4: where the same person is enrolled elsewhere at the same time, or under another name.
pub(crate) async fn twice(
    tx: &mut Tx,
    student: StudentId,
    papers: Option<&StudentPapers>,
) -> Result<Vec<Finding>, Failure> {
    let Some(number) = papers.and_then(|row| row.number_key) else { return Ok(Vec::new()) };
    let mut findings = enrolment::once(&tx.enrolments_of(number).await?);
    findings.retain(|finding| finding.records.contains(&Record::Student(student)));
    for finding in &mut findings {
        // The other line may be another institution's.
        finding.records = vec![Record::Student(student)];
    }
    Ok(findings)
}

/// Who is on the roster of a class still.
pub(crate) struct Numbered {
    /// With the whole ID number that is recorded of them.
    pub(crate) students: Vec<(Student, IdNumber)>,
    /// How many have none.
    pub(crate) without: usize,
}

/// The whole ID numbers of a class, for a file that leaves the house: to whoever may see them. The caller logs whose went out.
pub(crate) async fn numbered(app: &Shared, tx: &mut Tx, who: &SignedIn, class: &Class) -> Result<Numbered, Failure> {
    who.may(Action::RevealPerson, Some(class.institution.id))?;
    let papers = tx.papers_of_class(class.id, &app.secret).await?;
    let mut numbers: HashMap<_, _> = papers.into_iter().filter_map(|row| Some((row.student, row.number?))).collect();
    let mut roster = Numbered { students: Vec::new(), without: 0 };
    for student in load::students(tx, class.id).await?.into_iter().filter(|student| student.left_on.is_none()) {
        match numbers.remove(&student.id) {
            Some(number) => roster.students.push((student, number)),
            None => roster.without += 1,
        }
    }
    Ok(roster)
}

/// A class's days, as the rules take them.
pub(crate) fn days(class: &Class) -> Result<Dates, Failure> {
    Dates::through(class.starts_on, class.ends_on).map_err(|_| Failure::Internal)
}

/// R4.1 to R4.3: what was verified about a class's students, and what is owed of those who are still in it.
pub(crate) async fn verifications(tx: &mut Tx, class: &Class) -> Result<Verifications, Failure> {
    let done = tx.verifications(class.id).await?;
    let facts: Vec<Verification> = done.iter().map(|row| row.fact).collect();
    let students = load::students(tx, class.id).await?.into_iter().filter(|student| student.left_on.is_none());
    let students: Vec<StudentId> = students.map(|student| student.id).collect();
    let days = days(class)?;
    let owed = |phase| verification::check(&students, phase, days, &facts).into_iter().map(Into::into).collect();
    Ok(Verifications {
        owed_before: owed(Phase::Before),
        owed_at_end: owed(Phase::AtEnd),
        done: done.into_iter().map(Into::into).collect(),
    })
}

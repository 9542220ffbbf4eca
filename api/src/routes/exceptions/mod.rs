//! R9.4: what verification at the end (R4.1 to R4.3) and attendance (R7.2c) hold against students, and what the centre lets
//! pass of it.

pub mod let_pass;
pub mod list;

use duxue_rules::{
    attendance::{Rate, settle},
    calendar::Dates,
    finding::{Finding, Record},
    ids::StudentId,
    policy::Policy,
    verification::{Phase, check},
};
use duxue_storage::{Tx, class::Class, exception::Exception};

use jiff::Timestamp;

use crate::{dto::exception::Exceptions, load, problem::Failure, routes::attendance::Facts};

/// The word under which the log has what was let pass.
pub(super) const SUBJECT: &str = "exception";

/// What verification at the end and attendance hold against each student, let pass or not. What was looked up before the course is
/// part of the filing (R5.1).
pub(super) async fn findings(
    tx: &mut Tx,
    class: &Class,
    now: Timestamp,
    policy: &Policy,
) -> Result<Vec<Finding>, Failure> {
    let students: Vec<StudentId> = load::students(tx, class.id).await?.into_iter().map(|student| student.id).collect();
    let done: Vec<_> = tx.verifications(class.id).await?.into_iter().map(|row| row.fact).collect();
    let dates = Dates::through(class.starts_on, class.ends_on).map_err(|_| Failure::Internal)?;
    let mut findings = check(&students, Phase::AtEnd, dates, &done);
    let sheets = Facts::load(tx, class.clone()).await?.sheets(now, policy);
    findings.extend(students.iter().filter_map(|&one| settle(one, Rate::of(one, &sheets), &[], policy).against));
    Ok(findings)
}

/// Whether a finding is about a student.
pub(super) fn about(finding: &Finding, student: StudentId) -> bool {
    finding.records.contains(&Record::Student(student))
}

/// Whether the centre let this finding pass.
pub(super) fn lets_pass(exception: &Exception, finding: &Finding) -> bool {
    let passed = &exception.let_pass.finding;
    about(finding, exception.student.id) && (&passed.rule, &passed.code) == (&finding.rule, &finding.code)
}

/// What is held against a class's students, and what of it was let pass.
pub(super) async fn standing(
    tx: &mut Tx,
    class: &Class,
    now: Timestamp,
    policy: &Policy,
) -> Result<Exceptions, Failure> {
    let exceptions = tx.exceptions(class.id).await?;
    let open = findings(tx, class, now, policy).await?.into_iter();
    let open = open.filter(|finding| !exceptions.iter().any(|exception| lets_pass(exception, finding)));
    Ok(Exceptions {
        findings: open.map(Into::into).collect(),
        exceptions: exceptions.into_iter().map(Into::into).collect(),
    })
}

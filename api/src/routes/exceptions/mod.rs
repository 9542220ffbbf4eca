//! R9.4: what enrolment (R3, R3.4), verification at the end (R4.1 to R4.3) and attendance (R7.2c) hold against students, and
//! what the centre lets pass of it.

pub mod let_pass;
pub mod list;

use duxue_rules::{
    attendance::{Rate, settle},
    finding::{Finding, Record},
    ids::StudentId,
    verification::{Phase, check},
};
use duxue_storage::{Tx, class::Class, exception::Exception};

use jiff::Timestamp;

use crate::{
    app::Shared,
    dto::exception::Exceptions,
    enrolment::{candidates, days},
    problem::Failure,
    routes::attendance::Facts,
};

/// The word under which the log has what was let pass.
pub(super) const SUBJECT: &str = "exception";

/// What enrolment, verification at the end and attendance hold against each student, let pass or not. Papers are asked for
/// again, as somebody may have joined after the filing (R5.1), or joined another class since (R3.4); what was looked up before
/// the course is part of the filing.
pub(super) async fn findings(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    now: Timestamp,
) -> Result<Vec<Finding>, Failure> {
    let policy = &app.policy.policy;
    let mut students: Vec<StudentId> = Vec::new();
    let mut findings: Vec<Finding> = Vec::new();
    for candidate in candidates(app, tx, class.id).await? {
        students.push(candidate.student.id);
        findings.extend(candidate.missing);
    }
    let done: Vec<_> = tx.verifications(class.id).await?.into_iter().map(|row| row.fact).collect();
    findings.extend(check(&students, Phase::AtEnd, days(class)?, &done));
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
pub(super) async fn standing(app: &Shared, tx: &mut Tx, class: &Class, now: Timestamp) -> Result<Exceptions, Failure> {
    let exceptions = tx.exceptions(class.id).await?;
    let open = findings(app, tx, class, now).await?.into_iter();
    let open = open.filter(|finding| !exceptions.iter().any(|exception| lets_pass(exception, finding)));
    Ok(Exceptions {
        findings: open.map(Into::into).collect(),
        exceptions: exceptions.into_iter().map(Into::into).collect(),
    })
}

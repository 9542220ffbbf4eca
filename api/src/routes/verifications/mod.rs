//! R4.1 to R4.3: verifications at the end of a course, and what the centre let pass.

pub mod compare;
pub mod let_pass;
pub mod list;
pub mod record;

use std::collections::BTreeSet;

use duxue_rules::{
    calendar::Dates,
    finding::{Finding, Record},
    ids::{FileId, StudentId, VerificationId},
    verification::{Matter, Phase, check},
};
use duxue_storage::{
    Tx,
    class::Class,
    verification::{Exception, NewVerification},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;

use crate::{
    app::new_id,
    dto::verification::{VerificationLine, Verifications},
    extract::SignedIn,
    load,
    problem::{Failure, FieldProblem},
};

/// The word under which the log has what was let pass.
pub(super) const SUBJECT: &str = "exception";
/// The most lines at once.
const MOST: usize = 500;

/// What verification at the end holds against each student, let pass or not. What was looked up before the course is
/// part of the filing (R5.1).
pub(super) async fn findings(tx: &mut Tx, class: &Class) -> Result<Vec<Finding>, Failure> {
    let students: Vec<StudentId> = load::students(tx, class.id).await?.into_iter().map(|student| student.id).collect();
    let done: Vec<_> = tx.verifications(class.id).await?.into_iter().map(|row| row.verification).collect();
    let dates = Dates::through(class.starts_on, class.ends_on).map_err(|_| Failure::Internal)?;
    Ok(check(&students, Phase::AtEnd, dates, &done))
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

/// How the verification of a class's students stands.
pub(super) async fn standing(tx: &mut Tx, class: &Class) -> Result<Verifications, Failure> {
    let exceptions = tx.exceptions(class.id).await?;
    let open = findings(tx, class).await?.into_iter();
    let open = open.filter(|finding| !exceptions.iter().any(|exception| lets_pass(exception, finding)));
    Ok(Verifications {
        findings: open.map(Into::into).collect(),
        verifications: tx.verifications(class.id).await?.into_iter().map(Into::into).collect(),
        exceptions: exceptions.into_iter().map(Into::into).collect(),
    })
}

/// Keeps look-ups of one matter: all lines or none.
async fn keep(
    tx: &mut Tx,
    who: &SignedIn,
    class: &Class,
    (matter, file): (Matter, Option<FileId>),
    lines: &[VerificationLine],
    (now, today): (Timestamp, Date),
) -> Result<(), Failure> {
    if !(1..=MOST).contains(&lines.len()) {
        return Err(Failure::field("lines", "一次登记 1 至 500 名学员。", "record 1 to 500 at once"));
    }
    let roster: BTreeSet<StudentId> =
        load::students(tx, class.id).await?.into_iter().map(|student| student.id).collect();
    let mut wrong = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !roster.contains(&line.student_id) {
            let field = format!("lines[{index}].student_id");
            wrong.push(FieldProblem::shape(field, "本班没有该学员。", "there is no such student of the class"));
        }
        if line.on < class.ends_on || line.on > today {
            let zh = format!("核实日期应在课程结束之日 {} 至今天之间。", class.ends_on);
            let en = format!("it is looked up between the class's last day, {}, and today", class.ends_on);
            wrong.push(FieldProblem::rule(&format!("lines[{index}].on"), matter.rule().as_str(), zh, en));
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    for line in lines {
        let id: VerificationId = new_id(now);
        let row = NewVerification {
            id,
            class: class.id,
            verification: line.facts(matter),
            file,
            recorded_by: who.id(),
            recorded_at: now,
        };
        tx.add_verification(&row).await?;
        // What was found is the student's: the log says that it was looked up.
        let detail = json!({ "class": class.id, "verification": id, "matter": matter });
        tx.audit(who.did(now, "verify_student", "student", line.student_id, detail));
    }
    Ok(())
}

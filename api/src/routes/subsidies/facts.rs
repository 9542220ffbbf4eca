//! What a class claims with, gathered from its records.

use std::collections::BTreeSet;

use duxue_rules::{
    closeout::{Accepted, Certificate, check_certificates},
    finding::Record,
    ids::{ClaimId, ClassId, FindingId, StandardId, StudentId},
    subsidy::{ClassClaim, LetPass, StudentClaim},
    verification,
};
use duxue_storage::{
    Tx,
    class::Class,
    finding::{FindingFilter, StateName},
    spot_check::RecordedResult,
};
use jiff::Timestamp;

use crate::{
    app::Shared,
    load,
    problem::{Failure, FieldProblem},
    routes::{closeouts::accepted, evidence, exceptions, timetables::programme_year},
};

/// What is on record now.
pub(in crate::routes) struct Current {
    /// The standard that counts.
    pub(super) standard: StandardId,
    /// The claim that counts.
    pub(super) claim: ClaimId,
    /// What the class claims with.
    pub(in crate::routes) claimed: ClassClaim,
}

/// Gathers it; refused before the close-out was accepted, the institution claimed and there is a standard.
pub(in crate::routes) async fn current(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    now: Timestamp,
) -> Result<Current, Failure> {
    let Some(accepted) = accepted(tx, class.id).await? else {
        return Err(Failure::conflict("本班尚未通过结课验收。", "The class's close-out was not accepted yet."));
    };
    let Some(claim) = tx.claims(class.id).await?.pop() else {
        return Err(Failure::conflict("机构尚未申请补贴。", "The institution has not claimed yet."));
    };
    let year = programme_year(class);
    let Some(standard) = tx.standard_of(&class.major, year).await? else {
        let zh = format!("尚未设定 {year} 年“{}”专业的补贴标准。", class.major);
        let en = format!("there is no standard for the major {:?} in {year}", class.major);
        return Err(Failure::Invalid(vec![FieldProblem::rule("standard", "R9.4", zh, en)]));
    };
    let checks: Vec<_> = tx.spot_checks(class.id).await?.into_iter().map(|row| row.check).collect();
    let results: Vec<_> = tx.spot_check_results(class.id).await?.iter().map(RecordedResult::facts).collect();
    let claimed = ClassClaim {
        standard: standard.amount,
        students: students(app, tx, class, &accepted, now).await?,
        annexes: claim.annexes.there(),
        evidence: evidence::findings(tx, class.id, now, &app.policy.policy).await?,
        spot_check: verification::findings(&checks, &results),
        undecided: undecided(tx, class.id).await?,
    };
    Ok(Current { standard: standard.id, claim: claim.id, claimed })
}

/// What the rules say of each student, less what the centre let pass.
async fn students(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    accepted: &Accepted,
    now: Timestamp,
) -> Result<Vec<StudentClaim>, Failure> {
    let certified = certified(tx, class.id, accepted).await?;
    let (findings, passed) = (exceptions::findings(app, tx, class, now).await?, tx.exceptions(class.id).await?);
    let claim = |student: StudentId| {
        let own = findings.iter().filter(|finding| exceptions::about(finding, student));
        let (mut against, mut let_pass) = (Vec::new(), Vec::new());
        for finding in own.cloned() {
            match passed.iter().find(|exception| exceptions::lets_pass(exception, &finding)) {
                Some(exception) => let_pass.push(LetPass { finding, reason: exception.let_pass.reason.clone() }),
                None => against.push(finding),
            }
        }
        StudentClaim {
            student,
            accepted: accepted.students().contains(&student),
            certified: certified.contains(&student),
            against,
            let_pass,
        }
    };
    Ok(load::students(tx, class.id).await?.into_iter().map(|student| claim(student.id)).collect())
}

/// Who has a certificate with which nothing is wrong.
async fn certified(tx: &mut Tx, class: ClassId, accepted: &Accepted) -> Result<BTreeSet<StudentId>, Failure> {
    let rows = tx.assessments(class).await?;
    let certificates: Vec<Certificate> = rows.into_iter().filter_map(|row| row.assessment.certificate).collect();
    let students: Vec<StudentId> = accepted.students().iter().copied().collect();
    let wrong: BTreeSet<Record> = check_certificates(&certificates, &students, accepted.on())
        .into_iter()
        .flat_map(|finding| finding.records)
        .collect();
    let fine = |certificate: &Certificate| !wrong.contains(&Record::Student(certificate.student));
    Ok(certificates.iter().filter(|certificate| fine(certificate)).map(|certificate| certificate.student).collect())
}

/// The findings of a class that nobody has decided yet.
async fn undecided(tx: &mut Tx, class: ClassId) -> Result<Vec<FindingId>, Failure> {
    let open = FindingFilter { class: Some(class), state: Some(StateName::Open), ..FindingFilter::default() };
    Ok(load::findings(tx, open).await?.into_iter().map(|finding| finding.id).collect())
}

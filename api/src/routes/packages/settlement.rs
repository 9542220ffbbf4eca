//! What a package tells of the time after the course: close-out (R8), verification and subsidy (R4, R9.4), notices and payment (R10),
//! tracking (R11.2).

use duxue_storage::{Tx, class::Class};

use super::contents::{Contents, Subjects, papers};
use crate::{
    app::Shared,
    dto, enrolment, load,
    problem::Failure,
    routes::{closeouts, exceptions, notices, spot_checks, subsidies, tracking},
};

/// Applications for close-out and assessments, with ledgers and pass lists.
pub(super) async fn closeout(
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let rows = tx.closeouts(class.id).await?;
    let files: Vec<_> = rows.iter().flat_map(|row| [row.ledger, row.pass_list]).collect();
    papers(tx, contents, &files).await?;
    subjects.extend(rows.iter().map(|row| (closeouts::SUBJECT, row.application.applied().id().to_string())));
    let rows: Vec<_> = rows.into_iter().map(dto::closeout::CloseOut::from).collect();
    contents.json("records/closeouts.json", &rows)?;
    let assessed: Vec<_> = tx.assessments(class.id).await?.into_iter().map(dto::closeout::Assessment::from).collect();
    contents.json("records/assessments.json", &assessed)
}

/// What was looked up of each student, and what the centre let pass.
pub(super) async fn verified(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let verifications = enrolment::verifications(tx, class).await?;
    let files: Vec<_> = verifications.done.iter().filter_map(|one| one.file_id).collect();
    papers(tx, contents, &files).await?;
    contents.json("records/verifications.json", &verifications)?;
    let standing = exceptions::standing(app, tx, class, app.now()).await?;
    subjects.extend(standing.exceptions.iter().map(|one| (exceptions::SUBJECT, one.id.to_string())));
    contents.json("records/exceptions.json", &standing)
}

/// Claims with their annexes, spot checks, and every reckoning.
pub(super) async fn subsidy(
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let claims = tx.claims(class.id).await?;
    let files: Vec<_> = claims.iter().flat_map(|claim| claim.annexes.files()).collect();
    papers(tx, contents, &files).await?;
    subjects.extend(claims.iter().map(|claim| (subsidies::CLAIM, claim.id.to_string())));
    let claims: Vec<_> = claims.into_iter().map(dto::subsidy::SubsidyClaim::from).collect();
    contents.json("records/claims.json", &claims)?;
    let checks = spot_checks::shown(tx, class.id).await?;
    subjects.extend(checks.draws.iter().map(|draw| (spot_checks::SUBJECT, draw.id.to_string())));
    contents.json("records/spot-checks.json", &checks)?;
    let names = load::student_names(tx, class.id).await?;
    let rows = tx.subsidies(class.id).await?;
    subjects.extend(rows.iter().map(|row| (subsidies::SUBJECT, row.id.to_string())));
    let rows: Vec<_> = rows.into_iter().map(|row| dto::subsidy::Subsidy::of(row, &names)).collect();
    contents.json("records/subsidies.json", &rows)
}

/// Notices with objections and payment.
pub(super) async fn notices(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let shown = notices::all_shown(app, tx, class.id, app.now(), true).await?;
    subjects.extend(shown.iter().map(|notice| (notices::SUBJECT, notice.public.id.to_string())));
    contents.json("records/notices.json", &shown)
}

/// The tracking ledger.
pub(super) async fn tracked(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let ledger = tracking::standing(tx, class, app.now(), &app.policy.policy).await?;
    let files: Vec<_> = ledger.ledger.iter().map(|ledger| ledger.file_id).collect();
    papers(tx, contents, &files).await?;
    subjects.insert((tracking::SUBJECT, class.id.to_string()));
    contents.json("records/tracking.json", &ledger)
}

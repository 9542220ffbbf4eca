//! What a package tells of the time before the course: the opening (R1 to R6) and the students' papers (R3).

use duxue_rules::ids::{ClassId, FileId};
use duxue_storage::Tx;

use super::contents::{Contents, papers};
use crate::{
    app::Shared,
    dto::student_papers::{Consent, StudentPapers},
    enrolment::candidates,
    problem::Failure,
    routes::openings,
};

/// The dossier with the bureau's approvals that it rests on.
pub(super) async fn dossier(app: &Shared, tx: &mut Tx, id: ClassId, contents: &mut Contents) -> Result<(), Failure> {
    let dossier = tx.dossier(id).await?.ok_or(Failure::Internal)?;
    let checks = dossier.opening.self_checked().map(|checked| checked.checks.clone()).unwrap_or_default();
    let files: Vec<FileId> = checks.iter().filter_map(|check| check.file.parse().ok()).collect();
    papers(tx, contents, &files).await?;
    contents.json("records/opening.json", &openings::shown(app, tx, dossier).await?)
}

/// What the students handed in, with the scans, and their consents; ID numbers are masked.
pub(super) async fn enrolment(app: &Shared, tx: &mut Tx, id: ClassId, contents: &mut Contents) -> Result<(), Failure> {
    let mut all = Vec::new();
    for candidate in candidates(app, tx, id).await? {
        let handed_in = candidate.papers.as_ref().map(|row| row.papers.clone()).unwrap_or_default();
        let files: Vec<FileId> = handed_in.files().map(|(_, file)| file).collect();
        papers(tx, contents, &files).await?;
        let consents = tx.consents(candidate.student.id).await?;
        papers(tx, contents, &consents.iter().filter_map(|line| line.file).collect::<Vec<_>>()).await?;
        let consents: Vec<Consent> = consents.into_iter().map(Into::into).collect();
        let papers = StudentPapers::of(candidate.student, candidate.papers, candidate.missing);
        all.push(serde_json::json!({ "papers": papers, "consents": consents }));
    }
    contents.json("records/student-papers.json", &all)
}

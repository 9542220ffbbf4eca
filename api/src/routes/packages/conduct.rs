//! What a package tells of conduct: violations (R7.5) and messages (R7.6).

use std::collections::BTreeSet;

use duxue_rules::ids::{ClassId, InstitutionId};
use duxue_storage::Tx;

use super::contents::{Contents, Subjects, papers};
use crate::{
    app::Shared,
    dto, load,
    problem::Failure,
    routes::{messages, violations},
};

/// What the institution is held to have done in this class, and what came of it.
pub(super) async fn violations(
    app: &Shared,
    tx: &mut Tx,
    (class, institution): (ClassId, InstitutionId),
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let history = violations::History::of(tx, institution, &app.policy.policy).await?;
    let measures = history.measures();
    let rows: Vec<_> = history.violations.into_iter().filter(|row| row.case.charge().class == Some(class)).collect();
    let own: BTreeSet<_> = rows.iter().map(|row| row.case.charge().violation).collect();
    subjects.extend(own.iter().map(|id| (violations::SUBJECT, id.to_string())));
    let suspensions = history.suspensions.iter().filter(|one| own.contains(&one.reported().violation()));
    let measures = measures.into_iter().filter(|state| own.contains(&state.measure.violation));
    let record = dto::violation::ClassViolations {
        suspensions: suspensions.map(Into::into).collect(),
        measures: measures.map(Into::into).collect(),
        violations: violations::whole(tx, rows).await?,
    };
    contents.json("records/violations.json", &record)
}

/// What institution and centre wrote to each other, the newest first, with what went along.
pub(super) async fn messages(
    tx: &mut Tx,
    id: ClassId,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let (rows, marks) = (load::messages(tx, id).await?, tx.read_marks(id).await?);
    subjects.extend(rows.iter().map(|message| (messages::SUBJECT, message.id.to_string())));
    let files: Vec<_> = rows.iter().flat_map(|message| &message.files).map(|file| file.id).collect();
    papers(tx, contents, &files).await?;
    let messages: Vec<_> = rows.into_iter().map(|row| dto::message::Message::of(row, &marks)).collect();
    contents.json("records/messages.json", &messages)
}

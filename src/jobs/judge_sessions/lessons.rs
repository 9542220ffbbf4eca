//! The lessons of the timetable in force that fall into a session.

use anyhow::Result;
use duxue_rules::{
    span::Span,
    timetable::{ChangeApproved, ChangeRequest, replay},
};
use duxue_storage::{Tx, session::Session};

/// In order of time; none where no timetable was approved: then the session is all that is known.
pub async fn of(tx: &mut Tx, session: &Session) -> Result<Vec<Span>> {
    let Some(row) = tx.approved_timetable(session.class.id).await? else { return Ok(Vec::new()) };
    let submitted = row.submission.submitted();
    let changes = tx.timetable_changes(submitted.id).await?;
    let approvals: Vec<ChangeApproved> = changes.iter().filter_map(|change| approval(&change.request)).collect();
    let in_force = replay(submitted.timetable.clone(), &approvals).timetable;
    let lessons = in_force.on(session.date).iter().filter(|lesson| lesson.venue == session.venue.id);
    Ok(lessons.filter_map(|lesson| lesson.span.intersection(session.span)).collect())
}

fn approval(request: &ChangeRequest) -> Option<ChangeApproved> {
    match request {
        ChangeRequest::Approved(approved) => Some(approved.clone()),
        ChangeRequest::Requested(_) | ChangeRequest::Refused(_) => None,
    }
}

//! Sessions follow the timetable, in the transaction that changes it.

use duxue_rules::{
    civil,
    ids::{ClassId, InstitutionId},
    policy::Policy,
    timetable::{HeldSession, PlannedSession, Timetable, follow_up},
};
use duxue_storage::{Tx, session::NewSession};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{app::new_id, dto::refs::Text, problem::Failure, routes::violations::teaching_allowed};

/// Makes the class's sessions that have not begun those of the timetable; what was done, for the audit log.
///
/// The class must be held ([`Tx::hold_class`]). Refused while a suspension stops the institution's teaching (R7.5); a
/// conflict when one of them meets another class's session in its room.
pub(super) async fn follow(
    tx: &mut Tx,
    (class, institution): (ClassId, InstitutionId),
    timetable: &Timetable,
    now: Timestamp,
    policy: &Policy,
) -> Result<Value, Failure> {
    let held: Vec<HeldSession> = tx
        .all_sessions_of_class(class)
        .await?
        .into_iter()
        .map(|session| HeldSession {
            id: session.id,
            planned: PlannedSession { span: session.span, venue: session.venue.id },
        })
        .collect();
    let changes = follow_up(timetable, &held, now, policy);
    let days = changes.added.iter().map(|session| civil::date_of(session.span.start()));
    teaching_allowed(tx, institution, days, "lessons", policy).await?;
    for &session in &changes.removed {
        tx.remove_session(session, now).await?;
    }
    for &PlannedSession { span, venue } in &changes.added {
        let date = civil::date_of(span.start());
        let session = NewSession { id: new_id(now), class, venue, date, span, created_at: now };
        tx.add_session(&session).await.map_err(|error| clash(error, span.start()))?;
    }
    Ok(json!({ "sessions_removed": changes.removed.len(), "sessions_added": changes.added.len() }))
}

/// A room or a class that is taken is no wrong field of the decision, but a state that forbids it: which, and when.
fn clash(error: duxue_storage::Error, start: Timestamp) -> Failure {
    let duxue_storage::Error::Field { zh, en, .. } = error else { return error.into() };
    let when = format!("{} {}", civil::date_of(start), civil::time_of(start).strftime("%H:%M"));
    Failure::Conflict {
        field: Some("lessons".to_owned()),
        text: Text::new(format!("{when}：{zh}。"), format!("{when}: {en}")),
    }
}

//! 二, 五, 六: the opening of a class, step by step.
//!
//! A step names the revision that it starts from. It is judged by the rules from what is stored, and kept whole with its
//! reasons or refused with all that is missing.

mod about;
pub mod application;
pub mod decision;
pub mod draft;
pub mod filing;
mod readiness;
pub mod self_check;
pub mod show;
pub mod start;

pub(in crate::routes) use about::shown;

use duxue_rules::{
    access::Action,
    ids::ClassId,
    opening::{Opening, Refused, RoomReport, Stage, Step},
};
use duxue_storage::{
    Tx,
    opening::{Dossier, OpeningStep},
};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    app::Shared,
    dto::{opening::OpeningDossier, refs::Text},
    extract::SignedIn,
    problem::Failure,
};

/// The dossier of a class, for someone who may take `action`; 409 where it is no longer at `revision`.
async fn at_revision(
    tx: &mut Tx,
    who: &SignedIn,
    class: ClassId,
    action: Action,
    revision: i64,
) -> Result<Dossier, Failure> {
    let dossier = tx.dossier(class).await?.ok_or(Failure::NotFound)?;
    who.may(action, Some(dossier.institution))?;
    // Two steps from one revision are taken one after the other; the second finds another revision.
    tx.hold_class(class).await?;
    let dossier = tx.dossier(class).await?.ok_or(Failure::NotFound)?;
    if dossier.revision == revision { Ok(dossier) } else { Err(elsewhere(&dossier)) }
}

/// The opening is not where the step begins.
fn elsewhere(dossier: &Dossier) -> Failure {
    let (stage, revision) = (dossier.opening.stage().text(), dossier.revision);
    Failure::Conflict {
        field: Some("revision".to_owned()),
        text: Text::new(
            format!("开班材料现为“{}”（第 {revision} 版），请刷新后再办理。", stage.zh),
            format!("The opening is {} now (revision {revision}); look at it again.", stage.en),
        ),
    }
}

/// What a step gives, or everything that it misses.
fn taken<Next, State>(step: Step<Next, State>) -> Result<Next, Failure> {
    step.map_err(|refused| {
        let Refused { missing, .. } = *refused;
        Failure::missing(missing)
    })
}

/// A step that the rules took.
struct Taken {
    opening: Opening,
    readiness: Vec<RoomReport>,
    sent_back_because: Option<String>,
    /// For the audit log.
    action: &'static str,
    detail: serde_json::Value,
}

impl Taken {
    /// One that leaves nothing else to keep.
    fn plain(opening: Opening, action: &'static str) -> Self {
        Self { opening, readiness: Vec::new(), sent_back_because: None, action, detail: json!({}) }
    }
}

/// Keeps a step, commits, and shows the dossier as it is now.
async fn keep(
    app: &Shared,
    mut tx: Tx,
    who: &SignedIn,
    before: &Dossier,
    taken: Taken,
    at: Timestamp,
) -> Result<OpeningDossier, Failure> {
    let Taken { opening, readiness, sent_back_because, action, mut detail } = taken;
    let class = before.class.id;
    let (from, to): (Stage, Stage) = (before.opening.stage(), opening.stage());
    let by = who.id();
    let step = OpeningStep { class, revision: before.revision, opening, readiness, sent_back_because, at, by };
    tx.take_opening_step(&step).await?;
    detail["revision"] = json!(before.revision + 1);
    detail["from"] = json!(from);
    detail["to"] = json!(to);
    detail["policy"] = json!(app.policy.version);
    tx.audit(who.did(at, action, "class", class, detail));
    let dossier = tx.dossier(class).await?.ok_or(Failure::Internal)?;
    let answer = about::shown(app, &mut tx, dossier).await?;
    tx.commit().await?;
    Ok(answer)
}

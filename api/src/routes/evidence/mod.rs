//! How the video evidence of classes stands (R9.1, R9.2).

pub mod list;
pub mod show;

use duxue_rules::{evidence, finding::Finding, ids::ClassId, policy::Policy};
use duxue_storage::Tx;
use jiff::Timestamp;

use crate::problem::Failure;

/// A class's evidence as the rules see it.
struct Judged {
    days: Vec<evidence::PlanDay>,
    clips: Vec<evidence::EvidenceClip>,
    check: evidence::EvidenceCheck,
    plan: evidence::Plan,
}

/// What is wrong with a class's clips (R9.1).
pub(super) async fn findings(
    tx: &mut Tx,
    class: ClassId,
    now: Timestamp,
    policy: &Policy,
) -> Result<Vec<Finding>, Failure> {
    Ok(judge(tx, class, now, policy).await?.check.findings)
}

async fn judge(tx: &mut Tx, class: ClassId, now: Timestamp, policy: &Policy) -> Result<Judged, Failure> {
    let sessions = tx.taught_sessions(class).await?;
    let clips = tx.evidence_clips(class, policy).await?;
    let days = evidence::days(&sessions, now, policy);
    let dates: Vec<_> = days.iter().map(|day| day.date).collect();
    let check = evidence::check(&dates, &clips, policy);
    let plan = evidence::plan(&days, &clips, policy);
    Ok(Judged { days, clips, check, plan })
}

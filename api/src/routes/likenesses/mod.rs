//! Videos that seem to show the same (R9.1): only the centre sees them, for the other may be another institution's.

pub mod decide;
pub mod list;
pub mod show;

use duxue_rules::{
    evidence::Exhibit,
    ids::{InstitutionId, UploadId},
};
use duxue_storage::{
    Tx,
    likeness::{LikenessFilter, LikenessState, Other, StoredLikeness},
    upload_evidence::Taking,
};

use crate::{dto::likeness::Likeness, load, problem::Failure};

/// The row with what it is about.
async fn shown(tx: &mut Tx, row: StoredLikeness) -> Result<Likeness, Failure> {
    let upload = tx.upload(row.upload).await?.ok_or(Failure::Internal)?;
    let (other_upload, other_clip) = match row.other {
        Other::Upload(id) => (Some(tx.upload(id).await?.ok_or(Failure::Internal)?), None),
        Other::Clip(id) => (None, Some(tx.clip(id).await?.ok_or(Failure::Internal)?)),
    };
    Ok(Likeness::of(row, upload, other_upload, other_clip))
}

/// Whose upload it is about.
async fn owner(tx: &mut Tx, row: &StoredLikeness) -> Result<InstitutionId, Failure> {
    Ok(tx.upload(row.upload).await?.ok_or(Failure::Internal)?.institution.id)
}

/// What the likenesses of an upload have to say when it is to be taken as evidence.
pub(in crate::routes) struct Twins {
    /// How many nobody has decided yet.
    pub(in crate::routes) undecided: usize,
    /// What is confirmed to show the same, and counts itself.
    pub(in crate::routes) counting: Vec<Exhibit>,
}

/// Looks them up.
pub(in crate::routes) async fn twins(tx: &mut Tx, upload: UploadId) -> Result<Twins, Failure> {
    let rows = load::likenesses(tx, LikenessFilter { upload: Some(upload), ..LikenessFilter::default() }).await?;
    let mut twins = Twins { undecided: 0, counting: Vec::new() };
    for row in rows {
        match row.state {
            LikenessState::Open => twins.undecided += 1,
            LikenessState::Dismissed => {}
            LikenessState::Confirmed => {
                let twin = if row.upload == upload { row.other } else { Other::Upload(row.upload) };
                let counts = match twin {
                    Other::Clip(_) => true,
                    Other::Upload(twin) => {
                        let decision = tx.upload_decision(twin).await?;
                        decision.is_some_and(|decision| matches!(decision.taking, Taking::Taken(_)))
                    }
                };
                twins.counting.extend(counts.then_some(match twin {
                    Other::Clip(id) => Exhibit::Clip(id),
                    Other::Upload(id) => Exhibit::Upload(id),
                }));
            }
        }
    }
    Ok(twins)
}

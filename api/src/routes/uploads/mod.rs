//! Video that institutions hand in, by tus 1.0.0.

pub mod append;
mod claim;
pub mod content;
pub mod create;
pub mod end;
pub mod evidence;
pub mod list;
pub mod offset;
pub mod options;
pub mod overridden;
pub mod pictures;
pub mod seal;
pub mod show;

use std::io;

use duxue_rules::{access::Action, ids::UploadId};
use duxue_storage::upload::{Upload, UploadState};
use jiff::Timestamp;
use serde_json::json;

use crate::{
    app::Shared,
    extract::SignedIn,
    problem::{Failure, chain},
};

/// The upload, for those who may add to it.
async fn own(app: &Shared, who: &SignedIn, id: UploadId) -> Result<Upload, Failure> {
    let upload = app.store.read().await?.upload(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::UploadEvidence, Some(upload.institution.id))?;
    Ok(upload)
}

/// Where it stands, unless it will never be whole.
fn alive(upload: &Upload, now: Timestamp) -> Result<Standing, Failure> {
    match upload.state {
        UploadState::Receiving { expires_at } if now < expires_at => Ok(Standing::Receiving { expires_at }),
        UploadState::Receiving { .. } | UploadState::Ended { .. } => Err(Failure::Gone),
        UploadState::Received { .. } | UploadState::Checked { .. } => Ok(Standing::Whole),
    }
}

/// Whether bytes are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// They are, until then.
    Receiving { expires_at: Timestamp },
    /// They have all come.
    Whole,
}

/// Every byte is on the disk: the upload waits for its check.
async fn receive(app: &Shared, who: &SignedIn, upload: &Upload) -> Result<(), Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    tx.receive_upload(upload.id, now).await?;
    tx.audit(who.did(now, "receive_upload", "upload", upload.id, json!({ "bytes": upload.length })));
    tx.commit().await?;
    app.pokes.uploads.notify_one();
    Ok(())
}

/// What the disk of the spool refuses. `offset` is how far the upload has come.
fn refused(error: &io::Error, offset: Option<u64>) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            tracing::warn!("an upload was halted: the disk is full");
            Failure::InsufficientStorage { offset }
        }
        // The sweep ends what has lost its file.
        io::ErrorKind::NotFound => Failure::Gone,
        _ => {
            tracing::error!(error = chain(error), "the spool of uploads fails");
            Failure::Internal
        }
    }
}

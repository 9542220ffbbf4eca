//! Signing a record: the password once more, a drawn signature, and the hash of what is signed.

use base64::{Engine, prelude::BASE64_STANDARD};
use duxue_rules::ids::UserId;
use duxue_storage::{Tx, objects::file_prefix, password, signature};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{
    app::{Shared, new_id},
    dto::refs::UserRef,
    extract::SignedIn,
    problem::{Failure, chain, throttled},
};

/// The most bytes of a drawn signature.
const DRAWING_BYTES: usize = 128 * 1024;

/// What a person signs with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    /// Their password: a browser left open signs nothing.
    #[schema(format = Password)]
    pub password: String,
    /// The drawn signature: a PNG file in base64.
    #[schema(content_encoding = "base64", content_media_type = "image/png")]
    pub drawing: String,
}

/// A signature under a record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Signature {
    /// Who signed.
    pub by: UserRef,
    /// As what.
    pub capacity: String,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of the record's content as it was signed, in hexadecimal.
    pub content_sha256: String,
    /// Whether the content is still what was signed.
    pub holds: bool,
}

impl Signature {
    /// A stored signature beside the content as it is now.
    pub(crate) fn of(row: signature::Signature, content: &impl Serialize) -> Self {
        Self {
            holds: content_hash(content).is_ok_and(|hash| hash == row.content_sha256),
            by: row.signed_by.into(),
            capacity: row.capacity,
            at: row.signed_at,
            content_sha256: hex::encode(row.content_sha256),
        }
    }
}

/// What a signature is bound to: SHA-256 of the content as JSON, in the order of its fields.
pub(crate) fn content_hash(content: &impl Serialize) -> Result<[u8; 32], Failure> {
    let text = serde_json::to_vec(content).map_err(|error| {
        tracing::error!(error = chain(&error), "a record to sign cannot be written as JSON");
        Failure::Internal
    })?;
    Ok(Sha256::digest(text).into())
}

/// Shows that the person is there now; signs any number of records of one request.
pub(crate) struct Proof {
    by: UserId,
    drawing_key: String,
}

impl Shared {
    /// Asks for the password again and keeps the drawing. Wrong passwords count as failed sign-ins do.
    pub(crate) async fn prove(&self, who: &SignedIn, signing: Signing) -> Result<Proof, Failure> {
        who.in_person()?;
        let drawing = drawing(&signing.drawing)?;
        self.confirm(who, signing.password).await?;
        let stored = self.objects.put_hashed(&file_prefix(who.actor.institution), "png", drawing.as_slice()).await?;
        Ok(Proof { by: who.id(), drawing_key: stored.key })
    }

    /// Asks for the password again, of a person at a browser. Wrong ones count as failed sign-ins do.
    pub(crate) async fn confirm(&self, who: &SignedIn, password: String) -> Result<(), Failure> {
        who.in_person()?;
        let now = self.now();
        let subject = format!("user:{}", who.user.username);
        let mut tx = self.store.begin().await?;
        if let Some(until) = tx.sign_in_wait(&subject, now, &self.settings.throttle_user).await? {
            return Err(throttled(until, now));
        }
        tx.note_failed_sign_in(&subject, now, &self.settings.throttle_user).await?;
        let (_, hash) = tx.user_to_sign_in(&who.user.username).await?.unzip();
        tx.commit().await?;
        if !password::verify(password, hash).await {
            return Err(Failure::field(
                "password",
                "密码错误，未作任何更改。",
                "the password is wrong; nothing was done",
            ));
        }
        let mut tx = self.store.begin().await?;
        tx.forget_failed_sign_ins(&subject).await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Proof {
    /// Puts the signature under `content`, in the transaction that keeps the content.
    pub(crate) async fn sign(
        &self,
        tx: &mut Tx,
        now: Timestamp,
        (subject_kind, subject_id): (&'static str, impl ToString),
        content: &impl Serialize,
        capacity: &str,
    ) -> Result<(), Failure> {
        let signature = signature::NewSignature {
            id: new_id(now),
            subject_kind,
            subject_id: subject_id.to_string(),
            content_sha256: content_hash(content)?,
            signed_by: self.by,
            capacity: capacity.to_owned(),
            drawing_key: self.drawing_key.clone(),
            signed_at: now,
        };
        Ok(tx.add_signature(&signature).await?)
    }
}

/// The drawn signature's PNG file. An empty one would be a signature that nobody drew.
fn drawing(base64: &str) -> Result<Vec<u8>, Failure> {
    let wrong = |zh: &str, en: &str| Err(Failure::field("drawing", zh, en));
    if base64.len() > DRAWING_BYTES / 3 * 4 + 4 {
        return wrong("签名图片过大。", "the drawn signature is larger than 128 KiB");
    }
    match BASE64_STANDARD.decode(base64) {
        Ok(png) if infer::image::is_png(&png) => Ok(png),
        _ => wrong("请手写签名（PNG 图片）。", "the drawn signature is a PNG file in base64"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_a_png_of_bearable_size() {
        let png = BASE64_STANDARD.encode(b"\x89PNG\r\n\x1a\n rest");
        assert!(drawing(&png).is_ok());
        for wrong in ["", "???", &BASE64_STANDARD.encode(b"\xff\xd8\xff"), &"A".repeat(200_000)] {
            assert!(drawing(wrong).is_err());
        }
    }

    #[test]
    fn another_content_is_another_hash() {
        assert_eq!(content_hash(&("a", 1)), content_hash(&("a", 1)));
        assert_ne!(content_hash(&("a", 1)), content_hash(&("a", 2)));
    }
}

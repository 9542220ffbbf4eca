//! What lies in the object store: pictures, and clips held against their seals.

use axum::{
    http::{HeaderMap, Method},
    response::Response,
};
use duxue_rules::ids::ClipId;
use duxue_storage::{
    Objects,
    clip::{ClipSeal, SealedClip},
    objects::ObjectError,
    seal::{Sealed, Verdict},
};
use sha2::{Digest, Sha256};

use super::serve::{Place, Served, serve};
use crate::{
    app::Shared,
    dto::{clip::VerifyOutcome, refs::Text},
    problem::{Failure, chain},
};

/// The size of an object that a row promises.
pub(crate) async fn size_of(objects: &Objects, key: &str) -> Result<u64, Failure> {
    objects.head(key).await?.ok_or_else(|| {
        tracing::error!(object.key = key, "an object that has a row is not there");
        Failure::NotFound
    })
}

/// A JPEG out of the store. Its key names its content, so its tag is made of the key.
pub(crate) async fn stored_picture(
    method: &Method,
    headers: &HeaderMap,
    objects: &Objects,
    key: &str,
) -> Result<Response, Failure> {
    let file = Served {
        sha256: Sha256::digest(key.as_bytes()).into(),
        size: size_of(objects, key).await?,
        content_type: "image/jpeg",
        save_as: None,
        place: Place::Object(objects.clone(), key.to_owned()),
    };
    serve(method, headers, file).await
}

/// Reads a clip back and holds it against its seal, and the seal against the clip's row: a good seal of another clip
/// would not do.
pub(crate) async fn check_seal(
    app: &Shared,
    id: ClipId,
    sealed: &SealedClip,
    seal: &ClipSeal,
) -> Result<(VerifyOutcome, Text), Failure> {
    use VerifyOutcome as Outcome;
    let verdict = match app.objects.verify(&sealed.object_key, seal.envelope.as_bytes(), &app.public_key).await {
        Ok(verdict) => verdict,
        Err(ObjectError::Missing { .. }) => {
            tracing::error!(clip.id = %id, "a sealed clip's file is missing");
            return Ok((Outcome::Missing, Text::new("视频文件不存在。", "The file is not in the store.")));
        }
        Err(error) => return Err(error.into()),
    };
    let (outcome, text) = match verdict {
        Verdict::Good(Sealed::Clip(manifest)) if manifest.clip == id && manifest.sha256.0 == sealed.sha256 => (
            Outcome::Good,
            Text::new("文件与封存时完全一致，签名有效。", "Every byte is as it was sealed; the signature is good."),
        ),
        Verdict::Good(_) => {
            (Outcome::Tampered, Text::new("封存记录属于另一段视频。", "The seal is good, but it is another clip's."))
        }
        Verdict::Tampered { offset } => (
            Outcome::Tampered,
            Text::new(
                format!("文件已被改动，首处差异在第 {offset} 字节之后。"),
                format!("The file was altered; the first difference lies after byte {offset}."),
            ),
        ),
        Verdict::Longer { want } => (
            Outcome::Tampered,
            Text::new(
                format!("文件比封存时（{want} 字节）长，末尾被追加了内容。"),
                format!("The file goes on after the {want} bytes that were sealed."),
            ),
        ),
        Verdict::Truncated { have, want } => (
            Outcome::Truncated,
            Text::new(
                format!("文件不完整：应有 {want} 字节，现有 {have} 字节。"),
                format!("The file is cut short: {have} of {want} bytes are there."),
            ),
        ),
        Verdict::BadSignature => {
            (Outcome::BadSignature, Text::new("签名无效。", "The seal is not signed with this key, or was changed."))
        }
        Verdict::Malformed { problem } => {
            (Outcome::BadSignature, Text::new("封存记录无法读取。", format!("The seal cannot be read: {problem}")))
        }
    };
    if outcome != Outcome::Good {
        tracing::error!(clip.id = %id, ?outcome, "a sealed clip does not verify");
    }
    Ok((outcome, text))
}

/// What the object store refuses, in HTTP.
impl From<ObjectError> for Failure {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::Missing { .. } => Self::NotFound,
            ObjectError::Store { .. } => {
                tracing::warn!(error = chain(&error), "the object store does not answer");
                Self::Unavailable(Text::new(
                    "存储暂时不可用，请稍后重试。",
                    "The object store does not answer; try again soon.",
                ))
            }
            ObjectError::Occupied { .. }
            | ObjectError::Range { .. }
            | ObjectError::Empty
            | ObjectError::Source(_)
            | ObjectError::Config { .. } => {
                tracing::error!(error = chain(&error), "the object store failed");
                Self::Internal
            }
        }
    }
}

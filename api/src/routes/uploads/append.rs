//! `PATCH /uploads/{id}`

use std::io;

use axum::{
    body::{Body, BodyDataStream},
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use duxue_rules::{Text, ids::UploadId};
use duxue_storage::{
    spool::{Appending, Hold},
    upload::Upload,
};
use futures::StreamExt;

use super::{Standing, alive, own, receive, refused};
use crate::{
    app::Shared,
    extract::{Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, UploadRefusals},
    tus::{self, Checksum, Sum},
};

/// So many bytes are written between two looks at the room that is left on the disk.
const LOOK_AGAIN: u64 = 16 << 20;

/// Appends to an upload (tus 1.0.0).
///
/// What came before a connection broke is kept, unless the request has a checksum: then all of it is appended or nothing.
#[utoipa::path(
    patch,
    path = "/uploads/{id}",
    tag = "Evidence",
    params(
        ("id" = Uuid, Path, description = "Identity of the upload."),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where these bytes begin: how far the upload has come."),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha256` or `sha1`, a space, and the sum in Base64."),
    ),
    request_body(content((BinaryFile = "application/offset+octet-stream")), description = "The next bytes."),
    responses(
        (
            status = 204,
            description = "They are safe on the disk.",
            headers(
                ("Upload-Offset" = u64, description = "How far the upload has come."),
                ("Upload-Expires" = String, description = "When it is given up, unless something comes before."),
            ),
        ),
        UploadRefusals,
    ),
)]
pub async fn append_upload(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<UploadId>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    own(&app, &who, id).await?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != tus::OFFSET_STREAM) {
        return Err(Failure::UnsupportedMediaType { wanted: tus::OFFSET_STREAM });
    }
    let from = tus::number(&headers, &tus::UPLOAD_OFFSET)?;
    let checksum = Checksum::of(&headers)?;
    let hold = app.spool.hold(id).ok_or(Failure::Locked)?;
    // Read again: only now nobody else can change it.
    let upload = own(&app, &who, id).await?;
    let task = Append { app: app.clone(), who, upload, hold, from, checksum };
    // On a task of its own: a connection that breaks drops the handler, and what has come must be kept all the same.
    app.tracker.spawn(task.run(body.into_data_stream())).await.map_err(|_| Failure::Internal)?
}

struct Append {
    app: Shared,
    who: SignedIn,
    upload: Upload,
    hold: Hold,
    from: u64,
    checksum: Option<Checksum>,
}

/// How the bytes of a request came to an end.
#[derive(Debug)]
enum End {
    /// With the request.
    Whole,
    /// More came than was announced.
    TooLong,
    /// The connection broke.
    Broken,
    /// Nothing came for too long.
    Stalled,
    /// Another request took the upload over.
    TakenOver,
    /// The service stops.
    Stopping,
    /// Nothing more may be written to this disk.
    NoRoom,
    /// The disk refused.
    Disk(io::Error),
}

impl Append {
    async fn run(self, body: BodyDataStream) -> Result<Response, Failure> {
        let have = self.hold.synced().await.map_err(|error| refused(&error, None))?;
        let offset = match alive(&self.upload, self.app.now())? {
            Standing::Whole => self.upload.length,
            Standing::Receiving { .. } => have,
        };
        if self.from != offset {
            return Err(Failure::WrongOffset { offset });
        }
        if offset == self.upload.length {
            return self.settled(offset).await;
        }
        match self.checksum.clone() {
            None => self.straight(body).await,
            Some(checksum) => self.checked(&checksum, body).await,
        }
    }

    /// Appends as the bytes come; what has come stays.
    async fn straight(self, body: BodyDataStream) -> Result<Response, Failure> {
        let mut file = self.hold.append().await.map_err(|error| refused(&error, None))?;
        let end = self.pour(body, &mut file, None).await;
        let finished = file.finish().await;
        let end = if let Err(error) = finished { End::Disk(error) } else { end };
        if matches!(end, End::TooLong) {
            self.hold.cut_back(self.from).await.map_err(|error| refused(&error, None))?;
        }
        let offset = self.hold.synced().await.map_err(|error| refused(&error, None))?;
        match end {
            End::Whole => self.settled(offset).await,
            end => {
                // An interrupted upload is alive as long as something comes.
                if offset > self.from {
                    self.prolong(offset).await?;
                }
                Err(self.failure(&end, offset))
            }
        }
    }

    /// Writes aside, and appends only what adds up.
    async fn checked(self, checksum: &Checksum, body: BodyDataStream) -> Result<Response, Failure> {
        let mut piece = self.hold.aside().await.map_err(|error| refused(&error, Some(self.from)))?;
        let mut sum = checksum.begin();
        let end = self.pour(body, &mut piece, Some(&mut sum)).await;
        let finished = piece.finish().await;
        let end = if let Err(error) = finished { End::Disk(error) } else { end };
        if !matches!(end, End::Whole) {
            self.hold.reject().await;
            return Err(self.failure(&end, self.from));
        }
        if !checksum.fits(sum) {
            self.hold.reject().await;
            return Err(Failure::ChecksumMismatch);
        }
        match self.hold.adopt().await {
            Ok(offset) => self.settled(offset).await,
            Err(error) => Err(refused(&error, self.hold.synced().await.ok())),
        }
    }

    /// Writes what comes until it ends.
    async fn pour(&self, mut body: BodyDataStream, file: &mut Appending, mut sum: Option<&mut Sum>) -> End {
        let room = self.upload.length - self.from;
        let stall = self.app.settings.uploads.stall;
        let (mut written, mut looked_at) = (0, None);
        loop {
            let next = tokio::select! {
                biased;
                () = self.app.stop.cancelled() => return End::Stopping,
                () = self.hold.asked() => return End::TakenOver,
                next = tokio::time::timeout(stall, body.next()) => next,
            };
            let bytes = match next {
                Err(_) => return End::Stalled,
                Ok(None) => return End::Whole,
                Ok(Some(Err(_))) => return End::Broken,
                Ok(Some(Ok(bytes))) => bytes,
            };
            if looked_at.is_none_or(|at| written - at >= LOOK_AGAIN) {
                looked_at = Some(written);
                if self.app.cameras.disk().is_some_and(|disk| disk.free_bytes < disk.low_below_bytes) {
                    return End::NoRoom;
                }
            }
            written += bytes.len() as u64;
            if written > room {
                return End::TooLong;
            }
            if let Some(sum) = sum.as_deref_mut() {
                sum.update(&bytes);
            }
            if let Err(error) = file.write(&bytes).await {
                return End::Disk(error);
            }
        }
    }

    /// The answer to bytes that are safe, after the row says so too.
    async fn settled(&self, offset: u64) -> Result<Response, Failure> {
        let expires_at = self.prolong(offset).await?;
        Ok(tus::offset_answer(offset, expires_at))
    }

    /// Writes down that something came. `None` when it is whole.
    async fn prolong(&self, offset: u64) -> Result<Option<jiff::Timestamp>, Failure> {
        if !matches!(alive(&self.upload, self.app.now())?, Standing::Receiving { .. }) {
            return Ok(None);
        }
        if offset == self.upload.length {
            receive(&self.app, &self.who, &self.upload).await?;
            return Ok(None);
        }
        let expires_at = self.app.now() + self.app.settings.uploads.idle;
        let mut tx = self.app.store.begin().await?;
        tx.prolong_upload(self.upload.id, expires_at).await?;
        tx.commit().await?;
        Ok(Some(expires_at))
    }

    fn failure(&self, end: &End, offset: u64) -> Failure {
        match end {
            End::Disk(error) => refused(error, Some(offset)),
            End::NoRoom => Failure::InsufficientStorage { offset: Some(offset) },
            End::TooLong => {
                Failure::TooLarge { limit: usize::try_from(self.upload.length - self.from).unwrap_or(usize::MAX) }
            }
            End::TakenOver => Failure::Locked,
            End::Stopping => Failure::Unavailable(
                Text::new("服务正在停止，请稍后继续上传。", "The service stops; go on with the upload later.").into(),
            ),
            // Nobody is there any more to read it.
            End::Whole | End::Broken | End::Stalled => Failure::TimedOut,
        }
    }
}

//! The film, cut and hashed, and what its seal says of it.

use std::{
    fs::File,
    io::{self, Read, Seek},
};

use duxue_rules::{
    coverage::PartKind,
    ids::{CameraId, InstitutionId, VenueId},
    span::Span,
};
use duxue_storage::{
    Named,
    audit::Head,
    camera::Camera,
    seal::{AuditAnchor, Digester, Digests, EXPORT_FORMAT, ExportManifest, Hash, MissingTime, PIECE_BYTES, Source},
    segment::Segment,
};
use jiff::Timestamp;

use crate::{
    app::Shared,
    edges::{self, CutRefusal},
    extract::SignedIn,
    load,
    problem::{Failure, chain},
    routes::segments::is_below,
};

/// A film, and all that is known of it.
pub(super) struct Film {
    /// Read to its end and rewound.
    pub(super) file: File,
    digests: Digests,
    wanted: Span,
    span: Span,
    gaps: Vec<Span>,
    missing: Vec<MissingTime>,
    sources: Vec<Source>,
    camera: Named<CameraId>,
    venue: Named<VenueId>,
    institution: Named<InstitutionId>,
}

/// Cuts it out of what is recorded of `wanted`.
pub(super) async fn cut(app: &Shared, camera: &Camera, wanted: Span) -> Result<Film, Failure> {
    let mut tx = app.store.read().await?;
    let parts = load::accounted(app, &mut tx, camera.id, wanted).await?;
    let mut segments = tx.segments_in(camera.id, wanted).await?;
    drop(tx);
    segments.retain(|segment| segment.pruned_at.is_none() && is_below(&segment.path));
    if segments.is_empty() {
        return Err(CutRefusal::Nothing.into());
    }
    room(app, &segments)?;
    let files = segments.iter().map(|segment| app.recordings_dir.join(&segment.path)).collect();
    let edges::Film { file, span, gaps } = app.cameras.cut(files, wanted).await?;
    let (file, digests) = hashed(file).await?;
    let missing = parts.into_iter().filter_map(|part| match part.what {
        PartKind::Missing { cause } => Some(MissingTime { span: part.span, cause }),
        PartKind::Recorded { .. } => None,
    });
    let shown = segments.iter().filter(|segment| segment.span.intersection(span).is_some());
    Ok(Film {
        file,
        digests,
        wanted,
        span,
        gaps,
        missing: missing.collect(),
        sources: shown.map(|segment| Source { segment: segment.id, sha256: Hash(segment.sha256) }).collect(),
        camera: Named { id: camera.id, name: camera.name.clone() },
        venue: camera.venue.clone(),
        institution: camera.institution.clone(),
    })
}

/// Recording comes first: nothing is copied into the room that it needs.
fn room(app: &Shared, segments: &[Segment]) -> Result<(), Failure> {
    let bytes: u64 = segments.iter().map(|segment| segment.bytes).sum();
    match app.cameras.disk() {
        Some(disk) if disk.full || disk.free_bytes < disk.low_below_bytes.saturating_add(bytes) => Err(
            Failure::unavailable("磁盘空间不足，暂不能导出录像。", "The disk has no room beside what recording needs."),
        ),
        Some(_) | None => Ok(()),
    }
}

async fn hashed(mut file: File) -> Result<(File, Digests), Failure> {
    let read = tokio::task::spawn_blocking(move || -> io::Result<_> {
        let (mut digester, mut buffer) = (Digester::default(), vec![0; 256 << 10]);
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            digester.update(&buffer[..read]);
        }
        file.rewind()?;
        Ok((file, digester.finish()))
    });
    read.await.map_err(io::Error::other).flatten().map_err(|error| {
        tracing::error!(error = chain(&error), "a film that was cut cannot be read");
        Failure::Internal
    })
}

impl Film {
    /// What its seal says; `head` is the end of the audit log.
    pub(super) fn manifest(&self, app: &Shared, who: &SignedIn, head: Head, now: Timestamp) -> ExportManifest {
        let mut manifest = ExportManifest {
            format: EXPORT_FORMAT.to_owned(),
            institution: self.institution.clone(),
            venue: self.venue.clone(),
            camera: self.camera.clone(),
            wanted: self.wanted,
            span: self.span,
            gaps: self.gaps.clone(),
            missing: self.missing.clone(),
            bytes: 0,
            sha256: Hash([0; 32]),
            piece_bytes: PIECE_BYTES,
            pieces: Vec::new(),
            sources: self.sources.clone(),
            audit: AuditAnchor { seq: head.seq, hash: Hash(head.hash) },
            taken_by: Named { id: who.id(), name: who.user.display_name.clone() },
            made_at: now,
            made_by: format!("duxue {}", app.settings.version),
        };
        manifest.pin(self.digests.clone());
        manifest
    }
}

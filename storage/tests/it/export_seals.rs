//! The seal of a stretch of a recording.

use duxue_rules::camera::OutageCause;
use duxue_storage::{
    Named,
    package::{Flaw, verify as verify_package},
    seal::{
        AuditAnchor, Digester, EXPORT_FORMAT, EXPORT_PAYLOAD_TYPE, Envelope, ExportManifest, Hash, MissingTime,
        NotOpened, PAYLOAD_TYPE, PIECE_BYTES, Sealed, Source, Verdict, verify,
    },
};

use crate::{
    clips::signing_key,
    common::{at, id},
    world::span,
};

fn manifest_of(content: &[u8]) -> ExportManifest {
    let mut digester = Digester::default();
    digester.update(content);
    let mut manifest = ExportManifest {
        format: EXPORT_FORMAT.into(),
        institution: Named { id: id(), name: "抚顺示范培训学校".into() },
        venue: Named { id: id(), name: "一号教室".into() },
        camera: Named { id: id(), name: "前".into() },
        wanted: span(0, 1200),
        span: span(-1, 1200),
        gaps: vec![span(600, 660)],
        missing: vec![MissingTime { span: span(600, 660), cause: OutageCause::Unreachable }],
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: 0,
        pieces: Vec::new(),
        sources: vec![Source { segment: id(), sha256: Hash([1; 32]) }],
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        taken_by: Named { id: id(), name: "林".into() },
        made_at: at(3000),
        made_by: "duxue test".into(),
    };
    manifest.pin(digester.finish());
    manifest
}

#[tokio::test]
async fn it_pins_down_every_byte_and_says_what_is_missing() {
    let content: Vec<u8> = (0..PIECE_BYTES + 10_000).map(|at| (at % 251) as u8).collect();
    let manifest = manifest_of(&content);
    assert_eq!((manifest.piece_bytes, manifest.pieces.len()), (PIECE_BYTES, 2));
    let seal = Envelope::sign_export(&manifest, &signing_key()).envelope;
    let judged = async |content: &[u8]| verify(content, seal.as_bytes(), &signing_key().public()).await.unwrap();
    assert_eq!(judged(&content).await, Verdict::Good(Sealed::Export(Box::new(manifest))));
    let mut other = content.clone();
    other[PIECE_BYTES as usize + 1] ^= 1;
    assert_eq!(judged(&other).await, Verdict::Tampered { offset: PIECE_BYTES });
    let (have, want) = (content.len() as u64 - 1, content.len() as u64);
    assert_eq!(judged(&content[..content.len() - 1]).await, Verdict::Truncated { have, want });
}

#[tokio::test]
async fn it_passes_for_no_evidence_of_a_lesson() {
    let text = serde_json::to_string(&manifest_of(b"x")).unwrap();
    let key = signing_key();
    // The same words under the name of a clip's seal, signed by the very key: they are no clip's.
    let posing = Envelope::sign_text(PAYLOAD_TYPE, &text, &key);
    assert!(matches!(Envelope::open(posing.as_bytes(), &key.public()), Err(NotOpened::Malformed(_))));
    // Under its own name it is read, and in another form it is not.
    let own = Envelope::sign_text(EXPORT_PAYLOAD_TYPE, &text, &key);
    assert!(matches!(Envelope::open(own.as_bytes(), &key.public()), Ok(Sealed::Export(_))));
    let later = Envelope::sign_text(EXPORT_PAYLOAD_TYPE, &text.replace(EXPORT_FORMAT, "duxue export 2"), &key);
    assert!(matches!(Envelope::open(later.as_bytes(), &key.public()), Err(NotOpened::Malformed(_))));
    // Nor in a package, whatever shelf it is put on.
    for path in ["clips/a.mp4", "uploads/a.mp4"] {
        let packed = crate::packages::packed(&[(path, b"x", &own)]);
        let report = verify_package(packed.path(), &key.public()).unwrap();
        assert!(matches!(report.flaws.as_slice(), [(at, Flaw::Clip(_))] if at == path), "{report:?}");
        assert_eq!((report.good_clips, report.good_uploads), (0, 0));
    }
}

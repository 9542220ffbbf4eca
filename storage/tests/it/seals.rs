//! The seal, and everything that can be done to a clip and to its seal.

use duxue_rules::span::Span;
use duxue_storage::{
    Named, PublicKey, SigningKey,
    seal::{
        AuditAnchor, Digester, Digests, Envelope, FORMAT, Hash, Manifest, PIECE_BYTES, PolicyFacts, Sealed,
        SessionFacts, Signed, Source, Verdict, verify,
    },
};
use proptest::prelude::*;

use crate::{
    clips::signing_key,
    common::{at, id},
    world::span,
};

pub fn manifest_of(digests: Digests) -> Manifest {
    let mut manifest = Manifest {
        format: FORMAT.into(),
        clip: id(),
        institution: Named { id: id(), name: "抚顺示范培训学校".into() },
        class: Named { id: id(), name: "2024年电子商务专业1班期".into() },
        session: SessionFacts { id: id(), span: span(0, 7200) },
        venue: Named { id: id(), name: "一号教室".into() },
        camera: Named { id: id(), name: "前".into() },
        wanted: span(0, 1200),
        span: Span::new(at(-1), at(1200)).unwrap(),
        gaps: vec![span(600, 601)],
        bytes: 0,
        sha256: Hash([0; 32]),
        piece_bytes: PIECE_BYTES,
        pieces: Vec::new(),
        sources: vec![Source { segment: id(), sha256: Hash([1; 32]) }],
        policy: PolicyFacts { version: 1, label: String::new(), clip_min_seconds: 1200, clip_max_gap_ms: 2000 },
        audit: AuditAnchor { seq: 0, hash: Hash([0; 32]) },
        made_at: at(3000),
        made_by: "duxue test".into(),
    };
    manifest.pin(digests);
    manifest
}

/// Content of more than two pieces, no two of them alike.
fn content() -> Vec<u8> {
    let length = 2 * PIECE_BYTES + 100_000;
    (0..length).map(|at| (at % 251) as u8 ^ (at / PIECE_BYTES) as u8).collect()
}

fn sign(content: &[u8]) -> (Manifest, Signed) {
    let mut digester = Digester::default();
    digester.update(content);
    let manifest = manifest_of(digester.finish());
    let signed = Envelope::sign(&manifest, &signing_key());
    (manifest, signed)
}

fn verdict(content: &[u8], envelope: impl AsRef<[u8]>, key: &PublicKey) -> Verdict {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(verify(content, envelope.as_ref(), key)).unwrap()
}

#[test]
fn an_untouched_clip_is_good_and_says_what_it_is() {
    let content = content();
    let (manifest, signed) = sign(&content);
    assert_eq!(serde_json::from_str::<Manifest>(&signed.manifest).unwrap(), manifest);
    assert_eq!(manifest.pieces.len(), 3);
    assert_eq!(
        verdict(&content, &signed.envelope, &signing_key().public()),
        Verdict::Good(Sealed::Clip(Box::new(manifest)))
    );
}

#[test]
fn the_envelope_is_dsse_as_others_read_it() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use ed25519_dalek::{Verifier, VerifyingKey, pkcs8::DecodePublicKey};
    let (_, signed) = sign(b"film");
    let json: serde_json::Value = serde_json::from_str(&signed.envelope).unwrap();
    assert_eq!(json["payloadType"], "application/vnd.duxue.clip+json");
    let payload = BASE64_STANDARD.decode(json["payload"].as_str().unwrap()).unwrap();
    assert_eq!(payload, signed.manifest.as_bytes());
    // By hand, from the text of the specification.
    let mut message = format!("DSSEv1 31 application/vnd.duxue.clip+json {} ", payload.len()).into_bytes();
    message.extend(&payload);
    let signature = BASE64_STANDARD.decode(json["signatures"][0]["sig"].as_str().unwrap()).unwrap();
    let key = VerifyingKey::from_public_key_pem(&signing_key().public().to_pem()).unwrap();
    key.verify(&message, &signature.as_slice().try_into().unwrap()).unwrap();
}

#[test]
fn another_key_is_a_bad_signature() {
    let (_, signed) = sign(b"film");
    let other = SigningKey::from_bytes(&[12; 32]).public();
    assert_eq!(verdict(b"film", &signed.envelope, &other), Verdict::BadSignature);
}

#[test]
fn a_changed_claim_is_a_bad_signature() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let (_, signed) = sign(b"film");
    let forged = signed.manifest.replace("1班期", "2班期");
    assert_ne!(forged, signed.manifest);
    let envelope = signed.envelope.replace(&BASE64_STANDARD.encode(&signed.manifest), &BASE64_STANDARD.encode(&forged));
    assert_ne!(envelope, signed.envelope);
    assert_eq!(verdict(b"film", &envelope, &signing_key().public()), Verdict::BadSignature);
}

#[test]
fn what_is_no_seal_is_malformed() {
    let (_, signed) = sign(b"film");
    // Its type is signed as well: one that was changed afterwards is no signature at all.
    let changed_type = signed.envelope.replace("vnd.duxue.clip+json", "vnd.in-toto+json");
    assert_eq!(verdict(b"film", &changed_type, &signing_key().public()), Verdict::BadSignature);
    let other_type = Envelope::sign_text("application/vnd.in-toto+json", &signed.manifest, &signing_key());
    for envelope in ["", "{}", "not json", r#"{"payloadType":1}"#, other_type.as_str()] {
        assert!(matches!(verdict(b"film", envelope, &signing_key().public()), Verdict::Malformed { .. }), "{envelope}");
    }
}

#[test]
fn a_signed_manifest_that_makes_no_sense_is_malformed() {
    let (manifest, _) = sign(b"film");
    let no_pieces = Manifest { pieces: Vec::new(), ..manifest.clone() };
    let no_size = Manifest { piece_bytes: 0, ..manifest.clone() };
    let future = Manifest { format: "duxue clip 9".into(), ..manifest };
    for manifest in [no_pieces, no_size, future] {
        let signed = Envelope::sign(&manifest, &signing_key());
        let verdict = verdict(b"film", &signed.envelope, &signing_key().public());
        assert!(matches!(verdict, Verdict::Malformed { .. }), "{verdict:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_flipped_bit_is_found_and_placed(place in 0.0..1.0_f64, bit in 0..8_u32) {
        let mut content = content();
        let (_, signed) = sign(&content);
        let place = (content.len() as f64 * place) as usize;
        content[place] ^= 1 << bit;
        let offset = place as u64 / PIECE_BYTES * PIECE_BYTES;
        prop_assert_eq!(
            verdict(&content, &signed.envelope, &signing_key().public()),
            Verdict::Tampered { offset }
        );
    }

    #[test]
    fn any_cut_is_a_truncation(keep in 0.0..1.0_f64) {
        let content = content();
        let (_, signed) = sign(&content);
        let keep = (content.len() as f64 * keep) as usize;
        prop_assert_eq!(
            verdict(&content[..keep], &signed.envelope, &signing_key().public()),
            Verdict::Truncated { have: keep as u64, want: content.len() as u64 }
        );
    }

    #[test]
    fn anything_added_at_the_end_is_seen(added in prop::collection::vec(any::<u8>(), 1..300_000)) {
        let mut content = content();
        let (_, signed) = sign(&content);
        let want = content.len() as u64;
        content.extend(added);
        prop_assert_eq!(verdict(&content, &signed.envelope, &signing_key().public()), Verdict::Longer { want });
    }

    #[test]
    fn a_changed_envelope_is_never_good(place in 0.0..1.0_f64, to in any::<u8>()) {
        let (manifest, signed) = sign(b"film");
        let mut envelope = signed.envelope.into_bytes();
        let place = (envelope.len() as f64 * place) as usize;
        prop_assume!(envelope[place] != to);
        envelope[place] = to;
        let read = verdict(b"film", &envelope, &signing_key().public());
        // The key's name is a hint outside the signature (DSSE), as is the spelling of JSON; what is said is not.
        if let Verdict::Good(read) = read {
            prop_assert_eq!(read, Sealed::Clip(Box::new(manifest)));
        }
    }
}

//! The pictures of findings: out of the spool, where each sampled picture waits, into the object store.

use std::{collections::HashMap, path::Path};

use anyhow::Result;
use duxue_rules::{
    crosscheck::{FindingDraft, recognised, shown_by_punches},
    ids::{ObservationId, SessionId},
    observation::{Observation, SeenFace},
    policy::Policy,
};
use duxue_storage::{
    finding::{Finding, Frame, FrameFace},
    objects,
    session::Session,
};
use tracing::warn;

use super::{memory::Loaded, punches};
use crate::jobs::{Parts, sample_sessions::spooled};

/// The fewest pictures that a finding keeps once it has them, so that what a person looks at does not change under them.
const STEADY_FRAMES: usize = 3;

/// The pictures that show a finding, put into the object store. Those it has stay; the spool gives the rest.
pub async fn frames(
    parts: &Parts,
    policy: &Policy,
    session: SessionId,
    draft: &FindingDraft,
    before: Option<&Finding>,
    loaded: &Loaded,
) -> Result<Vec<Frame>> {
    let shown = shown_by_punches(draft, &loaded.hints, policy);
    if let Some(finding) = before
        && finding.frames.len() >= STEADY_FRAMES.min(draft.frames.len() + shown.len())
    {
        return Ok(finding.frames.clone());
    }
    let seen: HashMap<ObservationId, &Observation> = loaded.facts.observations.iter().map(|o| (o.id, o)).collect();
    let mut frames = Vec::new();
    for id in &draft.frames {
        let Some(observation) = seen.get(id) else { continue };
        let path = spooled(&parts.config.spool_dir(), session, *id);
        let Ok(jpeg) = tokio::fs::read(&path).await else { continue };
        let (width, height) = match duxue_analytics::decode_jpeg(&jpeg) {
            Ok(picture) => (picture.view().width(), picture.view().height()),
            Err(error) => {
                warn!("a spooled picture cannot be read: {error}");
                continue;
            }
        };
        let object = objects::frame_key(session, *id);
        parts.objects.put_small(&object, jpeg).await?;
        let faces = observation.faces.iter().map(|face| frame_face(face, policy)).collect();
        let (camera, at) = (Some(observation.camera), observation.at);
        frames.push(Frame { observation: Some(*id), punch: None, camera, at, object, width, height, faces });
    }
    frames.extend(punches::frames(parts, &shown).await?);
    Ok(frames)
}

/// A face as the page draws it: named only where it is recognised, with how sure that is.
fn frame_face(face: &SeenFace, policy: &Policy) -> FrameFace {
    let named = recognised(face, policy);
    FrameFace {
        area: face.area,
        student: named.map(|named| named.student),
        similarity: named.map(|named| named.similarity),
        probability: named.map(|named| named.probability),
    }
}

/// Empties the folders of sessions that are over: what nobody needs of people's faces is not kept.
pub async fn sweep_spool(parts: &Parts, current: &[Session]) -> Result<()> {
    let spool = parts.config.spool_dir();
    let current: Vec<String> = current.iter().map(|session| session.id.to_string()).collect();
    tokio::task::spawn_blocking(move || sweep(&spool, &current)).await?
}

fn sweep(spool: &Path, current: &[String]) -> Result<()> {
    let Ok(folders) = std::fs::read_dir(spool) else { return Ok(()) };
    for folder in folders.flatten() {
        if !current.iter().any(|session| folder.file_name().to_str() == Some(session)) {
            std::fs::remove_dir_all(folder.path())?;
        }
    }
    Ok(())
}

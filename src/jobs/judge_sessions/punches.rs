//! R7.1x 替换: the faces behind the punches that were made for a session, and those pictures of them that show a finding.

use anyhow::Result;
use duxue_rules::{civil, crosscheck::PunchFace, ids::PunchId, observation::Area, span::Span};
use duxue_storage::{
    Tx,
    finding::{Frame, FrameFace},
    session::Session,
};
use jiff::{SignedDuration, civil::Time};
use tracing::warn;

use crate::jobs::Parts;

/// Of which `model` said how much they are like the student.
pub async fn of(tx: &mut Tx, session: &Session, model: &str) -> Result<Vec<PunchFace>> {
    let Some(midnight) = civil::instant(session.date, Time::midnight()) else { return Ok(Vec::new()) };
    let day = Span::new(midnight, midnight + SignedDuration::from_hours(24))?;
    let punches = tx.looked_at_punches(session.class.id, day, model).await?;
    if punches.is_empty() {
        return Ok(Vec::new());
    }
    let all = tx.sessions_of_class_on(session.class.id, session.date).await?;
    let spans: Vec<Span> = all.iter().map(|session| session.span).collect();
    let faces = punches.into_iter().filter_map(|kept| {
        let face = kept.face?;
        Some(PunchFace {
            punch: kept.punch.id,
            student: kept.punch.student,
            at: kept.punch.made_at,
            similarity: face.similarity,
            // A kiosk that recognised somebody does not say: then it tells against nobody.
            eye_distance_px: face.eye_distance_px.unwrap_or(0.0),
        })
    });
    Ok(faces.filter(|face| face.is_for(session.span, &spans)).collect())
}

/// The faces that were kept of these punches, as the page shows them: the device took each for its student.
pub async fn frames(parts: &Parts, shown: &[PunchId]) -> Result<Vec<Frame>> {
    let mut frames = Vec::new();
    for id in shown {
        let Some(kept) = parts.store.read().await?.punch(*id).await? else { continue };
        let Some((similarity, object)) = kept.face.and_then(|face| Some((face.similarity, face.portrait?))) else {
            continue;
        };
        let (width, height) = match size(parts, &object).await {
            Ok(size) => size,
            // The finding stands without it.
            Err(error) => {
                warn!("{object} cannot be shown: {error:#}");
                continue;
            }
        };
        let area = Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
        let student = Some(kept.punch.student);
        let seen = FrameFace { area, student, similarity: Some(similarity), probability: None };
        let (punch, at) = (Some(*id), kept.punch.made_at);
        frames.push(Frame { observation: None, punch, camera: None, at, object, width, height, faces: vec![seen] });
    }
    Ok(frames)
}

async fn size(parts: &Parts, object: &str) -> Result<(u32, u32)> {
    let picture = duxue_analytics::decode_jpeg(&parts.objects.get_small(object).await?)?;
    Ok((picture.view().width(), picture.view().height()))
}

//! What the analysis notices of a session's pictures besides who is in them: that they were shown before, that the stream is
//! another. What is found is kept with the trail, so that a round searches only when enough is new.

use std::collections::BTreeMap;

use anyhow::Result;
use duxue_analytics::tamper::{Limits, Repeat, Trail, repeats};
use duxue_rules::{
    crosscheck::{Hints, Replay},
    ids::CameraId,
    look::Cells,
    observation::Observation,
    span::Span,
};
use duxue_storage::{look::CameraSession, session::Session};
use jiff::{SignedDuration, Timestamp};

use crate::jobs::Parts;

/// The pictures are searched again when so many more are there: every four minutes, at one each ten seconds.
const MORE: usize = 24;

/// Everything noticed of a session so far.
pub async fn of(parts: &Parts, session: &Session, observations: &[Observation]) -> Result<Hints> {
    let mut by_camera: BTreeMap<CameraId, Vec<&Observation>> = BTreeMap::new();
    for seen in observations.iter().filter(|seen| seen.look.is_some()) {
        by_camera.entry(seen.camera).or_default().push(seen);
    }
    let mut hints = Hints::default();
    for (camera, mut samples) in by_camera {
        samples.sort_by_key(|seen| (seen.at, seen.id));
        let mut tx = parts.store.read().await?;
        let known = tx.camera_session(camera, session.id).await?;
        hints.streams_before.extend(tx.stream_before(camera, session.span.start()).await?);
        drop(tx);
        let searched = known.as_ref().map_or(0, |known| known.samples as usize);
        match known {
            Some(known) if samples.len() < searched + MORE => hints.replays.extend(known.replays),
            None if samples.len() < MORE => {}
            _ => hints.replays.extend(search(parts, session, camera, &samples).await?),
        }
    }
    Ok(hints)
}

/// Holds a camera's samples against its own of the session and those of the days before, and keeps what it finds.
async fn search(parts: &Parts, session: &Session, camera: CameraId, samples: &[&Observation]) -> Result<Vec<Replay>> {
    let (start, days) = (session.span.start(), i64::from(parts.policy.policy.repeat_days));
    let mut earlier = Vec::new();
    if days > 0 {
        let before = Span::new(start - SignedDuration::from_hours(24 * days), start)?;
        earlier = parts.store.read().await?.camera_sessions(camera, before).await?;
    }
    let cells: Vec<(Timestamp, Cells)> =
        samples.iter().filter_map(|seen| Some((seen.at, seen.look.as_ref()?.cells))).collect();
    let (trail, replays) = tokio::task::spawn_blocking(move || {
        let trail = Trail::of(&cells);
        let others = earlier.iter().filter_map(|other| Trail::from_text(&other.trail));
        let found = others.filter_map(|other| repeats(&trail, &other, &Limits::default()));
        let found: Vec<Replay> = found
            .chain(repeats(&trail, &trail, &Limits::default()))
            .filter_map(|repeat| replay(camera, repeat))
            .collect();
        (trail.to_text(), found)
    })
    .await?;
    let newest = samples.last().map_or(start, |seen| seen.at);
    let stream = samples.iter().rev().find_map(|seen| seen.look.as_ref()?.stream.clone());
    let known = CameraSession {
        camera,
        session: session.id,
        samples: u32::try_from(samples.len()).unwrap_or(u32::MAX),
        trail,
        stream,
        replays: replays.clone(),
        newest_at: newest,
        pictures: Vec::new(),
    };
    let mut tx = parts.store.begin().await?;
    tx.put_camera_session(&known).await?;
    tx.commit().await?;
    Ok(replays)
}

fn replay(camera: CameraId, repeat: Repeat) -> Option<Replay> {
    let Repeat { from, to, earlier_ms, pictures, by_chance, mirrored } = repeat;
    let earlier = SignedDuration::from_millis(earlier_ms);
    let (span, of) = (Span::new(from, to).ok()?, Span::new(from - earlier, to - earlier).ok()?);
    Some(Replay { camera, span, of, pictures, by_chance, mirrored })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_picture_is_no_stretch() {
        let at = |second| Timestamp::from_second(1_728_349_200 + second).unwrap();
        let repeat =
            Repeat { from: at(0), to: at(600), earlier_ms: 86_400_000, pictures: 20, by_chance: 0.5, mirrored: false };
        let camera = CameraId(uuid::Uuid::from_u128(1));
        let found = replay(camera, repeat).unwrap();
        assert_eq!((found.of.start(), found.of.end()), (at(-86_400), at(600 - 86_400)));
        assert_eq!(replay(camera, Repeat { to: at(0), pictures: 1, ..repeat }), None);
    }
}

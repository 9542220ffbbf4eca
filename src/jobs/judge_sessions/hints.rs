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
    policy::Policy,
    span::Span,
};
use duxue_storage::{Store, look::CameraSession, session::Session};
use jiff::{SignedDuration, Timestamp};

/// The pictures are searched again when so many more are there: every four minutes, at one each ten seconds.
const MORE: usize = 24;

/// Everything noticed of a session so far.
pub async fn of(store: &Store, policy: &Policy, session: &Session, observations: &[Observation]) -> Result<Hints> {
    let mut by_camera: BTreeMap<CameraId, Vec<&Observation>> = BTreeMap::new();
    for seen in observations.iter().filter(|seen| seen.look.is_some()) {
        by_camera.entry(seen.camera).or_default().push(seen);
    }
    let mut hints = Hints::default();
    for (camera, mut samples) in by_camera {
        samples.sort_by_key(|seen| (seen.at, seen.id));
        let mut tx = store.read().await?;
        let known = tx.camera_session(camera, session.id).await?;
        hints.streams_before.extend(tx.stream_before(camera, session.span.start()).await?);
        drop(tx);
        let searched = known.as_ref().map_or(0, |known| known.samples as usize);
        match known {
            Some(known) if samples.len() < searched + MORE => hints.replays.extend(known.replays),
            None if samples.len() < MORE => {}
            _ => hints.replays.extend(search(store, policy, session, camera, &samples).await?),
        }
    }
    Ok(hints)
}

/// Holds a camera's samples against its own of the session and those of the days before, and keeps what it finds.
async fn search(
    store: &Store,
    policy: &Policy,
    session: &Session,
    camera: CameraId,
    samples: &[&Observation],
) -> Result<Vec<Replay>> {
    let (start, days) = (session.span.start(), i64::from(policy.repeat_days));
    let mut earlier = Vec::new();
    if days > 0 {
        let before = Span::new(start - SignedDuration::from_hours(24 * days), start)?;
        earlier = store.read().await?.camera_sessions(camera, before).await?;
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
    let mut tx = store.begin().await?;
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
    use duxue_rules::{
        ids::SessionId,
        look::{COLUMNS, Look, ROWS, StreamPrint},
        observation::PictureMeasures,
    };
    use duxue_storage::session::NewSession;

    use super::*;
    use crate::jobs::world::{World, at, id};

    /// What a room shows at a moment of its lesson: every place changes at its own times.
    fn cells(second: i64) -> Cells {
        let mut cells = Cells([0; COLUMNS * ROWS]);
        for (place, cell) in (0..).zip(&mut cells.0) {
            let turn = (second + place * 7) / (25 + place % 17);
            let state = (turn * 97 + place).unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
            *cell = 100 + (state >> 40) as u8 % 12;
        }
        cells
    }

    /// `count` samples of a session that begins at `start`, showing what the lesson was from `content` on.
    fn samples(session: SessionId, camera: CameraId, start: i64, content: i64, count: i64) -> Vec<Observation> {
        let sample = |n: i64| {
            let second = n * 10 + n * 7 % 9;
            let stream = StreamPrint { codec: "avc1".into(), width: 640, height: 360, parameters: "aa".into() };
            Observation {
                id: id(),
                session,
                camera,
                at: at(start + second),
                faces: vec![],
                faceless: vec![],
                picture: PictureMeasures { brightness: 120.0, sharpness: 80.0, change: None },
                look: Some(Look { cells: cells(content + second), stream: Some(stream), scene: None }),
            }
        };
        (0..count).map(sample).collect()
    }

    #[tokio::test]
    async fn the_day_before_is_known_again_and_searched_only_when_enough_is_new() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let camera = world.cameras[0];
        let (policy, day) = (Policy::default(), 86_400);
        let ask =
            async |session: &Session, seen: &[Observation]| of(&world.store, &policy, session, seen).await.unwrap();
        let first = samples(world.session.id, camera, 0, 0, 200);
        let alone = ask(&world.session, &first).await;
        assert!(alone.replays.iter().all(|replay| replay.pictures < policy.repeat_min_pictures), "{alone:?}");
        assert_eq!(alone.streams_before, [], "no stream was before");

        let mut tx = world.store.begin().await.unwrap();
        let tomorrow = NewSession {
            id: id(),
            class: world.session.class.id,
            venue: world.session.venue.id,
            date: jiff::civil::date(2024, 10, 9),
            span: Span::new(at(day), at(day + 7_200)).unwrap(),
            created_at: at(0),
        };
        tx.add_session(&tomorrow).await.unwrap();
        let tomorrow = tx.session(tomorrow.id).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let again = samples(tomorrow.id, camera, day, 100, 160);
        let few = ask(&tomorrow, &again[..20]).await;
        assert_eq!((few.replays.len(), few.streams_before.len()), (0, 1), "too few to be searched");
        assert_eq!(few.streams_before[0].stream.parameters, "aa");
        let hints = ask(&tomorrow, &again[..150]).await;
        let replay = hints.replays.iter().max_by_key(|replay| replay.pictures).unwrap();
        let earlier = replay.span.start().duration_since(replay.of.start()).as_secs();
        assert!((earlier - (day - 100)).abs() <= 4 && replay.pictures >= policy.repeat_min_pictures, "{replay:?}");
        let searched = async || {
            let known = world.store.read().await.unwrap().camera_session(camera, tomorrow.id).await.unwrap();
            known.unwrap().samples
        };
        assert_eq!(searched().await, 150);
        assert_eq!(ask(&tomorrow, &again).await.replays, hints.replays, "ten more are not searched");
        assert_eq!(searched().await, 150);
        let other = Policy { repeat_days: 0, ..Policy::default() };
        let more = [again, samples(tomorrow.id, camera, day + 1_700, 5_000, 30)].concat();
        let alone = of(&world.store, &other, &tomorrow, &more).await.unwrap();
        assert!(alone.replays.iter().all(|replay| replay.of.start() >= tomorrow.span.start()), "of this session only");
    }

    #[test]
    fn one_picture_is_no_stretch() {
        let at = |second: i64| Timestamp::from_second(1_728_349_200 + second).unwrap();
        let repeat =
            Repeat { from: at(0), to: at(600), earlier_ms: 86_400_000, pictures: 20, by_chance: 0.5, mirrored: false };
        let camera = CameraId(uuid::Uuid::from_u128(1));
        let found = replay(camera, repeat).unwrap();
        assert_eq!((found.of.start(), found.of.end()), (at(-86_400), at(600 - 86_400)));
        assert_eq!(replay(camera, Repeat { to: at(0), pictures: 1, ..repeat }), None);
    }
}

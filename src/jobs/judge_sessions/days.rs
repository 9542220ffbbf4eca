//! R2.2: once a session is over, the clearest and the least clear picture of each of its cameras are kept for the health
//! report, out of the spool before that is swept.

use std::cmp::Ordering;

use anyhow::Result;
use duxue_rules::{observation::Observation, policy::Policy};
use duxue_storage::{
    look::{KeptPicture, PictureRank},
    objects,
    session::Session,
};
use jiff::Timestamp;

use crate::jobs::{Parts, sample_sessions::spooled};

/// Keeps the pictures of the sessions that are over and have none yet.
pub async fn keep(parts: &Parts, sessions: &[Session], now: Timestamp) -> Result<()> {
    for session in sessions.iter().filter(|session| session.span.end() <= now) {
        let mut tx = parts.store.read().await?;
        let cameras = tx.cameras_of_venue(session.venue.id).await?;
        let mut bare = Vec::new();
        for camera in cameras {
            let known = tx.camera_session(camera.id, session.id).await?;
            bare.extend(known.filter(|known| known.pictures.is_empty()).map(|known| known.camera));
        }
        if bare.is_empty() {
            continue;
        }
        let observations = tx.observations_of_session(session.id).await?;
        drop(tx);
        for camera in bare {
            let own: Vec<&Observation> = observations.iter().filter(|seen| seen.camera == camera).collect();
            let pictures = pictures(parts, session, &own).await?;
            if pictures.is_empty() {
                continue;
            }
            let mut tx = parts.store.begin().await?;
            tx.keep_pictures(camera, session.id, &pictures).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn pictures(parts: &Parts, session: &Session, own: &[&Observation]) -> Result<Vec<KeptPicture>> {
    let mut pictures = Vec::new();
    let Some((best, worst)) = extremes(own, &parts.policy.policy) else { return Ok(pictures) };
    for (rank, seen) in [(PictureRank::Best, best), (PictureRank::Worst, worst)] {
        let Ok(jpeg) = tokio::fs::read(spooled(&parts.config.spool_dir(), session.id, seen.id)).await else { continue };
        let object = objects::health_key(seen.camera, seen.id);
        parts.objects.put_small(&object, jpeg).await?;
        pictures.push(KeptPicture { rank, observation: seen.id, at: seen.at, object });
    }
    Ok(pictures)
}

/// The clearest sample and the least clear: bright enough first, then sharp, then with big faces.
fn extremes<'a>(own: &[&'a Observation], policy: &Policy) -> Option<(&'a Observation, &'a Observation)> {
    let bright = |seen: &Observation| {
        (policy.readiness_min_brightness..=policy.readiness_max_brightness).contains(&seen.picture.brightness)
    };
    let eyes = |seen: &Observation| seen.faces.iter().map(|face| face.eye_distance_px).fold(0.0f32, f32::max);
    let clearer = |one: &&Observation, other: &&Observation| -> Ordering {
        bright(one)
            .cmp(&bright(other))
            .then(one.picture.sharpness.total_cmp(&other.picture.sharpness))
            .then(eyes(one).total_cmp(&eyes(other)))
            .then((other.at, other.id).cmp(&(one.at, one.id)))
    };
    Some((own.iter().copied().max_by(clearer)?, own.iter().copied().min_by(clearer)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::world::{at, id};
    use duxue_rules::observation::PictureMeasures;

    fn seen(second: i64, brightness: f32, sharpness: f32) -> Observation {
        Observation {
            id: id(),
            session: id(),
            camera: id(),
            at: at(second),
            faces: vec![],
            faceless: vec![],
            picture: PictureMeasures { brightness, sharpness, change: None },
            look: None,
        }
    }

    #[test]
    fn a_sharp_dark_picture_is_no_good_one() {
        let all = [seen(0, 5.0, 900.0), seen(1, 120.0, 200.0), seen(2, 120.0, 300.0), seen(3, 250.0, 10.0)];
        let all: Vec<&Observation> = all.iter().collect();
        let (best, worst) = extremes(&all, &Policy::default()).unwrap();
        assert_eq!((best.at, worst.at), (at(2), at(3)));
        assert_eq!(extremes(&all[..1], &Policy::default()).map(|(best, _)| best.at), Some(at(0)));
        assert!(extremes(&[], &Policy::default()).is_none());
    }
}

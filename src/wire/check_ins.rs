//! Which pictures of a check-in device belong to one check-in: those of one person within some seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use duxue_analytics::{Embedding, Liveness, Vote};
use duxue_rules::ids::DeviceId;

/// Who tries again does so within this time.
const AGAIN_WITHIN: Duration = Duration::from_secs(20);

/// The last person before each device. It lies in memory only, and of each device only the last.
#[derive(Default)]
pub struct CheckIns(Mutex<HashMap<DeviceId, CheckIn>>);

struct CheckIn {
    face: Embedding,
    last: Instant,
    vote: Vote,
}

impl CheckIns {
    /// One picture more: the vote of its check-in so far. `alike_from` is the similarity from which two faces are one
    /// person's.
    pub fn vote(&self, device: DeviceId, face: Embedding, seen: Option<Liveness>, alike_from: f32) -> Vote {
        self.vote_at(Instant::now(), device, face, seen, alike_from)
    }

    fn vote_at(
        &self,
        now: Instant,
        device: DeviceId,
        face: Embedding,
        seen: Option<Liveness>,
        alike_from: f32,
    ) -> Vote {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.remove(&device).filter(|before| {
            now.saturating_duration_since(before.last) < AGAIN_WITHIN
                && before.face.similarity(&face).is_some_and(|similarity| similarity >= alike_from)
        });
        let mut vote = before.map(|before| before.vote).unwrap_or_default();
        vote.add(seen);
        // Faces that nobody asks for any more go with the next check-in anywhere.
        all.retain(|_, check_in| now.saturating_duration_since(check_in.last) < AGAIN_WITHIN);
        all.insert(device, CheckIn { face, last: now, vote });
        vote
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const HERE: DeviceId = DeviceId(Uuid::from_u128(1));
    const THERE: DeviceId = DeviceId(Uuid::from_u128(2));

    fn face(x: f32, y: f32) -> Embedding {
        Embedding::new("m", vec![x, y]).unwrap()
    }

    fn seen(margin: f32) -> Option<Liveness> {
        Some(Liveness { margin })
    }

    #[test]
    fn the_pictures_of_one_person_before_one_device_vote_together() {
        let (check_ins, start) = (CheckIns::default(), Instant::now());
        let vote = |seconds, device, face, seen| {
            let vote = check_ins.vote_at(start + Duration::from_secs(seconds), device, face, seen, 0.36);
            (vote.pictures, vote.in_person)
        };
        assert_eq!(vote(0, HERE, face(1.0, 0.0), seen(-1.0)), (1, 0));
        assert_eq!(vote(5, HERE, face(1.0, 0.1), seen(2.0)), (2, 1));
        assert_eq!(vote(6, HERE, face(1.0, 0.1), None), (2, 1), "too small says nothing");
        assert_eq!(vote(7, THERE, face(1.0, 0.0), seen(2.0)), (1, 1), "another device");
        assert_eq!(vote(8, HERE, face(0.0, 1.0), seen(2.0)), (1, 1), "another person");
        assert_eq!(vote(30, HERE, face(0.0, 1.0), seen(-2.0)), (1, 0), "the same, much later");
    }
}

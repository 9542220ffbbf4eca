//! Which readings of faces, clips and video were logged of late.
//!
//! Every such reading is in the audit log, but a player that fetches one clip in forty ranges reads it once.

use std::{collections::HashMap, sync::Mutex};

use duxue_rules::ids::UserId;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{app::Shared, extract::SignedIn, problem::Failure};

/// Fetches of one thing by one person within this time are one reading.
const ONE_READING: SignedDuration = SignedDuration::from_mins(10);

/// How many readings are remembered; beyond it all are forgotten, and some are then logged twice.
const REMEMBERED: usize = 10_000;

/// What was read when. The worst that losing it does is a second entry in the log.
#[derive(Default)]
pub(crate) struct ReadLog(Mutex<HashMap<(UserId, &'static str, Uuid), Timestamp>>);

impl ReadLog {
    /// Whether this fetch is already covered by an entry.
    pub(crate) fn covers(&self, who: UserId, kind: &'static str, what: Uuid, now: Timestamp) -> bool {
        let Ok(log) = self.0.lock() else { return false };
        log.get(&(who, kind, what)).is_some_and(|&at| now.duration_since(at) < ONE_READING)
    }

    /// An entry was committed.
    pub(crate) fn note(&self, who: UserId, kind: &'static str, what: Uuid, now: Timestamp) {
        let Ok(mut log) = self.0.lock() else { return };
        if log.len() >= REMEMBERED {
            log.retain(|_, at| now.duration_since(*at) < ONE_READING);
        }
        if log.len() >= REMEMBERED {
            log.clear();
        }
        log.insert((who, kind, what), now);
    }
}

impl Shared {
    /// Logs that `who` reads a face or a picture. It is in the audit log before the first byte leaves.
    pub(crate) async fn log_reading(
        &self,
        who: &SignedIn,
        action: &'static str,
        kind: &'static str,
        id: Uuid,
        detail: serde_json::Value,
    ) -> Result<(), Failure> {
        let now = self.now();
        if self.reads().covers(who.id(), action, id, now) {
            return Ok(());
        }
        let mut tx = self.store.begin().await?;
        tx.audit(who.did(now, action, kind, id, detail));
        tx.commit().await?;
        self.reads().note(who.id(), action, id, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_ends_after_ten_minutes_and_is_of_one_person() {
        let log = ReadLog::default();
        let at = |second| Timestamp::from_second(second).unwrap();
        let (lin, wu) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let clip = Uuid::from_u128(3);
        assert!(!log.covers(lin, "clip", clip, at(0)));
        log.note(lin, "clip", clip, at(0));
        assert!(log.covers(lin, "clip", clip, at(599)));
        assert!(!log.covers(lin, "clip", clip, at(600)));
        assert!(!log.covers(wu, "clip", clip, at(1)));
        assert!(!log.covers(lin, "frame", clip, at(1)));
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let log = ReadLog::default();
        for n in 0..25_000_u128 {
            log.note(UserId(Uuid::from_u128(1)), "clip", Uuid::from_u128(n), Timestamp::UNIX_EPOCH);
        }
        assert!(log.0.lock().unwrap().len() <= REMEMBERED);
    }
}

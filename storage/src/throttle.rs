//! Slows guessing of passwords: after some failures in a row, a user name or an address waits.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// How much failing is suffered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// So many failures within the window are free.
    pub free_failures: u32,
    /// Failures are counted from the first one on, for this long.
    pub window: SignedDuration,
    /// The wait after the last free failure; it doubles with every further one.
    pub first_wait: SignedDuration,
    /// The longest wait.
    pub longest_wait: SignedDuration,
}

impl Default for Throttle {
    /// 5 tries, then 30 s, 1 min, 2 min … up to 15 min: some hundred guesses a day.
    fn default() -> Self {
        Self {
            free_failures: 5,
            window: SignedDuration::from_hours(1),
            first_wait: SignedDuration::from_secs(30),
            longest_wait: SignedDuration::from_mins(15),
        }
    }
}

/// Failures of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Failures {
    count: u32,
    first_at: Timestamp,
    last_at: Timestamp,
}

impl Throttle {
    /// Until when to wait, if that is in the future.
    fn wait(&self, failures: Failures, now: Timestamp) -> Option<Timestamp> {
        let beyond = failures.count.checked_sub(self.free_failures)?;
        let factor = 1_i32 << beyond.min(20);
        let wait = self.first_wait.checked_mul(factor).unwrap_or(self.longest_wait).min(self.longest_wait);
        let until = failures.last_at.checked_add(wait).ok()?;
        (until > now).then_some(until)
    }

    fn begins_anew(&self, failures: Failures, now: Timestamp) -> bool {
        now.duration_since(failures.first_at) > self.window && self.wait(failures, now).is_none()
    }
}

impl FromRow for Failures {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { count: row.number("failures")?, first_at: row.time("first_at")?, last_at: row.time("last_at")? })
    }
}

fn key(subject: &str) -> String {
    hex::encode(Sha256::digest(subject.as_bytes()))
}

impl Tx {
    /// Until when `subject` (such as `user:lin` or `address:192.0.2.7`) must wait before the next try, if at all.
    pub async fn sign_in_wait(
        &mut self,
        subject: &str,
        now: Timestamp,
        throttle: &Throttle,
    ) -> Result<Option<Timestamp>> {
        Ok(self.failures(subject).await?.and_then(|failures| throttle.wait(failures, now)))
    }

    /// Counts a failure; until when the next try must wait, if at all. To be committed although signing in failed.
    pub async fn note_failed_sign_in(
        &mut self,
        subject: &str,
        now: Timestamp,
        throttle: &Throttle,
    ) -> Result<Option<Timestamp>> {
        if self.failures(subject).await?.is_some_and(|failures| throttle.begins_anew(failures, now)) {
            self.forget_failed_sign_ins(subject).await?;
        }
        let failures = self
            .one(
                "INSERT INTO sign_in_attempts (subject, failures, first_at, last_at) VALUES ($1, 1, $2, $2)
                 ON CONFLICT (subject) DO UPDATE
                 SET failures = sign_in_attempts.failures + 1, last_at = excluded.last_at
                 RETURNING failures, first_at, last_at",
                args![key(subject), now],
            )
            .await?;
        Ok(throttle.wait(failures, now))
    }

    /// Signing in succeeded: the count begins anew.
    pub async fn forget_failed_sign_ins(&mut self, subject: &str) -> Result<()> {
        self.run("DELETE FROM sign_in_attempts WHERE subject = $1", args![key(subject)]).await?;
        Ok(())
    }

    /// Forgets failures older than the window; how many subjects.
    pub async fn sweep_failed_sign_ins(&mut self, before: Timestamp) -> Result<u64> {
        self.run("DELETE FROM sign_in_attempts WHERE last_at < $1", args![before]).await
    }

    async fn failures(&mut self, subject: &str) -> Result<Option<Failures>> {
        self.optional(
            "SELECT failures, first_at, last_at FROM sign_in_attempts WHERE subject = $1",
            args![key(subject)],
        )
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let throttle = Throttle::default();
        let wait = |count| throttle.wait(Failures { count, first_at: at(0), last_at: at(100) }, at(100));
        assert_eq!(wait(4), None);
        assert_eq!(wait(5), Some(at(130)));
        assert_eq!(wait(6), Some(at(160)));
        assert_eq!(wait(7), Some(at(220)));
        assert_eq!(wait(100_000), Some(at(1000)));
    }

    #[test]
    fn a_wait_ends() {
        let failures = Failures { count: 5, first_at: at(0), last_at: at(100) };
        assert_eq!(Throttle::default().wait(failures, at(130)), None);
    }
}

//! Events are let go after a while: the audit log keeps what happened, an event is only the news of it.
//!
//! How far they were let go is kept, so that a listener who comes back after too long is told that they missed something.

use duxue_rules::{event::EventKind, ids::ClassId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Result, Tx,
    row::{FromRow, Row},
    value::args,
};

/// How many go in one transaction.
const AT_ONCE: u32 = 1000;

struct Dated {
    seq: i64,
    at: Timestamp,
}

impl FromRow for Dated {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { seq: row.int("seq")?, at: row.time("at")? })
    }
}

impl Tx {
    /// The place up to which events were let go; 0 while all are there.
    pub async fn event_horizon(&mut self) -> Result<i64> {
        Ok(self.optional("SELECT seq AS n FROM event_horizon WHERE id = 1", args![]).await?.unwrap_or(0))
    }

    /// Lets go the oldest events from before `before`, at most a thousand, with their deliveries; how many. One that is still
    /// on its way to a webhook stays, and so do those after it.
    pub async fn prune_events(&mut self, before: Timestamp) -> Result<u64> {
        let oldest: Vec<Dated> = self.all("SELECT seq, at FROM events ORDER BY seq LIMIT $1", args![AT_ONCE]).await?;
        let Some(mut until) = oldest.into_iter().take_while(|event| event.at < before).last().map(|event| event.seq)
        else {
            return Ok(0);
        };
        let waiting: i64 = self
            .one(
                "SELECT COALESCE(MIN(seq), 0) AS n FROM deliveries WHERE state = 'pending' AND seq <= $1",
                args![until],
            )
            .await?;
        if waiting > 0 {
            until = waiting - 1;
        }
        self.run("DELETE FROM deliveries WHERE seq <= $1", args![until]).await?;
        let gone = self.run("DELETE FROM events WHERE seq <= $1", args![until]).await?;
        if gone > 0 {
            self.run(
                "INSERT INTO event_horizon (id, seq) VALUES (1, $1)
                 ON CONFLICT (id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > event_horizon.seq",
                args![until],
            )
            .await?;
        }
        self.run("DELETE FROM told WHERE at < $1", args![before]).await?;
        Ok(gone)
    }

    /// Whether it is this transaction's to tell of something about a class that is due on a day: it is told once a day. Of
    /// several that ask at the same time one is answered yes, and the others once that one has ended.
    pub async fn tell_once(&mut self, kind: EventKind, class: ClassId, due: Date, now: Timestamp) -> Result<bool> {
        let sql = "INSERT INTO told (kind, class_id, due, at) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (kind, class_id, due) DO NOTHING";
        Ok(self.run(sql, args![kind.word(), class, due, now]).await? > 0)
    }
}

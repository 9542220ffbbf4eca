//! What somebody has seen of a thing still holds when their change of it is made to last.
//!
//! Whoever looks first and changes then has a moment in between, in which another may be faster. Every change has its entry
//! in the audit log, and whoever appends to the log waits for whoever is at it; so a transaction knows at its end whether
//! anything was done to the thing since it was looked at.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

use crate::{Error, Result, Tx, audit::Head, value::args};

tokio::task_local! {
    /// What the transactions of this task are to hold to.
    static CONDITION: Unchanged;
}

/// Nobody has tried to change anything yet.
const OPEN: u8 = 0;
/// A change was made, and nothing had been done before it.
const HELD: u8 = 1;
/// Another was faster.
const BROKEN: u8 = 2;

/// That nothing was done to a thing since some moment, but its being read.
///
/// It is looked at by the first change within [`Unchanged::hold`]; what the same request does after that is its own doing.
#[derive(Clone, Debug)]
pub struct Unchanged(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    thing: String,
    since: i64,
    state: AtomicU8,
}

impl Unchanged {
    /// Nothing to the thing of this identity, since the audit log ended at `head`. Look at the thing after that.
    pub fn since(head: Head, thing: impl Into<String>) -> Self {
        Self(Arc::new(Inner { thing: thing.into(), since: head.seq, state: AtomicU8::new(OPEN) }))
    }

    /// Runs `work`, whose first change is refused as [`Error::Lost`] if something was done to the thing.
    pub async fn hold<F: Future>(&self, work: F) -> F::Output {
        CONDITION.scope(self.clone(), work).await
    }

    /// Whether a change was refused for it.
    pub fn is_broken(&self) -> bool {
        self.0.state.load(Ordering::SeqCst) == BROKEN
    }
}

impl Tx {
    /// Refuses to go on if what this task's change rests on was changed before place `until` of the log. The log's end must be
    /// held.
    pub(crate) async fn hold_to_condition(&mut self, until: i64) -> Result<()> {
        let Ok(condition) = CONDITION.try_with(Clone::clone) else { return Ok(()) };
        let Unchanged(inner) = condition;
        if inner.state.load(Ordering::SeqCst) == HELD {
            return Ok(());
        }
        // An identity is met in the details too; any other word, such as a year, would be met by chance.
        let within = uuid::Uuid::try_parse(&inner.thing).map(|id| format!("%{id}%")).unwrap_or_default();
        let done: i64 = self
            .one(
                "SELECT COUNT(*) AS n FROM audit
                 WHERE seq > $1 AND seq <= $2 AND substr(action, 1, 5) <> 'read_'
                   AND (subject_id = $3 OR detail LIKE $4)",
                args![inner.since, until, inner.thing, within],
            )
            .await?;
        let state = if done > 0 { BROKEN } else { HELD };
        inner.state.store(state, Ordering::SeqCst);
        if done > 0 { Err(Error::Lost { what: "thing" }) } else { Ok(()) }
    }
}

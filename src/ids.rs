//! New identities.

use jiff::Timestamp;
use uuid::{NoContext, Uuid};

/// An identity made at `now`: UUID version 7 (RFC 9562), so that identities sort by time.
pub fn new_id<I: From<Uuid>>(now: Timestamp) -> I {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds)).into()
}

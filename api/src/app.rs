//! What the routes work with: one value, built by the binary.

use std::{net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

use duxue_storage::{Objects, SigningKey, Store};
use jiff::Timestamp;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    edges::{Cameras, Pokes, Vision},
    reads::ReadLog,
};

/// Says what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

//! A reference that people can read.

use serde::{Deserialize, Serialize};

/// The identity of a thing and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<I> {
    /// Which.
    pub id: I,
    /// What it is called.
    pub name: String,
}

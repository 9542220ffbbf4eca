//! What `api` asks of cameras and analysis, answered by `ingest` and `analytics`.

pub mod cameras;
pub mod declared;
pub mod disk;
mod pool;
pub mod vision;

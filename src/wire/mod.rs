//! What `api` asks of cameras and analysis, answered by `ingest` and `analytics`.

pub mod cameras;
mod check_ins;
pub mod declared;
pub mod disk;
pub mod films;
mod pool;
pub mod vision;

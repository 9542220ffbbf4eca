//! R4.1 to R4.3: verifications of students.

pub mod list;
pub mod record;

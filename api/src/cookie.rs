//! The cookie that carries a sign-in.

/// Its name.
pub const NAME: &str = "duxue";

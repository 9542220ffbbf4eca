//! Which library speaks TLS for our own HTTP clients.

/// Makes it ring. Whoever comes first in the process wins; everybody here chooses the same.
pub fn install() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

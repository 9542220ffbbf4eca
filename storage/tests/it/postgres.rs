//! A PostgreSQL server of a test's own, which it may stop and start.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A server of its own, so that no other test is disturbed.
pub struct Server {
    services: Child,
    /// The address of its administrator, and of a database that is empty.
    pub admin: String,
    control: String,
}

impl Server {
    pub fn start() -> Self {
        let inside = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = inside.ancestors().map(|folder| folder.join("scripts/test-services")).find(|path| path.exists());
        let script = script.expect("scripts/test-services is in the repository");
        let mut services = Command::new(script)
            .args(["sh", "-c", r#"echo "$DUXUE_TEST_POSTGRES"; echo "$DUXUE_TEST_POSTGRES_CONTROL"; exec cat"#])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scripts/test-services runs");
        let mut lines = BufReader::new(services.stdout.take().unwrap()).lines();
        let mut line = || lines.next().expect("scripts/test-services says where the server is").unwrap();
        Self { admin: line(), control: line(), services }
    }

    /// `crash` or `start`.
    pub fn control(&self, what: &str) {
        let done = Command::new(&self.control).arg(what).stdout(Stdio::null()).status().unwrap();
        assert!(done.success(), "{what}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.services.stdin.take());
        self.services.wait().unwrap();
    }
}

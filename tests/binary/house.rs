//! One installation of duxue in a folder of its own: configuration, commands, processes.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use duxue_simulator::{CameraConfig, Simulator, SimulatorConfig, Stream, classroom};
use tempfile::TempDir;

/// Longer than anything here takes on a loaded machine.
pub const LIMIT: Duration = Duration::from_secs(200);

pub const INSTITUTION: &str = "甲职业培训学校";
pub const PASSWORD: &str = "right-and-long-enough";

pub struct House {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl House {
    /// On a free port. `settings` follow the first lines of the file; begin with keys that belong to no table.
    pub fn new(settings: &str) -> Self {
        Self::at("127.0.0.1:0", settings)
    }

    /// The same at an address of one's own choice.
    pub fn at(address: &str, settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let house = Self { folder, environment: vec![("DUXUE_LOG", "warn".into())] };
        let data = house.data();
        std::fs::write(house.config(), format!("listen = '{address}'\ndata_dir = '{}'\n{settings}\n", data.display()))
            .unwrap();
        house
    }

    /// Something that every command finds in its environment.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.environment.push((name, value.to_owned()));
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn config(&self) -> PathBuf {
        self.folder.path().join("duxue.toml")
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A command of the binary, with this house's configuration where it takes one.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duxue"));
        command.args(words).env("DUXUE_CONFIG", self.config()).current_dir(self.folder.path());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the service and waits until it answers.
    pub fn serve(&self) -> Service {
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("duxue is at ").expect("the service starts and says where it is");
        Service { child, address: address.to_owned() }
    }

    /// What is said by a service that does not start; the exit code must be 1.
    pub fn refuses_to_start(&self) -> String {
        let mut child =
            self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let start = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if start.elapsed() > LIMIT {
                child.kill().unwrap();
                panic!("the service was expected not to start");
            }
            thread::sleep(Duration::from_millis(20));
        }
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        assert_eq!((status.code(), String::from_utf8_lossy(&stdout).as_ref()), (Some(1), ""));
        String::from_utf8(stderr).unwrap()
    }

    /// Adds a person with [`PASSWORD`].
    pub fn add_user(&self, username: &str, role: &str, institution: Option<&str>) {
        let mut command = self.command(&["user", "add", "--username", username, "--name", "某人", "--role", role]);
        if let Some(name) = institution {
            command.args(["--institution", name]);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(child.wait().unwrap().success());
    }

    /// Holds every row against every byte; what was said when all agrees.
    pub fn check(&self) -> String {
        let Output { status, stdout, stderr } = self.command(&["check", "--hashes"]).output().unwrap();
        let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert!(status.success() && said.contains("all agrees"), "{said}");
        said
    }

    /// The recordings with that ending.
    pub fn recordings(&self, ending: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.data().join("recordings")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }
}

/// A service that runs; killed when dropped.
pub struct Service {
    child: Child,
    pub address: String,
}

impl Service {
    /// kill -9.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, and a good end.
    pub fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success() && self.child.wait().unwrap().success(), "a soft stop ends well");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Drawn cameras in this process.
pub fn simulator(cameras: usize) -> Simulator {
    Simulator::start(SimulatorConfig {
        address: "127.0.0.1".into(),
        port: 0,
        credentials: None,
        cameras: vec![CameraConfig::drawn(classroom(5, 3)); cameras],
        cache_dir: drawings(),
    })
    .unwrap()
}

/// Where drawn classrooms wait for the next test.
pub fn drawings() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("classrooms")
}

/// The configuration of a camera.
pub fn camera(name: &str, url: &str) -> String {
    format!("[[camera]]\ninstitution = '{INSTITUTION}'\nvenue = '301教室'\nname = '{name}'\nurl = '{url}'\n")
}

/// The configuration of a simulator's first camera.
pub fn first_camera(simulator: &Simulator) -> String {
    camera("前", &simulator.url_with_credentials(1, Stream::Main))
}

pub fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < LIMIT, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(100));
    }
}

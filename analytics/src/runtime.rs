//! Finding and loading ONNX Runtime, which is a library of its own (`libonnxruntime.so`, MIT) and not part of duxue.
//!
//! It comes out of the Python wheel: `pip download --no-deps onnxruntime==1.32.0`, and the one `.so` file inside goes
//! to `~/.cache/duxue/onnxruntime/1.32.0/`. A process loads it once.

use std::{
    env,
    fs::{self, File},
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use ort::{environment::Environment, logging::LogLevel};

/// The environment variable that names the library, or a folder with it.
const VARIABLE: &str = "DUXUE_ONNXRUNTIME";
/// How the library's file name begins.
const FILE: &str = "libonnxruntime.so";

/// The library, loaded.
#[derive(Clone)]
pub struct Runtime {
    /// Where it was loaded from.
    pub path: PathBuf,
    /// What it says of its build.
    pub build: String,
    pub(crate) environment: Environment,
}

/// Why there is no ONNX Runtime.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuntimeProblem {
    /// It is in none of the places.
    #[error(
        "ONNX Runtime ({FILE}) is not in {}; run scripts/setup.sh, or set {VARIABLE} to the file",
        looked_in.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
    )]
    Missing {
        /// Files and folders that were looked at.
        looked_in: Vec<PathBuf>,
    },
    /// The file is there and is no ONNX Runtime, or one for another machine.
    #[error("{} cannot be loaded as ONNX Runtime: {reason}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the loader said.
        reason: String,
    },
    /// It is older than this program needs.
    #[error("{} is ONNX Runtime {version}; 1.{} or newer is needed", path.display(), ort::MINOR_VERSION)]
    TooOld {
        /// The file.
        path: PathBuf,
        /// What it says it is.
        version: String,
    },
}

impl RuntimeProblem {
    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Missing { looked_in } => format!(
                "找不到 ONNX Runtime（{FILE}），查找位置：{}；请运行 scripts/setup.sh，或用 {VARIABLE} 指定文件",
                looked_in.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join("、")
            ),
            Self::Unusable { path, reason } => format!("无法加载 ONNX Runtime {}：{reason}", path.display()),
            Self::TooOld { path, version } => {
                format!("{} 的版本为 {version}，需要 1.{} 或更新版本", path.display(), ort::MINOR_VERSION)
            }
        }
    }
}

/// Looks for the library: what `DUXUE_ONNXRUNTIME` names and nothing else when it is set; otherwise beside the running
/// program and in `lib/` there, in `~/.cache/duxue/onnxruntime/` with its folders (the newest version first),
/// `/usr/local/lib` and `/usr/lib`.
pub fn find() -> Result<PathBuf, RuntimeProblem> {
    let beside = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    find_from(env::var_os(VARIABLE).map(PathBuf::from), beside, env::home_dir())
}

fn find_from(
    named: Option<PathBuf>,
    beside: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Result<PathBuf, RuntimeProblem> {
    let looked_in = match named.filter(|path| !path.as_os_str().is_empty()) {
        Some(path) => vec![path],
        None => {
            let beside = beside.iter().flat_map(|dir| [dir.clone(), dir.join("lib")]);
            let cache = home.map(|dir| dir.join(".cache").join("duxue").join("onnxruntime"));
            beside.chain(cache).chain(["/usr/local/lib".into(), "/usr/lib".into()]).collect()
        }
    };
    let found = looked_in.iter().find_map(|place| if place.is_dir() { newest_in(place) } else { as_file(place) });
    found.ok_or(RuntimeProblem::Missing { looked_in })
}

/// A path without a slash would be looked up by the system's loader instead of here.
fn as_file(path: &Path) -> Option<PathBuf> {
    path.is_file().then(|| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

/// The library in a folder or, if it is not there, in the folders of the folder, the highest version first.
fn newest_in(dir: &Path) -> Option<PathBuf> {
    let entries = |dir: &Path| -> Vec<PathBuf> {
        let mut all: Vec<_> = fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        all.sort_by_key(|path| std::cmp::Reverse(version_in(path)));
        all
    };
    let is_library = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.strip_prefix(FILE).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) && path.is_file()
    };
    let here = entries(dir);
    let found = here.iter().find(|path| is_library(path)).cloned();
    found.or_else(|| here.iter().filter(|path| path.is_dir()).find_map(|d| entries(d).into_iter().find(is_library)))
}

/// The numbers in a file name, so that 1.32.0 is above 1.9.0.
fn version_in(path: &Path) -> Vec<u64> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

/// Loads the library. Never panics, whatever the file is. The first that loads stays for the life of the process: a
/// later call gives that one, whatever path it names.
///
/// After a library that failed to start, every later call fails as well: the binding's own cell for the library counts
/// as filled after a failed attempt (ort 2.0.0-rc.14, `util/once_lock_std.rs`) and must not be read again. Files that
/// are no library for this machine are told apart before the binding sees them, and can be tried again.
pub fn load(path: &Path) -> Result<Runtime, RuntimeProblem> {
    static STARTED: Mutex<Option<Result<Runtime, RuntimeProblem>>> = Mutex::new(None);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    let unusable = |reason: String| RuntimeProblem::Unusable { path: path.into(), reason };
    match &*started {
        Some(Ok(runtime)) => {
            if runtime.path != path {
                let loaded = runtime.path.display();
                tracing::warn!(%loaded, asked = %path.display(), "ONNX Runtime is loaded already");
            }
            return Ok(runtime.clone());
        }
        Some(Err(first)) => return Err(unusable(format!("restart duxue to try again, for {first}"))),
        None => {}
    }
    if !path.is_file() {
        return Err(RuntimeProblem::Missing { looked_in: vec![path.into()] });
    }
    check_header(path).map_err(unusable)?;
    // A library that exports the entry point and answers nonsense makes the binding panic.
    let outcome = catch_unwind(AssertUnwindSafe(|| start(path)))
        .unwrap_or_else(|_| Err(unusable("it does not behave like ONNX Runtime".into())));
    if let Ok(runtime) = &outcome {
        tracing::info!(path = %runtime.path.display(), build = runtime.build, "ONNX Runtime loaded");
    }
    started.insert(outcome).clone()
}

/// Whether a file begins like a 64-bit shared library of this machine (ELF header: e_ident, e_type, e_machine).
fn check_header(path: &Path) -> Result<(), String> {
    let mut header = [0u8; 20];
    File::open(path).and_then(|mut file| file.read_exact(&mut header)).map_err(|error| error.to_string())?;
    let machine = match env::consts::ARCH {
        "x86_64" => Some(62),
        "aarch64" => Some(183),
        _ => None,
    };
    let is_library = header.starts_with(b"\x7fELF") && header[4] == 2 && header[16] == 3;
    if cfg!(target_os = "linux") && !is_library {
        return Err("it is not a shared library".into());
    }
    if machine.is_some_and(|machine| cfg!(target_os = "linux") && header[18..20] != u16::to_le_bytes(machine)) {
        return Err(format!("it is not for this machine ({})", env::consts::ARCH));
    }
    Ok(())
}

fn start(path: &Path) -> Result<Runtime, RuntimeProblem> {
    let unusable = |reason: String| RuntimeProblem::Unusable { path: path.into(), reason };
    let builder = ort::init_from(path).map_err(|error| match error {
        ort::LoadDynamicError::BadVersion { version_str, .. } => {
            RuntimeProblem::TooOld { path: path.into(), version: version_str.to_string() }
        }
        ort::LoadDynamicError::MissingApi { .. } => unusable("it is another library".into()),
        ort::LoadDynamicError::Dlopen { error, .. } => unusable(error.to_string()),
        other => unusable(other.to_string()),
    })?;
    let environment = builder
        .with_name("duxue")
        .with_telemetry(false)
        .with_logger(Arc::new(log))
        .build()
        .map_err(|error| unusable(error.to_string()))?;
    environment.set_log_level(LogLevel::Warning);
    Ok(Runtime { path: path.into(), build: ort::info().to_string(), environment })
}

/// ONNX Runtime's own words go where ours go.
fn log(level: LogLevel, _category: &str, _id: &str, location: &str, message: &str) {
    match level {
        LogLevel::Fatal | LogLevel::Error => tracing::error!(target: "onnxruntime", location, "{message}"),
        LogLevel::Warning => tracing::warn!(target: "onnxruntime", location, "{message}"),
        _ => tracing::debug!(target: "onnxruntime", location, "{message}"),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn touch(dir: &Path, name: &str) -> PathBuf {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "not a library").unwrap();
        path
    }

    #[test]
    fn the_variable_wins_and_alone_counts() {
        let dir = tempfile::tempdir().unwrap();
        let file = touch(dir.path(), "libonnxruntime.so.1.32.0");
        let home = tempfile::tempdir().unwrap();
        let cached = touch(home.path(), ".cache/duxue/onnxruntime/1.32.0/libonnxruntime.so.1.32.0");
        let find = |named: Option<&Path>| find_from(named.map(Into::into), None, Some(home.path().into()));
        assert_eq!(find(Some(dir.path())), Ok(file.clone()));
        assert_eq!(find(Some(&file)), Ok(file));
        assert_eq!(find(None), Ok(cached));
        let gone = dir.path().join("gone");
        assert_eq!(find(Some(&gone)), Err(RuntimeProblem::Missing { looked_in: vec![gone] }));
    }

    #[test]
    fn the_highest_version_is_taken_and_other_libraries_are_not() {
        let home = tempfile::tempdir().unwrap();
        for version in ["1.9.0", "1.32.0", "1.24.1"] {
            touch(home.path(), &format!(".cache/duxue/onnxruntime/{version}/libonnxruntime.so.{version}"));
            touch(home.path(), &format!(".cache/duxue/onnxruntime/{version}/libonnxruntime_providers_shared.so"));
        }
        let found = find_from(None, None, Some(home.path().into())).unwrap();
        assert!(found.ends_with("1.32.0/libonnxruntime.so.1.32.0"), "{}", found.display());
        let beside = tempfile::tempdir().unwrap();
        let own = touch(beside.path(), "lib/libonnxruntime.so");
        assert_eq!(find_from(None, Some(beside.path().into()), Some(home.path().into())), Ok(own));
    }

    #[test]
    fn a_missing_file_a_text_and_a_library_for_another_machine_are_sentences() {
        let dir = tempfile::tempdir().unwrap();
        let missing = load(&dir.path().join("nothing.so")).err().unwrap();
        assert!(missing.to_string().contains("scripts/setup.sh") && missing.zh().contains("找不到"), "{missing}");
        let refused = |path: &Path| check_header(path).unwrap_err();
        assert_eq!(refused(&touch(dir.path(), "text.so")), "failed to fill whole buffer");
        fs::write(dir.path().join("page.so"), "<html><body>404 Not Found</body></html>").unwrap();
        assert_eq!(refused(&dir.path().join("page.so")), "it is not a shared library");
        let library = build(dir.path(), "int nothing(void) { return 0; }");
        assert_eq!(check_header(&library), Ok(()));
        let mut other = fs::read(&library).unwrap();
        other[18] = 243; // RISC-V
        fs::write(&library, other).unwrap();
        assert!(refused(&library).starts_with("it is not for this machine"));
    }

    const LIBRARY: &str = "DUXUE_TEST_LIBRARY";

    /// What loading two libraries one after the other says, in a process of its own: a failed start spoils a process.
    fn load_in_a_child(libraries: [&Path; 2]) -> String {
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "--nocapture", "--ignored", "runtime::tests::child_that_loads"])
            .env(LIBRARY, env::join_paths(libraries).unwrap())
            .output()
            .unwrap();
        assert!(child.status.success(), "the child crashed: {:?}", child.status);
        String::from_utf8(child.stdout).unwrap()
    }

    #[test]
    #[ignore = "run by the tests below, with libraries to load"]
    fn child_that_loads() {
        let Some(libraries) = env::var_os(LIBRARY) else { return };
        for path in env::split_paths(&libraries) {
            let text = load(&path).err().map_or("loaded".into(), |problem| format!("{} {problem}", problem.zh()));
            std::io::Write::write_all(&mut std::io::stdout(), format!("{text}\n").as_bytes()).unwrap();
        }
    }

    #[test]
    fn another_library_is_refused_and_so_is_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let other = build(dir.path(), "int nothing(void) { return 0; }");
        let said = load_in_a_child([&other, &other]);
        assert!(said.contains("as ONNX Runtime: it is another library"), "{said}");
        assert!(said.contains("restart duxue to try again"), "{said}");
    }

    #[test]
    fn an_old_version_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let old = build(dir.path(), &source("1.16.3"));
        let said = load_in_a_child([&old, &old]);
        assert!(said.contains(".so is ONNX Runtime 1.16.3; 1.24 or newer is needed"), "{said}");
    }

    #[test]
    fn one_that_lies_about_its_version_does_not_bring_the_process_down() {
        let dir = tempfile::tempdir().unwrap();
        let lies = build(dir.path(), &source("1.99.0"));
        let said = load_in_a_child([&lies, &lies]);
        assert!(said.contains("it does not behave like ONNX Runtime"), "{said}");
    }

    /// A library with ONNX Runtime's entry point (struct OrtApiBase of onnxruntime_c_api.h) and no interface behind it.
    fn source(version: &str) -> String {
        format!(
            "static const void *api(unsigned v) {{ (void)v; return 0; }}\n\
             static const char *version(void) {{ return \"{version}\"; }}\n\
             struct base {{ const void *(*api)(unsigned); const char *(*version)(void); }};\n\
             static const struct base b = {{ api, version }};\n\
             const struct base *OrtGetApiBase(void) {{ return &b; }}\n"
        )
    }

    fn build(dir: &Path, source: &str) -> PathBuf {
        let number = fs::read_dir(dir).unwrap().count();
        let (c, library) = (dir.join(format!("{number}.c")), dir.join(format!("{number}.so")));
        fs::write(&c, source).unwrap();
        // cc is there wherever Rust links.
        let status = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(&c).status().unwrap();
        assert!(status.success());
        library
    }
}

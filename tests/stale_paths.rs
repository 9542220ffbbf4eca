//! Whoever reads of a file goes and looks for it: the paths that the documents and the heads of modules name are there.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

/// What a path of ours begins with.
const ROOTS: [&str; 13] = [
    "analytics",
    "api",
    "bench",
    "deploy",
    "docs",
    "ingest",
    "rules",
    "scripts",
    "src",
    "storage",
    "tests",
    "web",
    ".config",
];
/// Endings by which a word without a folder is known for a file of ours.
const ENDINGS: [&str; 6] = [".rs", ".md", ".sh", ".toml", ".ts", ".tsx"];
/// Made by a build or written by whoever uses duxue.
const NOT_KEPT: [&str; 3] = ["duxue.toml", "web/dist", "web/node_modules"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` with that ending, without what builds leave.
fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() {
            if !name.starts_with('.') && !["target", "node_modules", "dist"].contains(&&*name) {
                files(&path, ending, into);
            }
        } else if name.ends_with(ending) {
            into.push(path);
        }
    }
}

/// What stands between back-ticks or as the target of a link, outside blocks of code.
fn named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            found.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
            let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            found.extend(targets.map(|target| target.split('#').next().unwrap_or_default().to_owned()));
        }
    }
    found
}

/// Whether a word is meant as a path of this repository.
fn is_ours(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    let first = word.split('/').next().unwrap_or_default();
    let below_a_root = word.contains('/') && ROOTS.contains(&first);
    let is_file = ENDINGS.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending));
    plain && (below_a_root || is_file) && !NOT_KEPT.iter().any(|made| word.starts_with(made))
}

/// Whether a path exists, seen from the repository, the crate or the folder in which it is named.
fn is_there(word: &str, named_in: &Path) -> bool {
    named_in.ancestors().skip(1).take_while(|folder| folder.starts_with(root())).any(|from| from.join(word).exists())
}

fn missing(document: &Path, text: &str) -> Vec<String> {
    let here = document.strip_prefix(root()).unwrap().display().to_string();
    let stale = named(text).into_iter().filter(|word| is_ours(word) && !is_there(word, document));
    stale.map(|word| format!("{here} names {word}")).collect()
}

#[test]
fn the_documents_name_what_is_there() {
    let mut documents = vec![root().join("README.md"), root().join("ARCHITECTURE.md")];
    files(&root().join("docs"), ".md", &mut documents);
    let mut stale = Vec::new();
    for document in &documents {
        stale.extend(missing(document, &std::fs::read_to_string(document).unwrap()));
    }
    assert!(documents.len() >= 4);
    assert!(stale.is_empty(), "{stale:#?}");
}

#[test]
fn the_heads_of_modules_name_what_is_there() {
    let mut sources = Vec::new();
    for folder in ["analytics", "api", "bench", "ingest", "rules", "src", "storage", "tests"] {
        files(&root().join(folder), ".rs", &mut sources);
    }
    let mut stale = Vec::new();
    for source in &sources {
        let text = std::fs::read_to_string(source).unwrap();
        let head: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("//!")).collect();
        stale.extend(missing(source, &head.join("\n")));
    }
    assert!(sources.len() > 100);
    assert!(stale.is_empty(), "{stale:#?}");
}

#[test]
fn a_stale_path_is_seen() {
    let document = root().join("docs/operators.md");
    assert_eq!(
        missing(&document, "see [it](gone.md), `src/nowhere.rs`"),
        ["docs/operators.md names src/nowhere.rs", "docs/operators.md names gone.md"]
    );
    assert!(missing(&document, "see `src/main.rs`, `data_dir/x`, `ingest::source`, [it](benchmarks.md#a)").is_empty());
}

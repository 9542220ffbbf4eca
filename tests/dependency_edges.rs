//! Who may know whom: the edges of ARCHITECTURE.md, held against what cargo really builds.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crate, and the crates of ours that it may use outside its tests.
const ALLOWED: &[(&str, &[&str])] = &[
    ("duxue-rules", &[]),
    ("duxue-storage", &["duxue-rules"]),
    ("duxue-ingest", &["duxue-rules"]),
    ("duxue-analytics", &["duxue-rules"]),
    ("duxue-api", &["duxue-rules", "duxue-storage"]),
    ("duxue-simulator", &[]),
    (
        "duxue-bench",
        &["duxue-analytics", "duxue-api", "duxue-ingest", "duxue-rules", "duxue-simulator", "duxue-storage"],
    ),
    ("duxue", &["duxue-analytics", "duxue-api", "duxue-ingest", "duxue-rules", "duxue-simulator", "duxue-storage"]),
];

/// A heavy dependency, and the only crates that may name it outside their tests.
const HOMES: &[(&str, &[&str])] = &[
    ("sqlx", &["duxue-storage"]),
    ("object_store", &["duxue-storage"]),
    ("ort", &["duxue-analytics"]),
    ("gstreamer", &["duxue-ingest", "duxue-simulator"]),
    ("axum", &["duxue", "duxue-api"]),
];

fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata answers");
    metadata
        .packages
        .iter()
        .map(|package| {
            let used = package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal);
            (package.name.to_string(), used.map(|d| d.name.clone()).collect())
        })
        .collect()
}

#[test]
fn crates_know_only_whom_they_may() {
    let edges = edges();
    let expected: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<&str> = edges.keys().map(String::as_str).collect();
    assert_eq!(found, expected, "a new crate needs a row here and in ARCHITECTURE.md");
    for (name, allowed) in ALLOWED {
        let ours: BTreeSet<&str> = edges[*name].iter().map(String::as_str).filter(|d| d.starts_with("duxue")).collect();
        let allowed: BTreeSet<&str> = allowed.iter().copied().collect();
        assert!(ours.is_subset(&allowed), "{name} knows {:?}, which it may not", ours.difference(&allowed));
    }
}

#[test]
fn heavy_dependencies_stay_at_home() {
    for (name, used) in edges() {
        for (heavy, homes) in HOMES {
            assert!(!used.contains(*heavy) || homes.contains(&name.as_str()), "{name} reaches for {heavy}");
        }
    }
}

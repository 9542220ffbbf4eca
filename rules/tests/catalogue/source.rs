//! The crate's own sources, as far as the list of rules speaks of them.

use std::{collections::BTreeSet, fs, path::Path};

/// Every source file but the list itself, by its top module.
pub struct Source {
    files: Vec<(String, String)>,
}

impl Source {
    pub fn read() -> Self {
        let mut files = Vec::new();
        walk(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), None, &mut files);
        files.retain(|(module, _)| module != "catalogue");
        Self { files }
    }

    /// Everything that is written like an ID in quotes.
    pub fn quoted_ids(&self) -> BTreeSet<String> {
        let quoted = self.files.iter().flat_map(|(_, text)| text.split('"'));
        quoted.filter(|word| is_id(word)).map(str::to_owned).collect()
    }

    fn module<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let top = path.split("::").next().unwrap_or(path);
        self.files.iter().filter(move |(module, _)| module == top).map(|(_, text)| text.as_str())
    }

    /// Whether the module is there and, below it, the function.
    pub fn has(&self, path: &str) -> bool {
        let name = path.rsplit("::").next().unwrap_or(path);
        let defined = [format!("fn {name}("), format!("fn {name}<"), format!(" as {name},"), format!(" as {name}}}")];
        let is_module = !path.contains("::");
        self.module(path).any(|text| is_module || defined.iter().any(|word| text.contains(word)))
    }

    /// Whether the module names the rule, in code or in words.
    pub fn names(&self, path: &str, id: &str) -> bool {
        let whole = |text: &str, at: usize| !text[at + id.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        self.module(path).any(|text| text.match_indices(id).any(|(at, _)| whole(text, at)))
    }
}

/// Like R7.4a: R, digits, a dot, digits, perhaps a letter.
fn is_id(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((chapter, rest)) = word.strip_prefix('R').and_then(|rest| rest.split_once('.')) else { return false };
    let number = rest.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(rest);
    digits(chapter) && digits(number)
}

fn walk(folder: &Path, module: Option<&str>, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let top = module.unwrap_or(&stem).to_owned();
        if path.is_dir() {
            walk(&path, Some(&top), files);
        } else {
            files.push((top, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn an_id_is_told_from_other_words() {
    for id in ["R1.1", "R7.4a", "R11.2"] {
        assert!(is_id(id), "{id}");
    }
    for word in ["R7", "R7.", "7.4", "R7.4ab", "R7.4A", "R.1", "Rx.1", "R7.4-remote"] {
        assert!(!is_id(word), "{word}");
    }
}

#[test]
fn what_is_not_in_the_sources_is_not_found() {
    let source = Source::read();
    assert!(source.has("report::is_late") && source.has("opening::check_filing") && source.has("report"));
    assert!(!source.has("report::is_early") && !source.has("reports"));
    assert!(source.names("report", "R7.3b") && !source.names("report", "R7.3"));
}

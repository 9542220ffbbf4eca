//! The labels of a folder.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use duxue_analytics::OwnedPicture;

/// One line of a table of labels.
pub struct Line {
    /// The file that it is about, as it stands there.
    pub file: String,
    /// Where that is.
    pub path: PathBuf,
    /// Every column by its heading.
    columns: BTreeMap<String, String>,
}

impl Line {
    /// What stands in a column.
    pub fn text(&self, column: &str) -> Result<&str> {
        let value = self.columns.get(column).map(String::as_str);
        value.with_context(|| format!("{}: there is no column {column}", self.file))
    }

    /// A number; `None` where nothing stands.
    pub fn number(&self, column: &str) -> Result<Option<u32>> {
        match self.text(column)?.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).with_context(|| format!("{}: {column} is {text:?}", self.file)),
        }
    }

    /// The columns besides those.
    pub fn others(&self, but: &[&str]) -> Vec<(String, String)> {
        let wanted = |name: &String| name != "file" && !but.contains(&name.as_str());
        self.columns
            .iter()
            .filter(|(name, _)| wanted(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// The picture.
    pub fn picture(&self) -> Result<OwnedPicture> {
        let file = std::fs::read(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        duxue_analytics::decode(&file).with_context(|| format!("{} is no picture", self.path.display()))
    }
}

/// The lines of `part/table` in the folder; `None` where there is no such table.
pub fn lines(dir: &Path, part: &str, table: &str) -> Result<Option<Vec<Line>>> {
    let part = dir.join(part);
    let path = part.join(table);
    if !path.exists() {
        return Ok(None);
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(&path)?;
    let headings: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    if !headings.iter().any(|heading| heading == "file") {
        bail!("{} has no column \"file\"", path.display());
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("{} cannot be read", path.display()))?;
        let columns: BTreeMap<String, String> =
            headings.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        let file = columns.get("file").cloned().unwrap_or_default();
        // A table is handed around: it names files beside itself and nothing else.
        if file.is_empty() || file.contains(['/', '\\']) {
            bail!("{}: {file:?} is no name of a file beside it", path.display());
        }
        lines.push(Line { path: part.join(&file), file, columns });
    }
    Ok(Some(lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(table: &str) -> Result<Option<Vec<Line>>> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir(dir.path().join("group"))?;
        std::fs::write(dir.path().join("group/counts.csv"), table)?;
        lines(dir.path(), "group", "counts.csv")
    }

    #[test]
    fn columns_are_found_by_their_heading_and_may_be_missing_at_the_end() {
        let lines = with("file,people_in_scene,visible_faces,source\na.jpg,5,4,by eye\nb.jpg, 2\n").unwrap().unwrap();
        assert_eq!(lines[0].number("visible_faces").unwrap(), Some(4));
        assert_eq!(lines[1].number("people_in_scene").unwrap(), Some(2));
        let missing = lines[1].number("visible_faces").unwrap_err().to_string();
        assert_eq!(missing, "b.jpg: there is no column visible_faces");
        assert_eq!(lines[0].others(&["people_in_scene", "visible_faces"]), [("source".into(), "by eye".into())]);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(with("name,people\na,1\n").err().unwrap().to_string().contains("no column \"file\""));
        assert!(with("file,people\n../a.jpg,1\n").err().unwrap().to_string().contains("beside it"));
        let lines = with("file,people\na.jpg,many\n").unwrap().unwrap();
        assert_eq!(lines[0].number("people").unwrap_err().to_string(), "a.jpg: people is \"many\"");
        let dir = tempfile::tempdir().unwrap();
        assert!(lines_of_nothing(dir.path()));
    }

    fn lines_of_nothing(dir: &Path) -> bool {
        lines(dir, "video", "counts.csv").unwrap().is_none()
    }
}

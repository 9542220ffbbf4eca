//! Forms as the office prints them: one description each, drawn as a spreadsheet or as a page.

mod answer;
mod daily;
mod monthly;
mod page;
mod sheet;

pub(crate) use answer::{as_page, as_sheet};
pub(crate) use daily::{DailyLine, SentLine, daily};
pub(crate) use monthly::monthly;

/// A printed form: a heading, lines under it, a ruled table, lines below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What it is called in a file's name: ASCII, without ending.
    pub(crate) name: String,
    /// The heading.
    pub(crate) title: String,
    /// Lines between heading and table.
    pub(crate) above: Vec<String>,
    /// The table's columns.
    pub(crate) columns: Vec<Column>,
    /// The table's rows, each as long as `columns`.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Lines below the table.
    pub(crate) below: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) heading: String,
    /// Its width, in characters of the spreadsheet's standard font; a Chinese one takes two.
    pub(crate) width: u8,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing: to be written by hand, or nothing to say.
    Blank,
    /// A count.
    Number(u32),
    /// Words.
    Text(String),
}

impl Column {
    pub(crate) fn new(heading: impl Into<String>, width: u8) -> Self {
        Self { heading: heading.into(), width }
    }
}

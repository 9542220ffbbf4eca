//! Forms as the office prints them: one description each, drawn as a spreadsheet or as a page.

mod answer;
mod daily;
mod health;
mod ledger;
mod monthly;
mod notice;
mod page;
mod roster;
mod sheet;
mod signed;
mod supervised;
mod timetable;

use bytes::Bytes;

pub(crate) use answer::{as_illustrated_page, as_page, as_sheet, printed};
pub(crate) use daily::{DailyLine, SentLine, daily};
pub(crate) use health::health;
pub(crate) use ledger::{LedgerLine, LookedUp, ledger};
pub(crate) use monthly::monthly;
pub(crate) use notice::notice;
pub(crate) use roster::{RosterLine, roster};
pub(crate) use signed::{signed, unsigned};
pub(crate) use supervised::{Supervised, inspection, remote};
pub(crate) use timetable::{TimetableHead, timetable};

/// A printed form: a heading, lines under it, a ruled table, lines below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// What it is called in a file's name: ASCII, without ending.
    pub(crate) name: String,
    /// How the paper lies.
    pub(crate) paper: Paper,
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
    /// Where people sign, each with their signature where it is there.
    pub(crate) signatures: Vec<SignedBy>,
}

/// How an A4 sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    /// On its long side.
    Landscape,
    /// On its short side.
    Portrait,
}

/// A place for a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedBy {
    /// What stands before it, with name and day where somebody signed.
    pub(crate) text: String,
    /// The drawn signature: a PNG file.
    pub(crate) drawing: Option<Bytes>,
}

/// A picture below a form that is printed as a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pictured {
    /// What stands below it.
    pub(crate) text: String,
    /// The picture: a JPEG file.
    pub(crate) jpeg: Bytes,
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

//! Tables that come in, XLSX workbooks and CSV files, as a grid of values, and what stands in its columns; tables that go
//! out to be filled in.
//!
//! A file comes from outside: it is read within limits whatever it claims of itself, and what stands in it is never repeated
//! in a refusal, as it may be an ID number.

mod columns;
mod comma;
mod handed_out;
mod template;
mod workbook;

use jiff::civil::DateTime;

pub(crate) use columns::{Column, Filled, Row, Wrong, find, time_of};
pub(crate) use comma::{decode, grid as of_csv, to_csv};
pub(crate) use handed_out::HandedOut;
pub(crate) use template::{sheet_of, template};
pub(crate) use workbook::grid as of_xlsx;

/// The most rows with something in them.
pub(crate) const ROWS: usize = 5_000;
/// The most columns.
pub(crate) const COLUMNS: usize = 100;
/// The most characters of a cell.
const CELL: usize = 4_000;

/// The first sheet of a workbook, or a CSV file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Grid {
    /// The rows that have something in them, each with the number under which a spreadsheet shows it.
    pub(crate) rows: Vec<(u32, Vec<Value>)>,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    #[default]
    Nothing,
    /// Words, without spaces around them.
    Text(String),
    /// A number, with the instant that it is where it stands for one, by the workbook's epoch.
    Number {
        /// The number.
        value: f64,
        /// The civil instant; of a time of day, on the epoch's day.
        moment: Option<DateTime>,
    },
    /// A formula, whatever it comes to.
    Formula,
    /// An error such as `#REF!`.
    Error,
}

/// Why a file is no table that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// It is neither a workbook of today nor CSV in UTF-8 or GBK.
    Kind,
    /// It is a workbook of before 2007, or one with a password.
    OldOrLocked,
    /// It is damaged, or not made as ISO/IEC 29500 says.
    Damaged,
    /// Unpacked, it would be too large.
    TooLarge,
    /// It has too many rows.
    TooManyRows,
    /// It has too many columns.
    TooManyColumns,
    /// A cell holds too much.
    TooLongCell,
}

impl Unreadable {
    /// The sentence for people: Chinese, English.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Kind => (
                "文件须为 XLSX 工作簿，或 UTF-8、GBK 编码的 CSV。",
                "a table is an XLSX workbook, or CSV in UTF-8 or GBK",
            ),
            Self::OldOrLocked => (
                "这是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx。",
                "this is an old .xls or a locked workbook: save it as .xlsx without a password",
            ),
            Self::Damaged => ("文件已损坏，或不是有效的表格。", "the file is damaged, or no table"),
            Self::TooLarge => ("表格内容过大。", "the table is too large when unpacked"),
            Self::TooManyRows => ("一次最多导入 5000 行。", "at most 5000 rows are taken at once"),
            Self::TooManyColumns => ("表格最多 100 列。", "a table has at most 100 columns"),
            Self::TooLongCell => ("有单元格内容过长。", "a cell holds more than 4000 characters"),
        }
    }
}

impl Grid {
    /// Adds what stands in a row, unless nothing does.
    fn push(&mut self, number: u32, mut cells: Vec<Value>) -> Result<(), Unreadable> {
        while cells.last() == Some(&Value::Nothing) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() >= ROWS {
            return Err(Unreadable::TooManyRows);
        }
        if cells.len() > COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        self.rows.push((number, cells));
        Ok(())
    }
}

/// A cell's words; none where only spaces stand.
fn text(text: &str) -> Result<Value, Unreadable> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.chars().count() > CELL {
        return Err(Unreadable::TooLongCell);
    }
    Ok(if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) })
}

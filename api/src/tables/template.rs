//! Workbooks to fill in: a sheet with the headings, every cell as text, and one that says what is to stand where.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::Column;
use crate::problem::{Failure, chain};

/// So many rows are prepared as text, so that a spreadsheet does not make numbers or dates of what is typed.
const PREPARED: u32 = 500;

/// A workbook without a row.
pub(crate) fn template(title: &str, columns: &[Column], at: jiff::Timestamp) -> Result<Vec<u8>, Failure> {
    sheet_of(title, columns, &[], at)
}

/// A workbook with rows, each as long as `columns`.
pub(crate) fn sheet_of(
    title: &str,
    columns: &[Column],
    rows: &[Vec<String>],
    at: jiff::Timestamp,
) -> Result<Vec<u8>, Failure> {
    draw(title, columns, rows, at).map_err(|error| {
        tracing::error!(error = chain(&error), "a workbook cannot be written");
        Failure::Internal
    })
}

fn draw(title: &str, columns: &[Column], rows: &[Vec<String>], at: jiff::Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at.as_second())?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let sheet = workbook.add_worksheet();
    sheet.set_name(title)?;
    sheet.set_freeze_panes(1, 0)?;
    for (index, column) in (0..).zip(columns) {
        sheet.set_column_width(index, 20)?;
        sheet.write_string_with_format(0, index, column.headings[0], &bold)?;
        for row in 1..=PREPARED {
            sheet.write_blank(row, index, &text)?;
        }
    }
    for (row, cells) in (1..).zip(rows) {
        for (index, cell) in (0..).zip(cells) {
            // Written as text, so that a name that begins with = is no formula.
            sheet.write_string_with_format(row, index, cell, &text)?;
        }
    }
    let words = workbook.add_worksheet();
    words.set_name("填写说明")?;
    words.set_column_width(0, 20)?.set_column_width(1, 10)?.set_column_width(2, 70)?;
    for (index, heading) in (0..).zip(["列", "必填", "说明"]) {
        words.write_string_with_format(0, index, heading, &bold)?;
    }
    for (row, column) in (1..).zip(columns) {
        words.write_string(row, 0, column.headings[0])?;
        words.write_string(row, 1, if column.needed { "是" } else { "否" })?;
        words.write_string(row, 2, column.hint)?;
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Value, find, of_xlsx};

    const COLUMNS: &[Column] = &[
        Column { key: "name", headings: &["姓名"], needed: true, hint: "与身份证一致" },
        Column { key: "number", headings: &["身份证号码"], needed: false, hint: "18 位" },
    ];

    #[test]
    fn what_is_written_is_read_again_as_the_text_that_it_was() {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let rows = [vec!["=1+1".to_owned(), "210402200202281003".to_owned()]];
        let grid = of_xlsx(&sheet_of("花名册", COLUMNS, &rows, at).unwrap_or_default()).unwrap_or_default();
        let word = |text: &str| Value::Text(text.to_owned());
        let expected =
            [(1, vec![word("姓名"), word("身份证号码")]), (2, vec![word("=1+1"), word("210402200202281003")])];
        assert_eq!(grid.rows, expected);
        let blank = of_xlsx(&template("花名册", COLUMNS, at).unwrap_or_default()).unwrap_or_default();
        let found = find(&blank, COLUMNS).unwrap_or_else(|_| panic!("its own headings"));
        assert!(found.rows().is_err(), "prepared cells are no rows");
    }
}

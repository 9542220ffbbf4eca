//! A form as a spreadsheet (Office Open XML, ISO/IEC 29500).

use jiff::Timestamp;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Form};

/// ISO A4 in the format's own numbers.
const A4: u8 = 9;

/// The file.
pub(super) fn draw(form: &Form, at: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(at.as_second())?;
    workbook.set_properties(&DocProperties::new().set_title(&form.title).set_creation_datetime(&made));
    fill(workbook.add_worksheet(), form)?;
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center);
    let line = Format::new().set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let heading = cell.clone().set_bold();

    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    let last = u16::try_from(form.columns.len().saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)?;
    for (index, column) in (0..).zip(&form.columns) {
        sheet.set_column_width(index, column.width)?;
    }
    let mut row = 0;
    across(sheet, row, last, &form.title, &title)?;
    for text in &form.above {
        row += 1;
        across(sheet, row, last, text, &line)?;
    }
    row += 1;
    sheet.set_repeat_rows(row, row)?;
    for (index, column) in (0..).zip(&form.columns) {
        sheet.write_string_with_format(row, index, &column.heading, &heading)?;
    }
    for cells in &form.rows {
        row += 1;
        for (index, content) in (0..).zip(cells) {
            match content {
                Cell::Blank => sheet.write_blank(row, index, &cell)?,
                Cell::Number(number) => sheet.write_number_with_format(row, index, *number, &cell)?,
                // Written as text, so that a name that begins with = is no formula.
                Cell::Text(text) => sheet.write_string_with_format(row, index, text, &cell)?,
            };
        }
    }
    for text in &form.below {
        row += 1;
        across(sheet, row, last, text, &line)?;
    }
    Ok(())
}

/// A line over the table's whole width. One cell cannot be merged with itself.
fn across(sheet: &mut Worksheet, row: u32, last: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if last == 0 {
        sheet.write_string_with_format(row, 0, text, format)?;
    } else {
        sheet.merge_range(row, 0, row, last, text, format)?;
    }
    Ok(())
}

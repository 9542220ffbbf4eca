//! A form as a spreadsheet (Office Open XML, ISO/IEC 29500).

use jiff::Timestamp;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Image, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Form, Paper, SignedBy};

/// ISO A4 in the format's own numbers.
const A4: u8 = 9;
/// How high the row of a signature is, in points.
const SIGNATURE: f64 = 42.0;

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

    match form.paper {
        Paper::Landscape => sheet.set_landscape(),
        Paper::Portrait => sheet.set_portrait(),
    };
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
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
    for signed in &form.signatures {
        row += 1;
        sign(sheet, row, last, signed, &line)?;
    }
    Ok(())
}

/// A signature: its words, and the drawing in the last column. A drawing that is no picture after all is left out: who
/// signed and when stands in the words.
fn sign(sheet: &mut Worksheet, row: u32, last: u16, signed: &SignedBy, format: &Format) -> Result<(), XlsxError> {
    sheet.set_row_height(row, SIGNATURE)?;
    let Some(before) = last.checked_sub(1) else { return across(sheet, row, last, &signed.text, format) };
    across(sheet, row, before, &signed.text, format)?;
    if let Some(drawing) = signed.drawing.as_deref().and_then(|png| Image::new_from_buffer(png).ok()) {
        sheet.insert_image_fit_to_cell(row, last, &drawing, true)?;
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

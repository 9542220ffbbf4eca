//! A table that leaves as a file, to be filled in elsewhere and brought back.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;

use super::{Column, Grid, Value, sheet_of, to_csv};
use crate::{dto::exchange::TableFormat, problem::Failure};

/// A table, and what the file is called.
pub(crate) struct HandedOut<'a> {
    /// Of the sheet.
    pub(crate) title: &'a str,
    /// Its columns.
    pub(crate) columns: &'static [Column],
    /// What stands under them.
    pub(crate) rows: Vec<Vec<String>>,
    /// The file's name without its ending: plain ASCII.
    pub(crate) name: String,
    /// The address of what was made with it.
    pub(crate) location: Option<String>,
}

impl HandedOut<'_> {
    /// The answer that carries it.
    pub(crate) fn answer(self, format: TableFormat, now: Timestamp) -> Result<Response, Failure> {
        let (kind, ending, bytes) = match format {
            TableFormat::Xlsx => {
                let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                (kind, "xlsx", sheet_of(self.title, self.columns, &self.rows, now)?)
            }
            TableFormat::Csv => ("text/csv; charset=utf-8", "csv", as_csv(self.columns, self.rows)?),
        };
        let value = |text: String| HeaderValue::try_from(text).map_err(|_| Failure::Internal);
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, value(format!("attachment; filename=\"{}.{ending}\"", self.name))?),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        let mut response = (StatusCode::CREATED, headers, bytes).into_response();
        if let Some(location) = self.location {
            response.headers_mut().insert(header::LOCATION, value(location)?);
        }
        Ok(response)
    }
}

/// With the mark by which Excel knows UTF-8.
fn as_csv(columns: &[Column], rows: Vec<Vec<String>>) -> Result<Vec<u8>, Failure> {
    let headings = columns.iter().map(|column| Value::Text(column.headings[0].to_owned())).collect();
    let lines = rows.into_iter().map(|row| row.into_iter().map(Value::Text).collect());
    let rows = (1..).zip(std::iter::once(headings).chain(lines)).collect();
    let content = to_csv(&Grid { rows }).ok_or(Failure::Internal)?;
    Ok(format!("\u{feff}{content}").into_bytes())
}

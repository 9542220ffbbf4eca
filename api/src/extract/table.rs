//! A table as the body of a request: CSV (RFC 4180) or XLSX, as spreadsheet programs of the office write it.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::body::{all, essence};
use crate::{
    problem::{Failure, chain},
    tables::{Column, Filled, Grid, Unreadable, decode, find, of_csv, of_xlsx, to_csv},
};

/// The most a table may have: a month of punches of a large class is 100 KB.
pub(crate) const TABLE_LIMIT: usize = 1024 * 1024;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file that was sent as a table is, by its first bytes: what the sender calls it only has to be a table's name.
enum Sent {
    Csv(Bytes),
    Xlsx(Bytes),
}

impl Sent {
    async fn receive<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Failure> {
        if !matches!(essence(request.headers()).as_deref(), Some("text/csv" | XLSX)) {
            return Err(Failure::UnsupportedMediaType {
                wanted: "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            });
        }
        let bytes = all(request, state, TABLE_LIMIT).await?;
        match bytes.as_ref() {
            [b'P', b'K', 3, 4, ..] => Ok(Self::Xlsx(bytes)),
            // The compound files of before 2007, in which also a workbook with a password is wrapped.
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(unreadable(Unreadable::OldOrLocked)),
            _ => Ok(Self::Csv(bytes)),
        }
    }
}

/// The grid of a file, off the async threads: a full one takes a moment.
async fn read(parse: fn(&[u8]) -> Result<Grid, Unreadable>, bytes: Bytes) -> Result<Grid, Failure> {
    let read = tokio::task::spawn_blocking(move || parse(&bytes)).await;
    let read = read.map_err(|error| {
        tracing::error!(error = chain(&error), "a table was not read to its end");
        Failure::Internal
    })?;
    read.map_err(unreadable)
}

fn unreadable(why: Unreadable) -> Failure {
    let (zh, en) = why.words();
    Failure::field("table", zh, en)
}

/// A table as CSV, and the hash of the file as it came.
pub(crate) struct Table {
    pub(crate) text: String,
    pub(crate) sha256: [u8; 32],
}

impl<S: Send + Sync> FromRequest<S> for Table {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match Sent::receive(request, state).await? {
            Sent::Csv(bytes) => {
                let text = decode(&bytes).ok_or_else(|| unreadable(Unreadable::Kind))?;
                Ok(Self { text, sha256: Sha256::digest(&bytes).into() })
            }
            Sent::Xlsx(bytes) => {
                let sha256 = Sha256::digest(&bytes).into();
                let grid = read(of_xlsx, bytes).await?;
                let text = to_csv(&grid).ok_or_else(|| {
                    let (zh, en) =
                        ("单元格含公式或错误值，请粘贴为数值。", "a cell is a formula or an error; paste values");
                    Failure::field("table", zh, en)
                })?;
                Ok(Self { text, sha256 })
            }
        }
    }
}

/// A table as a grid, and the hash of the file as it came.
pub(crate) struct Sheet {
    grid: Grid,
    pub(crate) sha256: [u8; 32],
}

impl Sheet {
    /// What stands under these columns.
    pub(crate) fn table(&self, columns: &'static [Column]) -> Result<Filled<'_>, Failure> {
        find(&self.grid, columns)
    }

    /// By what the audit log tells which file something came out of.
    pub(crate) fn trace(&self) -> serde_json::Value {
        json!({ "table_sha256": hex::encode(self.sha256) })
    }
}

impl<S: Send + Sync> FromRequest<S> for Sheet {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (parse, bytes): (fn(&[u8]) -> _, _) = match Sent::receive(request, state).await? {
            Sent::Csv(bytes) => (of_csv, bytes),
            Sent::Xlsx(bytes) => (of_xlsx, bytes),
        };
        let sha256 = Sha256::digest(&bytes).into();
        Ok(Self { grid: read(parse, bytes).await?, sha256 })
    }
}

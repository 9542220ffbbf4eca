//! Writes a package as a stream.

use std::io::{self, Write};

use jiff::{Timestamp, tz::TimeZone};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

use super::manifest::{FORMAT, Missing, PAYLOAD_TYPE, PackageFile, PackageHead, PackageManifest};
use crate::{
    json,
    seal::{Digester, Envelope},
    signing::SigningKey,
};

/// A package that is being written. Nothing is compressed: video does not shrink, and what is stored plainly can be
/// recovered by hand.
pub struct PackageWriter<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    options: SimpleFileOptions,
    files: Vec<PackageFile>,
    missing: Vec<Missing>,
    open: Option<(String, Digester)>,
}

impl<W: Write> PackageWriter<W> {
    /// Begins one. The files in it bear the time `made_at`, as the office's clock shows it.
    pub fn new(out: W, made_at: Timestamp) -> Self {
        let local = made_at.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).datetime();
        let clock = |part: i8| u8::try_from(part).unwrap_or_default();
        // A year before 1980 is none of a ZIP's; its own default is as good.
        let time = DateTime::from_date_and_time(
            u16::try_from(local.year()).unwrap_or_default(),
            clock(local.month()),
            clock(local.day()),
            clock(local.hour()),
            clock(local.minute()),
            clock(local.second()),
        )
        .unwrap_or_default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(time)
            .unix_permissions(0o644)
            // Clips are large, and a stream does not know beforehand how large.
            .large_file(true);
        Self { zip: ZipWriter::new_stream(out), options, files: Vec::new(), missing: Vec::new(), open: None }
    }

    /// Adds a small file.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn add(&mut self, path: &str, content: &[u8]) -> io::Result<()> {
        self.begin(path)?;
        self.write(content)?;
        self.end();
        Ok(())
    }

    /// Begins a file; its bytes follow by [`Self::write`], and [`Self::end`] ends it.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn begin(&mut self, path: &str) -> io::Result<()> {
        self.end();
        self.zip.start_file(path, self.options).map_err(io::Error::other)?;
        self.open = Some((path.to_owned(), Digester::default()));
        Ok(())
    }

    /// The next bytes of the file that was begun.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn write(&mut self, data: &[u8]) -> io::Result<()> {
        self.zip.write_all(data)?;
        if let Some((_, digester)) = &mut self.open {
            digester.update(data);
        }
        Ok(())
    }

    /// Ends the file that was begun, if one is open.
    pub fn end(&mut self) {
        if let Some((path, digester)) = self.open.take() {
            let digests = digester.finish();
            self.files.push(PackageFile { path, bytes: digests.bytes, sha256: digests.sha256 });
        }
    }

    /// Something that should be in it could not be had.
    pub fn miss(&mut self, missing: Missing) {
        self.missing.push(missing);
    }

    /// Ends it without a list: for a few files whose seal lists them already. What was written into is given back.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn close(mut self) -> io::Result<W> {
        self.end();
        Ok(self.zip.finish().map_err(io::Error::other)?.into_inner())
    }

    /// Lists everything, signs the list and ends the package. What was written into is given back.
    ///
    /// # Errors
    ///
    /// Those of writing.
    pub fn finish(mut self, head: PackageHead, key: &SigningKey) -> io::Result<W> {
        let sums: String = self.files.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect();
        self.add("SHA256SUMS", sums.as_bytes())?;
        let Self { mut zip, options, files, missing, .. } = self;
        let manifest = PackageManifest { format: FORMAT.to_owned(), head, files, missing };
        let envelope = Envelope::sign_text(PAYLOAD_TYPE, &json::text(&manifest), key);
        zip.start_file(super::SEAL, options).map_err(io::Error::other)?;
        zip.write_all(envelope.as_bytes())?;
        Ok(zip.finish().map_err(io::Error::other)?.into_inner())
    }
}

//! Sends the film with its seal.

use std::io::{self, Read, Write};

use bytes::Bytes;
use duxue_storage::{
    package::PackageWriter,
    seal::{Envelope, ExportManifest},
};
use futures::Stream;

use super::film::Film;
use crate::{app::Shared, content::written};

/// How to check it, for whoever unpacks it.
const VERIFY: &str = include_str!("VERIFY.txt");

/// The ZIP.
pub(super) fn zip(
    app: &Shared,
    film: Film,
    manifest: &ExportManifest,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let seal = Envelope::sign_export(manifest, &app.signing).envelope;
    let (made_at, key) = (manifest.made_at, app.public_key.to_pem());
    let what = format!("an export of camera {}", manifest.camera.id);
    written(&app.tracker, what, move |out| {
        let mut zip = PackageWriter::new(out, made_at);
        zip.add("VERIFY.txt", VERIFY.as_bytes())?;
        zip.add("duxue-public-key.pem", key.as_bytes())?;
        zip.add("recording.mp4.seal.json", seal.as_bytes())?;
        zip.begin("recording.mp4")?;
        let (mut file, mut buffer) = (film.file, vec![0; 256 << 10]);
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            zip.write(&buffer[..read])?;
        }
        zip.close()?.flush()
    })
}

//! Sends a package while it is put together: memory holds a few pieces of it, and disk nothing.

use std::io::{self, Write};

use bytes::Bytes;
use duxue_rules::Text;
use duxue_storage::{
    Objects, SigningKey,
    objects::ObjectError,
    package::{Missing, PackageWriter},
};
use futures::{Stream, TryStreamExt};
use tokio::runtime::Handle;

use super::contents::Contents;
use crate::{
    app::Shared,
    content::{Pipe, written},
};

/// The bytes of the package. An error breaks the answer off, so that what was sent is no ZIP.
pub(super) fn zip(app: &Shared, contents: Contents) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let (objects, signing, handle) = (app.objects.clone(), app.signing.clone(), Handle::current());
    let what = format!("the package of class {}", contents.head.class.id);
    written(&app.tracker, what, move |out| write(out, contents, &objects, &signing, &handle))
}

fn write(out: Pipe, contents: Contents, objects: &Objects, signing: &SigningKey, handle: &Handle) -> io::Result<()> {
    let Contents { head, files, objects: wanted } = contents;
    let mut package = PackageWriter::new(out, head.made_at);
    for (path, content) in files {
        package.add(&path, &content)?;
    }
    for (path, key) in wanted {
        match handle.block_on(objects.get(&key)) {
            Ok((_, mut bytes)) => {
                package.begin(&path)?;
                while let Some(bytes) = handle.block_on(bytes.try_next()).map_err(io::Error::other)? {
                    package.write(&bytes)?;
                }
                package.end();
            }
            Err(ObjectError::Missing { .. }) => {
                tracing::error!(object.key = key, "an object that has a row is not there");
                let why = Text::new("对象存储中没有该文件", "the file is not in the object store");
                package.miss(Missing { path, why });
            }
            Err(error) => return Err(io::Error::other(error)),
        }
    }
    package.finish(head, signing)?.flush()
}

//! Footage out of a video file: as it is when it is H.264 in plain order, else encoded once.

use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use gst::prelude::*;
use gstreamer as gst;
use gstreamer_app as gst_app;
use sha2::{Digest, Sha256};

use super::{
    Codec, FPS, Footage, Unit, annexb,
    cache::Entry,
    encode::{EncodeError, Recipe},
};
use crate::{
    film,
    server::{PerStream, Stream},
};

/// Encoded bytes that a file may have, as all of them are held in memory.
const MOST_BYTES: u64 = 1 << 30;

/// How long a file may take without giving a picture.
const PATIENCE: gst::ClockTime = gst::ClockTime::from_seconds(30);

/// The file's own stream as main, and a small copy as sub.
pub(crate) fn footage(path: &Path, cache_dir: &Path) -> Result<PerStream<Arc<Footage>>, EncodeError> {
    let (hash, bytes) = digest(path).map_err(|e| EncodeError(e.to_string()))?;
    if bytes > MOST_BYTES {
        return Err(EncodeError(format!("it has {bytes} bytes, more than the {MOST_BYTES} that are held in memory")));
    }
    let sub = transcoded(path, Stream::Sub, &hash, cache_dir)?;
    let main = match as_it_is(path) {
        Some(main) => main,
        None => transcoded(path, Stream::Main, &hash, cache_dir)?,
    };
    Ok(PerStream { main: Arc::new(main), sub: Arc::new(sub) })
}

fn digest(path: &Path) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let mut file = fs::File::open(path)?;
    let mut block = vec![0; 1 << 20];
    let mut bytes = 0;
    loop {
        let read = io::Read::read(&mut file, &mut block)?;
        if read == 0 {
            return Ok((hex::encode(hasher.finalize()), bytes));
        }
        hasher.update(&block[..read]);
        bytes += read as u64;
    }
}

/// The H.264 stream of an MP4 file, if it begins with a key frame and is shown in the order in which it is decoded.
fn as_it_is(path: &Path) -> Option<Footage> {
    let text = "filesrc name=file ! qtdemux ! h264parse config-interval=-1 \
                ! video/x-h264,stream-format=byte-stream,alignment=au ! appsink name=out sync=false";
    let pictures = run(text, path).ok()?;
    let first = pictures.first()?.pts;
    let plain = pictures.windows(2).all(|two| two[0].pts < two[1].pts) && pictures[0].key;
    let last = pictures.last()?;
    let length = last.pts - first + last.length.unwrap_or(Duration::from_secs(1) / FPS);
    let units: Vec<Unit> = pictures
        .into_iter()
        .map(|p| Unit { at: p.pts.saturating_sub(first), key: p.key, data: gst::Buffer::from_slice(p.data) })
        .collect();
    plain.then_some(Footage { codec: Codec::H264, units, length })
}

/// The file's pictures encoded anew, at [`FPS`].
fn transcoded(path: &Path, stream: Stream, hash: &str, cache_dir: &Path) -> Result<Footage, EncodeError> {
    let (recipe, size): (Recipe, &str) = match stream {
        Stream::Main => (film::MAIN, "video/x-raw,format=I420"),
        Stream::Sub => (film::SUB, "video/x-raw,format=I420,width=640,height=360,pixel-aspect-ratio=1/1"),
    };
    let entry = Entry::new(cache_dir, recipe.codec, &format!("{}\n{size}\n{hash}", recipe.encoder()));
    if let Some(footage) = entry.load(None) {
        return Ok(footage);
    }
    let text = format!(
        "filesrc name=file ! decodebin ! videoconvert ! videoscale ! videorate ! {size},framerate={FPS}/1 ! {} \
         ! appsink name=out sync=false",
        recipe.encoder()
    );
    let stream: Vec<u8> = run(&text, path)?.into_iter().flat_map(|p| p.data).collect();
    entry.keep(&stream);
    Footage::steady(recipe.codec, annexb::access_units(recipe.codec, &stream))
        .ok_or_else(|| EncodeError("there is no picture in it".into()))
}

struct Picture {
    pts: Duration,
    length: Option<Duration>,
    key: bool,
    data: Vec<u8>,
}

/// Runs a pipeline from `path` to its end and returns what came out.
fn run(text: &str, path: &Path) -> Result<Vec<Picture>, EncodeError> {
    let pipeline = gst::parse::launch(text)
        .map_err(|e| EncodeError(e.to_string()))?
        .downcast::<gst::Pipeline>()
        .map_err(|_| EncodeError("no pipeline came out".into()))?;
    let file = pipeline.by_name("file").ok_or_else(|| EncodeError("no file element".into()))?;
    file.set_property("location", path.to_string_lossy().as_ref());
    let sink = pipeline.by_name("out").and_then(|e| e.downcast::<gst_app::AppSink>().ok());
    let sink = sink.ok_or_else(|| EncodeError("no appsink".into()))?;
    let pictures = Arc::new(Mutex::new(Vec::new()));
    let into = pictures.clone();
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_sample(move |sink| {
                let sample = sink.pull_sample().map_err(|_| gst::FlowError::Eos)?;
                let buffer = sample.buffer().ok_or(gst::FlowError::Error)?;
                let data = buffer.map_readable().map_err(|_| gst::FlowError::Error)?.to_vec();
                into.lock().unwrap_or_else(PoisonError::into_inner).push(Picture {
                    pts: buffer.pts().map(Duration::from).unwrap_or_default(),
                    length: buffer.duration().map(Duration::from),
                    key: !buffer.flags().contains(gst::BufferFlags::DELTA_UNIT),
                    data,
                });
                Ok(gst::FlowSuccess::Ok)
            })
            .build(),
    );
    let result = (|| {
        pipeline.set_state(gst::State::Playing).map_err(|_| EncodeError("it cannot be opened as video".into()))?;
        let bus = pipeline.bus().ok_or_else(|| EncodeError("no bus".into()))?;
        let mut had = 0;
        loop {
            match bus.timed_pop_filtered(PATIENCE, &[gst::MessageType::Eos, gst::MessageType::Error]) {
                Some(message) => match message.view() {
                    gst::MessageView::Error(e) => return Err(EncodeError(e.error().to_string())),
                    _ => return Ok(()),
                },
                None => {
                    let has = pictures.lock().unwrap_or_else(PoisonError::into_inner).len();
                    if has == had {
                        return Err(EncodeError("no more pictures come out of it".into()));
                    }
                    had = has;
                }
            }
        }
    })();
    let _ = pipeline.set_state(gst::State::Null);
    result.map(|()| std::mem::take(&mut *pictures.lock().unwrap_or_else(PoisonError::into_inner)))
}

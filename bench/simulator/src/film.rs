//! From a source to the footage of both its streams, by way of the cache.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    draw::{Artist, PICTURES_PER_SECOND},
    footage::{
        Codec, FPS, Footage, annexb,
        cache::Entry,
        encode::{EncodeError, Encoder, Recipe},
        file,
    },
    script::{Script, ScriptError},
    server::{PerStream, Source},
};

/// The full picture: what the cameras send.
pub(crate) const MAIN: Recipe = Recipe { codec: Codec::H264, width: 1920, height: 1080, kbit_s: 3000 };

/// The small picture.
pub(crate) const SUB: Recipe = Recipe { codec: Codec::H264, width: 640, height: 360, kbit_s: 500 };

/// Why there is no footage.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// The script contradicts itself.
    #[error("the script cannot be played")]
    Script(#[from] ScriptError),
    /// The encoder failed.
    #[error("the pictures could not be encoded")]
    Encode(#[from] EncodeError),
    /// A video file cannot be played.
    #[error("{path} cannot be played")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: EncodeError,
    },
}

/// The footage of every source, in order. What several show is made once, and as many are made at a time as there are
/// processors: drawing a minute takes seconds.
///
/// # Errors
///
/// The first source that cannot be made, by its place, and why.
pub(crate) fn footage_of(sources: &[&Source], cache_dir: &Path) -> Result<Vec<Both>, (usize, FilmError)> {
    let keys: Vec<Key> = sources.iter().map(|source| Key::of(source)).collect();
    let mut distinct: Vec<usize> = (0..keys.len()).collect();
    distinct.retain(|&index| keys.iter().position(|key| *key == keys[index]) == Some(index));
    let (next, made) = (AtomicUsize::new(0), Mutex::new(HashMap::new()));
    let work = || {
        while let Some(&index) = distinct.get(next.fetch_add(1, Ordering::Relaxed)) {
            let footage = footage(sources[index], cache_dir);
            made.lock().unwrap_or_else(PoisonError::into_inner).insert(&keys[index], (index, footage));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(distinct.len());
    std::thread::scope(|scope| (0..workers).for_each(|_| drop(scope.spawn(work))));

    let mut ready = HashMap::new();
    let mut made: Vec<_> = made.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect();
    made.sort_by_key(|(_, (index, _))| *index);
    for (key, (index, footage)) in made {
        ready.insert(key, footage.map_err(|error| (index, error))?);
    }
    Ok(keys.iter().filter_map(|key| ready.get(key).cloned()).collect())
}

/// Main stream and sub-stream.
type Both = PerStream<Arc<Footage>>;

/// Sources of the same key look the same.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Drawn(String),
    File(PathBuf),
}

impl Key {
    fn of(source: &Source) -> Self {
        match source {
            Source::Drawn(script) => Self::Drawn(picture_key(script)),
            Source::File(path) => Self::File(path.clone()),
        }
    }
}

fn footage(source: &Source, cache_dir: &Path) -> Result<Both, FilmError> {
    match source {
        Source::Drawn(script) => {
            script.check()?;
            Ok(drawn(script, cache_dir)?)
        }
        Source::File(path) => {
            file::footage(path, cache_dir).map_err(|source| FilmError::File { path: path.clone(), source })
        }
    }
}

fn drawn(script: &Script, cache_dir: &Path) -> Result<Both, EncodeError> {
    let frames = (script.length_s * FPS) as usize;
    let key = picture_key(script);
    let entry = |recipe: Recipe| Entry::new(cache_dir, recipe.codec, &format!("{recipe:?}\n{key}"));
    let (main_entry, sub_entry) = (entry(MAIN), entry(SUB));
    if let (Some(main), Some(sub)) = (main_entry.load(Some(frames)), sub_entry.load(Some(frames))) {
        return Ok(PerStream { main: Arc::new(main), sub: Arc::new(sub) });
    }
    let (mut main, mut sub) = (Encoder::start(MAIN)?, Encoder::start(SUB)?);
    let mut artist = Artist::new(script);
    for n in 0..script.length_s * PICTURES_PER_SECOND {
        let picture = artist.picture(n);
        main.push(&picture, FPS / PICTURES_PER_SECOND)?;
        sub.push(&Arc::new(picture.third()), FPS / PICTURES_PER_SECOND)?;
    }
    let keep = |entry: &Entry, stream: Vec<u8>, codec: Codec| {
        entry.keep(&stream);
        Footage::steady(codec, annexb::access_units(codec, &stream))
            .filter(|footage| footage.units.len() == frames)
            .map(Arc::new)
            .ok_or_else(|| EncodeError("the encoder lost pictures".into()))
    };
    Ok(PerStream {
        main: keep(&main_entry, main.finish()?, MAIN.codec)?,
        sub: keep(&sub_entry, sub.finish()?, SUB.codec)?,
    })
}

/// All of a script that decides its pictures: what happens to the stream does not.
fn picture_key(script: &Script) -> String {
    let pictured = Script { stream: Vec::new(), ..script.clone() };
    serde_json::to_string(&pictured).unwrap_or_default()
}

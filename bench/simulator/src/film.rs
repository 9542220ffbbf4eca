//! From a source to the footage of both its streams, by way of the cache.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
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

/// Makes footage, each only once.
pub(crate) struct Makers {
    cache_dir: PathBuf,
    drawn: HashMap<String, PerStream<Arc<Footage>>>,
    files: HashMap<PathBuf, PerStream<Arc<Footage>>>,
}

impl Makers {
    pub(crate) fn new(cache_dir: &Path) -> Self {
        Self { cache_dir: cache_dir.to_owned(), drawn: HashMap::new(), files: HashMap::new() }
    }

    /// The footage of a source.
    pub(crate) fn footage(&mut self, source: &Source) -> Result<PerStream<Arc<Footage>>, FilmError> {
        match source {
            Source::Drawn(script) => {
                script.check()?;
                let key = picture_key(script);
                if let Some(made) = self.drawn.get(&key) {
                    return Ok(made.clone());
                }
                let made = self.drawn_footage(script, &key)?;
                self.drawn.insert(key, made.clone());
                Ok(made)
            }
            Source::File(path) => {
                if let Some(made) = self.files.get(path) {
                    return Ok(made.clone());
                }
                let made = file::footage(path, &self.cache_dir)
                    .map_err(|source| FilmError::File { path: path.clone(), source })?;
                self.files.insert(path.clone(), made.clone());
                Ok(made)
            }
        }
    }

    fn drawn_footage(&self, script: &Script, key: &str) -> Result<PerStream<Arc<Footage>>, FilmError> {
        let frames = (script.length_s * FPS) as usize;
        let entry = |recipe: Recipe| Entry::new(&self.cache_dir, recipe.codec, &format!("{recipe:?}\n{key}"));
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
}

/// All of a script that decides its pictures: what happens to the stream does not.
fn picture_key(script: &Script) -> String {
    let pictured = Script { stream: Vec::new(), ..script.clone() };
    serde_json::to_string(&pictured).unwrap_or_default()
}

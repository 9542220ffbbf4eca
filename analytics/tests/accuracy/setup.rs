//! Where the models, the runtime and the pictures are.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use duxue_analytics::{
    Analyser, OwnedPicture, decode,
    models::{self, FoundModel, ModelSet, ModelSource, manifest},
    runtime,
};

/// Everything a test needs from outside.
pub struct Setup {
    pictures: PathBuf,
    models: Vec<PathBuf>,
    pub runtime: PathBuf,
}

impl Setup {
    /// Or the sentence that says what is missing.
    pub fn find() -> Result<Self, String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the crate has no parent folder")?;
        let shared = workspace.parent().ok_or("the workspace has no parent folder")?.join("shared");
        let pictures = env::var_os("DUXUE_TESTDATA").map_or(shared.join("testdata"), PathBuf::from);
        if !pictures.join("group/counts.csv").is_file() {
            return Err(format!(
                "there are no test pictures in {}: set DUXUE_TESTDATA to their folder, or DUXUE_WITHOUT_MODELS=1 to \
                 leave these tests out",
                pictures.display()
            ));
        }
        let models = models::default_dirs();
        let left_out = |problem: &dyn std::fmt::Display| format!("{problem} (or set DUXUE_WITHOUT_MODELS=1)");
        models::find(&models).map_err(|problem| left_out(&problem))?;
        let runtime = runtime::find().map_err(|problem| left_out(&problem))?;
        Ok(Self { pictures, models, runtime })
    }

    /// The model of that name.
    pub fn model(&self, name: &str) -> FoundModel {
        let spec = manifest().get(name).unwrap_or_else(|| panic!("{name} is not in the manifest")).clone();
        let path = self.models.iter().map(|dir| dir.join(&spec.file)).find(|path| path.is_file());
        match path {
            Some(path) => FoundModel { spec, source: ModelSource::File(path) },
            None => panic!("{name} is in no model folder"),
        }
    }

    /// An analyser of faces with these models; the gender head follows the recogniser.
    pub fn analyser(&self, detector: &str, recogniser: &str) -> Analyser {
        let set = ModelSet {
            detector: self.model(detector),
            people: None,
            recogniser: Some(self.model(recogniser)),
            gender: manifest().gender_head_for(recogniser).map(|spec| self.model(&spec.name)),
            liveness: None,
            notes: Vec::new(),
        };
        Analyser::load(&set, &self.runtime, 1).unwrap()
    }

    /// The analyser that `duxue serve` would get.
    pub fn usual(&self) -> Analyser {
        Analyser::load(&models::find(&self.models).unwrap(), &self.runtime, 1).unwrap()
    }

    /// A file of the test set.
    pub fn path(&self, path: &str) -> PathBuf {
        self.pictures.join(path)
    }

    /// A picture of the test set.
    pub fn picture(&self, path: &str) -> OwnedPicture {
        let file = fs::read(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        decode(&file).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// The lines of a table after its head, split at commas; quoted last fields stay whole enough for us.
    pub fn table(&self, path: &str) -> Vec<Vec<String>> {
        let text = fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }
}

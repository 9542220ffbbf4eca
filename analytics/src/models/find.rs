//! Looking for the models and making sure that they are what they say.

use std::{
    env,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::manifest::{Manifest, ModelKind, ModelSpec, manifest};

/// The environment variable that names a folder with models.
const MODELS_VARIABLE: &str = "DUXUE_MODELS";

/// A model whose content was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundModel {
    /// Its entry in the manifest.
    pub spec: ModelSpec,
    /// Where its bytes are.
    pub source: ModelSource,
}

/// Where a model's bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelSource {
    /// In a file whose SHA-256 was right when it was looked for.
    File(PathBuf),
    /// In the program.
    BuiltIn(&'static [u8]),
}

/// The models that an analysis runs with.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSet {
    /// Without it there is no analysis.
    pub detector: FoundModel,
    /// Without it only people who face the camera are counted.
    pub people: Option<FoundModel>,
    /// Without it faces are counted, and nobody is identified.
    pub recogniser: Option<FoundModel>,
    /// Without it there is no hint of man or woman.
    pub gender: Option<FoundModel>,
    /// Without it there is no hint whether somebody is there in person; nothing else misses it.
    pub liveness: Option<FoundModel>,
    /// Why something is None.
    pub notes: Vec<ModelProblem>,
}

/// Why there is no model. The text is for whoever runs the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelProblem {
    /// None of the kind is in any of the folders.
    #[error("no {kind} ({names}) in {places}; {how}", names = names.join(", "), places = places(looked_in))]
    Missing {
        /// What it would be for.
        kind: ModelKind,
        /// The file names that would do, the preferred first.
        names: Vec<String>,
        /// The folders.
        looked_in: Vec<PathBuf>,
        /// What to do about it.
        how: String,
    },
    /// A file has the right name and other content.
    #[error(
        "{} is not the {name} that duxue was built for: its SHA-256 is {got}, expected {expected}; \
         delete it and fetch it again with `duxue models pull {name}`", path.display()
    )]
    WrongHash {
        /// The model.
        name: String,
        /// The file.
        path: PathBuf,
        /// In lower-case hexadecimal.
        expected: String,
        /// In lower-case hexadecimal.
        got: String,
    },
    /// A file is there and cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The recogniser has no gender head.
    #[error("there is no gender head for the recogniser {recogniser}: men and women are not counted")]
    NoGenderHead {
        /// The recogniser in use.
        recogniser: String,
    },
}

impl ModelSet {
    /// The same with another recogniser, by its name in the manifest, and the gender head that goes with it.
    pub fn with_recogniser(mut self, name: &str, dirs: &[PathBuf]) -> Result<Self, ModelProblem> {
        let known = manifest().get(name).filter(|spec| spec.kind == ModelKind::Recogniser);
        let spec = known.ok_or_else(|| {
            let all: Vec<&ModelSpec> = manifest().of_kind(ModelKind::Recogniser).collect();
            missing(ModelKind::Recogniser, &all, dirs)
        })?;
        let source = locate(spec, dirs)?.ok_or_else(|| missing(ModelKind::Recogniser, &[spec], dirs))?;
        self.recogniser = Some(FoundModel { spec: spec.clone(), source });
        self.notes.retain(|note| !matches!(note, ModelProblem::Missing { kind: ModelKind::Recogniser, .. }));
        self.add_gender_head(manifest(), dirs)?;
        Ok(self)
    }

    /// The gender head of the recogniser, if there is one.
    fn add_gender_head(&mut self, manifest: &Manifest, dirs: &[PathBuf]) -> Result<(), ModelProblem> {
        self.gender = None;
        let Some(recogniser) = &self.recogniser else { return Ok(()) };
        let name = &recogniser.spec.name;
        match manifest.gender_head_for(name) {
            Some(spec) => match locate(spec, dirs)? {
                Some(source) => self.gender = Some(FoundModel { spec: spec.clone(), source }),
                None => self.notes.push(missing(ModelKind::Gender, &[spec], dirs)),
            },
            None => self.notes.push(ModelProblem::NoGenderHead { recogniser: name.clone() }),
        }
        Ok(())
    }
}

impl ModelProblem {
    /// The sentence in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Missing { kind, names, looked_in, .. } => format!(
                "缺少{}（{}），查找位置：{}；请运行 `duxue models pull` 获取",
                kind.zh(),
                names.join("、"),
                places(looked_in)
            ),
            Self::WrongHash { name, path, expected, got } => format!(
                "{} 不是本程序所用的 {name}：SHA-256 为 {got}，应为 {expected}；请删除后用 `duxue models pull {name}` 重新获取",
                path.display()
            ),
            Self::Unreadable { path, reason } => format!("无法读取 {}：{reason}", path.display()),
            Self::NoGenderHead { recogniser } => {
                format!("识别模型 {recogniser} 没有对应的性别提示模型，不统计男女人数")
            }
        }
    }
}

fn places(dirs: &[PathBuf]) -> String {
    if dirs.is_empty() {
        return "no folder at all".into();
    }
    dirs.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Where models are looked for: the folder that `DUXUE_MODELS` names, `shared/models` beside the working folder and
/// beside the git clone that it is in, and `~/.cache/duxue/models`, in this order. A download goes to the last.
pub fn default_dirs() -> Vec<PathBuf> {
    let working = env::current_dir().ok();
    let clone = working.as_deref().and_then(|dir| dir.ancestors().find(|d| d.join(".git").exists()));
    dirs_from(env::var_os(MODELS_VARIABLE).map(PathBuf::from), [working.as_deref(), clone], env::home_dir())
}

fn dirs_from(named: Option<PathBuf>, beside: [Option<&Path>; 2], home: Option<PathBuf>) -> Vec<PathBuf> {
    let named = named.filter(|dir| !dir.as_os_str().is_empty());
    let beside = beside.into_iter().flatten().filter_map(Path::parent).map(|dir| dir.join("shared").join("models"));
    let cache = home.map(|dir| dir.join(".cache").join("duxue").join("models"));
    let mut dirs: Vec<PathBuf> = named.into_iter().chain(beside).chain(cache).collect();
    dirs.dedup();
    dirs
}

/// Looks through the folders for a detector and, where there are such, a people detector, a recogniser and its gender head. Every file
/// used is hashed (about 10 ms): ask once and keep the answer.
///
/// A file of the right name with other content is an error even when another folder has the right one: whoever put it
/// there believes that it is used.
pub fn find(dirs: &[PathBuf]) -> Result<ModelSet, ModelProblem> {
    find_in(manifest(), dirs)
}

fn find_in(manifest: &Manifest, dirs: &[PathBuf]) -> Result<ModelSet, ModelProblem> {
    let detector = first_of(manifest, ModelKind::Detector, dirs)?;
    let mut set =
        ModelSet { detector, people: None, recogniser: None, gender: None, liveness: None, notes: Vec::new() };
    match first_of(manifest, ModelKind::People, dirs) {
        Ok(found) => set.people = Some(found),
        Err(missing @ ModelProblem::Missing { .. }) => set.notes.push(missing),
        Err(other) => return Err(other),
    }
    match first_of(manifest, ModelKind::Recogniser, dirs) {
        Ok(found) => set.recogniser = Some(found),
        Err(missing @ ModelProblem::Missing { .. }) => set.notes.push(missing),
        Err(other) => return Err(other),
    }
    match first_of(manifest, ModelKind::Liveness, dirs) {
        Ok(found) => set.liveness = Some(found),
        Err(ModelProblem::Missing { .. }) => {}
        Err(other) => return Err(other),
    }
    set.add_gender_head(manifest, dirs)?;
    Ok(set)
}

fn first_of(manifest: &Manifest, kind: ModelKind, dirs: &[PathBuf]) -> Result<FoundModel, ModelProblem> {
    let specs: Vec<_> = manifest.of_kind(kind).collect();
    for spec in &specs {
        if let Some(source) = locate(spec, dirs)? {
            return Ok(FoundModel { spec: (*spec).clone(), source });
        }
    }
    Err(missing(kind, &specs, dirs))
}

fn missing(kind: ModelKind, specs: &[&ModelSpec], dirs: &[PathBuf]) -> ModelProblem {
    ModelProblem::Missing {
        kind,
        names: specs.iter().map(|spec| spec.file.clone()).collect(),
        looked_in: dirs.to_vec(),
        how: format!("run `duxue models pull`, or set {MODELS_VARIABLE} to the folder that has one"),
    }
}

/// Where a model's checked bytes are, or None when no folder has the file.
pub(crate) fn locate(spec: &ModelSpec, dirs: &[PathBuf]) -> Result<Option<ModelSource>, ModelProblem> {
    if let Some(bytes) = built_in(spec) {
        return Ok(Some(ModelSource::BuiltIn(bytes)));
    }
    for path in dirs.iter().map(|dir| dir.join(&spec.file)) {
        match check_file(spec, &path) {
            Ok(()) => return Ok(Some(ModelSource::File(path))),
            Err(None) => {}
            Err(Some(problem)) => return Err(problem),
        }
    }
    Ok(None)
}

/// Err(None) when there is no such file.
pub(crate) fn check_file(spec: &ModelSpec, path: &Path) -> Result<(), Option<ModelProblem>> {
    let unreadable = |e: io::Error| ModelProblem::Unreadable { path: path.into(), reason: e.to_string() };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound || e.kind() == io::ErrorKind::NotADirectory => return Err(None),
        Err(e) => return Err(Some(unreadable(e))),
    };
    let got = sha256_of(file).map_err(|e| Some(unreadable(e)))?;
    if got == spec.sha256 {
        return Ok(());
    }
    let expected = spec.sha256.clone();
    Err(Some(ModelProblem::WrongHash { name: spec.name.clone(), path: path.into(), expected, got }))
}

fn sha256_of(mut file: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut piece = vec![0u8; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            n => hash.update(&piece[..n]),
        }
    }
}

fn built_in(spec: &ModelSpec) -> Option<&'static [u8]> {
    let bytes: &'static [u8] = match spec.name.as_str() {
        "gender_head_reid0095" => include_bytes!("../../models/gender_head_reid0095.onnx"),
        "gender_head_mobilefacenet" => include_bytes!("../../models/gender_head_mobilefacenet.onnx"),
        _ => return None,
    };
    spec.built_in.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A manifest whose models are small texts, so that their hashes can be right.
    fn small() -> Manifest {
        let mut manifest = manifest().clone();
        for model in manifest.models.iter_mut().filter(|m| !m.built_in) {
            model.sha256 = hex::encode(Sha256::digest(model.name.as_bytes()));
        }
        manifest
    }

    fn put(dir: &Path, name: &str) {
        let spec = manifest().get(name).unwrap();
        fs::write(dir.join(&spec.file), name).unwrap();
    }

    fn names(set: &ModelSet) -> (&str, Option<&str>, Option<&str>) {
        let name = |m: &'_ Option<FoundModel>| m.as_ref().map(|m| m.spec.name.clone());
        let leak = |n: Option<String>| n.map(|n| &*Box::leak(n.into_boxed_str()));
        (&set.detector.spec.name, leak(name(&set.recogniser)), leak(name(&set.gender)))
    }

    #[test]
    fn prefers_by_manifest_not_by_folder() {
        let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        put(a.path(), "face_detection_yunet_2023mar");
        put(a.path(), "mobilefacenet_foamliu");
        put(b.path(), "yunet_n_dynamic");
        let dirs = [a.path().to_owned(), b.path().to_owned()];
        let set = find_in(&small(), &dirs).unwrap();
        assert_eq!(names(&set), ("yunet_n_dynamic", Some("mobilefacenet_foamliu"), Some("gender_head_mobilefacenet")));
        put(b.path(), "face-reidentification-retail-0095");
        let set = find_in(&small(), &dirs).unwrap();
        assert_eq!(
            (names(&set).1, names(&set).2),
            (Some("face-reidentification-retail-0095"), Some("gender_head_reid0095"))
        );
    }

    #[test]
    fn says_what_is_missing_and_where_it_looked() {
        let dir = tempfile::tempdir().unwrap();
        let problem = find(&[dir.path().to_owned(), "/nowhere".into()]).unwrap_err();
        let text = problem.to_string();
        for part in ["face detector", "yunet_n_dynamic.onnx", "/nowhere", "duxue models pull", "DUXUE_MODELS"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(problem.zh().contains("人脸检测模型"));
        assert!(find(&[]).unwrap_err().to_string().contains("no folder at all"));
    }

    #[test]
    fn without_a_recogniser_people_are_counted_and_a_note_says_so() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "yunet_n_dynamic");
        let set = find_in(&small(), &[dir.path().to_owned()]).unwrap();
        assert_eq!((names(&set).1, names(&set).2, &set.people), (None, None, &None));
        let [of_people, _] = &set.notes[..] else { panic!("{:?}", set.notes) };
        assert!(matches!(of_people, ModelProblem::Missing { kind: ModelKind::People, .. }));
        put(dir.path(), "yolox_nano");
        let set = find_in(&small(), &[dir.path().to_owned()]).unwrap();
        assert_eq!(set.people.unwrap().spec.name, "yolox_nano");
        assert!(matches!(&set.notes[..], [ModelProblem::Missing { kind: ModelKind::Recogniser, .. }]));
        put(dir.path(), "face_recognition_sface_2021dec");
        let set = find_in(&small(), &[dir.path().to_owned()]).unwrap();
        assert!(matches!(&set.notes[..], [ModelProblem::NoGenderHead { .. }]));
    }

    #[test]
    fn the_hint_of_liveness_is_optional_and_nobody_is_told_when_it_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "yunet_n_dynamic");
        let without = find_in(&small(), &[dir.path().to_owned()]).unwrap();
        put(dir.path(), "minifas_v2_128_9820");
        let with = find_in(&small(), &[dir.path().to_owned()]).unwrap();
        assert_eq!((without.liveness, without.notes.len()), (None, with.notes.len()));
        assert_eq!(with.liveness.unwrap().spec.name, "minifas_v2_128_9820");
    }

    #[test]
    fn a_file_with_other_content_is_refused_by_its_hash() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), "yunet_n_dynamic");
        let problem = find(&[dir.path().to_owned()]).unwrap_err();
        let ModelProblem::WrongHash { path, expected, got, .. } = &problem else { panic!("{problem}") };
        assert_eq!(path, &dir.path().join("yunet_n_dynamic.onnx"));
        assert!(expected.starts_with("104ee26c") && got.len() == 64 && got != expected);
        assert!(problem.to_string().contains(got.as_str()) && problem.zh().contains(expected.as_str()));
    }

    #[test]
    fn a_folder_in_place_of_a_file_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("yunet_n_dynamic.onnx")).unwrap();
        assert!(matches!(find(&[dir.path().to_owned()]), Err(ModelProblem::Unreadable { .. })));
    }

    #[test]
    fn built_in_models_have_the_hash_of_the_manifest() {
        let built: Vec<_> = manifest().models.iter().filter(|m| m.built_in).collect();
        assert_eq!(built.len(), 2);
        for spec in built {
            let bytes = built_in(spec).unwrap();
            assert_eq!((hex::encode(Sha256::digest(bytes)), bytes.len() as u64), (spec.sha256.clone(), spec.bytes));
        }
    }

    #[test]
    fn the_folders_in_order() {
        let dirs = |named: &str, beside| dirs_from(Some(named.into()), beside, Some("/home/a".into()));
        let expected = |list: &[&str]| list.iter().map(PathBuf::from).collect::<Vec<_>>();
        let (clone, inside) = (Path::new("/src/duxue"), Path::new("/src/duxue/bench"));
        let cache = "/home/a/.cache/duxue/models";
        assert_eq!(dirs("/m", [Some(clone), Some(clone)]), expected(&["/m", "/src/shared/models", cache]));
        assert_eq!(
            dirs("", [Some(inside), Some(clone)]),
            expected(&["/src/duxue/shared/models", "/src/shared/models", cache])
        );
        assert_eq!(dirs("", [None, None]), expected(&[cache]));
    }
}

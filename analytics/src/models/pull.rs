//! What would have to be fetched, as a plan; the program that can download carries it out.

use std::path::{Path, PathBuf};

use super::{
    find::{ModelProblem, ModelSource, check_file, locate},
    manifest::{Manifest, ModelKind, ModelSpec, manifest},
};

/// One model on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its entry in the manifest.
    pub spec: ModelSpec,
    /// Whether it is there.
    pub state: ModelState,
}

/// Whether a model is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelState {
    /// In this file, with the right content.
    Present(PathBuf),
    /// Part of the program.
    BuiltIn,
    /// In no folder.
    Missing,
    /// There, and not usable.
    Bad(ModelProblem),
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PullStep {
    /// The model.
    pub spec: ModelSpec,
    /// What to do for it.
    pub action: PullAction,
}

/// What to do for one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PullAction {
    /// Nothing: it is there.
    Present,
    /// Download `url` (`bytes` long) to a temporary file, [`check_download`] it, rename it to the model's file name.
    Fetch {
        /// HTTPS; may redirect.
        url: String,
        /// The length to expect.
        bytes: u64,
    },
    /// It cannot be downloaded.
    NoDownload {
        /// Why, in a sentence.
        why: String,
    },
}

/// A name that is not in the manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no model {name:?}; known are {}", known.join(", "))]
pub struct UnknownModel {
    /// The name.
    pub name: String,
    /// Every name there is.
    pub known: Vec<String>,
}

/// Every model of the manifest and whether it is there.
pub fn list(dirs: &[PathBuf]) -> Vec<Listed> {
    manifest().models.iter().map(|spec| Listed { spec: spec.clone(), state: state(spec, dirs) }).collect()
}

fn state(spec: &ModelSpec, dirs: &[PathBuf]) -> ModelState {
    match locate(spec, dirs) {
        Ok(Some(ModelSource::File(path))) => ModelState::Present(path),
        Ok(Some(ModelSource::BuiltIn(_))) => ModelState::BuiltIn,
        Ok(None) => ModelState::Missing,
        Err(problem) => ModelState::Bad(problem),
    }
}

/// The steps for the named models; for none named, what is needed for each kind of which nothing is there.
pub fn plan(dirs: &[PathBuf], names: &[&str]) -> Result<Vec<PullStep>, UnknownModel> {
    plan_in(manifest(), dirs, names)
}

fn plan_in(manifest: &Manifest, dirs: &[PathBuf], names: &[&str]) -> Result<Vec<PullStep>, UnknownModel> {
    let wanted: Vec<&ModelSpec> = if names.is_empty() {
        [ModelKind::Detector, ModelKind::People, ModelKind::Recogniser, ModelKind::Liveness]
            .into_iter()
            .filter_map(|k| needed(manifest, k, dirs))
            .collect()
    } else {
        names.iter().map(|name| known(manifest, name)).collect::<Result<_, _>>()?
    };
    Ok(wanted.into_iter().map(|spec| PullStep { spec: spec.clone(), action: action(spec, dirs) }).collect())
}

fn known<'a>(manifest: &'a Manifest, name: &str) -> Result<&'a ModelSpec, UnknownModel> {
    let known = || manifest.models.iter().map(|m| m.name.clone()).collect();
    manifest.get(name).ok_or_else(|| UnknownModel { name: name.into(), known: known() })
}

/// The model that is there, else the one that the manifest marks to be pulled.
fn needed<'a>(manifest: &'a Manifest, kind: ModelKind, dirs: &[PathBuf]) -> Option<&'a ModelSpec> {
    let there = manifest.of_kind(kind).find(|spec| matches!(state(spec, dirs), ModelState::Present(_)));
    there.or_else(|| manifest.of_kind(kind).find(|spec| spec.pull))
}

fn action(spec: &ModelSpec, dirs: &[PathBuf]) -> PullAction {
    match (state(spec, dirs), &spec.url) {
        (ModelState::Present(_) | ModelState::BuiltIn, _) => PullAction::Present,
        (_, Some(url)) => PullAction::Fetch { url: url.clone(), bytes: spec.bytes },
        (_, None) => PullAction::NoDownload { why: spec.no_download.clone().unwrap_or_default() },
    }
}

/// Whether a downloaded file is the model. Call it before the file gets its final name.
pub fn check_download(spec: &ModelSpec, path: &Path) -> Result<(), ModelProblem> {
    check_file(spec, path).map_err(|problem| {
        problem.unwrap_or_else(|| ModelProblem::Unreadable { path: path.into(), reason: "it is not there".into() })
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn actions(steps: &[PullStep]) -> Vec<(&str, &PullAction)> {
        steps.iter().map(|step| (step.spec.name.as_str(), &step.action)).collect()
    }

    #[test]
    fn with_nothing_there_fetches_one_of_each_kind() {
        let dir = tempfile::tempdir().unwrap();
        let steps = plan(&[dir.path().to_owned()], &[]).unwrap();
        let all = actions(&steps);
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["yunet_n_dynamic", "yolox_nano", "mobilefacenet_foamliu", "minifas_v2_128_9820"]);
        assert!(all.iter().all(|(_, action)| matches!(action, PullAction::Fetch { .. })), "{steps:?}");
        let PullAction::Fetch { url, bytes } = all[0].1 else { panic!("{steps:?}") };
        assert!(url.starts_with("https://") && *bytes == 322_906);
    }

    #[test]
    fn a_model_without_upstream_onnx_says_so_and_a_typo_lists_the_names() {
        let steps = plan(&[], &["face-reidentification-retail-0095", "gender_head_reid0095"]).unwrap();
        let [(_, PullAction::NoDownload { why }), (_, PullAction::Present)] = actions(&steps)[..] else {
            panic!("{steps:?}")
        };
        assert!(why.contains("not as ONNX"));
        let error = plan(&[], &["sface"]).unwrap_err();
        assert!(error.to_string().contains("face_recognition_sface_2021dec"), "{error}");
    }

    #[test]
    fn what_is_there_is_not_fetched_and_a_bad_file_is_fetched_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut manifest = manifest().clone();
        let content = b"a recogniser";
        let reid = manifest.models.iter_mut().find(|m| m.kind == ModelKind::Recogniser).unwrap();
        reid.sha256 = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(content));
        fs::write(dir.path().join(&reid.file), content).unwrap();
        fs::write(dir.path().join("yunet_n_dynamic.onnx"), "half a download").unwrap();
        let steps = plan_in(&manifest, &[dir.path().to_owned()], &[]).unwrap();
        assert!(matches!(
            actions(&steps)[..],
            [
                ("yunet_n_dynamic", PullAction::Fetch { .. }),
                ("yolox_nano", PullAction::Fetch { .. }),
                ("face-reidentification-retail-0095", PullAction::Present),
                ("minifas_v2_128_9820", PullAction::Fetch { .. })
            ]
        ));
    }

    #[test]
    fn a_download_is_checked() {
        let dir = tempfile::tempdir().unwrap();
        let spec = manifest().get("yunet_n_dynamic").unwrap();
        let path = dir.path().join("download");
        assert!(matches!(check_download(spec, &path), Err(ModelProblem::Unreadable { .. })));
        fs::write(&path, "<html>not found</html>").unwrap();
        assert!(matches!(check_download(spec, &path), Err(ModelProblem::WrongHash { .. })));
    }

    #[test]
    fn the_list_names_every_model_with_its_state() {
        let listed = list(&[]);
        assert_eq!(listed.len(), manifest().models.len());
        for entry in listed {
            let expected = if entry.spec.built_in { ModelState::BuiltIn } else { ModelState::Missing };
            assert_eq!(entry.state, expected, "{}", entry.spec.name);
        }
    }
}

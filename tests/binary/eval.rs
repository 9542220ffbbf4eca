//! `duxue eval` on a small labelled folder: figures as a table and as JSON, and mistakes in labels by name.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

pub fn pictures() -> PathBuf {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("shared/testdata");
    env::var_os("DUXUE_TESTDATA").map_or(shared, PathBuf::from)
}

/// A folder with a table and the files that it names.
fn part(dir: &Path, part: &str, table: (&str, &str), files: &[&str]) {
    fs::create_dir_all(dir.join(part)).unwrap();
    fs::write(dir.join(part).join(table.0), table.1).unwrap();
    for file in files {
        let from = pictures().join(part).join(file);
        fs::copy(&from, dir.join(part).join(file)).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

fn eval(dir: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_duxue")).arg("eval").arg(dir).args(more).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_labelled_folder_is_measured() {
    if env::var_os("DUXUE_WITHOUT_MODELS").is_some_and(|v| v == "1") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let counts = "file,people_in_scene,visible_faces\ncompreface-000_5.jpg,5,5\nomz-classroom-teacher-0002.png,17,\ngone.jpg,1,1\n";
    part(dir.path(), "group", ("counts.csv", counts), &["compreface-000_5.jpg", "omz-classroom-teacher-0002.png"]);
    part(dir.path(), "video", ("counts.csv", "file,people\nomz-smart_classroom.gif,4\n"), &["omz-smart_classroom.gif"]);
    let persons = ["Family1-Dad1.jpg", "Family1-Dad2.jpg", "Family2-Lady1.jpg"];
    let labels = "file,person\nFamily1-Dad1.jpg,dad1\nFamily1-Dad2.jpg,dad1\nFamily2-Lady1.jpg,lady2\n";
    part(dir.path(), "identity", ("labels.csv", labels), &persons);
    part(dir.path(), "gender", ("labels.csv", "file,gender,age\nff_val_120.jpg,Female,20-29\n"), &["ff_val_120.jpg"]);

    let json = dir.path().join("figures.json");
    let (code, said) = eval(dir.path(), &["--every", "8", "--json", json.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    for words in ["faces in pictures", "omz-smart_classroom.gif", "AUC 1.0000", "age 20-29", "gone.jpg: cannot read"] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    let figures: Value = serde_json::from_slice(&fs::read(json).unwrap()).unwrap();
    assert_eq!((&figures["faces"]["pictures"], &figures["faces"]["right"]), (&1.into(), &1.into()));
    assert!(figures["people"]["most_missed"].as_u64().unwrap() <= 5, "{figures:#}");
    assert_eq!(figures["videos"][0]["counting"]["pictures"], 3, "23 frames, every eighth");
    assert_eq!(figures["videos"][0]["counting"]["right"], 3);
    assert_eq!((&figures["identity"]["same"], &figures["identity"]["different"]), (&1.into(), &2.into()));
    assert_eq!(figures["sexes"]["all"]["read"], 1);
    assert!(figures["spent"].as_array().unwrap().iter().all(|stage| stage["median_ms"].as_f64().unwrap() > 0.0));

    let (code, said) = eval(dir.path(), &["--recogniser", "nobody"]);
    assert!(code == Some(1) && said.contains("face-reidentification-retail-0095"), "{said}");
    fs::write(dir.path().join("gender/labels.csv"), "file,gender\nff_val_120.jpg,F\n").unwrap();
    let (code, said) = eval(dir.path(), &[]);
    assert!(code == Some(0) && said.contains("gender is \"F\", not Male or Female"), "{said}");
}

#[test]
fn a_folder_without_labels_says_what_was_looked_for() {
    if env::var_os("DUXUE_WITHOUT_MODELS").is_some_and(|v| v == "1") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let (code, said) = eval(dir.path(), &[]);
    assert!(code == Some(1) && said.contains("group/counts.csv"), "{said}");
    let (code, said) = eval(&dir.path().join("nothing"), &[]);
    assert!(code == Some(1) && said.contains("is no folder"), "{said}");
}

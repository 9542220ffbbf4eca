//! Pictures and model files that nobody hopes for.

use std::{fs, path::Path, thread};

use duxue_analytics::{
    Analyser, LoadError, ModelLoadError, ObserveOptions, OwnedPicture, cost,
    models::{ModelSet, ModelSource},
};
use libtest_mimic::Failed;

use crate::setup::Setup;

pub fn pictures_of_any_size(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    for (width, height) in [(1, 1), (16, 16), (31, 33), (16_000, 2), (2, 4_000), (7680, 4320)] {
        let noise = (0..width as usize * height as usize * 3).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8);
        let picture = OwnedPicture::new(width, height, noise.collect())?;
        let observed = analyser.observe(picture.view(), &ObserveOptions::default())?;
        println!("{width}x{height}: {} faces, {:?}", observed.faces.len(), observed.timings);
        assert!(observed.faces.is_empty());
    }
    // A real face that the picture's edge cuts: boxes stay inside, nothing panics.
    let whole = setup.picture("identity/Family2-Lady1.jpg");
    let (w, h) = (whole.view().width() as usize, whole.view().height() as usize);
    for cut in [w / 2, w / 3] {
        let half: Vec<u8> = whole.view().bgr().chunks(w * 3).flat_map(|row| row[cut * 3..].to_vec()).collect();
        let half = OwnedPicture::new((w - cut) as u32, h as u32, half)?;
        for face in analyser.observe(half.view(), &ObserveOptions { min_score: 0.3, ..Default::default() })?.faces {
            assert!(face.area.x >= 0.0 && face.area.x + face.area.width <= (w - cut) as f32 + 0.01, "{:?}", face.area);
        }
    }
    Ok(())
}

pub fn models_that_do_not_fit(setup: &Setup) -> Result<(), Failed> {
    let good = setup.model("yunet_n_dynamic");
    let recogniser = setup.model("face-reidentification-retail-0095");
    let load = |detector: ModelSource| {
        let mut set = ModelSet {
            detector: good.clone(),
            people: None,
            recogniser: None,
            gender: None,
            liveness: None,
            notes: Vec::new(),
        };
        set.detector.source = detector;
        Analyser::load(&set, &setup.runtime, 1).err()
    };
    let other = load(recogniser.source.clone()).unwrap();
    println!("{other}\n{}", other.zh());
    assert!(matches!(&other, LoadError::Model(ModelLoadError::WrongShape { .. })));
    assert!(other.to_string().contains("yunet_n_dynamic does not fit"), "{other}");
    // Fixed where the manifest says it must be open.
    let fixed = load(setup.model("face_detection_yunet_2023mar").source).unwrap();
    println!("{fixed}");
    assert!(fixed.to_string().contains("[1, 3, -1, -1]") && fixed.to_string().contains("640"), "{fixed}");
    let dir = tempfile::tempdir()?;
    let junk = dir.path().join("junk.onnx");
    fs::write(&junk, b"this is no protocol buffer")?;
    let refused = load(ModelSource::File(junk)).unwrap();
    println!("{refused}");
    assert!(matches!(&refused, LoadError::Model(ModelLoadError::Refused { .. })));
    let gone = load(ModelSource::File(dir.path().join("gone.onnx"))).unwrap();
    assert!(gone.to_string().contains("gone.onnx"), "{gone}");
    assert_eq!(load(good.source.clone()), None);
    Ok(())
}

/// The fixtures have the right inputs and outputs and compute the square root of negative numbers.
pub fn models_that_give_nonsense(setup: &Setup) -> Result<(), Failed> {
    let fixture = |name: &str| {
        ModelSource::File(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/fixtures").join(name))
    };
    let picture = setup.picture("identity/Family2-Lady1.jpg");
    let problem = |set: &ModelSet| {
        let analyser = Analyser::load(set, &setup.runtime, 1).unwrap();
        let problem = analyser.observe(picture.view(), &ObserveOptions::default()).unwrap_err();
        let enrolled = analyser.enrol(picture.view());
        println!("{problem}");
        (problem.to_string(), enrolled)
    };
    let good = ModelSet {
        detector: setup.model("yunet_n_dynamic"),
        people: Some(setup.model("yolox_nano_dynamic")),
        recogniser: Some(setup.model("face-reidentification-retail-0095")),
        gender: Some(setup.model("gender_head_reid0095")),
        liveness: None,
        notes: Vec::new(),
    };
    let mut set = good.clone();
    set.detector.source = fixture("nan_detector.onnx");
    let (said, enrolled) = problem(&set);
    assert!(said.contains("yunet_n_dynamic gave nonsense") && said.contains("not numbers"), "{said}");
    assert!(enrolled.is_err());
    let mut set = good.clone();
    set.recogniser.as_mut().unwrap().source = fixture("nan_recogniser.onnx");
    let (said, enrolled) = problem(&set);
    assert!(said.contains("0095 gave nonsense") && said.contains("not finite"), "{said}");
    assert!(enrolled.is_err());
    let mut set = good;
    set.gender.as_mut().unwrap().source = fixture("nan_gender_head.onnx");
    let (said, enrolled) = problem(&set);
    assert!(said.contains("gender_head_reid0095 gave nonsense"), "{said}");
    assert!(enrolled.is_ok(), "a template needs no gender head");
    Ok(())
}

pub fn several_threads_agree(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let picture = setup.picture("group/compreface-000_5.jpg");
    let observe = || analyser.observe(picture.view(), &ObserveOptions::default()).map(|observed| observed.faces);
    let alone = observe()?;
    assert_eq!(alone.iter().filter(|face| face.embedding.is_some()).count(), 5);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(observe)).collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap().unwrap(), alone);
        }
    });
    Ok(())
}

pub fn every_stage_costs_something(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.usual();
    let picture = setup.picture("group/compreface-000_5.jpg");
    let report = cost::measure(&analyser, picture.view(), &ObserveOptions::default(), 10)?;
    println!("{report}");
    assert_eq!((report.faces, report.identified), (5, 5));
    let stages = [
        report.measure_ms,
        report.detect_ms,
        report.recognise_ms_per_face,
        report.recognise_ms_per_face_alone,
        report.gender_ms_per_face,
    ];
    assert!(stages.iter().all(|ms| *ms > 0.0), "{report:?}");
    Ok(())
}

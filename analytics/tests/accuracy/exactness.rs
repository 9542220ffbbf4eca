//! The whole chain against numbers computed apart from it: Pillow, numpy (singular value decomposition for the
//! alignment) and onnxruntime's Python binding, written from the models' descriptions, on a PNG at its own size.

use duxue_analytics::{ObserveOptions, align::Landmarks};
use libtest_mimic::Failed;

use crate::setup::Setup;

/// Score, box, landmarks, probability of a man.
type Expected = (f32, [f32; 4], Landmarks, f32);

/// Highest score first.
const FACES: [Expected; 5] = [
    (
        0.9334,
        [615.2826, 492.0495, 66.962, 87.896],
        [[633.691, 527.918], [664.178, 526.619], [650.475, 545.803], [637.84, 558.335], [664.129, 557.129]],
        0.99979,
    ),
    (
        0.9236,
        [911.7219, 442.628, 44.3595, 58.6891],
        [[922.384, 464.271], [943.491, 463.928], [931.614, 477.353], [925.025, 485.016], [942.566, 484.616]],
        0.5812,
    ),
    (
        0.9192,
        [316.5216, 581.7544, 67.9762, 86.9213],
        [[335.984, 614.347], [367.167, 612.354], [353.577, 631.755], [339.971, 644.123], [366.596, 642.44]],
        0.11821,
    ),
    (
        0.9176,
        [1305.1364, 507.6325, 68.669, 82.8851],
        [[1322.45, 540.132], [1354.072, 543.682], [1334.752, 561.722], [1319.395, 569.026], [1345.902, 571.936]],
        0.99756,
    ),
    (
        0.9149,
        [497.2104, 453.4596, 42.2329, 49.7331],
        [[504.246, 474.1], [522.435, 472.702], [511.612, 484.787], [508.708, 491.9], [523.175, 490.448]],
        0.89942,
    ),
];

/// Cosine similarities of the five embeddings, row by row above the diagonal.
const SIMILARITIES: [f32; 10] =
    [0.11885, 0.05842, 0.13269, 0.20853, -0.10342, 0.27581, 0.12766, 0.00593, 0.0994, 0.22797];

/// How the first face's embedding begins.
const FIRST: [f32; 4] = [-0.0653, 0.05323, 0.01898, -0.07844];

pub fn equals_an_independent_calculation(setup: &Setup) -> Result<(), Failed> {
    let analyser = setup.analyser("yunet_n_dynamic", "face-reidentification-retail-0095");
    let picture = setup.picture("group/omz-classroom-action-0005.png");
    let options = ObserveOptions { detect_long_side: picture.view().width(), ..Default::default() };
    let faces = analyser.observe(picture.view(), &options)?.faces;
    assert_eq!(faces.len(), FACES.len());
    for (face, (score, [x, y, width, height], landmarks, male)) in faces.iter().zip(FACES) {
        near(face.score, score, 1e-3, "score");
        for (got, want) in
            [face.area.x, face.area.y, face.area.width, face.area.height].iter().zip([x, y, width, height])
        {
            near(*got, want, 0.02, "box");
        }
        for (got, want) in face.landmarks.as_flattened().iter().zip(landmarks.as_flattened()) {
            near(*got, *want, 0.02, "landmark");
        }
        near(face.male_probability.unwrap(), male, 2e-3, "probability of a man");
    }
    let embeddings: Vec<_> = faces.iter().map(|f| f.embedding.as_ref().unwrap()).collect();
    let pairs = (0..5).flat_map(|i| (i + 1..5).map(move |j| (i, j)));
    for ((i, j), want) in pairs.zip(SIMILARITIES) {
        near(embeddings[i].similarity(embeddings[j]).unwrap(), want, 1e-3, "similarity");
    }
    for (got, want) in embeddings[0].vector().iter().zip(FIRST) {
        near(*got, want, 1e-3, "embedding");
    }
    Ok(())
}

fn near(got: f32, want: f32, within: f32, what: &str) {
    assert!((got - want).abs() <= within, "{what}: {got} instead of {want}");
}

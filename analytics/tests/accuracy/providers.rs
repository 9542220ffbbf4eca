//! Accelerators that are asked for: what they find is what the CPU finds, and without one the CPU is used and says so.

use duxue_analytics::{
    Analyser, ObserveOptions, Observed, models,
    provider::{Execution, Provider},
};
use libtest_mimic::Failed;

use crate::setup::Setup;

/// Embeddings may differ by this much of a cosine: the order of additions is another.
const ALIKE: f32 = 0.999;

/// On a machine with a card this compares the card with the CPU; on one without, it shows the fallback.
pub fn whoever_runs_the_models_finds_the_same(setup: &Setup) -> Result<(), Failed> {
    let picture = setup.picture("group/omz-classroom-action-0005.png");
    let options = ObserveOptions::default();
    let expected = setup.usual().observe(picture.view(), &options)?;
    for provider in [Provider::Cuda, Provider::TensorRt] {
        let wanted = Execution { provider, ..Execution::cpu(1) };
        let analyser = Analyser::load_on(&models::find(&models::default_dirs())?, &setup.runtime, &wanted)?;
        let running = analyser.running();
        println!("{running}\n{}", running.zh());
        assert_eq!(running.wanted, provider);
        if running.fell_back() {
            assert_eq!(running.missed[0].provider, provider);
            assert!(running.missed.iter().all(|missed| !missed.reason.is_empty()));
            assert!(running.to_string().contains(&format!("instead of {}", provider.name())), "{running}");
        }
        same(&expected, &analyser.observe(picture.view(), &options)?);
    }
    Ok(())
}

/// A card that is not there is no reason to stop either.
pub fn a_card_that_is_not_there(setup: &Setup) -> Result<(), Failed> {
    let wanted = Execution { provider: Provider::Cuda, device: 4_000, ..Execution::cpu(1) };
    let analyser = Analyser::load_on(&models::find(&models::default_dirs())?, &setup.runtime, &wanted)?;
    println!("{}", analyser.running());
    assert_eq!(analyser.running().provider, Provider::Cpu);
    assert_eq!(analyser.running().missed.len(), 1);
    Ok(())
}

fn same(expected: &Observed, got: &Observed) {
    assert_eq!((got.faces.len(), got.faceless.len()), (expected.faces.len(), expected.faceless.len()));
    for (a, b) in expected.faces.iter().zip(&got.faces) {
        assert!((a.area.x - b.area.x).abs() < 0.5 && (a.area.y - b.area.y).abs() < 0.5, "{:?} {:?}", a.area, b.area);
        match (&a.embedding, &b.embedding) {
            (Some(a), Some(b)) => {
                let cosine: f32 = a.vector().iter().zip(b.vector()).map(|(a, b)| a * b).sum();
                assert!(cosine > ALIKE, "{cosine}");
            }
            (None, None) => {}
            _ => panic!("one of them has an embedding and the other has none"),
        }
    }
}

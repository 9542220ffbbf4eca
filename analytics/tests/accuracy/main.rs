//! Accuracy on real pictures with the real models, held against the figures in `README.md`.
//!
//! It needs the models, ONNX Runtime and the pictures (`DUXUE_TESTDATA`, or `../shared/testdata` beside the workspace).
//! Where something is missing the tests fail and name it; with `DUXUE_WITHOUT_MODELS=1` they are reported as ignored.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::print_stdout, reason = "the figures are the result; run with --no-capture to see them")]

mod counting;
mod enrolment;
mod exactness;
mod gender;
mod identity;
mod likelihood;
mod oddities;
mod setup;

use libtest_mimic::{Arguments, Failed, Trial};
use setup::Setup;

type Test = fn(&Setup) -> Result<(), Failed>;

const TESTS: [(&str, Test); 22] = [
    ("exactness::equals_an_independent_calculation", exactness::equals_an_independent_calculation),
    ("counting::group_pictures", counting::group_pictures),
    ("counting::people_facing_away_have_no_face", counting::people_facing_away_have_no_face),
    ("counting::people_and_faces_together", counting::people_and_faces_together),
    ("counting::small_faces", counting::small_faces),
    ("counting::clips", counting::clips),
    ("counting::fixed_size_detector", counting::fixed_size_detector),
    ("identity::reid_0095", identity::reid_0095),
    ("identity::mobilefacenet", identity::mobilefacenet),
    ("identity::the_same_face_at_other_sizes", identity::the_same_face_at_other_sizes),
    ("likelihood::families_are_told_apart", likelihood::families_are_told_apart),
    ("likelihood::strangers_before_a_class", likelihood::strangers_before_a_class),
    ("gender::reid_0095", gender::reid_0095),
    ("gender::mobilefacenet", gender::mobilefacenet),
    ("gender::group_pictures", gender::group_pictures),
    ("enrolment::people_are_enrolled_and_found_again", enrolment::people_are_enrolled_and_found_again),
    ("enrolment::pictures_that_will_not_do", enrolment::pictures_that_will_not_do),
    ("oddities::pictures_of_any_size", oddities::pictures_of_any_size),
    ("oddities::models_that_do_not_fit", oddities::models_that_do_not_fit),
    ("oddities::models_that_give_nonsense", oddities::models_that_give_nonsense),
    ("oddities::every_stage_costs_something", oddities::every_stage_costs_something),
    ("oddities::several_threads_agree", oddities::several_threads_agree),
];

fn main() {
    let without = std::env::var_os("DUXUE_WITHOUT_MODELS").is_some_and(|v| v == "1");
    let trials = TESTS.map(|(name, test)| {
        Trial::test(name, move || test(&Setup::find().map_err(Failed::from)?)).with_ignored_flag(without)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}

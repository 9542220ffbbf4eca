//! How likely it is that a face is the student's whom it looks most like: similarity as a probability.
//!
//! The evidence of one similarity is how much likelier it is between two pictures of one person than between those of two.
//! Its figures are those stated for face-reidentification-retail-0095 on the 6,000 pairs of Labeled Faces in the Wild
//! (MobileFaceNet's are close): of pairs of one person 0.8 % lie below 0.299 and 1.6 % below 0.363, of pairs of two 0.1 %
//! above 0.299 and 0.03 % above 0.363. Between such points both tails are taken as exponential:
//!
//! - one person: density `0.008 a e^(a (s - 0.299))` with `a = ln 2 / 0.064`;
//! - two strangers: density `0.001 b e^(-b (s - 0.299))` with `b = ln (10/3) / 0.064`;
//! - two relatives, at most 0.44 among the family pictures that the figures come with: normal around 0.30 with deviation
//!   0.10. One pair in fifty is taken to be of relatives, so that a brother or sister is unsure and not certain.
//!
//! The same set at smaller sizes gives how much a smaller face tells: the log-odds of being found again at one false match in a
//! thousand, against those at 64 pixels, weigh the evidence. A recogniser with other figures needs others here; the
//! thresholds of the policy hold whatever this says.

use crate::observation::Likeness;

/// Where the stated figures meet.
const AT: f64 = 0.299;
/// From there to the next stated point.
const STEP: f64 = 0.064;
/// Of pairs of one person, the share below [`AT`].
const MISSED: f64 = 0.008;
/// Of pairs of two strangers, the share above [`AT`].
const MISTAKEN: f64 = 0.001;
/// The share of pairs of two who are relatives.
const RELATIVES: f64 = 0.02;
/// Their similarity and its deviation.
const RELATIVE: (f64, f64) = (0.30, 0.10);
/// Against people who are not enrolled nothing is surer: somebody as like as that may be anywhere. Between two who are
/// enrolled there is no such limit.
const MOST_EVIDENCE: f64 = 1e4;
/// What else a face in a classroom may be, in evidence of 1: the rest of a class of thirty of whom none is as like as the
/// next one, and somebody who is on no roster, one face in ten.
const OTHERS: f64 = 3.0 + 0.1 / (0.9 / 30.0);

/// Width of the face in pixels and the share found again at one false match in a thousand (LFW, first fold, probes made
/// smaller).
const BY_WIDTH: [(f64, f64); 5] = [(16.0, 0.930), (24.0, 0.983), (32.0, 0.990), (48.0, 0.993), (64.0, 0.993)];
/// Between the eyes, in widths of a face.
const EYES_IN_WIDTHS: f64 = 0.45;

/// How likely the face is the student's, 0 to 1: a hint for a person, never a fact. `eye_distance_px` is that of the face that
/// was seen; `None`: it is large.
pub fn probability(likeness: &Likeness, eye_distance_px: Option<f32>) -> f32 {
    let weight = eye_distance_px.map_or(1.0, |eyes| weight(f64::from(eyes) / EYES_IN_WIDTHS));
    let evidence = |similarity: f32| evidence(f64::from(similarity)).powf(weight);
    let own = evidence(likeness.similarity);
    let next = likeness.runner_up.map_or(0.0, evidence);
    let share = 1.0 / (1.0 + next / own + OTHERS / own.min(MOST_EVIDENCE));
    if share.is_nan() { 0.0 } else { share as f32 }
}

/// How much likelier the similarity is between two pictures of one person than between those of two.
fn evidence(similarity: f64) -> f64 {
    let (a, b) = (2.0f64.ln() / STEP, (10.0f64 / 3.0).ln() / STEP);
    let beyond = similarity - AT;
    let one = MISSED * a * (a * beyond).exp();
    let strangers = MISTAKEN * b * (-b * beyond).exp();
    let (middle, deviation) = RELATIVE;
    let relatives =
        (-((similarity - middle) / deviation).powi(2) / 2.0).exp() / (deviation * std::f64::consts::TAU.sqrt());
    // Clamped, not the lesser of two: what is no number stays none.
    (one / ((1.0 - RELATIVES) * strangers + RELATIVES * relatives)).clamp(0.0, f64::MAX)
}

/// How much of the evidence a face of that width gives, 0 to 1.
fn weight(width_px: f64) -> f64 {
    let odds = |share: f64| (share / (1.0 - share)).ln();
    let full = odds(BY_WIDTH[BY_WIDTH.len() - 1].1);
    let (first, last) = (BY_WIDTH[0], BY_WIDTH[BY_WIDTH.len() - 1]);
    if width_px >= last.0 {
        return 1.0;
    }
    if width_px <= first.0 {
        // Below what was measured it falls to nothing.
        return odds(first.1) / full * (width_px / first.0).clamp(0.0, 1.0);
    }
    let between = BY_WIDTH.windows(2).find(|pair| width_px <= pair[1].0);
    between.map_or(1.0, |pair| {
        let share = (width_px - pair[0].0) / (pair[1].0 - pair[0].0);
        (odds(pair[0].1) + (odds(pair[1].1) - odds(pair[0].1)) * share) / full
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StudentId;
    use uuid::Uuid;

    fn of(similarity: f32, runner_up: Option<f32>, eyes: Option<f32>) -> f32 {
        probability(&Likeness { student: StudentId(Uuid::nil()), similarity, runner_up }, eyes)
    }

    #[test]
    fn the_stated_figures_give_the_evidence() {
        // 10.83 and 18.81 are the slopes: 0.008 * 10.83 over 0.98 * 0.001 * 18.81 + 0.02 * 3.989 at 0.299.
        assert!((evidence(0.299) - 0.08664 / (0.018436 + 0.079780)).abs() < 0.005, "{}", evidence(0.299));
        assert!(evidence(0.0) < 0.01 && evidence(0.9) > MOST_EVIDENCE);
    }

    #[test]
    fn certain_unsure_and_nobody() {
        assert!(of(0.70, Some(0.30), None) > 0.99);
        assert!(of(0.55, Some(0.25), None) > 0.95);
        // The threshold of the recogniser's makers is where it begins to be anybody's guess.
        assert!((0.2..0.5).contains(&of(0.363, Some(0.2), None)), "{}", of(0.363, Some(0.2), None));
        assert!(of(0.20, Some(0.15), None) < 0.05);
        assert_eq!(of(f32::NAN, None, None), 0.0);
    }

    #[test]
    fn a_brother_is_not_certain_and_twins_are_one_or_the_other() {
        assert!(of(0.44, Some(0.2), None) < 0.75, "{}", of(0.44, Some(0.2), None));
        // Drawn faces, or pictures of one day: all are alike, and one is clearly more so.
        assert!(of(0.94, Some(0.78), None) > 0.95 && of(0.80, Some(0.73), None) > 0.8);
        let twins = of(0.70, Some(0.69), None);
        assert!((0.4..0.65).contains(&twins), "{twins}");
    }

    #[test]
    fn more_alike_is_never_less_likely_and_smaller_faces_tell_less() {
        for n in 0..100 {
            let (here, next) = (n as f32 / 100.0, (n + 1) as f32 / 100.0);
            assert!(of(next, Some(0.1), None) >= of(here, Some(0.1), None), "{here}");
        }
        let by_size = [4.0, 8.0, 12.0, 16.0, 30.0].map(|eyes| of(0.5, Some(0.2), Some(eyes)));
        assert!(by_size.is_sorted(), "{by_size:?}");
        assert!(by_size[0] < by_size[4] - 0.2);
        assert_eq!(of(0.5, Some(0.2), Some(30.0)), of(0.5, Some(0.2), None));
    }

    /// Reckoned outside of the program, from the figures above.
    #[test]
    fn a_second_reckoning_gives_the_same() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6 * b.max(1.0), "{a} {b}");
        for (similarity, expected) in
            [(0.1, 0.012713119), (0.299, 0.882133299), (0.363, 2.442126238), (0.5, 68.1123115), (0.7, 182_498.924)]
        {
            near(evidence(similarity), expected);
        }
        for (width, expected) in [
            (4.0, 0.130513776),
            (16.0, 0.522055105),
            (20.0, 0.670466781),
            (24.0, 0.818878457),
            (30.0, 0.900272536),
            (40.0, 0.963701948),
            (56.0, 1.0),
            (64.0, 1.0),
            (65.0, 1.0),
        ] {
            near(weight(width), expected);
        }
        for (similarity, next, eyes, expected) in [
            (0.45, Some(0.40), None, 0.591286676),
            (0.45, None, None, 0.722375053),
            (0.9, Some(0.5), None, 0.999366801),
            (0.45, Some(0.40), Some(9.0), 0.413120841),
            (0.40, Some(0.30), Some(7.2), 0.242591170),
            (0.45, None, Some(20.0), 0.713218779),
        ] {
            let share = f64::from(of(similarity, next, eyes));
            assert!((share - expected).abs() < 1e-5, "{share} {expected}");
        }
    }
}

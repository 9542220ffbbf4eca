//! R7.4c (七(四): 常态化随机监管): whom to look at today, by lot, weighted by risk.
//!
//! The lots are those of [`crate::draw`]: without putting back, in whole numbers, from a recorded seed, the same on every
//! machine. What is recorded is the facts with which each class went in, so that anybody can weigh and draw again
//! ([`verify`]). A second draw of a day needs a reason and a seed of its own; the first stays on record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{RiskFacts, weight};
use crate::{
    draw::{Candidate, Draw, DrawProblem, Seed},
    ids::ClassId,
    policy::Policy,
    text::Remark,
};

/// A draw of the classes to look at on a day, kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// The day.
    pub on: Date,
    /// What was known of each class, in the order of their IDs.
    pub facts: Vec<RiskFacts>,
    /// The draw: its candidates are the classes with their weights.
    pub draw: Draw,
    /// Why it was drawn again that day; `None` exactly for the first.
    pub again_because: Option<Remark>,
}

/// Why a selection is not believed, or not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SelectionProblem {
    /// It was tampered with.
    #[error("the draw cannot be believed")]
    Draw(#[source] DrawProblem),
    /// The weights are not those of the facts under the policy, or a class is missing or there twice.
    #[error("the weights are not those of the recorded facts")]
    Weights,
    /// There is a draw of that day already, and no reason for another.
    #[error("there is a draw of that day already: another needs a reason, and the first stays on record")]
    AgainWithoutReason,
    /// A reason to draw again, but nothing was drawn that day.
    #[error("there is no earlier draw of that day to replace")]
    NothingBefore,
    /// The seed was used before.
    #[error("another draw needs a seed of its own")]
    SameSeed,
}

impl Selection {
    /// The classes to look at, in the order of the lots.
    pub fn drawn(&self) -> impl Iterator<Item = ClassId> + '_ {
        self.draw.drawn.iter().map(|&id| ClassId(id))
    }
}

/// Draws `wanted` of the classes; all, where there are fewer. A class given twice counts once, with its first facts.
pub fn select(on: Date, facts: &[RiskFacts], wanted: u32, seed: Seed, policy: &Policy) -> Selection {
    let mut facts = facts.to_vec();
    facts.sort_by_key(|facts| facts.class);
    facts.dedup_by_key(|facts| facts.class);
    let draw = Draw::new(candidates(&facts, policy), wanted, seed);
    Selection { on, facts, draw, again_because: None }
}

fn candidates<'a>(facts: &'a [RiskFacts], policy: &'a Policy) -> impl Iterator<Item = Candidate> + 'a {
    facts.iter().map(|facts| Candidate { id: facts.class.0, weight: weight(facts, policy) })
}

/// Weighs and draws again under the policy of then.
pub fn verify(selection: &Selection, policy: &Policy) -> Result<(), SelectionProblem> {
    selection.draw.check().map_err(SelectionProblem::Draw)?;
    let weighed = candidates(&selection.facts, policy).eq(selection.draw.candidates.iter().copied());
    if weighed { Ok(()) } else { Err(SelectionProblem::Weights) }
}

/// Whether a new selection may be recorded after those there are.
pub fn accept(earlier: &[Selection], new: &Selection, policy: &Policy) -> Result<(), SelectionProblem> {
    verify(new, policy)?;
    let before = earlier.iter().any(|selection| selection.on == new.on);
    match (before, &new.again_because) {
        (true, None) => Err(SelectionProblem::AgainWithoutReason),
        (false, Some(_)) => Err(SelectionProblem::NothingBefore),
        (true, Some(_)) | (false, None) if earlier.iter().any(|old| old.draw.seed == new.draw.seed) => {
            Err(SelectionProblem::SameSeed)
        }
        (true, Some(_)) | (false, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const DAY: Date = date(2024, 10, 16);

    fn class(n: u128, open_findings: u32) -> RiskFacts {
        RiskFacts { class: ClassId(Uuid::from_u128(n)), open_findings, confirmed_violations: 0, weeks_unseen: 0 }
    }

    fn seed(n: u64) -> Seed {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&n.to_be_bytes());
        Seed(bytes)
    }

    /// Two of four classes with weights 1, 3, 5 and 7: the chance of each to be among the two, worked out from the lots'
    /// definition, against 40 000 draws.
    #[test]
    fn classes_with_more_risk_are_drawn_as_much_more_often_as_their_weights_say() {
        let classes = [class(0, 0), class(1, 1), class(2, 2), class(3, 3)];
        let weights = classes.map(|facts| f64::from(weight(&facts, &Policy::default())));
        assert_eq!(weights, [1.0, 3.0, 5.0, 7.0]);
        let total: f64 = weights.iter().sum();
        let chance = |who: usize| {
            let second = (0..4)
                .filter(|&first| first != who)
                .map(|first| (weights[first] / total) * (weights[who] / (total - weights[first])));
            weights[who] / total + second.sum::<f64>()
        };
        let draws = 40_000u64;
        let mut times = [0u32; 4];
        for n in 0..draws {
            for drawn in select(DAY, &classes, 2, seed(n), &Policy::default()).drawn() {
                times[drawn.0.as_u128() as usize] += 1;
            }
        }
        for (who, times) in times.into_iter().enumerate() {
            let (p, n) = (chance(who), draws as f64);
            let bound = 4.0 * (n * p * (1.0 - p)).sqrt();
            assert!((f64::from(times) - n * p).abs() < bound, "class {who}: {times} of {draws}, chance {p}");
        }
    }

    #[test]
    fn the_same_seed_and_facts_are_the_same_classes_for_ever() {
        let classes: Vec<_> = (1..=9).map(|n| class(n, n as u32 % 4)).collect();
        let drawn: Vec<_> =
            select(DAY, &classes, 3, Seed([7; 32]), &Policy::default()).drawn().map(|id| id.0.as_u128()).collect();
        // Worked out by a separate program (Python's hashlib) from the description in `crate::draw`.
        assert_eq!(drawn, BY_HAND);
    }

    const BY_HAND: [u128; 3] = [5, 6, 3];

    #[test]
    fn a_hand_picked_selection_is_seen() {
        let classes: Vec<_> = (1..=9).map(|n| class(n, 0)).collect();
        let policy = Policy::default();
        let fair = select(DAY, &classes, 2, seed(1), &policy);
        assert_eq!(verify(&fair, &policy), Ok(()));
        let mut picked = fair.clone();
        picked.draw.drawn.reverse();
        assert_eq!(verify(&picked, &policy), Err(SelectionProblem::Draw(DrawProblem::Lots)));
        let mut hidden = fair.clone();
        hidden.facts[3].open_findings = 5;
        assert_eq!(verify(&hidden, &policy), Err(SelectionProblem::Weights));
        let mut spared = fair.clone();
        spared.facts.remove(0);
        assert_eq!(verify(&spared, &policy), Err(SelectionProblem::Weights));
        let other = Policy { risk_base: 4, ..policy };
        assert_eq!(verify(&fair, &other), Err(SelectionProblem::Weights), "it was drawn under another policy");
    }

    #[test]
    fn nobody_draws_again_until_the_lots_please() {
        let (classes, policy) = ([class(1, 0), class(2, 0), class(3, 0)], Policy::default());
        let drawn = |n, because: Option<&str>| Selection {
            again_because: because.map(|text| Remark::new(text).unwrap()),
            ..select(DAY, &classes, 1, seed(n), &policy)
        };
        let first = drawn(1, None);
        assert_eq!(accept(&[], &first, &policy), Ok(()));
        let earlier = [first];
        assert_eq!(accept(&earlier, &drawn(2, None), &policy), Err(SelectionProblem::AgainWithoutReason));
        assert_eq!(accept(&earlier, &drawn(1, Some("停电")), &policy), Err(SelectionProblem::SameSeed));
        assert_eq!(accept(&earlier, &drawn(2, Some("停电")), &policy), Ok(()));
        assert_eq!(accept(&[], &drawn(2, Some("停电")), &policy), Err(SelectionProblem::NothingBefore));
        let tomorrow = Selection { on: DAY.tomorrow().unwrap(), ..drawn(1, None) };
        assert_eq!(accept(&earlier, &tomorrow, &policy), Err(SelectionProblem::SameSeed));
    }

    proptest! {
        #[test]
        fn every_draw_verifies_in_any_order_and_survives_json(
            (list, mixed) in prop::collection::vec((0u128..40, 0u32..9), 0..20).prop_flat_map(|list| {
                let unique: std::collections::BTreeMap<_, _> = list.into_iter().collect();
                let list: Vec<_> = unique.into_iter().map(|(n, findings)| class(n, findings)).collect();
                (Just(list.clone()), Just(list).prop_shuffle())
            }),
            wanted in 0u32..6, from in any::<u64>(),
        ) {
            let policy = Policy::default();
            let selection = select(DAY, &list, wanted, seed(from), &policy);
            prop_assert_eq!(&select(DAY, &mixed, wanted, seed(from), &policy), &selection);
            prop_assert_eq!(verify(&selection, &policy), Ok(()));
            prop_assert_eq!(selection.drawn().count(), list.len().min(wanted as usize));
            let json = serde_json::to_string(&selection).unwrap();
            prop_assert_eq!(serde_json::from_str::<Selection>(&json).unwrap(), selection);
        }
    }
}

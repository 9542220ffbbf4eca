//! R9.1: what keeps a video from counting after a person took it as evidence: that it may be, or is, footage that was there
//! before. The machine raises it and a person decides; until they have, what is in question does not count.

use serde::{Deserialize, Serialize};

/// Why evidence does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It was found to be like other footage, and nobody has decided yet.
    Undecided,
    /// A person confirmed that it shows what counts already: the same footage counts once.
    CountedElsewhere,
}

/// What a person said of a likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Nothing yet.
    Nothing,
    /// They show the same.
    Same,
    /// They do not.
    Different,
}

/// Other footage that a taken video was found to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Twin {
    /// What a person said of it.
    pub said: Said,
    /// Whether the other counts as evidence, but for this.
    pub counts: bool,
    /// Whether the other was there before. Our own recordings always were.
    pub was_before: bool,
}

/// Why a taken video with these twins does not count; `None`: it does.
///
/// Of two that were taken and show the same, the one that was there before counts; if that one is turned down, the other.
pub fn doubt(twins: &[Twin]) -> Option<Doubt> {
    let of = |twin: &Twin| match twin.said {
        Said::Nothing => Some(Doubt::Undecided),
        Said::Same if twin.counts && twin.was_before => Some(Doubt::CountedElsewhere),
        Said::Same | Said::Different => None,
    };
    // What a person has settled says more than what is open.
    twins.iter().filter_map(of).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn twin(said: Said, counts: bool, was_before: bool) -> Twin {
        Twin { said, counts, was_before }
    }

    #[test]
    fn what_is_open_does_not_count_and_what_was_decided_is_final() {
        assert_eq!(doubt(&[]), None);
        for counts in [true, false] {
            for was_before in [true, false] {
                assert_eq!(doubt(&[twin(Said::Nothing, counts, was_before)]), Some(Doubt::Undecided));
                assert_eq!(doubt(&[twin(Said::Different, counts, was_before)]), None);
            }
        }
        assert_eq!(doubt(&[twin(Said::Same, true, true)]), Some(Doubt::CountedElsewhere));
        assert_eq!(doubt(&[twin(Said::Same, false, true)]), None, "the other was turned down");
        assert_eq!(
            doubt(&[twin(Said::Same, true, false)]),
            None,
            "the other came later, and is the one that does not count"
        );
        let both = [twin(Said::Nothing, true, true), twin(Said::Same, true, true)];
        assert_eq!(doubt(&both), Some(Doubt::CountedElsewhere));
    }

    proptest! {
        /// Of any pair of taken videos that a person found to be the same exactly one counts.
        #[test]
        fn of_a_confirmed_pair_one_counts(first_is_older in any::<bool>()) {
            let first = doubt(&[twin(Said::Same, true, !first_is_older)]);
            let second = doubt(&[twin(Said::Same, true, first_is_older)]);
            prop_assert_eq!(first.is_none(), first_is_older);
            prop_assert!(first.is_none() != second.is_none());
        }
    }
}

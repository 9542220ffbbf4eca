//! Men and women: hints against labels, together and by group.

use std::collections::BTreeMap;

use serde::Serialize;

/// A hint is sure from this probability on, for a man or for a woman.
const SURE: f32 = 0.8;

/// One face with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Labelled as a man.
    pub man: bool,
    /// The hint; `None` where no face was found that is big enough.
    pub male_probability: Option<f32>,
    /// Further labels, such as ("age", "20-29").
    pub groups: Vec<(String, String)>,
}

/// How often the hint was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Faces with a hint.
    pub read: usize,
    /// Of them, right.
    pub right: usize,
    /// Of them, sure.
    pub sure: usize,
    /// Of the sure ones, right.
    pub sure_and_right: usize,
    /// Pictures without a hint.
    pub not_found: usize,
}

/// What the readings say of a gender head.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sexes {
    /// Of everybody.
    pub all: Tally,
    /// Of those labelled as men.
    pub men: Tally,
    /// Of those labelled as women.
    pub women: Tally,
    /// By what else they are labelled: label, value, tally.
    pub groups: Vec<(String, String, Tally)>,
}

impl Tally {
    fn add(&mut self, reading: &Reading) {
        let Some(male) = reading.male_probability else {
            self.not_found += 1;
            return;
        };
        let right = (male > 0.5) == reading.man;
        let sure = male.max(1.0 - male) >= SURE;
        self.read += 1;
        self.right += usize::from(right);
        self.sure += usize::from(sure);
        self.sure_and_right += usize::from(sure && right);
    }

    /// Share of the readings that are right; `None` without any.
    pub fn accuracy(&self) -> Option<f64> {
        (self.read > 0).then(|| self.right as f64 / self.read as f64)
    }
}

impl Sexes {
    /// `None` without any reading.
    pub fn of(readings: &[Reading]) -> Option<Self> {
        if readings.is_empty() {
            return None;
        }
        let tally = |of: &dyn Fn(&Reading) -> bool| {
            let mut tally = Tally::default();
            readings.iter().filter(|reading| of(reading)).for_each(|reading| tally.add(reading));
            tally
        };
        let mut groups: BTreeMap<(&str, &str), Tally> = BTreeMap::new();
        for reading in readings {
            for (label, value) in &reading.groups {
                groups.entry((label, value)).or_default().add(reading);
            }
        }
        Some(Self {
            all: tally(&|_| true),
            men: tally(&|reading| reading.man),
            women: tally(&|reading| !reading.man),
            groups: groups.into_iter().map(|((label, value), tally)| (label.into(), value.into(), tally)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(man: bool, male_probability: Option<f32>, age: &str) -> Reading {
        Reading { man, male_probability, groups: vec![("age".into(), age.into())] }
    }

    #[test]
    fn everybody_each_sex_and_each_group_have_their_own_figure() {
        let readings = [
            reading(true, Some(0.9), "20-29"),
            reading(true, Some(0.3), "20-29"),
            reading(false, Some(0.1), "30-39"),
            reading(false, Some(0.85), "30-39"),
            reading(false, None, "30-39"),
        ];
        let sexes = Sexes::of(&readings).unwrap();
        assert_eq!(sexes.all, Tally { read: 4, right: 2, sure: 3, sure_and_right: 2, not_found: 1 });
        assert_eq!((sexes.men.accuracy(), sexes.women.accuracy()), (Some(0.5), Some(0.5)));
        assert_eq!(sexes.groups.len(), 2);
        assert_eq!((sexes.groups[1].1.as_str(), sexes.groups[1].2.not_found), ("30-39", 1));
        assert_eq!(Sexes::of(&[]), None);
        assert_eq!(Tally::default().accuracy(), None);
    }
}

//! R7.4c (七(四)): 每班期监管手段不少于2种（实地、远程等）.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{SignedRemote, SignedSheet, Standing};
use crate::{
    finding::{Finding, Record},
    ids::ClassId,
    policy::Policy,
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4c");

/// A kind of means 监管手段: 现场督导检查、按比例抽查、远程监控等.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// 远程监控.
    Remote,
    /// 现场督导检查.
    OnSite,
    /// 按比例抽查: students drawn by lot and looked up.
    SpotCheck,
}

/// One use of a means on a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MeansUse {
    /// Which.
    pub means: Means,
    /// The day.
    pub on: Date,
}

/// The kinds of means used on a class, as of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeansCheck {
    /// How many kinds are needed.
    pub needed: u32,
    /// The kinds that were used, each once.
    pub used: BTreeSet<Means>,
    /// The class's last training day.
    pub by: Date,
    /// How it stands.
    pub standing: Standing,
}

impl SignedRemote {
    /// This record as the use of a means.
    pub fn means_use(&self) -> MeansUse {
        MeansUse { means: Means::Remote, on: self.watched_on() }
    }
}

impl SignedSheet {
    /// This sheet as the use of a means.
    pub fn means_use(&self) -> MeansUse {
        MeansUse { means: Means::OnSite, on: self.sheet().on }
    }
}

impl Means {
    fn text(self) -> Text {
        match self {
            Self::Remote => Text::new("远程监控", "remote supervision"),
            Self::OnSite => Text::new("现场督导检查", "on-site inspection"),
            Self::SpotCheck => Text::new("按比例抽查", "spot check"),
        }
    }
}

/// Which kinds of means were used on the class's training days up to `today`; `None` for a class without one.
pub fn means(training_days: &[Date], uses: &[MeansUse], today: Date, policy: &Policy) -> Option<MeansCheck> {
    let by = training_days.iter().copied().max()?;
    let used: BTreeSet<Means> = uses
        .iter()
        .filter(|used| used.on <= today && training_days.contains(&used.on))
        .map(|used| used.means)
        .collect();
    let needed = policy.means_per_class;
    let standing = match (used.len() >= needed as usize, today <= by) {
        (true, _) => Standing::Done,
        (false, true) => Standing::Open,
        (false, false) => Standing::Overdue,
    };
    Some(MeansCheck { needed, used, by, standing })
}

/// What is missing once the class is over.
pub fn means_finding(class: ClassId, check: &MeansCheck) -> Option<Finding> {
    (check.standing == Standing::Overdue).then(|| {
        let needed = check.needed;
        let expected = Text::new(
            format!("每班期监管手段不少于 {needed} 种"),
            format!("{needed} different kinds of means during the class"),
        );
        let named: Vec<Text> = check.used.iter().map(|means| means.text()).collect();
        let list = |pick: fn(&Text) -> &str, comma| named.iter().map(pick).collect::<Vec<_>>().join(comma);
        let seen = if named.is_empty() {
            Text::new("一种也没有", "none was used")
        } else {
            Text::new(format!("只有{}", list(|text| &text.zh, "、")), format!("only {}", list(|text| &text.en, ", ")))
        };
        Finding::new(RULE, "too_few_means", expected, seen).showing([Record::Class(class)])
    })
}

#[cfg(test)]
mod tests {
    use super::super::{remote, sheet};
    use super::*;
    use jiff::civil::date;

    const DAYS: [Date; 3] = [date(2024, 10, 14), date(2024, 10, 15), date(2024, 10, 16)];

    fn check(uses: &[MeansUse], today: Date) -> MeansCheck {
        means(&DAYS, uses, today, &Policy::default()).unwrap()
    }

    /// 七(四): 每班期监管手段不少于2种（实地、远程等）.
    #[test]
    fn watching_alone_is_one_kind_however_often() {
        let class = sheet::tests::CLASS;
        let remote = |n, day| remote::tests::signed(n, day, day).means_use();
        let watched = [remote(1, DAYS[0]), remote(2, DAYS[1])];
        assert_eq!(check(&watched, DAYS[2]).standing, Standing::Open);
        let over = check(&watched, date(2024, 10, 17));
        assert_eq!(over.standing, Standing::Overdue);
        let text = means_finding(class, &over).unwrap().text();
        assert_eq!(text.zh, "R7.4c：每班期监管手段不少于 2 种；只有远程监控");
        let visited = sheet::tests::signed(3, DAYS[1], DAYS[1]).means_use();
        let both = check(&[watched[0], visited], date(2024, 10, 17));
        assert_eq!(both.standing, Standing::Done);
        assert_eq!(means_finding(class, &both), None);
    }

    #[test]
    fn what_is_ahead_or_on_no_training_day_does_not_count() {
        let used = |means, on| MeansUse { means, on };
        let uses = [used(Means::OnSite, DAYS[2]), used(Means::SpotCheck, date(2024, 10, 13))];
        assert_eq!(check(&uses, DAYS[1]).used, BTreeSet::new());
        assert_eq!(check(&uses, DAYS[2]).used, [Means::OnSite].into());
        let none = check(&[], date(2024, 12, 1));
        assert!(means_finding(sheet::tests::CLASS, &none).unwrap().seen.en.contains("none"));
    }

    #[test]
    fn each_means_has_its_words() {
        crate::text::told_apart([Means::Remote, Means::OnSite, Means::SpotCheck].map(Means::text));
    }
}

//! R9.1: are a class's clips enough, and if not, which months and gaps fail?
//!
//! 每班次提供至少10次视频资料，视频资料应每月至少2次且间隔1周以上，每次不少于20分钟. Made exact: a clip counts when it holds the
//! policy's length of unbroken teaching on a training day of the class. Of these, clips must be left that are a week apart
//! from each other (by date), ten or more in all and two or more in each month in which the training days have room for two
//! such dates (one where there is room for one). Extra clips never hurt: they are set aside.
//!
//! How: month by month, for each number of clips that may be left so far, the choice whose last date is earliest; it leaves
//! the most room for what comes. Within a month, taking the first date that is far enough gives the earliest last date.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::facts::{EvidenceClip, Exhibit};
use crate::{
    calendar::{Month, days_apart},
    finding::Finding,
    policy::Policy,
    text::{RuleId, Text},
    upload::Doubt,
};

const RULE: RuleId = RuleId::new("R9.1");

/// Whether the clips are enough, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceCheck {
    /// Whether the rule holds.
    pub satisfied: bool,
    /// How many must be left in all.
    pub needed: u32,
    /// The clips that count, in order of time.
    pub counted: Vec<Exhibit>,
    /// The fewest further clips with which the rule could hold, if their dates were free.
    pub missing: u32,
    /// Each month of the class's training days.
    pub months: Vec<MonthEvidence>,
    /// The clips that do not count, in order of time.
    pub set_aside: Vec<SetAside>,
    /// What fails; empty exactly when satisfied.
    pub findings: Vec<Finding>,
}

/// A month's share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthEvidence {
    /// Which.
    pub month: Month,
    /// How many must be left in it.
    pub needed: u32,
    /// The clips in it that count.
    pub counted: Vec<Exhibit>,
}

/// A clip that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Which.
    pub clip: Exhibit,
    /// Its date.
    pub date: Date,
    /// Why not.
    pub why: WhySetAside,
}

/// Why a clip does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum WhySetAside {
    /// It may be, or is, footage that was there before.
    InQuestion {
        /// Which of the two.
        doubt: Doubt,
    },
    /// Too little unbroken teaching.
    TooShort {
        /// What it has.
        seconds: u32,
        /// What the policy asks for.
        needed: u32,
    },
    /// Its date is no training day of the class.
    NoTrainingDay,
    /// Too near to a clip that counts.
    TooClose {
        /// That clip.
        to: Exhibit,
        /// How many days lie between.
        days: u32,
        /// What the policy asks for.
        needed: u32,
    },
}

impl WhySetAside {
    /// The sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Self::InQuestion { doubt: Doubt::Undecided } => Text::new(
                "与其他录像相似，尚未认定是否相同；认定之前不计入",
                "it is like other footage and nobody has decided yet; until then it does not count",
            ),
            Self::InQuestion { doubt: Doubt::CountedElsewhere } => Text::new(
                "已认定与计入的其他录像相同，同一录像只计一次",
                "it was found to show what counts already; the same footage counts once",
            ),
            Self::TooShort { seconds, needed } => Text::new(
                format!("连续教学画面只有{seconds}秒，不足{needed}秒"),
                format!("{seconds} s of unbroken teaching, {needed} s are needed"),
            ),
            Self::NoTrainingDay => Text::new("当天不是本班培训日", "that date is no training day of the class"),
            Self::TooClose { days, needed, .. } => Text::new(
                format!("与另一次计入的视频资料只隔{days}天，应隔{needed}天以上"),
                format!("{days} days from another clip that counts, {needed} are needed"),
            ),
        }
    }
}

/// Judges the clips of a class with these training days; both may come in any order.
pub fn check(training_days: &[Date], clips: &[EvidenceClip], policy: &Policy) -> EvidenceCheck {
    let mut days = training_days.to_vec();
    days.sort_unstable();
    days.dedup();
    let mut clips = clips.to_vec();
    clips.sort_unstable_by_key(|clip| (clip.starts_at, clip.clip));

    let mut set_aside = Vec::new();
    let mut good: Vec<EvidenceClip> = Vec::new();
    for clip in clips {
        let why = if let Some(doubt) = clip.doubt {
            WhySetAside::InQuestion { doubt }
        } else if clip.continuous_seconds < policy.clip_min_seconds {
            WhySetAside::TooShort { seconds: clip.continuous_seconds, needed: policy.clip_min_seconds }
        } else if days.binary_search(&clip.date()).is_err() {
            WhySetAside::NoTrainingDay
        } else {
            good.push(clip);
            continue;
        };
        set_aside.push(SetAside { clip: clip.clip, date: clip.date(), why });
    }

    let mut room: BTreeMap<Month, Vec<Date>> = BTreeMap::new();
    for &day in &days {
        room.entry(Month::of(day)).or_default().push(day);
    }
    let needs: Vec<(Month, usize)> = room
        .iter()
        .map(|(&month, days)| (month, apart(days, None, policy).len().min(policy.clip_month_count as usize)))
        .collect();

    let chosen = best(&needs, &good, policy);
    let counted: Vec<EvidenceClip> = chosen.clips.iter().map(|&index| good[index]).collect();
    set_aside.extend(good.iter().filter(|clip| !counted.contains(clip)).filter_map(|clip| {
        let near = counted.iter().min_by_key(|other| days_apart(other.date(), clip.date()))?;
        let days = days_apart(near.date(), clip.date());
        let why = WhySetAside::TooClose { to: near.clip, days, needed: policy.clip_days_apart };
        Some(SetAside { clip: clip.clip, date: clip.date(), why })
    }));
    set_aside.sort_by_key(|aside| (aside.date, aside.clip));

    let months = needs
        .iter()
        .map(|&(month, needed)| MonthEvidence {
            month,
            needed: needed as u32,
            counted: counted.iter().filter(|clip| Month::of(clip.date()) == month).map(|clip| clip.clip).collect(),
        })
        .collect::<Vec<_>>();
    let missing = chosen.missing(policy) as u32;
    let mut check = EvidenceCheck {
        satisfied: missing == 0,
        needed: policy.clip_min_count,
        counted: counted.iter().map(|clip| clip.clip).collect(),
        missing,
        months,
        set_aside,
        findings: Vec::new(),
    };
    check.findings = findings(&check, policy);
    check
}

/// The positions of those dates that are left when each is far enough from the one before, taking the first that is.
fn apart(dates: &[Date], mut last: Option<Date>, policy: &Policy) -> Vec<usize> {
    let mut taken = Vec::new();
    for (index, &date) in dates.iter().enumerate() {
        if last.is_none_or(|last| days_apart(last, date) >= policy.clip_days_apart) {
            taken.push(index);
            last = Some(date);
        }
    }
    taken
}

/// A choice of clips that are far enough from each other.
#[derive(Clone, Default)]
struct Choice {
    clips: Vec<usize>,
    /// How many the months fall short of what they need, added up.
    short: usize,
}

impl Choice {
    fn missing(&self, policy: &Policy) -> usize {
        self.short.max((policy.clip_min_count as usize).saturating_sub(self.clips.len()))
    }
}

/// The choice that misses least; among those, the one with most clips.
fn best(needs: &[(Month, usize)], good: &[EvidenceClip], policy: &Policy) -> Choice {
    let last_date = |choice: &Choice| choice.clips.last().map(|&index| good[index].date());
    let mut choices = vec![Choice::default()];
    for &(month, needed) in needs {
        let inside: Vec<usize> = (0..good.len()).filter(|&index| Month::of(good[index].date()) == month).collect();
        let dates: Vec<Date> = inside.iter().map(|&index| good[index].date()).collect();
        let mut earliest: BTreeMap<(usize, usize), Choice> = BTreeMap::new();
        for choice in choices {
            let taken = apart(&dates, last_date(&choice), policy);
            for count in 0..=taken.len() {
                let mut next = choice.clone();
                next.clips.extend(taken[..count].iter().map(|&index| inside[index]));
                next.short += needed.saturating_sub(count);
                let known = earliest.entry((next.short, next.clips.len())).or_insert_with(|| next.clone());
                if last_date(&next) < last_date(known) {
                    *known = next;
                }
            }
        }
        choices = earliest.into_values().collect();
    }
    choices
        .into_iter()
        .min_by_key(|choice| (choice.missing(policy), choice.short, usize::MAX - choice.clips.len()))
        .unwrap_or_default()
}

fn findings(check: &EvidenceCheck, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    let EvidenceCheck { needed, counted, .. } = check;
    let (days, minutes) = (policy.clip_days_apart, policy.clip_min_seconds / 60);
    if counted.len() < *needed as usize {
        findings.push(
            Finding::new(
                RULE,
                "evidence_too_few",
                Text::new(
                    format!("每班次应有至少{needed}次视频资料，相互间隔{days}天以上，每次不少于{minutes}分钟"),
                    format!(
                        "at least {needed} clips a class, {days} days or more apart, of {minutes} minutes or more each"
                    ),
                ),
                Text::new(format!("符合要求的有{}次", counted.len()), format!("{} count", counted.len())),
            )
            .showing(counted.iter().map(|clip| clip.record())),
        );
    }
    for month in check.months.iter().filter(|month| month.counted.len() < month.needed as usize) {
        let MonthEvidence { month, needed, counted } = month;
        findings.push(
            Finding::new(
                RULE,
                "evidence_month_short",
                Text::new(
                    format!("{}应有{needed}次视频资料，间隔{days}天以上", month.zh()),
                    format!("{needed} clips in {month}, {days} days or more apart"),
                ),
                Text::new(format!("符合要求的有{}次", counted.len()), format!("{} count", counted.len())),
            )
            .showing(counted.iter().map(|clip| clip.record())),
        );
    }
    findings
}

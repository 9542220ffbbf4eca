//! One session's facts with everything that is worked out of them once.

use jiff::{SignedDuration, Timestamp};

use super::{
    CountPoint, Estimate, SessionFacts, SessionSummary,
    headcount::HeadCount,
    identity::{Identity, usual_count},
    samples::{Samples, is_dark},
    seats, sexes, teaching,
    unknown::Unknown,
};
use crate::{policy::Policy, span::Span, text::Reason};

/// What the findings look at.
pub(super) struct Case<'a> {
    pub facts: &'a SessionFacts,
    pub policy: &'a Policy,
    pub samples: Samples<'a>,
    pub heads: HeadCount,
    pub identity: Identity<'a>,
    pub unknown: Unknown<'a>,
    pub summary: SessionSummary,
}

impl<'a> Case<'a> {
    pub fn new(facts: &'a SessionFacts, policy: &'a Policy) -> Self {
        let samples = Samples::of(facts, policy);
        let identity = Identity::of(&samples, &facts.roster, policy);
        let unknown = Unknown::of(&samples, policy);
        let on_roster = u32::try_from(facts.roster.len()).unwrap_or(u32::MAX);
        let on_roll = facts.report.as_ref().map_or(0, |report| report.roll).max(on_roster);
        let heads = HeadCount::of(&samples, on_roll, policy);
        let different = seats::estimate(&samples, policy);
        let people = heads.estimate(identity.recognised()).at_least(different);
        let usual = usual_count(&samples, policy);
        let unplaced = usual.saturating_sub(identity.recognised() + unknown.estimate.likely);
        let sexes = sexes::estimate(&samples, people, policy);
        let summary = SessionSummary {
            samples: u32::try_from(samples.all.len()).unwrap_or(u32::MAX),
            people,
            different,
            men: sexes.map(|(men, _)| men),
            women: sexes.map(|(_, women)| women),
            students: identity.presences(&samples, &facts.roster, unplaced, policy),
            unknown: unknown.estimate,
            series: series(&samples),
            teaching: teaching::of(facts, &samples, &identity, &unknown, policy),
            reservations: reservations(facts, &samples, people, policy),
        };
        Self { facts, policy, samples, heads, identity, unknown, summary }
    }

    /// How many a statement is true of in a hundred, such as 95.
    pub fn sure_percent(&self) -> f32 {
        ((1.0 - self.policy.crosscheck_error) * 100.0).round()
    }
}

/// One point an instant: the most people that a camera showed then.
fn series(samples: &Samples<'_>) -> Vec<CountPoint> {
    let mut series: Vec<CountPoint> = Vec::new();
    for seen in &samples.all {
        match series.last_mut() {
            Some(last) if last.at == seen.at => last.people = last.people.max(seen.people()),
            _ => series.push(CountPoint { at: seen.at, people: seen.people() }),
        }
    }
    series
}

/// Why the numbers may be weaker than they look.
fn reservations(facts: &SessionFacts, samples: &Samples<'_>, people: Estimate, policy: &Policy) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !samples.enough() {
        let (have, need) = (samples.telling.len(), policy.crosscheck_min_samples);
        reasons.push(Reason::new(
            "few_samples",
            format!("可用采样画面 {have} 个，少于判断所需的 {need} 个"),
            format!("{have} usable samples, fewer than the {need} needed to judge"),
        ));
    }
    let missing = without_footage(facts);
    if missing >= SignedDuration::from_mins(1) {
        let minutes = missing.as_mins();
        reasons.push(Reason::new(
            "outage",
            format!("本次课有 {minutes} 分钟无监控画面"),
            format!("there was no picture for {minutes} minutes of the session"),
        ));
    }
    let dark = samples.all.iter().filter(|seen| is_dark(seen, policy)).count();
    if dark > 0 {
        reasons.push(Reason::new(
            "dark",
            format!("{dark} 个采样画面过暗，未计入"),
            format!("{dark} samples are too dark and were left out"),
        ));
    }
    let not_enrolled = facts.roster.iter().filter(|student| !student.enrolled).count();
    if not_enrolled > 0 && people.high > 0 {
        reasons.push(Reason::new(
            "not_enrolled",
            format!("{not_enrolled} 名学员没有人脸底照，无法识别"),
            format!("{not_enrolled} students have no enrolment picture and cannot be recognised"),
        ));
    }
    reasons
}

/// How much of the session so far no camera gave a picture of: outages joined where they overlap.
fn without_footage(facts: &SessionFacts) -> SignedDuration {
    let Ok(so_far) = Span::new(facts.span.start(), facts.span.end().min(facts.now)) else {
        return SignedDuration::ZERO;
    };
    let mut outages: Vec<Span> = facts
        .outages
        .iter()
        .filter_map(|outage| Span::new(outage.span_start, outage.end.unwrap_or(Timestamp::MAX)).ok())
        .filter_map(|outage| outage.intersection(so_far))
        .collect();
    outages.sort_unstable();
    let mut total = SignedDuration::ZERO;
    let mut counted = so_far.start();
    for outage in outages {
        if let Ok(fresh) = Span::new(outage.start().max(counted), outage.end()) {
            total += fresh.duration();
            counted = fresh.end();
        }
    }
    total
}

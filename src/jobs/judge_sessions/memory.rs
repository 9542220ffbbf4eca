//! What the judge remembers of each session between two rounds, so that a round reads only what is new.
//!
//! Observations come late and out of order: several cameras, perhaps of several recorders, work on a picture each for as
//! long as it takes, and a clock may be set back. So the newest are read again with some overlap, and the number of rows
//! tells whether that was all; when it was not, everything is read again. After a restart nothing is remembered, and the
//! first round reads all. An observation with ten faces takes about 1 KB of memory until its session has been judged for
//! the last time.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use duxue_rules::{
    civil,
    coverage::Outage,
    crosscheck::{Hints, PunchFace, RosterStudent, SessionFacts},
    ids::{ObservationId, ReportId, SessionId},
    observation::Observation,
    policy::Policy,
    report,
    span::Span,
};
use duxue_storage::{Tx, session::Session};
use jiff::{SignedDuration, Timestamp};

use super::{lessons, punches};

/// How far back from the newest observation the others are read again.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// The sessions of the last round.
#[derive(Default)]
pub struct Memory(HashMap<SessionId, Known>);

#[derive(Default)]
struct Known {
    observations: Vec<Observation>,
    ids: HashSet<ObservationId>,
    /// What the last judgement rested on.
    judged: Option<Grounds>,
}

/// All that a judgement rests on, as far as it can change. Equal grounds give the same judgement.
#[derive(Clone, Debug, PartialEq)]
struct Grounds {
    span: Span,
    observations: usize,
    report: Option<ReportId>,
    roster: Vec<RosterStudent>,
    lessons: Vec<Span>,
    outages: Vec<Outage>,
    punches: Vec<PunchFace>,
    /// There is no report, and it is late.
    overdue: bool,
    /// How far an outage that goes on has come.
    still_out: Option<Timestamp>,
}

/// Facts to judge; handed back by [`Memory::judged`], or read anew in the next round when the judging failed.
pub struct Loaded {
    /// What the rules are asked about.
    pub facts: SessionFacts,
    /// What was noticed besides: so far of its punches alone.
    pub hints: Hints,
    ids: HashSet<ObservationId>,
    grounds: Grounds,
}

impl Memory {
    /// Forgets all other sessions.
    pub fn keep_only(&mut self, sessions: &[Session]) {
        self.0.retain(|id, _| sessions.iter().any(|session| session.id == *id));
    }

    /// The facts of a session as of `now`; `None` when they are still those of the last judgement.
    ///
    /// `model` is the recogniser in use, whose templates count as enrolled.
    pub async fn load(
        &mut self,
        tx: &mut Tx,
        session: &Session,
        model: &str,
        policy: &Policy,
        now: Timestamp,
    ) -> Result<Option<Loaded>> {
        let mut known = self.0.remove(&session.id).unwrap_or_default();
        known.catch_up(tx, session.id).await?;
        let report = tx.report(session.class.id, session.date).await?;
        let mut outages = Vec::new();
        for camera in tx.cameras_of_venue(session.venue.id).await? {
            outages.extend(tx.missing_in(camera.id, session.span).await?);
        }
        let grounds = Grounds {
            span: session.span,
            observations: known.observations.len(),
            report: report.as_ref().map(|report| report.id),
            lessons: lessons::of(tx, session).await?,
            roster: tx.roster(session.class.id, session.date, model).await?,
            punches: punches::of(tx, session, model).await?,
            overdue: report.is_none() && report::is_late(civil::date_of(session.span.start()), now, policy),
            still_out: outages.iter().any(|outage| outage.end.is_none()).then(|| now.min(session.span.end())),
            outages,
        };
        if known.judged.as_ref() == Some(&grounds) {
            self.0.insert(session.id, known);
            return Ok(None);
        }
        let facts = SessionFacts {
            session: session.id,
            span: session.span,
            roster: grounds.roster.clone(),
            report_sent_at: report.as_ref().map(|report| report.first_sent_at),
            report: report.map(|report| report.report),
            observations: known.observations,
            lessons: grounds.lessons.clone(),
            outages: grounds.outages.clone(),
            now,
        };
        let hints = Hints { punches: grounds.punches.clone(), ..Hints::default() };
        Ok(Some(Loaded { facts, hints, ids: known.ids, grounds }))
    }

    /// The facts have been judged, and what came of it is stored.
    pub fn judged(&mut self, loaded: Loaded) {
        let Loaded { facts, ids, grounds, .. } = loaded;
        let known = Known { observations: facts.observations, ids, judged: Some(grounds) };
        self.0.insert(facts.session, known);
    }
}

impl Known {
    /// Learns of the observations that are not known yet; how many rows that took.
    async fn catch_up(&mut self, tx: &mut Tx, session: SessionId) -> Result<usize> {
        let stored = tx.count_observations(session).await?;
        if stored == self.ids.len() {
            return Ok(0);
        }
        let mut read = 0;
        if let Some(newest) = self.observations.iter().map(|seen| seen.at).max() {
            let recent = tx.observations_of_session_since(session, newest - OVERLAP).await?;
            read += recent.len();
            for seen in recent {
                if self.ids.insert(seen.id) {
                    self.observations.push(seen);
                }
            }
        }
        if stored != self.ids.len() {
            self.observations = tx.observations_of_session(session).await?;
            self.ids = self.observations.iter().map(|seen| seen.id).collect();
            read += self.observations.len();
        }
        Ok(read)
    }
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;

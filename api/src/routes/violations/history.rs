//! All that is known of an institution's conduct.

use duxue_rules::{
    ids::InstitutionId,
    policy::Policy,
    violation::{Carried, Measure, MeasureState, Suspension, Verdict, ladder, measures},
};
use duxue_storage::{
    Tx,
    violation::{Case, Violation as Row},
};

use crate::problem::Failure;

/// As it stands now; the ladder is derived anew each time.
pub(in crate::routes) struct History {
    /// All that was ever charged, the oldest first.
    pub(in crate::routes) violations: Vec<Row>,
    /// What those that stand bring on.
    pub(super) ladder: Vec<Measure>,
    carried: Vec<Carried>,
    /// Its suspensions, the oldest first.
    pub(in crate::routes) suspensions: Vec<Suspension>,
}

impl History {
    pub(in crate::routes) async fn of(
        tx: &mut Tx,
        institution: InstitutionId,
        policy: &Policy,
    ) -> Result<Self, Failure> {
        let violations = tx.violations(institution).await?;
        let verdicts: Vec<Verdict> = violations
            .iter()
            .filter_map(|row| match &row.case {
                Case::Open(_) => None,
                Case::Decided(verdict) => Some(verdict.clone()),
            })
            .collect();
        Ok(Self {
            ladder: ladder(institution, &verdicts, policy),
            carried: tx.measures(institution).await?,
            suspensions: tx.suspensions(institution).await?,
            violations,
        })
    }

    /// Each measure with what was done about it.
    pub(in crate::routes) fn measures(&self) -> Vec<MeasureState> {
        measures(&self.ladder, &self.carried, &self.suspensions)
    }
}

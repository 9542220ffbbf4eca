//! A suspension stops teaching where teaching is decided.

use std::collections::BTreeSet;

use duxue_rules::{ids::InstitutionId, policy::Policy, violation::may_teach};
use duxue_storage::Tx;
use jiff::civil::Date;

use super::History;
use crate::problem::{Failure, FieldProblem};

/// Whether the institution is suspended on a day (R7.5).
pub(in crate::routes) async fn suspended_on(
    tx: &mut Tx,
    institution: InstitutionId,
    day: Date,
    policy: &Policy,
) -> Result<bool, Failure> {
    let History { ladder, suspensions, .. } = History::of(tx, institution, policy).await?;
    Ok(!may_teach(institution, day, &suspensions, &ladder).may)
}

/// Refuses teaching on a day on which the institution is suspended, at `field`: the first such day, and why.
pub(in crate::routes) async fn teaching_allowed(
    tx: &mut Tx,
    institution: InstitutionId,
    days: impl IntoIterator<Item = Date>,
    field: &str,
    policy: &Policy,
) -> Result<(), Failure> {
    let days: BTreeSet<Date> = days.into_iter().collect();
    if days.is_empty() {
        return Ok(());
    }
    let History { ladder, suspensions, .. } = History::of(tx, institution, policy).await?;
    for day in days {
        let answer = may_teach(institution, day, &suspensions, &ladder);
        if !answer.may {
            let (zh, en): (Vec<_>, Vec<_>) =
                answer.reasons.into_iter().map(|reason| (reason.text.zh, reason.text.en)).unzip();
            let zh = format!("{day} 停课整改期间不得上课：{}。", zh.join("；"));
            let en = format!("the institution is suspended on {day}: {}", en.join("; "));
            return Err(Failure::Invalid(vec![FieldProblem::rule(field, answer.rule.as_str(), zh, en)]));
        }
    }
    Ok(())
}

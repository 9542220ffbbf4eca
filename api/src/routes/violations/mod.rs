//! R7.5: violations, their measures, and suspensions.

pub mod carry_out;
pub mod conduct;
pub mod decide;
mod history;
pub mod list;
pub mod open;
pub mod show;
pub mod suspend;
mod teaching;
pub mod withdraw;

pub(super) use history::History;
pub(super) use teaching::{suspended_on, teaching_allowed};

use std::collections::HashMap;

use duxue_rules::{access::Action, ids::UserId, text::Remark};
use duxue_storage::{Tx, violation::Violation as Row};
use jiff::civil::Date;

use crate::{
    dto::violation::Violation,
    extract::SignedIn,
    problem::{Failure, FieldProblem},
};

/// The word under which the log has violations.
pub(super) const SUBJECT: &str = "violation";

/// A word that must say something, of at most 2000 characters.
fn said(field: &str, text: &str) -> Result<Remark, Failure> {
    match Remark::new(text) {
        Ok(remark) if remark.as_str().chars().count() <= 2000 => Ok(remark),
        _ => Err(Failure::field(field, "内容须为 1 至 2000 个字符。", "say it in 1 to 2000 characters")),
    }
}

/// What is recorded has happened.
fn happened(on: Date, today: Date) -> Result<(), Failure> {
    if on <= today {
        return Ok(());
    }
    let (zh, en) = ("日期不得晚于今天。", "this day is still to come");
    Err(Failure::Invalid(vec![FieldProblem::rule("on", "R7.5", zh, en)]))
}

/// Violations as this reader sees them.
///
/// Findings and sheets are what the centre supervises by (R7.1x, R7.4): whoever may not read them is not told which.
pub(super) async fn shown(tx: &mut Tx, who: &SignedIn, rows: Vec<Row>) -> Result<Vec<Violation>, Failure> {
    named(tx, rows, |row| who.can(Action::ReadSupervision, Some(row.institution.id))).await
}

/// Violations with all that shows them.
pub(super) async fn whole(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Violation>, Failure> {
    named(tx, rows, |_| true).await
}

async fn named(tx: &mut Tx, rows: Vec<Row>, whole: impl Fn(&Row) -> bool) -> Result<Vec<Violation>, Failure> {
    let mut names: HashMap<UserId, String> = HashMap::new();
    for id in rows.iter().flat_map(Violation::speakers) {
        if !names.contains_key(&id) {
            names.extend(tx.user(id).await?.map(|user| (id, user.display_name)));
        }
    }
    let shown = |row: Row| {
        let whole = whole(&row);
        Violation::of(row, &names, whole)
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// One violation as it is shown.
async fn shown_one(tx: &mut Tx, who: &SignedIn, row: Row) -> Result<Violation, Failure> {
    shown(tx, who, vec![row]).await?.pop().ok_or(Failure::Internal)
}

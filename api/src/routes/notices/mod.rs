//! R10.1, R10.2: public notices, objections and payment.

pub mod decide_objection;
pub mod forms;
pub mod list;
pub mod object;
pub mod pay;
pub mod public;
pub mod publish;

use duxue_rules::{
    civil,
    ids::ClassId,
    notice_period::{Masked, Standing, standing},
    person::IdNumber,
};
use duxue_storage::{Tx, notice::Notice as Row, notice::Objection as StoredObjection, student::Student};
use jiff::Timestamp;

use crate::{
    app::Shared,
    dto::notice::{Notice, Objection, PublicNotice},
    problem::Failure,
};

/// The word under which the log has notices.
pub(super) const SUBJECT: &str = "notice";

/// The number of a student that a notice shows: of the ID number, or, where none was recorded, of the roster's own, which
/// tells students of one name apart.
fn masked_number(student: &Student, id: Option<&IdNumber>) -> Option<Masked> {
    id.map(Masked::id_number).or_else(|| student.number.as_deref().map(Masked::roster_number))
}

/// How a notice stands, by the working days of the policy under which it went up.
async fn standing_of(
    app: &Shared,
    tx: &mut Tx,
    row: &Row,
    objections: &[StoredObjection],
    now: Timestamp,
) -> Result<Standing, Failure> {
    let policy = tx.policy(row.policy_version).await?.ok_or(Failure::Internal)?.policy;
    let objections: Vec<_> = objections.iter().map(StoredObjection::facts).collect();
    let today = civil::date_of(now);
    standing(&row.notice, &objections, today, &app.calendar, &policy).ok_or(Failure::Internal)
}

/// A notice with what came of it; `whole`: with who objected.
async fn shown(app: &Shared, tx: &mut Tx, row: Row, now: Timestamp, whole: bool) -> Result<Notice, Failure> {
    let objections = tx.objections(row.id).await?;
    let standing = standing_of(app, tx, &row, &objections, now).await?;
    let payment = tx.payment(row.class.id).await?.filter(|payment| payment.notice == row.id);
    Ok(Notice {
        public: PublicNotice::from(&row),
        of_class: row.class.into(),
        subsidy_id: row.subsidy,
        standing: standing.into(),
        objections: objections.into_iter().map(|objection| Objection::of(objection, whole)).collect(),
        payment: payment.map(Into::into),
        policy_version: row.policy_version,
        published_by: row.published_by.into(),
        published_at: row.published_at,
    })
}

/// All notices of a class with what came of them, the oldest first.
pub(super) async fn all_shown(
    app: &Shared,
    tx: &mut Tx,
    class: ClassId,
    now: Timestamp,
    whole: bool,
) -> Result<Vec<Notice>, Failure> {
    let mut notices = Vec::new();
    for row in tx.notices(class).await? {
        notices.push(shown(app, tx, row, now, whole).await?);
    }
    Ok(notices)
}

//! R10.1: public notices 公示 and the objections 异议 to them.

use duxue_rules::{
    ids::{ClassId, InstitutionId, NoticeId, ObjectionId, SubsidyId, UserId},
    notice_period::{self as rules, ObjectionOutcome},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A notice beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its identity.
    pub id: NoticeId,
    /// Of which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: Named<InstitutionId>,
    /// The reckoning that it shows.
    pub subsidy: SubsidyId,
    /// What hangs.
    pub notice: rules::Notice,
    /// Its last day, as reckoned when it went up.
    pub last_day: Date,
    /// The version of the policy that said how long.
    pub policy_version: i64,
    /// Who published it.
    pub published_by: Named<UserId>,
    /// When.
    pub published_at: Timestamp,
}

/// A notice to publish.
#[derive(Clone, Debug)]
pub struct NewNotice {
    /// Its identity.
    pub id: NoticeId,
    /// Of which class.
    pub class: ClassId,
    /// The reckoning that it shows.
    pub subsidy: SubsidyId,
    /// What hangs.
    pub notice: rules::Notice,
    /// Its last day.
    pub last_day: Date,
    /// The version of the policy that said how long.
    pub policy_version: i64,
    /// Who publishes.
    pub published_by: UserId,
    /// Now.
    pub published_at: Timestamp,
}

/// An objection to a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// Its identity.
    pub id: ObjectionId,
    /// To which notice.
    pub notice: NoticeId,
    /// When it came.
    pub on: Date,
    /// Who objects.
    pub objector: String,
    /// What they say.
    pub text: String,
    /// What became of it.
    pub outcome: ObjectionOutcome,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
    /// Who decided it, when and why.
    pub decision: Option<(Named<UserId>, Timestamp, String)>,
}

/// An objection to record.
#[derive(Clone, Debug)]
pub struct NewObjection {
    /// Its identity.
    pub id: ObjectionId,
    /// To which notice.
    pub notice: NoticeId,
    /// When it came.
    pub on: Date,
    /// Who objects.
    pub objector: String,
    /// What they say.
    pub text: String,
    /// Who records it.
    pub recorded_by: UserId,
    /// Now.
    pub recorded_at: Timestamp,
}

impl Objection {
    /// As the rules want it.
    pub fn facts(&self) -> rules::Objection {
        rules::Objection { on: self.on, outcome: self.outcome }
    }
}

impl FromRow for Notice {
    fn from_row(row: &Row) -> Result<Self> {
        let notice: rules::Notice = row.json("body")?;
        if notice.published_on != row.parsed("published_on")? {
            return Err(row.impossible("published_on"));
        }
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            institution: row.named("institution_id", "institution_name")?,
            subsidy: row.parsed("subsidy_id")?,
            notice,
            last_day: row.parsed("last_day")?,
            policy_version: row.int("policy_version")?,
            published_by: row.named("published_by", "published_by_name")?,
            published_at: row.time("published_at")?,
        })
    }
}

impl FromRow for Objection {
    fn from_row(row: &Row) -> Result<Self> {
        let outcome: ObjectionOutcome = row.word("state")?;
        let decided =
            (row.opt_named("decided_by", "decided_by_name")?, row.opt_time("decided_at")?, row.opt_text("reason")?);
        let decision = match (outcome, decided) {
            (ObjectionOutcome::Open, (None, None, None)) => None,
            (ObjectionOutcome::Upheld | ObjectionOutcome::Dismissed, (Some(by), Some(at), Some(why))) => {
                Some((by, at, why))
            }
            _ => return Err(row.impossible("state")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            notice: row.parsed("notice_id")?,
            on: row.parsed("came_on")?,
            objector: row.text("objector")?,
            text: row.text("text")?,
            outcome,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
            decision,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT n.id, n.class_id, c.name AS class_name, c.institution_id, i.name AS institution_name, n.subsidy_id,
                    n.published_on, n.last_day, n.body, n.policy_version, n.published_by,
                    u.display_name AS published_by_name, n.published_at
             FROM notices n
             JOIN classes c ON c.id = n.class_id
             JOIN institutions i ON i.id = c.institution_id
             JOIN users u ON u.id = n.published_by ",
            $rest
        )
    };
}

macro_rules! select_objection {
    ($rest:literal) => {
        concat!(
            "SELECT o.id, o.notice_id, o.came_on, o.objector, o.text, o.state, o.recorded_by,
                    r.display_name AS recorded_by_name, o.recorded_at, o.decided_by, d.display_name AS decided_by_name,
                    o.decided_at, o.reason
             FROM objections o
             JOIN users r ON r.id = o.recorded_by
             LEFT JOIN users d ON d.id = o.decided_by ",
            $rest
        )
    };
}

impl Tx {
    /// Publishes one; hold the class first ([`Tx::hold_class`]), for it has one notice at a time.
    pub async fn add_notice(&mut self, new: &NewNotice) -> Result<()> {
        let NewNotice { id, class, subsidy, notice, last_day, policy_version, published_by, published_at } = new;
        self.run(
            "INSERT INTO notices
                (id, class_id, subsidy_id, published_on, last_day, body, policy_version, published_by, published_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![
                id,
                class,
                subsidy,
                notice.published_on,
                last_day,
                json::text(notice),
                policy_version,
                published_by,
                published_at,
            ],
        )
        .await?;
        Ok(())
    }

    /// The one of that identity.
    pub async fn notice(&mut self, id: NoticeId) -> Result<Option<Notice>> {
        self.optional(select!("WHERE n.id = $1"), args![id]).await
    }

    /// All of a class, the oldest first.
    pub async fn notices(&mut self, class: ClassId) -> Result<Vec<Notice>> {
        self.all(select!("WHERE n.class_id = $1 ORDER BY n.id"), args![class]).await
    }

    /// Those that hang on a day and that no objection felled, the newest first, before `after`.
    pub async fn hanging_notices(&mut self, on: Date, after: Option<NoticeId>, limit: u32) -> Result<Vec<Notice>> {
        self.all(
            select!(
                "WHERE n.published_on <= $1 AND n.last_day >= $1 AND n.id < COALESCE($2, 'g')
                   AND NOT EXISTS (SELECT 1 FROM objections o WHERE o.notice_id = n.id AND o.state = 'upheld'
                                     AND o.came_on <= n.last_day)
                 ORDER BY n.id DESC LIMIT $3"
            ),
            args![on, after, limit],
        )
        .await
    }

    /// The one of that identity, if it hangs on a day and no objection felled it.
    pub async fn hanging_notice(&mut self, id: NoticeId, on: Date) -> Result<Option<Notice>> {
        self.optional(
            select!(
                "WHERE n.id = $1 AND n.published_on <= $2 AND n.last_day >= $2
                   AND NOT EXISTS (SELECT 1 FROM objections o WHERE o.notice_id = n.id AND o.state = 'upheld'
                                     AND o.came_on <= n.last_day)"
            ),
            args![id, on],
        )
        .await
    }

    /// Records an objection. Field errors: `objector`, `text`.
    pub async fn add_objection(&mut self, new: &NewObjection) -> Result<()> {
        let NewObjection { id, notice, on, objector, text, recorded_by, recorded_at } = new;
        self.run(
            "INSERT INTO objections (id, notice_id, came_on, objector, text, state, recorded_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, 'open', $6, $7)",
            args![id, notice, on, objector, text, recorded_by, recorded_at],
        )
        .await?;
        Ok(())
    }

    /// Decides an open objection. Lost if it is no longer open. Field error: `reason`.
    pub async fn decide_objection(
        &mut self,
        id: ObjectionId,
        outcome: ObjectionOutcome,
        by: UserId,
        at: Timestamp,
        reason: &str,
    ) -> Result<()> {
        self.advance(
            "objection",
            "UPDATE objections SET state = $2, decided_by = $3, decided_at = $4, reason = $5
             WHERE id = $1 AND state = 'open'",
            args![id, json::word(&outcome), by, at, reason],
        )
        .await
    }

    /// The objection of that identity.
    pub async fn objection(&mut self, id: ObjectionId) -> Result<Option<Objection>> {
        self.optional(select_objection!("WHERE o.id = $1"), args![id]).await
    }

    /// All objections to a notice, the oldest first.
    pub async fn objections(&mut self, notice: NoticeId) -> Result<Vec<Objection>> {
        self.all(select_objection!("WHERE o.notice_id = $1 ORDER BY o.id"), args![notice]).await
    }
}

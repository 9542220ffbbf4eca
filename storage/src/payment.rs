//! R10.2: payments 资金拨付, one a class.

use duxue_rules::{
    ids::{ClassId, NoticeId, UserId},
    notice_period::Payment,
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A payment as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedPayment {
    /// After which notice.
    pub notice: NoticeId,
    /// The payment.
    pub payment: Payment,
    /// Who recorded it.
    pub recorded_by: Named<UserId>,
    /// When.
    pub recorded_at: Timestamp,
}

impl FromRow for RecordedPayment {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            notice: row.parsed("notice_id")?,
            payment: row.json("body")?,
            recorded_by: row.named("recorded_by", "recorded_by_name")?,
            recorded_at: row.time("recorded_at")?,
        })
    }
}

impl Tx {
    /// Records the payment of a class. Lost if it was paid already.
    pub async fn add_payment(
        &mut self,
        class: ClassId,
        notice: NoticeId,
        payment: &Payment,
        by: UserId,
        at: Timestamp,
    ) -> Result<()> {
        let added = self
            .run(
                "INSERT INTO payments (class_id, notice_id, body, recorded_by, recorded_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (class_id) DO NOTHING",
                args![class, notice, json::text(payment), by, at],
            )
            .await?;
        if added == 0 { Err(Error::Lost { what: "payment" }) } else { Ok(()) }
    }

    /// The payment of a class, if it was paid.
    pub async fn payment(&mut self, class: ClassId) -> Result<Option<RecordedPayment>> {
        self.optional(
            "SELECT p.class_id, p.notice_id, p.body, p.recorded_by, u.display_name AS recorded_by_name, p.recorded_at
             FROM payments p JOIN users u ON u.id = p.recorded_by WHERE p.class_id = $1",
            args![class],
        )
        .await
    }
}

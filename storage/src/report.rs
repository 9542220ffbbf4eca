//! R7.3b: daily reports 日出勤情况报告单, revision upon revision.

use duxue_rules::{
    ids::{ClassId, InstitutionId, ReportId, UserId},
    report::DailyReport,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// One revision of a class's report of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its identity.
    pub id: ReportId,
    /// What it says.
    pub report: DailyReport,
    /// 1, 2, …; the greatest counts.
    pub revision: u32,
    /// When it came.
    pub sent_at: Timestamp,
    /// When the day's first revision came: a correction makes no report late.
    pub first_sent_at: Timestamp,
    /// Who sent it.
    pub sent_by: Named<UserId>,
    /// Whether the first revision came too late.
    pub late: bool,
}

/// A revision to add.
#[derive(Clone, Debug)]
pub struct NewReport {
    /// Its identity.
    pub id: ReportId,
    /// What it says; checked by `rules::report::check` before.
    pub report: DailyReport,
    /// Now.
    pub sent_at: Timestamp,
    /// Who sends it.
    pub sent_by: UserId,
    /// By `rules::report::is_late`, of this revision.
    pub late: bool,
}

impl FromRow for Report {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            report: DailyReport {
                class: row.parsed("class_id")?,
                date: row.parsed("date")?,
                roll: row.number("roll")?,
                present: row.number("present")?,
                present_men: row.opt_number("present_men")?,
                present_women: row.opt_number("present_women")?,
                sick: row.number("sick")?,
                personal: row.number("personal")?,
                other: row.number("other")?,
                absent: row.json("absent")?,
                note: row.text("note")?,
            },
            revision: row.number("revision")?,
            sent_at: row.time("sent_at")?,
            first_sent_at: row.time("first_sent_at")?,
            sent_by: row.named("sent_by", "sent_by_name")?,
            late: row.flag("first_late")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.class_id, r.date, r.revision, r.roll, r.present, r.present_men, r.present_women, r.sick,
                    r.personal, r.other, r.absent, r.note, r.sent_at, r.sent_by, u.display_name AS sent_by_name,
                    f.sent_at AS first_sent_at, f.late AS first_late
             FROM daily_reports r
             JOIN daily_reports f ON f.class_id = r.class_id AND f.date = r.date AND f.revision = 1
             JOIN users u ON u.id = r.sent_by
             JOIN classes c ON c.id = r.class_id ",
            $rest
        )
    };
}

macro_rules! newest {
    () => {
        "NOT EXISTS (SELECT 1 FROM daily_reports n
                     WHERE n.class_id = r.class_id AND n.date = r.date AND n.revision > r.revision)"
    };
}

impl Tx {
    /// Adds the next revision; its number. Field errors: `note`, `class_id`, `present`.
    ///
    /// [`Error::Lost`] when another revision came at the same moment: look again and send again.
    pub async fn add_report(&mut self, new: &NewReport) -> Result<u32> {
        let NewReport { id, report, sent_at, sent_by, late } = new;
        let DailyReport { class, date, roll, present, present_men, present_women, sick, personal, other, .. } = report;
        let revision: i64 = self
            .one(
                "SELECT COALESCE(MAX(revision), 0) + 1 AS n FROM daily_reports WHERE class_id = $1 AND date = $2",
                args![class, date],
            )
            .await?;
        let added = self
            .insert(
                "INSERT INTO daily_reports
                    (id, class_id, date, revision, roll, present, present_men, present_women, sick, personal, other,
                     absent, note, sent_at, sent_by, late)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                args![
                    id,
                    class,
                    date,
                    revision,
                    roll,
                    present,
                    present_men,
                    present_women,
                    sick,
                    personal,
                    other,
                    json::text(&report.absent),
                    report.note,
                    sent_at,
                    sent_by,
                    late,
                ],
                &[("daily_reports_class_exists", "SELECT id FROM classes WHERE id = $1", class.to_value())],
            )
            .await;
        match added {
            Err(Error::Database(error))
                if error.as_database_error().is_some_and(|error| error.is_unique_violation()) =>
            {
                Err(Error::Lost { what: "daily report" })
            }
            Err(error) => Err(error),
            Ok(()) => Ok(u32::try_from(revision).unwrap_or(u32::MAX)),
        }
    }

    /// What counts for a class on a day.
    pub async fn report(&mut self, class: ClassId, date: Date) -> Result<Option<Report>> {
        self.optional(
            select!("WHERE r.class_id = $1 AND r.date = $2 ORDER BY r.revision DESC LIMIT 1"),
            args![class, date],
        )
        .await
    }

    /// Every revision of a class's report of a day, the newest first.
    pub async fn report_revisions(&mut self, class: ClassId, date: Date) -> Result<Vec<Report>> {
        self.all(select!("WHERE r.class_id = $1 AND r.date = $2 ORDER BY r.revision DESC"), args![class, date]).await
    }

    /// Every revision of every report of a class, in order.
    pub async fn reports_of_class(&mut self, class: ClassId) -> Result<Vec<Report>> {
        self.all(select!("WHERE r.class_id = $1 ORDER BY r.date, r.revision"), args![class]).await
    }

    /// What counts for a class, a day each, the latest first, before `before`.
    pub async fn reports(&mut self, class: ClassId, before: Option<Date>, limit: u32) -> Result<Vec<Report>> {
        self.all(
            concat!(
                select!("WHERE r.class_id = $1 AND ($2 IS NULL OR r.date < $2) AND "),
                newest!(),
                " ORDER BY r.date DESC LIMIT $3"
            ),
            args![class, before, limit],
        )
        .await
    }

    /// What counts on a day for all classes, or those of `institution`.
    pub async fn reports_on(&mut self, date: Date, institution: Option<InstitutionId>) -> Result<Vec<Report>> {
        self.all(
            concat!(select!("WHERE r.date = $1 AND ($2 IS NULL OR c.institution_id = $2) AND "), newest!()),
            args![date, institution],
        )
        .await
    }
}

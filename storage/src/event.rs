//! Events: what of the audit log others hear of. One is written with its entry, in the same transaction, and so is its way to
//! each webhook; nothing is lost between the two.

use duxue_rules::{
    event::EventKind,
    ids::{ClassId, InstitutionId},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Result, Tx,
    audit::Entry,
    row::{FromRow, Row},
    value::args,
};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The place of its entry in the audit log; events are in that order.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
    /// To what kind of thing, such as `finding`.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// Whose it is; `None`: the centre's own.
    pub institution: Option<InstitutionId>,
}

impl FromRow for Event {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            seq: row.int("seq")?,
            at: row.time("at")?,
            kind: row.word("kind")?,
            subject_kind: row.text("subject_kind")?,
            subject_id: row.text("subject_id")?,
            institution: row.opt_parsed("institution_id")?,
        })
    }
}

struct Owner(InstitutionId);

impl FromRow for Owner {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("institution_id")?))
    }
}

/// Whose a thing is, by its kind. A kind that is not here is the centre's own.
fn owner_of(subject_kind: &str) -> Option<&'static str> {
    macro_rules! of_class {
        ($table:literal) => {
            concat!("SELECT c.institution_id FROM ", $table, " t JOIN classes c ON c.id = t.class_id WHERE t.id = $1")
        };
    }
    Some(match subject_kind {
        "class" => "SELECT institution_id FROM classes WHERE id = $1",
        "finding" => of_class!("findings"),
        "report" => of_class!("daily_reports"),
        "clip" => of_class!("clips"),
        "upload" => "SELECT institution_id FROM uploads WHERE id = $1",
        "timetable" => of_class!("timetables"),
        "timetable_change" => {
            "SELECT c.institution_id FROM timetable_changes t JOIN timetables x ON x.id = t.timetable_id
             JOIN classes c ON c.id = x.class_id WHERE t.id = $1"
        }
        "violation" => "SELECT institution_id FROM violations WHERE id = $1",
        "closeout" => of_class!("closeouts"),
        "subsidy" => of_class!("subsidies"),
        "notice" => of_class!("notices"),
        "message" => of_class!("messages"),
        _ => return None,
    })
}

impl Tx {
    /// Writes the event that an entry stands for, if it stands for one, and its way to each webhook that wants it.
    /// [`Tx::commit`] does it for every entry that it appends to the log.
    pub async fn happen(&mut self, seq: i64, entry: &Entry) -> Result<()> {
        let Some(kind) = EventKind::of_action(&entry.action) else { return Ok(()) };
        let owner: Option<Owner> = match owner_of(&entry.subject_kind) {
            Some(sql) => self.optional(sql, args![entry.subject_id]).await?,
            None => None,
        };
        let institution = owner.map(|Owner(institution)| institution);
        // There is one already only where somebody cut the log's end off: that is the log's check to tell, and work goes on.
        self.run(
            "INSERT INTO events (seq, at, kind, subject_kind, subject_id, institution_id)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (seq) DO NOTHING",
            args![seq, entry.at, kind.word(), entry.subject_kind, entry.subject_id, institution],
        )
        .await?;
        // A kind's word has no quotes and no wildcards in it, so that it is found in the list as it stands there.
        self.run(
            "INSERT INTO deliveries (webhook_id, seq, state, attempts, next_at, changed_at)
             SELECT id, $1, 'pending', 0, $2, $2 FROM webhooks
             WHERE removed_at IS NULL AND (kinds = '[]' OR kinds LIKE $3)
             ON CONFLICT (webhook_id, seq) DO NOTHING",
            args![seq, entry.at, format!("%\"{}\"%", kind.word())],
        )
        .await?;
        Ok(())
    }

    /// Events after a place, in order.
    pub async fn events_after(&mut self, seq: i64, limit: u32) -> Result<Vec<Event>> {
        self.all(
            "SELECT seq, at, kind, subject_kind, subject_id, institution_id FROM events
             WHERE seq > $1 ORDER BY seq LIMIT $2",
            args![seq, limit],
        )
        .await
    }

    /// The place of the newest event; 0 before the first.
    pub async fn newest_event(&mut self) -> Result<i64> {
        self.one("SELECT COALESCE(MAX(seq), 0) AS n FROM events", args![]).await
    }

    /// Whether an event of a kind about a class was noted at or after `since`: what follows from the time alone is told once.
    pub async fn was_told(&mut self, kind: EventKind, class: ClassId, since: Timestamp) -> Result<bool> {
        let told: i64 = self
            .one(
                "SELECT COUNT(*) AS n FROM events
                 WHERE kind = $1 AND subject_kind = 'class' AND subject_id = $2 AND at >= $3",
                args![kind.word(), class, since],
            )
            .await?;
        Ok(told > 0)
    }

    /// The classes that are taught on a day and have no daily report of it.
    pub async fn unreported(&mut self, date: Date) -> Result<Vec<ClassId>> {
        let rows: Vec<Unreported> = self
            .all(
                "SELECT DISTINCT s.class_id FROM sessions s
                 WHERE s.date = $1
                   AND NOT EXISTS (SELECT 1 FROM daily_reports r WHERE r.class_id = s.class_id AND r.date = s.date)
                 ORDER BY s.class_id",
                args![date],
            )
            .await?;
        Ok(rows.into_iter().map(|Unreported(class)| class).collect())
    }
}

struct Unreported(ClassId);

impl FromRow for Unreported {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("class_id")?))
    }
}

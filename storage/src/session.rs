//! Teaching sessions: a class in a venue over one unbroken span of lessons.

use duxue_rules::{
    ids::{ClassId, InstitutionId, SessionId, VenueId},
    span::Span,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Named, Result, Tx,
    constraint::named,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identity.
    pub id: SessionId,
    /// Who is taught.
    pub class: Named<ClassId>,
    /// Where.
    pub venue: Named<VenueId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// The civil day on which it starts, in Asia/Shanghai.
    pub date: Date,
    /// From the first lesson's start to the last one's end.
    pub span: Span,
}

/// A session to add.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its identity.
    pub id: SessionId,
    /// Who is taught.
    pub class: ClassId,
    /// Where.
    pub venue: VenueId,
    /// The civil day on which it starts, in Asia/Shanghai.
    pub date: Date,
    /// When.
    pub span: Span,
    /// Now.
    pub created_at: Timestamp,
}

impl FromRow for Session {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            class: row.named("class_id", "class_name")?,
            venue: row.named("venue_id", "venue_name")?,
            institution: row.parsed("institution_id")?,
            date: row.parsed("date")?,
            span: row.span("starts_at", "ends_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.class_id, c.name AS class_name, s.venue_id, v.name AS venue_name, c.institution_id, s.date,
                    s.starts_at, s.ends_at
             FROM sessions s
             JOIN classes c ON c.id = s.class_id
             JOIN venues v ON v.id = s.venue_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one. Field errors: `starts_at` when the venue or the class has another session then, `ends_at`, `class_id`,
    /// `venue_id`.
    pub async fn add_session(&mut self, session: &NewSession) -> Result<()> {
        let NewSession { id, class, venue, date, span, created_at } = session;
        let (start, end) = (span.start(), span.end());
        // Locks both, so that two sessions of one venue or class are added one after the other.
        self.run("UPDATE venues SET name = name WHERE id = $1", args![venue]).await?;
        self.run("UPDATE classes SET name = name WHERE id = $1", args![class]).await?;
        let clash: Option<Session> = self
            .optional(
                select!(
                    "WHERE (s.venue_id = $1 OR s.class_id = $2) AND s.starts_at < $4 AND s.ends_at > $3
                     ORDER BY CASE WHEN s.venue_id = $1 THEN 0 ELSE 1 END LIMIT 1"
                ),
                args![venue, class, start, end],
            )
            .await?;
        if let Some(clash) = clash {
            let free = if clash.venue.id == *venue { "sessions_venue_free" } else { "sessions_class_free" };
            return Err(named(free).map_or(Error::Lost { what: "session" }, Error::of));
        }
        self.insert(
            "INSERT INTO sessions (id, class_id, venue_id, date, starts_at, ends_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![id, class, venue, date, start, end, created_at],
            &[
                ("sessions_class_exists", "SELECT id FROM classes WHERE id = $1", class.to_value()),
                ("sessions_venue_exists", "SELECT id FROM venues WHERE id = $1", venue.to_value()),
            ],
        )
        .await
    }

    /// Takes away one that has not begun at `now`. [`Error::Lost`] when it has, or is gone: what has begun stays, for
    /// cameras have recorded it.
    pub async fn remove_session(&mut self, id: SessionId, now: Timestamp) -> Result<()> {
        self.advance("session", "DELETE FROM sessions WHERE id = $1 AND starts_at > $2", args![id, now]).await
    }

    /// All of a class, in order.
    pub async fn all_sessions_of_class(&mut self, class: ClassId) -> Result<Vec<Session>> {
        self.all(select!("WHERE s.class_id = $1 ORDER BY s.starts_at"), args![class]).await
    }

    /// The one of that identity.
    pub async fn session(&mut self, id: SessionId) -> Result<Option<Session>> {
        self.optional(select!("WHERE s.id = $1"), args![id]).await
    }

    /// A class's sessions, the latest first, before `before`.
    pub async fn sessions_of_class(
        &mut self,
        class: ClassId,
        before: Option<Timestamp>,
        limit: u32,
    ) -> Result<Vec<Session>> {
        self.all(
            select!("WHERE s.class_id = $1 AND ($2 IS NULL OR s.starts_at < $2) ORDER BY s.starts_at DESC LIMIT $3"),
            args![class, before, limit],
        )
        .await
    }

    /// The days on which a class has sessions, in order.
    pub async fn training_days(&mut self, class: ClassId) -> Result<Vec<Date>> {
        struct Day(Date);
        impl FromRow for Day {
            fn from_row(row: &Row) -> Result<Self> {
                Ok(Self(row.parsed("date")?))
            }
        }
        let days: Vec<Day> =
            self.all("SELECT DISTINCT date FROM sessions WHERE class_id = $1 ORDER BY date", args![class]).await?;
        Ok(days.into_iter().map(|Day(date)| date).collect())
    }

    /// A class's sessions of a day, in order.
    pub async fn sessions_of_class_on(&mut self, class: ClassId, date: Date) -> Result<Vec<Session>> {
        self.all(select!("WHERE s.class_id = $1 AND s.date = $2 ORDER BY s.starts_at"), args![class, date]).await
    }

    /// All sessions of a day, or those of `institution`, in order.
    pub async fn sessions_on(&mut self, date: Date, institution: Option<InstitutionId>) -> Result<Vec<Session>> {
        self.all(
            select!("WHERE s.date = $1 AND ($2 IS NULL OR c.institution_id = $2) ORDER BY s.starts_at, s.id"),
            args![date, institution],
        )
        .await
    }

    /// All sessions that share time with `span`, in order: with a span around now, those to look at.
    pub async fn sessions_in(&mut self, span: Span) -> Result<Vec<Session>> {
        // No session is longer than a day (sessions_at_most_a_day), so the index by start needs no more than that.
        self.all(
            select!(
                "WHERE s.starts_at > $1 - 86400000001 AND s.starts_at < $2 AND s.ends_at > $1
                 ORDER BY s.starts_at, s.id"
            ),
            args![span.start(), span.end()],
        )
        .await
    }

    /// A venue's sessions that share time with `span`, in order.
    pub async fn sessions_of_venue_in(&mut self, venue: VenueId, span: Span) -> Result<Vec<Session>> {
        self.all(
            select!("WHERE s.venue_id = $1 AND s.starts_at < $3 AND s.ends_at > $2 ORDER BY s.starts_at"),
            args![venue, span.start(), span.end()],
        )
        .await
    }
}

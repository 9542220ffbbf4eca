//! R1.2: venues that the bureau verified on site 现场核验.

use duxue_rules::{
    ids::{FileId, InstitutionId, UserId, VenueApprovalId, VenueId},
    opening,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// An approval of a venue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueApproval {
    /// Its identity.
    pub id: VenueApprovalId,
    /// Of which venue.
    pub venue: Named<VenueId>,
    /// Whose venue that is.
    pub institution: InstitutionId,
    /// From when on.
    pub approved_on: Date,
    /// The bureau's paper.
    pub file: FileId,
    /// The first day on which it no longer held, and why.
    pub withdrawn: Option<(Date, String)>,
    /// Who recorded it.
    pub created_by: Named<UserId>,
}

/// An approval to add.
#[derive(Clone, Debug)]
pub struct NewVenueApproval {
    /// Its identity.
    pub id: VenueApprovalId,
    /// Of which venue.
    pub venue: VenueId,
    /// From when on.
    pub approved_on: Date,
    /// The bureau's paper.
    pub file: FileId,
    /// Now.
    pub created_at: Timestamp,
    /// Who records it.
    pub created_by: UserId,
}

impl VenueApproval {
    /// As the rules take it.
    pub fn fact(self) -> opening::VenueApproval {
        opening::VenueApproval {
            venue: self.venue.id,
            institution: self.institution,
            approved_on: self.approved_on,
            file: self.file.to_string(),
            withdrawn_on: self.withdrawn.map(|(on, _)| on),
        }
    }
}

impl FromRow for VenueApproval {
    fn from_row(row: &Row) -> Result<Self> {
        let withdrawn = match (row.opt_parsed("withdrawn_on")?, row.opt_text("withdrawn_because")?) {
            (Some(on), Some(because)) => Some((on, because)),
            (None, None) => None,
            _ => return Err(row.impossible("withdrawn_on")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            venue: row.named("venue_id", "venue_name")?,
            institution: row.parsed("institution_id")?,
            approved_on: row.parsed("approved_on")?,
            file: row.parsed("file_id")?,
            withdrawn,
            created_by: row.named("created_by", "created_by_name")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.venue_id, v.name AS venue_name, v.institution_id, a.approved_on, a.file_id,
                    a.withdrawn_on, a.withdrawn_because, a.created_by, u.display_name AS created_by_name
             FROM venue_approvals a
             JOIN venues v ON v.id = a.venue_id
             JOIN users u ON u.id = a.created_by ",
            $rest
        )
    };
}

impl Tx {
    /// Adds one. Field errors: `venue_id`, `file_id`, and `approved_on` where the venue has one that holds.
    pub async fn add_venue_approval(&mut self, approval: &NewVenueApproval) -> Result<()> {
        let NewVenueApproval { id, venue, approved_on, file, created_at, created_by } = approval;
        self.insert(
            "INSERT INTO venue_approvals (id, venue_id, approved_on, file_id, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, venue, approved_on, file, created_at, created_by],
            &[
                ("venue_approvals_venue_exists", "SELECT id FROM venues WHERE id = $1", venue.to_value()),
                ("venue_approvals_file_exists", "SELECT id FROM files WHERE id = $1", file.to_value()),
            ],
        )
        .await
    }

    /// The one of that identity.
    pub async fn venue_approval(&mut self, id: VenueApprovalId) -> Result<Option<VenueApproval>> {
        self.optional(select!("WHERE a.id = $1"), args![id]).await
    }

    /// Those of a venue, the oldest first.
    pub async fn venue_approvals(&mut self, venue: VenueId) -> Result<Vec<VenueApproval>> {
        self.all(select!("WHERE a.venue_id = $1 ORDER BY a.id"), args![venue]).await
    }

    /// Those of all venues of an institution, the oldest first.
    pub async fn venue_approvals_of_institution(&mut self, institution: InstitutionId) -> Result<Vec<VenueApproval>> {
        self.all(select!("WHERE v.institution_id = $1 ORDER BY a.id"), args![institution]).await
    }

    /// Withdraws one from `on`. Lost if it was already. Field errors: `on`, `reason`.
    pub async fn withdraw_venue_approval(&mut self, id: VenueApprovalId, on: Date, reason: &str) -> Result<()> {
        self.advance(
            "venue approval",
            "UPDATE venue_approvals SET withdrawn_on = $2, withdrawn_because = $3
             WHERE id = $1 AND withdrawn_on IS NULL",
            args![id, on, reason],
        )
        .await
    }
}

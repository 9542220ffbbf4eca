//! R7.3a: check-in devices 打卡设备. A device has a token and may do nothing but punch.

use duxue_rules::ids::{DeviceId, InstitutionId, UserId, VenueId};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx,
    row::{FromRow, Row},
    sign_in::TokenHash,
    value::{ToValue, args},
};

/// A device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its identity.
    pub id: DeviceId,
    /// Where it hangs.
    pub venue: Named<VenueId>,
    /// Whose venue that is.
    pub institution: InstitutionId,
    /// Its name.
    pub name: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last sent punches.
    pub last_seen_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// A device to register.
#[derive(Clone, Debug)]
pub struct NewDevice {
    /// Its identity.
    pub id: DeviceId,
    /// Where it hangs.
    pub venue: VenueId,
    /// Its name.
    pub name: String,
    /// Of the token that it is to show.
    pub token: TokenHash,
    /// Now.
    pub created_at: Timestamp,
    /// Who registers it.
    pub created_by: UserId,
}

impl FromRow for Device {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            venue: row.named("venue_id", "venue_name")?,
            institution: row.parsed("institution_id")?,
            name: row.text("name")?,
            created_at: row.time("created_at")?,
            last_seen_at: row.opt_time("last_seen_at")?,
            withdrawn_at: row.opt_time("withdrawn_at")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.venue_id, v.name AS venue_name, v.institution_id, d.name, d.created_at, d.last_seen_at,
                    d.withdrawn_at
             FROM devices d JOIN venues v ON v.id = d.venue_id ",
            $rest
        )
    };
}

impl Tx {
    /// Registers one. Field errors: `name`, `venue_id`.
    pub async fn add_device(&mut self, device: &NewDevice) -> Result<()> {
        let NewDevice { id, venue, name, token, created_at, created_by } = device;
        self.insert(
            "INSERT INTO devices (id, venue_id, name, token_hash, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, venue, name, hex::encode(token.0), created_at, created_by],
            &[("devices_venue_exists", "SELECT id FROM venues WHERE id = $1", venue.to_value())],
        )
        .await
    }

    /// The one of that identity, withdrawn or not.
    pub async fn device(&mut self, id: DeviceId) -> Result<Option<Device>> {
        self.optional(select!("WHERE d.id = $1"), args![id]).await
    }

    /// The one that shows this token, if it is not withdrawn.
    pub async fn device_of_token(&mut self, token: TokenHash) -> Result<Option<Device>> {
        self.optional(select!("WHERE d.token_hash = $1 AND d.withdrawn_at IS NULL"), args![hex::encode(token.0)]).await
    }

    /// All, or those of `institution`, also withdrawn ones, in the order in which they were registered.
    pub async fn devices(&mut self, institution: Option<InstitutionId>) -> Result<Vec<Device>> {
        self.all(select!("WHERE ($1 IS NULL OR v.institution_id = $1) ORDER BY d.id"), args![institution]).await
    }

    /// Notes that it sent punches. [`crate::Error::Lost`] when it was withdrawn: what came with them is then not kept.
    pub async fn note_device(&mut self, id: DeviceId, now: Timestamp) -> Result<()> {
        let sql = "UPDATE devices SET last_seen_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
        self.advance("device", sql, args![id, now]).await
    }

    /// Withdraws one. [`crate::Error::Lost`] when it was already.
    pub async fn withdraw_device(&mut self, id: DeviceId, at: Timestamp, by: UserId) -> Result<()> {
        self.advance(
            "device",
            "UPDATE devices SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL",
            args![id, at, by],
        )
        .await
    }
}

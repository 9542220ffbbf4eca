//! Check-in devices 打卡设备.

use duxue_rules::ids::{DeviceId, InstitutionId, VenueId};
use duxue_storage::device;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::refs::VenueRef;

/// A check-in device of one classroom (R7.3a).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Device {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: DeviceId,
    /// Its name.
    #[schema(example = "一号教室门口")]
    pub name: String,
    /// Where it hangs.
    pub venue: VenueRef,
    /// Whose classroom that is.
    #[schema(value_type = Uuid)]
    pub institution_id: InstitutionId,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last sent punches.
    pub last_seen_at: Option<Timestamp>,
    /// When it was withdrawn; since then it may do nothing.
    pub withdrawn_at: Option<Timestamp>,
}

/// A device to register.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDevice {
    /// Where it hangs.
    #[schema(value_type = Uuid)]
    pub venue_id: VenueId,
    /// Its name, 1 to 100 characters; unique among the classroom's devices.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
}

/// A device that was just registered.
#[derive(Clone, Serialize, ToSchema)]
pub struct RegisteredDevice {
    /// The device.
    pub device: Device,
    /// What it is to send as `Authorization: Bearer …`. Shown this once; only its hash is kept. Whoever loses it registers
    /// the device anew.
    pub token: String,
}

impl From<device::Device> for Device {
    fn from(row: device::Device) -> Self {
        Self {
            id: row.id,
            name: row.name,
            venue: row.venue.into(),
            institution_id: row.institution,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            withdrawn_at: row.withdrawn_at,
        }
    }
}

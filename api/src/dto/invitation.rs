//! Invitations: a link that the inviter hands over.

use duxue_rules::ids::{InstitutionId, InvitationId};
use duxue_storage::invitation::{self, InvitationEnd};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{InstitutionRef, UserRef},
    words::Role,
};

/// An invitation, without what its link holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Invitation {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: InvitationId,
    /// Who is invited.
    pub display_name: String,
    /// As what.
    pub role: Role,
    /// For whom they work; null for people of the centre and auditors.
    pub institution: Option<InstitutionRef>,
    /// The user name of whoever gets a new password; null for somebody new.
    pub resets: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: UserRef,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was accepted.
    pub accepted_at: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// Who is invited, and as what.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// The name that others will see, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub display_name: String,
    /// As what.
    pub role: Role,
    /// Needed exactly for role `institution`.
    #[schema(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
}

/// An invitation that was just made.
#[derive(Clone, Serialize, ToSchema)]
pub struct MadeInvitation {
    /// The invitation.
    pub invitation: Invitation,
    /// What the link holds. Shown this once; only its hash is kept. The inviter hands it over; nothing is sent.
    pub secret: String,
}

/// What a link holds.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationSecret {
    /// The `secret` of the invitation.
    #[schema(max_length = 100)]
    pub secret: String,
}

/// What an open invitation is to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenInvitation {
    /// Who is invited.
    pub display_name: String,
    /// As what.
    pub role: Role,
    /// For whom they work.
    pub institution: Option<InstitutionRef>,
    /// The user name of whoever gets a new password; null for somebody new, who chooses one.
    pub resets: Option<String>,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// An invitation is accepted.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// The `secret` of the invitation.
    #[schema(max_length = 100)]
    pub secret: String,
    /// What to sign in with, 1 to 64 characters without spaces; only of somebody new.
    #[schema(min_length = 1, max_length = 64)]
    pub username: Option<String>,
    /// 8 characters or more; no other demand (NIST SP 800-63B).
    #[schema(min_length = 8, max_length = 1024, format = Password)]
    pub password: String,
}

impl From<invitation::Invitation> for Invitation {
    fn from(row: invitation::Invitation) -> Self {
        let (accepted_at, withdrawn_at) = match row.end {
            None => (None, None),
            Some(InvitationEnd::Accepted { at, .. }) => (Some(at), None),
            Some(InvitationEnd::Withdrawn { at }) => (None, Some(at)),
        };
        Self {
            id: row.id,
            display_name: row.display_name,
            role: row.role.into(),
            institution: row.institution.map(Into::into),
            resets: row.resets.map(|user| user.name),
            created_at: row.created_at,
            created_by: row.created_by.into(),
            expires_at: row.expires_at,
            accepted_at,
            withdrawn_at,
        }
    }
}

impl From<invitation::Invitation> for OpenInvitation {
    fn from(row: invitation::Invitation) -> Self {
        Self {
            display_name: row.display_name,
            role: row.role.into(),
            institution: row.institution.map(Into::into),
            resets: row.resets.map(|user| user.name),
            expires_at: row.expires_at,
        }
    }
}

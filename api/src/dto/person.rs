//! People who sign in.

use duxue_rules::ids::{InstitutionId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::InstitutionRef,
    words::{Action, Role},
};

/// Who wants in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The name signed in with.
    #[schema(max_length = 64)]
    pub username: String,
    /// The password; never stored, never logged.
    #[schema(max_length = 1024, format = Password)]
    pub password: String,
}

/// Who is signed in, and what they may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub user_id: UserId,
    /// The name signed in with.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// Their institution; null for people of the centre and auditors.
    pub institution: Option<InstitutionRef>,
    /// What they may do, to what they may see.
    pub actions: Vec<Action>,
    /// Whether they have a second factor, which is asked of them when they sign in.
    pub second_factor: bool,
    /// Whether a second factor is asked of them that they have not set up: until then they may do nothing else.
    pub must_enrol: bool,
}

/// Somebody one works with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Colleague {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// The name shown.
    #[schema(example = "林监管")]
    pub display_name: String,
    /// What they are.
    pub role: Role,
}

/// A user, as managers see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct User {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: UserId,
    /// The name signed in with.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// Their institution, if they belong to one.
    pub institution: Option<InstitutionRef>,
    /// Since when they may not sign in; null when they may.
    pub disabled_at: Option<Timestamp>,
    /// Whether a second factor is asked of them when they sign in.
    pub second_factor: bool,
}

/// A user to add.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// 1 to 64 characters, without spaces.
    #[schema(min_length = 1, max_length = 64)]
    pub username: String,
    /// The name shown, 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    pub display_name: String,
    /// What they are.
    pub role: Role,
    /// Needed exactly for role `institution`.
    #[schema(value_type = Option<Uuid>)]
    pub institution_id: Option<InstitutionId>,
    /// 8 characters or more; no other demand (NIST SP 800-63B).
    #[schema(min_length = 8, max_length = 1024, format = Password)]
    pub password: String,
}

/// A change to a user.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedUser {
    /// Whether they may sign in no more.
    pub closed: bool,
}

/// A change of one's own password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The one until now.
    #[schema(max_length = 1024, format = Password)]
    pub password: String,
    /// 8 characters or more; no other demand (NIST SP 800-63B).
    #[schema(min_length = 8, max_length = 1024, format = Password)]
    pub new_password: String,
}

impl From<duxue_storage::user::User> for Colleague {
    fn from(row: duxue_storage::user::User) -> Self {
        Self { id: row.id, display_name: row.display_name, role: row.role.into() }
    }
}

impl User {
    pub(crate) fn of(row: duxue_storage::user::User, second_factor: bool) -> Self {
        Self {
            second_factor,
            id: row.id,
            username: row.username,
            display_name: row.display_name,
            role: row.role.into(),
            institution: row.institution.map(Into::into),
            disabled_at: row.disabled_at,
        }
    }
}

//! Invitations: a link that the inviter hands over. With it somebody new sets a user name and a password, or somebody who
//! is there already a new password. Only the hash of what the link holds is kept.

use duxue_rules::{
    access::Role,
    ids::{InstitutionId, InvitationId, UserId},
};
use jiff::Timestamp;

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    sign_in::TokenHash,
    value::{ToValue, args},
};

/// An invitation, without what is secret about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its identity.
    pub id: InvitationId,
    /// Who is invited, by the name that others see.
    pub display_name: String,
    /// As what.
    pub role: Role,
    /// For whom they work.
    pub institution: Option<Named<InstitutionId>>,
    /// Whose password it sets anew, by the name they sign in with; `None` for somebody new.
    pub resets: Option<Named<UserId>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: Named<UserId>,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// How it ended, if it did.
    pub end: Option<InvitationEnd>,
}

/// How an invitation ended, but for running out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationEnd {
    /// It was accepted.
    Accepted {
        /// When.
        at: Timestamp,
        /// The account that came of it.
        account: UserId,
    },
    /// Whoever invites took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
}

/// An invitation to make.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Its identity.
    pub id: InvitationId,
    /// Of what the link holds.
    pub token: TokenHash,
    /// Who is invited.
    pub invited: Invited,
    /// Now.
    pub created_at: Timestamp,
    /// Who makes it.
    pub created_by: UserId,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Who is invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Somebody new.
    New {
        /// The name that others see.
        display_name: String,
        /// As what.
        role: Role,
        /// For whom they work.
        institution: Option<InstitutionId>,
    },
    /// Somebody who is there already, to set a new password.
    Reset(UserId),
}

impl FromRow for Invitation {
    fn from_row(row: &Row) -> Result<Self> {
        let end = match (row.opt_time("accepted_at")?, row.opt_parsed("accepted_as")?, row.opt_time("withdrawn_at")?) {
            (None, None, None) => None,
            (Some(at), Some(account), None) => Some(InvitationEnd::Accepted { at, account }),
            (None, None, Some(at)) => Some(InvitationEnd::Withdrawn { at }),
            _ => return Err(row.impossible("accepted_at")),
        };
        Ok(Self {
            id: row.parsed("id")?,
            display_name: row.text("display_name")?,
            role: row.word("role")?,
            institution: row.opt_named("institution_id", "institution_name")?,
            resets: row.opt_named("user_id", "username")?,
            created_at: row.time("created_at")?,
            created_by: row.named("created_by", "created_by_name")?,
            expires_at: row.time("expires_at")?,
            end,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, COALESCE(v.display_name, u.display_name) AS display_name, COALESCE(v.role, u.role) AS role,
                    i.id AS institution_id, i.name AS institution_name, v.user_id, u.username, v.created_at,
                    v.created_by, m.display_name AS created_by_name, v.expires_at, v.accepted_at, v.accepted_as,
                    v.withdrawn_at
             FROM invitations v
             JOIN users m ON m.id = v.created_by
             LEFT JOIN users u ON u.id = v.user_id
             LEFT JOIN institutions i ON i.id = COALESCE(v.institution_id, u.institution_id) ",
            $rest
        )
    };
}

impl Tx {
    /// Makes one. Of invitations to set somebody's password anew the newest alone is good. Field errors: `display_name`,
    /// `institution_id`.
    pub async fn add_invitation(&mut self, new: &NewInvitation) -> Result<()> {
        let NewInvitation { id, token, invited, created_at, created_by, expires_at } = new;
        let (display_name, role, institution, user) = match invited {
            Invited::New { display_name, role, institution } => {
                (Some(display_name.as_str()), Some(json::word(role)), *institution, None)
            }
            Invited::Reset(user) => (None, None, None, Some(*user)),
        };
        self.run(
            "UPDATE invitations SET withdrawn_at = $2, withdrawn_by = $3
             WHERE user_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
            args![user, created_at, created_by],
        )
        .await?;
        self.insert(
            "INSERT INTO invitations (id, token_hash, display_name, role, institution_id, user_id, created_at,
                                      created_by, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![id, hex::encode(token.0), display_name, role, institution, user, created_at, created_by, expires_at],
            &[("invitations_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await
    }

    /// The one of that identity, however it ended.
    pub async fn invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>> {
        self.optional(select!("WHERE v.id = $1"), args![id]).await
    }

    /// All, newest first, after `before`.
    pub async fn invitations(&mut self, before: Option<InvitationId>, limit: u32) -> Result<Vec<Invitation>> {
        self.all(select!("WHERE v.id < COALESCE($1, 'g') ORDER BY v.id DESC LIMIT $2"), args![before, limit]).await
    }

    /// The one whose link holds this, if it is good: open, not run out, and not to the account of somebody who may not
    /// sign in.
    pub async fn open_invitation(&mut self, token: TokenHash, now: Timestamp) -> Result<Option<Invitation>> {
        self.optional(
            select!(
                "WHERE v.token_hash = $1 AND v.expires_at > $2 AND v.accepted_at IS NULL AND v.withdrawn_at IS NULL
                   AND u.disabled_at IS NULL"
            ),
            args![hex::encode(token.0), now],
        )
        .await
    }

    /// Ends an open one: it became this account. [`crate::Error::Lost`] when another was faster.
    pub async fn accept_invitation(&mut self, id: InvitationId, account: UserId, at: Timestamp) -> Result<()> {
        self.advance(
            "invitation",
            "UPDATE invitations SET accepted_at = $2, accepted_as = $3
             WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2",
            args![id, at, account],
        )
        .await
    }

    /// Takes an open one back. [`crate::Error::Lost`] when it has ended.
    pub async fn withdraw_invitation(&mut self, id: InvitationId, at: Timestamp, by: UserId) -> Result<()> {
        self.advance(
            "invitation",
            "UPDATE invitations SET withdrawn_at = $2, withdrawn_by = $3
             WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
            args![id, at, by],
        )
        .await
    }
}

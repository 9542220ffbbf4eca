//! Who is asking.

use axum::{extract::FromRequestParts, http::request::Parts};
use duxue_rules::{
    access::{Action, Actor},
    ids::{InstitutionId, UserId},
};
use duxue_storage::{audit, sign_in::TokenHash, user::User};
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::Shared,
    authorise::{authorise, authorise_named},
    cookie,
    problem::Failure,
};

/// How exactly "last seen" is kept; finer would cost a write a request.
const SEEN_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// A person with a good sign-in.
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) user: User,
    /// As the role table sees them.
    pub(crate) actor: Actor,
    /// Their sign-in.
    pub(crate) token: TokenHash,
}

impl SignedIn {
    /// Refuses what they may not do to something of `owner`.
    pub(crate) fn may(&self, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
        authorise(self.actor, action, owner)
    }

    /// Refuses like [`SignedIn::may`] for a thing whose owner an institution's people must not be able to probe.
    pub(crate) fn may_named(&self, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
        match self.actor.institution {
            Some(_) => authorise_named(self.actor, action, owner),
            None => authorise(self.actor, action, owner),
        }
    }

    /// Their identity.
    pub(crate) fn id(&self) -> UserId {
        self.user.id
    }

    /// An audit entry of theirs.
    pub(crate) fn did(
        &self,
        at: Timestamp,
        action: &str,
        subject_kind: &str,
        subject_id: impl ToString,
        detail: serde_json::Value,
    ) -> audit::Entry {
        audit::Entry {
            at,
            actor: Some(self.user.id),
            action: action.to_owned(),
            subject_kind: subject_kind.to_owned(),
            subject_id: subject_id.to_string(),
            detail,
        }
    }
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Failure> {
        let token = cookie::token(&parts.headers).ok_or(Failure::NotSignedIn)?.hash();
        let now = app.now();
        let found = app.store.read().await?.signed_in(token, now).await?.ok_or(Failure::NotSignedIn)?;
        if now.duration_since(found.last_seen_at) >= SEEN_WITHIN {
            let mut tx = app.store.begin().await?;
            tx.touch_sign_in(token, now).await?;
            tx.commit().await?;
        }
        tracing::Span::current().record("user.id", tracing::field::display(found.user.id));
        Ok(Self { actor: found.user.actor(), user: found.user, token })
    }
}

//! Who is asking: a person at a browser, or a token of theirs.

use axum::{extract::FromRequestParts, http::request::Parts};
use duxue_rules::{
    access::{Action, Actor, scopes::Reach},
    ids::{ApiTokenId, ClassId, InstitutionId, UserId},
};
use duxue_storage::{Tx, audit, class::Class, sign_in::TokenHash, user::User};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::bearer::bearer;
use crate::{
    app::Core,
    authorise::{authorise, authorise_named, may_do},
    cookie,
    problem::Failure,
};

/// How exactly "last seen" is kept; finer would cost a write a request.
const SEEN_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// What was shown to prove it.
#[derive(Clone, Copy)]
enum Shown {
    Cookie(TokenHash),
    Token(TokenHash, ApiTokenId),
}

/// A person with a good sign-in, or with a good token of theirs.
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) user: User,
    /// As the role table sees them.
    pub(crate) actor: Actor,
    /// How much of what their role may is within reach.
    pub(crate) reach: Reach,
    shown: Shown,
}

/// The person themselves, at a browser: for what no token does in anybody's place.
pub(crate) struct InPerson {
    /// Who.
    pub(crate) who: SignedIn,
    /// Their sign-in.
    pub(crate) sign_in: TokenHash,
}

/// The person themselves, also when a second factor is asked of them that they have not set up: for setting it up.
pub(crate) struct Enrolling {
    /// Who.
    pub(crate) who: SignedIn,
    /// Their sign-in.
    pub(crate) sign_in: TokenHash,
}

/// Whoever it is, also when they may do nothing yet.
pub(crate) struct Whoever {
    /// Who.
    pub(crate) who: SignedIn,
    /// Whether a second factor is asked of them that they have not set up.
    pub(crate) must_enrol: bool,
}

impl SignedIn {
    pub(crate) fn at_a_browser(user: User, sign_in: TokenHash) -> Self {
        Self { actor: user.actor(), user, reach: Reach::Person, shown: Shown::Cookie(sign_in) }
    }

    /// Refuses what they may not do to something of `owner`.
    pub(crate) fn may(&self, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
        authorise(self, action, owner)
    }

    /// Refuses like [`SignedIn::may`] for a thing whose owner an institution's people must not be able to probe.
    pub(crate) fn may_named(&self, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
        match self.actor.institution {
            Some(_) => authorise_named(self, action, owner),
            None => authorise(self, action, owner),
        }
    }

    /// Whether they may do it to something of `owner`: for what an answer shows to some and not to others.
    pub(crate) fn can(&self, action: Action, owner: Option<InstitutionId>) -> bool {
        may_do(self, action, owner)
    }

    /// The class that an address names, if they may do this to what is its institution's.
    pub(crate) async fn class(&self, tx: &mut Tx, id: ClassId, action: Action) -> Result<Class, Failure> {
        let class = tx.class(id).await?.ok_or(Failure::NotFound)?;
        self.may(action, Some(class.institution.id))?;
        Ok(class)
    }

    /// The sign-in of a person at a browser; a token is refused.
    pub(crate) fn in_person(&self) -> Result<TokenHash, Failure> {
        match self.shown {
            Shown::Cookie(sign_in) => Ok(sign_in),
            Shown::Token(..) => Err(Failure::InPersonOnly),
        }
    }

    /// Whether what was shown is still good.
    pub(crate) async fn still_good(&self, tx: &mut Tx, now: Timestamp) -> duxue_storage::Result<bool> {
        Ok(match self.shown {
            Shown::Cookie(sign_in) => tx.signed_in(sign_in, now).await?.is_some(),
            Shown::Token(token, _) => tx.api_token_shown(token, now).await?.is_some(),
        })
    }

    /// Their identity.
    pub(crate) fn id(&self) -> UserId {
        self.user.id
    }

    /// An audit entry of theirs. What a token did says so.
    pub(crate) fn did(
        &self,
        at: Timestamp,
        action: &str,
        subject_kind: &str,
        subject_id: impl ToString,
        mut detail: Value,
    ) -> audit::Entry {
        if let (Shown::Token(_, id), Value::Object(fields)) = (self.shown, &mut detail) {
            fields.insert("by_token".to_owned(), Value::String(id.to_string()));
        }
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

impl FromRequestParts<Core> for Whoever {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Failure> {
        // Beside a token the cookie is not looked at: the cross-site check lets such requests pass.
        let whoever = match bearer(&parts.headers) {
            Some(token) => Self { who: by_token(app, token.hash()).await?, must_enrol: false },
            None => by_cookie(app, cookie::token(&parts.headers).ok_or(Failure::NotSignedIn)?.hash()).await?,
        };
        tracing::Span::current().record("user.id", tracing::field::display(whoever.who.user.id));
        Ok(whoever)
    }
}

impl FromRequestParts<Core> for SignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Failure> {
        let Whoever { who, must_enrol } = Whoever::from_request_parts(parts, app).await?;
        if must_enrol { Err(Failure::SecondFactorFirst) } else { Ok(who) }
    }
}

impl FromRequestParts<Core> for InPerson {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Failure> {
        let who = SignedIn::from_request_parts(parts, app).await?;
        let sign_in = who.in_person()?;
        Ok(Self { who, sign_in })
    }
}

impl FromRequestParts<Core> for Enrolling {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Core) -> Result<Self, Failure> {
        let who = Whoever::from_request_parts(parts, app).await?.who;
        let sign_in = who.in_person()?;
        Ok(Self { who, sign_in })
    }
}

async fn by_cookie(app: &Core, sign_in: TokenHash) -> Result<Whoever, Failure> {
    let now = app.now();
    let found = app.store.read().await?.signed_in(sign_in, now).await?.ok_or(Failure::NotSignedIn)?;
    if now.duration_since(found.last_seen_at) >= SEEN_WITHIN {
        let mut tx = app.store.begin().await?;
        tx.touch_sign_in(sign_in, now).await?;
        tx.commit().await?;
    }
    let who = SignedIn::at_a_browser(found.user, sign_in);
    let must_enrol = app.settings.asks_second_factor(who.actor) && !found.second_factor;
    Ok(Whoever { who, must_enrol })
}

async fn by_token(app: &Core, token: TokenHash) -> Result<SignedIn, Failure> {
    let now = app.now();
    let found = app.store.read().await?.api_token_shown(token, now).await?.ok_or(Failure::NotSignedIn)?;
    if found.last_used_at.is_none_or(|before| now.duration_since(before) >= SEEN_WITHIN) {
        let mut tx = app.store.begin().await?;
        tx.touch_api_token(found.id, now).await?;
        tx.commit().await?;
    }
    let reach = Reach::Token(found.scopes);
    Ok(SignedIn { actor: found.owner.actor(), user: found.owner, reach, shown: Shown::Token(token, found.id) })
}

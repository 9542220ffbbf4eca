//! Who may do what to whose: the one place where the api asks `rules::access`.
//!
//! Every question takes the whole [`SignedIn`]: of a token it is not enough that its owner's role may, it must have been
//! made for this too. `clippy.toml` refuses `rules::access::may` everywhere else.

use duxue_rules::{
    access::{Action, Role, may},
    ids::InstitutionId,
};
use uuid::Uuid;

use crate::{extract::SignedIn, problem::Failure};

/// Whether the role may; what a token was made for is not looked at.
#[expect(clippy::disallowed_methods, reason = "this is where it is asked, and nowhere else")]
fn role_may(who: &SignedIn, action: Action, owner: Option<InstitutionId>) -> bool {
    may(who.actor, action, owner)
}

/// Whether they may.
pub(crate) fn may_do(who: &SignedIn, action: Action, owner: Option<InstitutionId>) -> bool {
    role_may(who, action, owner) && who.reach.holds(action)
}

/// Refuses what the role table refuses, and what a token was not made for.
///
/// Another institution's things are not there at all (404), so that identities cannot be probed; what is the asker's own
/// or nobody's is there but not allowed (403).
pub(crate) fn authorise(who: &SignedIn, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
    if role_may(who, action, owner) {
        return if who.reach.holds(action) { Ok(()) } else { Err(Failure::BeyondToken) };
    }
    let anothers = who.actor.role == Role::Institution && owner.is_some() && owner != who.actor.institution;
    Err(if anothers { Failure::NotFound } else { Failure::Forbidden })
}

/// Refuses like [`authorise`] for a thing that a body names, and that may not exist: what is nowhere is as far from an
/// institution as what is another's, so that the answer does not tell the two apart.
pub(crate) fn authorise_named(who: &SignedIn, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
    authorise(who, action, Some(owner.unwrap_or(InstitutionId(Uuid::nil()))))
}

/// Whose things a list holds for this person: `None` for everybody's. Refused when they may not do this at all.
pub(crate) fn scope(who: &SignedIn, action: Action) -> Result<Option<InstitutionId>, Failure> {
    authorise(who, action, who.actor.institution)?;
    Ok(who.actor.institution)
}

/// Everything they may do to what is theirs to see.
pub(crate) fn actions(who: &SignedIn) -> Vec<Action> {
    Action::ALL.into_iter().filter(|&action| may_do(who, action, who.actor.institution)).collect()
}

#[cfg(test)]
mod tests {
    use duxue_rules::{
        access::scopes::{Reach, Scopes},
        ids::UserId,
    };
    use duxue_storage::{Named, user::User};
    use jiff::Timestamp;

    use super::*;

    const OWN: InstitutionId = InstitutionId(Uuid::from_u128(1));
    const OTHER: InstitutionId = InstitutionId(Uuid::from_u128(2));

    fn person(role: Role, institution: Option<InstitutionId>) -> SignedIn {
        let user = User {
            id: UserId(Uuid::from_u128(7)),
            username: "lin".into(),
            display_name: "林".into(),
            role,
            institution: institution.map(|id| Named { id, name: "学校".into() }),
            created_at: Timestamp::UNIX_EPOCH,
            disabled_at: None,
        };
        SignedIn::at_a_browser(user, duxue_storage::sign_in::Token::received("t").hash())
    }

    fn with_token(mut who: SignedIn, wanted: &[Action]) -> SignedIn {
        who.reach = Reach::Token(Scopes::grant(who.actor, wanted).unwrap());
        who
    }

    #[test]
    fn anothers_is_not_there_and_ones_own_is_not_allowed() {
        let who = person(Role::Institution, Some(OWN));
        assert_eq!(authorise(&who, Action::ReadClass, Some(OWN)), Ok(()));
        assert_eq!(authorise(&who, Action::ReadClass, Some(OTHER)), Err(Failure::NotFound));
        assert_eq!(authorise(&who, Action::WatchLive, Some(OTHER)), Err(Failure::NotFound));
        assert_eq!(authorise(&who, Action::WatchLive, Some(OWN)), Err(Failure::Forbidden));
        assert_eq!(authorise(&who, Action::ReadAudit, None), Err(Failure::Forbidden));
        assert_eq!(scope(&who, Action::ReadClass), Ok(Some(OWN)));
    }

    #[test]
    fn the_centre_sees_everybodys() {
        let who = person(Role::Auditor, None);
        assert_eq!(scope(&who, Action::ReadClass), Ok(None));
        assert_eq!(scope(&who, Action::EditUser), Err(Failure::Forbidden));
    }

    #[test]
    fn a_token_does_what_it_was_made_for_and_of_that_what_the_role_may() {
        let token = with_token(person(Role::Institution, Some(OWN)), &[Action::ReadClass, Action::SendReport]);
        assert_eq!(authorise(&token, Action::ReadClass, Some(OWN)), Ok(()));
        assert_eq!(authorise(&token, Action::ReadClip, Some(OWN)), Err(Failure::BeyondToken));
        assert_eq!(authorise(&token, Action::ReadClip, Some(OTHER)), Err(Failure::NotFound), "that is not told either");
        assert_eq!(scope(&token, Action::ReadClip), Err(Failure::BeyondToken));
        assert!(may_do(&token, Action::SendReport, Some(OWN)) && !may_do(&token, Action::ReadSubsidy, Some(OWN)));
        assert_eq!(actions(&token), [Action::ReadClass, Action::SendReport]);

        // Whoever became something else since takes their tokens along.
        let mut demoted = with_token(person(Role::Manager, None), &[Action::EditUser, Action::ReadClass]);
        demoted.actor.role = Role::Auditor;
        assert_eq!(authorise(&demoted, Action::EditUser, None), Err(Failure::Forbidden));
        assert_eq!(actions(&demoted), [Action::ReadClass]);
    }
}

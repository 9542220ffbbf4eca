//! Who may do what to whose: the one place where the api asks `rules::access`.

use duxue_rules::{
    access::{Action, Actor, Role, may},
    ids::InstitutionId,
};

use uuid::Uuid;

use crate::problem::Failure;

/// Refuses what the role table refuses.
///
/// Another institution's things are not there at all (404), so that identities cannot be probed; what is the
/// asker's own
/// or nobody's is there but not allowed (403).
pub(crate) fn authorise(actor: Actor, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
    if may(actor, action, owner) {
        return Ok(());
    }
    let anothers = actor.role == Role::Institution && owner.is_some() && owner != actor.institution;
    Err(if anothers { Failure::NotFound } else { Failure::Forbidden })
}

/// Refuses like [`authorise`] for a thing that a body names, and that may not exist: what is nowhere is as far from an
/// institution as what is another's, so that the answer does not tell the two apart.
pub(crate) fn authorise_named(actor: Actor, action: Action, owner: Option<InstitutionId>) -> Result<(), Failure> {
    authorise(actor, action, Some(owner.unwrap_or(InstitutionId(Uuid::nil()))))
}

/// Whose things a list holds for this person: `None` for everybody's. Refused when the role may not do this at all.
pub(crate) fn scope(actor: Actor, action: Action) -> Result<Option<InstitutionId>, Failure> {
    authorise(actor, action, actor.institution)?;
    Ok(actor.institution)
}

/// Everything this person may do to what is theirs to see.
pub(crate) fn actions(actor: Actor) -> Vec<Action> {
    Action::ALL.into_iter().filter(|&action| may(actor, action, actor.institution)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anothers_is_not_there_and_ones_own_is_not_allowed() {
        let own = InstitutionId(Uuid::from_u128(1));
        let other = InstitutionId(Uuid::from_u128(2));
        let actor = Actor { role: Role::Institution, institution: Some(own) };
        assert_eq!(authorise(actor, Action::ReadClass, Some(own)), Ok(()));
        assert_eq!(authorise(actor, Action::ReadClass, Some(other)), Err(Failure::NotFound));
        assert_eq!(authorise(actor, Action::WatchLive, Some(other)), Err(Failure::NotFound));
        assert_eq!(authorise(actor, Action::WatchLive, Some(own)), Err(Failure::Forbidden));
        assert_eq!(authorise(actor, Action::ReadAudit, None), Err(Failure::Forbidden));
        assert_eq!(scope(actor, Action::ReadClass), Ok(Some(own)));
    }

    #[test]
    fn the_centre_sees_everybodys() {
        let actor = Actor { role: Role::Auditor, institution: None };
        assert_eq!(scope(actor, Action::ReadClass), Ok(None));
        assert_eq!(scope(actor, Action::EditUser), Err(Failure::Forbidden));
    }
}

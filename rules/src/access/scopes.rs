//! What a token may do: only what it was made for, and never more than whoever made it.

use serde::{Deserialize, Serialize};

use super::{Action, Actor, allowed};

/// How long a token is good at most. A year and a day, so that a yearly renewal does not fail by hours.
pub const LONGEST_DAYS: i32 = 366;

/// What a token was made for: some of the table's actions, in its order, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(Vec<Action>);

/// Why no such token is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A token for nothing is good for nothing.
    Nothing,
    /// Whoever makes it may not do this themselves.
    Beyond(Action),
}

impl Scopes {
    /// What `owner` wants a token for.
    ///
    /// # Errors
    ///
    /// [`Refused`].
    pub fn grant(owner: Actor, wanted: &[Action]) -> Result<Self, Refused> {
        if let Some(&beyond) = wanted.iter().find(|&&action| !allowed(action).contains(&owner.role)) {
            return Err(Refused::Beyond(beyond));
        }
        let granted: Vec<Action> = Action::ALL.into_iter().filter(|action| wanted.contains(action)).collect();
        if granted.is_empty() { Err(Refused::Nothing) } else { Ok(Self(granted)) }
    }

    /// The actions.
    pub fn actions(&self) -> &[Action] {
        &self.0
    }
}

/// How far somebody's request reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The person themselves, at a browser: all that their role may.
    Person,
    /// A token of theirs: what it was made for, and of that what their role may.
    Token(Scopes),
}

impl Reach {
    /// Whether this action is within reach. Whether the role may is another question.
    pub fn holds(&self, action: Action) -> bool {
        match self {
            Self::Person => true,
            Self::Token(scopes) => scopes.0.contains(&action),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;

    const AUDITOR: Actor = Actor { role: Role::Auditor, institution: None };

    #[test]
    fn a_token_is_never_wider_than_its_owner() {
        for action in Action::ALL {
            let granted = Scopes::grant(AUDITOR, &[action]);
            match allowed(action).contains(&Role::Auditor) {
                true => assert_eq!(granted.unwrap().actions(), [action]),
                false => assert_eq!(granted, Err(Refused::Beyond(action))),
            }
        }
        let mixed = [Action::ReadClass, Action::EditUser];
        assert_eq!(Scopes::grant(AUDITOR, &mixed), Err(Refused::Beyond(Action::EditUser)));
        assert_eq!(Scopes::grant(AUDITOR, &[]), Err(Refused::Nothing));
    }

    #[test]
    fn it_holds_what_it_was_made_for_and_a_person_everything() {
        let wanted = [Action::ReadAudit, Action::ReadClass, Action::ReadAudit];
        let scopes = Scopes::grant(AUDITOR, &wanted).unwrap();
        assert_eq!(scopes.actions(), [Action::ReadClass, Action::ReadAudit], "in the table's order, each once");
        let token = Reach::Token(scopes);
        for action in Action::ALL {
            assert_eq!(token.holds(action), wanted.contains(&action), "{action:?}");
            assert!(Reach::Person.holds(action));
        }
    }
}

//! A person decides: confirmed, dismissed, or confirmed and withdrawn.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    access::Actor,
    civil,
    finding::Record,
    ids::{ClassId, InstitutionId, UserId, ViolationId},
    text::Remark,
};

/// 情节.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A violation that counts on the ladder.
    Ordinary,
    /// 情节严重者: it goes to the judiciary at once, and counts on the ladder.
    Serious,
}

/// Who said it, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Word {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: Remark,
}

/// What an institution is held to have done, before anybody decided.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Charge {
    /// The identity it has as a violation.
    pub violation: ViolationId,
    /// Whose.
    pub institution: InstitutionId,
    /// In which class, if in one.
    pub class: Option<ClassId>,
    /// The findings, records and reports that show it.
    pub grounds: BTreeSet<Record>,
}

/// A violation; only a supervisor of the centre makes one of a [`Charge`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Confirmed {
    charge: Charge,
    severity: Severity,
    word: Word,
}

/// A charge that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dismissed {
    charge: Charge,
    word: Word,
}

/// A violation that was confirmed and no longer stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Withdrawn {
    confirmed: Confirmed,
    word: Word,
}

/// What was decided about a charge, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict", content = "facts")]
pub enum Verdict {
    /// See [`Confirmed`].
    Confirmed(Confirmed),
    /// See [`Dismissed`].
    Dismissed(Dismissed),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
}

/// Why somebody's word is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerdictRefusal {
    /// Only a supervisor of the centre decides.
    #[error("only a supervisor of the centre decides about a violation")]
    NoSupervisor,
    /// Only a manager of the centre takes a confirmation back.
    #[error("only a manager of the centre withdraws a confirmed violation")]
    NoManager,
    /// Nothing shows it.
    #[error("a violation rests on at least one finding or record")]
    NoGrounds,
    /// Withdrawn before it was confirmed.
    #[error("a violation is withdrawn after it was confirmed")]
    TooEarly,
}

impl Charge {
    /// It is a violation 违规.
    pub fn confirm(self, actor: Actor, severity: Severity, word: Word) -> Result<Confirmed, VerdictRefusal> {
        if !actor.supervises() {
            return Err(VerdictRefusal::NoSupervisor);
        }
        if self.grounds.is_empty() {
            return Err(VerdictRefusal::NoGrounds);
        }
        Ok(Confirmed { charge: self, severity, word })
    }

    /// It is none.
    pub fn dismiss(self, actor: Actor, word: Word) -> Result<Dismissed, VerdictRefusal> {
        if actor.supervises() { Ok(Dismissed { charge: self, word }) } else { Err(VerdictRefusal::NoSupervisor) }
    }
}

impl Confirmed {
    /// What it was.
    pub fn charge(&self) -> &Charge {
        &self.charge
    }

    /// How serious.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Who confirmed it, when and why.
    pub fn word(&self) -> &Word {
        &self.word
    }

    /// The day on which it was confirmed.
    pub fn on(&self) -> Date {
        civil::date_of(self.word.at)
    }

    /// A manager of the centre takes it back, such as after an appeal; the record stays.
    pub fn withdraw(self, actor: Actor, word: Word) -> Result<Withdrawn, VerdictRefusal> {
        if !actor.manages_centre() {
            return Err(VerdictRefusal::NoManager);
        }
        if word.at < self.word.at {
            return Err(VerdictRefusal::TooEarly);
        }
        Ok(Withdrawn { confirmed: self, word })
    }
}

impl Dismissed {
    /// What was charged.
    pub fn charge(&self) -> &Charge {
        &self.charge
    }

    /// Who dismissed it, when and why.
    pub fn word(&self) -> &Word {
        &self.word
    }
}

impl Withdrawn {
    /// What had been confirmed.
    pub fn confirmed(&self) -> &Confirmed {
        &self.confirmed
    }

    /// Who withdrew it, when and why.
    pub fn word(&self) -> &Word {
        &self.word
    }
}

impl Verdict {
    /// What was charged.
    pub fn charge(&self) -> &Charge {
        match self {
            Self::Confirmed(confirmed) => &confirmed.charge,
            Self::Dismissed(dismissed) => &dismissed.charge,
            Self::Withdrawn(withdrawn) => &withdrawn.confirmed.charge,
        }
    }

    /// The violation, if one stands.
    pub fn standing(&self) -> Option<&Confirmed> {
        match self {
            Self::Confirmed(confirmed) => Some(confirmed),
            Self::Dismissed(_) | Self::Withdrawn(_) => None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{access::Role, ids::FindingId};
    use jiff::{SignedDuration, civil::date};
    use uuid::Uuid;

    pub const INSTITUTION: InstitutionId = InstitutionId(Uuid::from_u128(1));
    pub const SUPERVISOR: Actor = Actor { role: Role::Supervisor, institution: None };
    pub const MANAGER: Actor = Actor { role: Role::Manager, institution: None };

    pub fn violation(n: u128) -> ViolationId {
        ViolationId(Uuid::from_u128(n))
    }

    /// A word said so many hours after the first of October.
    pub fn word(hours: i64) -> Word {
        let day = civil::day(date(2024, 10, 1)).unwrap();
        let at = day.start() + SignedDuration::from_hours(hours);
        Word { by: UserId(Uuid::from_u128(9)), at, why: Remark::new("现场核实").unwrap() }
    }

    pub fn charge(n: u128) -> Charge {
        let grounds = [Record::Finding(FindingId(Uuid::from_u128(100 + n)))].into();
        Charge { violation: violation(n), institution: INSTITUTION, class: None, grounds }
    }

    pub fn confirmed(n: u128, hours: i64, severity: Severity) -> Confirmed {
        charge(n).confirm(SUPERVISOR, severity, word(hours)).unwrap()
    }

    #[test]
    fn only_a_person_of_the_centre_confirms_or_dismisses() {
        let of = |role, institution| Actor { role, institution };
        for actor in
            [of(Role::Auditor, None), of(Role::Institution, Some(INSTITUTION)), of(Role::Manager, Some(INSTITUTION))]
        {
            let refused = Err(VerdictRefusal::NoSupervisor);
            assert_eq!(charge(1).confirm(actor, Severity::Ordinary, word(0)), refused);
            assert_eq!(charge(1).dismiss(actor, word(0)), Err(VerdictRefusal::NoSupervisor));
        }
        let done = charge(1).confirm(MANAGER, Severity::Serious, word(30)).unwrap();
        assert_eq!((done.severity(), done.on()), (Severity::Serious, date(2024, 10, 2)));
        assert_eq!((done.charge(), done.word()), (&charge(1), &word(30)));
    }

    #[test]
    fn nothing_is_confirmed_without_grounds() {
        let bare = Charge { grounds: BTreeSet::new(), ..charge(1) };
        assert_eq!(bare.confirm(SUPERVISOR, Severity::Ordinary, word(0)), Err(VerdictRefusal::NoGrounds));
    }

    #[test]
    fn a_manager_withdraws_afterwards_and_the_record_stays() {
        let one = || confirmed(1, 10, Severity::Ordinary);
        assert_eq!(one().withdraw(SUPERVISOR, word(20)), Err(VerdictRefusal::NoManager));
        assert_eq!(one().withdraw(MANAGER, word(9)), Err(VerdictRefusal::TooEarly));
        assert!(one().withdraw(MANAGER, word(10)).is_ok(), "at the same moment");
        let withdrawn = one().withdraw(MANAGER, word(20)).unwrap();
        let kept = Verdict::Withdrawn(withdrawn);
        assert_eq!(kept.standing(), None);
        let json = serde_json::to_string(&kept).unwrap();
        assert!(json.contains("现场核实"));
        assert_eq!(serde_json::from_str::<Verdict>(&json).unwrap(), kept);
    }
}

//! What decisions rest on now, shared by all that decide: the policy and the calendar as they were last read.

use std::sync::{Arc, RwLock};

use duxue_rules::calendar::Calendar;

use crate::{Result, Store, calendar::StoredCalendar, policy::StoredPolicy};

/// The policy and the calendar at one moment. Who begins a decision takes these, and keeps them to its end.
#[derive(Clone, Debug)]
pub struct Grounds {
    /// The numbers, with their version.
    pub policy: Arc<StoredPolicy>,
    /// The days.
    pub calendar: Arc<Calendar>,
    calendar_number: i64,
}

impl Grounds {
    /// Of one reading.
    pub fn new(policy: StoredPolicy, calendar: StoredCalendar) -> Self {
        let StoredCalendar { number, calendar } = calendar;
        Self { policy: Arc::new(policy), calendar: Arc::new(calendar), calendar_number: number }
    }
}

/// The newest [`Grounds`] that this process knows.
#[derive(Clone, Debug)]
pub struct InForce(Arc<RwLock<Grounds>>);

impl InForce {
    /// Beginning with these.
    pub fn new(grounds: Grounds) -> Self {
        Self(Arc::new(RwLock::new(grounds)))
    }

    /// What is in force now.
    pub fn now(&self) -> Grounds {
        // A poisoned lock still holds whole grounds: they are only ever exchanged.
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads what is kept, which this or another process may have changed. Of two readings at once the newer stays.
    pub async fn read_again(&self, store: &Store) -> Result<()> {
        let known = self.now();
        let mut tx = store.read().await?;
        let policy = match tx.newest_policy_version().await? {
            Some(version) if version > known.policy.version => tx.policy(version).await?,
            _ => None,
        };
        let calendar = match tx.newest_calendar_number().await? {
            number if number > known.calendar_number => Some(tx.calendar().await?),
            _ => None,
        };
        let mut grounds = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(policy) = policy.filter(|policy| policy.version > grounds.policy.version) {
            grounds.policy = Arc::new(policy);
        }
        if let Some(StoredCalendar { number, calendar }) = calendar
            && number > grounds.calendar_number
        {
            grounds.calendar = Arc::new(calendar);
            grounds.calendar_number = number;
        }
        Ok(())
    }
}

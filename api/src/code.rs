//! Taking a code of somebody's second factor.

use duxue_storage::{second_factor::RecoveryCode, user::User};

use crate::{
    app::Shared,
    problem::{Failure, throttled},
};

impl Shared {
    /// Whether `code` is one that `user`'s device shows now, or a recovery code of theirs; then it is used up.
    ///
    /// The try is counted before it is looked at, with the failed sign-ins of the same name, and of `by_address` if that
    /// is known: of many tries at once none gets in for free. A right one forgets them.
    pub(crate) async fn take_code(&self, user: &User, by_address: Option<&str>, code: &str) -> Result<bool, Failure> {
        let now = self.now();
        let by_user = format!("user:{}", user.username);
        let settings = &self.settings;
        let mut tx = self.store.begin().await?;
        let mut until = tx.sign_in_wait(&by_user, now, &settings.throttle_user).await?;
        if let Some(by_address) = by_address {
            until = until.max(tx.sign_in_wait(by_address, now, &settings.throttle_address).await?);
        }
        if let Some(until) = until {
            return Err(throttled(until, now));
        }
        tx.note_failed_sign_in(&by_user, now, &settings.throttle_user).await?;
        tx.commit().await?;

        let mut tx = self.store.begin().await?;
        let factor = tx.second_factor(user.id, &self.secret).await?.filter(|factor| factor.confirmed_at.is_some());
        let Some(factor) = factor else { return Ok(false) };
        let taken = match factor.secret.step_of(code, now) {
            Some(step) => tx.take_step(user.id, step).await?,
            None => tx.take_recovery_code(user.id, &RecoveryCode::received(code), now).await?,
        };
        if taken {
            tx.forget_failed_sign_ins(&by_user).await?;
        } else if let Some(by_address) = by_address {
            tx.note_failed_sign_in(by_address, now, &settings.throttle_address).await?;
        }
        tx.commit().await?;
        Ok(taken)
    }
}

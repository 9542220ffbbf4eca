//! Nobody asks faster than keeps the service up for everybody: by address, and by sign-in or token.
//!
//! The generic cell rate algorithm (ITU-T I.371): of every asker one instant is remembered, until which what was asked is
//! paid for. In memory, a process each: losing it does no harm.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use duxue_storage::sign_in::TokenHash;
use jiff::{SignedDuration, Timestamp};

use crate::{
    app::{Core, Rate},
    cookie,
    extract::{ClientAddress, bearer},
    problem::throttled,
};

/// How many askers are remembered; beyond it those who owe nothing are forgotten.
const REMEMBERED: usize = 100_000;

/// Who asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Asker {
    Address(IpAddr),
    Shown(TokenHash),
}

/// Until when what each asked is paid for.
#[derive(Default)]
pub(crate) struct Pace(Mutex<HashMap<Asker, Timestamp>>);

impl Pace {
    /// Lets one more request in, or says when to come back.
    fn admit(&self, asker: Asker, rate: Rate, now: Timestamp) -> Result<(), Timestamp> {
        let each = SignedDuration::from_secs(1) / i32::try_from(rate.per_second.max(1)).unwrap_or(i32::MAX);
        let ahead = each.checked_mul(i32::try_from(rate.burst).unwrap_or(i32::MAX)).unwrap_or(SignedDuration::MAX);
        let mut paid = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if paid.len() >= REMEMBERED {
            paid.retain(|_, until| *until > now);
        }
        let until = paid.get(&asker).copied().unwrap_or(now).max(now).checked_add(each).unwrap_or(Timestamp::MAX);
        let Ok(free_at) = until.checked_sub(ahead) else { return Ok(()) };
        if free_at > now {
            return Err(free_at);
        }
        paid.insert(asker, until);
        Ok(())
    }
}

/// The layer.
pub(crate) async fn hold(State(app): State<Core>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(ClientAddress(address)) = ClientAddress::from_request_parts(&mut parts, &app).await;
    let shown = bearer(&parts.headers).or_else(|| cookie::token(&parts.headers)).map(|token| token.hash());
    let rates = app.settings.rates;
    let askers = [
        address.map(|address| (Asker::Address(network(address)), rates.address)),
        shown.map(|shown| (Asker::Shown(shown), rates.sign_in)),
    ];
    let now = app.now();
    for (asker, rate) in askers.into_iter().flatten() {
        if let Err(until) = app.pace().admit(asker, rate, now) {
            return throttled(until, now).into_response();
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// One IPv6 customer has a whole /64 to come from.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_second: 2, burst: 3 };

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    fn asker(last: u8) -> Asker {
        Asker::Address([192, 0, 2, last].into())
    }

    #[test]
    fn a_burst_is_free_and_then_one_comes_every_half_second() {
        let pace = Pace::default();
        for _ in 0..3 {
            assert_eq!(pace.admit(asker(1), RATE, at(0)), Ok(()));
        }
        assert_eq!(pace.admit(asker(1), RATE, at(0)), Err(at(500)));
        assert_eq!(pace.admit(asker(1), RATE, at(499)), Err(at(500)), "being refused costs nothing");
        assert_eq!(pace.admit(asker(1), RATE, at(500)), Ok(()));
        assert_eq!(pace.admit(asker(1), RATE, at(500)), Err(at(1000)));
        assert_eq!(pace.admit(asker(2), RATE, at(500)), Ok(()), "another asker");
        for _ in 0..3 {
            assert_eq!(pace.admit(asker(1), RATE, at(60_000)), Ok(()), "a pause gives the burst back, and no more");
        }
        assert!(pace.admit(asker(1), RATE, at(60_000)).is_err());
    }

    #[test]
    fn whoever_owes_nothing_is_forgotten() {
        let pace = Pace::default();
        for n in 0..REMEMBERED {
            let n = u32::try_from(n).unwrap();
            assert_eq!(
                pace.admit(Asker::Address(Ipv6Addr::from_bits(u128::from(n) << 64).into()), RATE, at(0)),
                Ok(())
            );
        }
        assert_eq!(pace.admit(asker(1), RATE, at(10_000)), Ok(()));
        assert_eq!(pace.0.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_customer_is_one_asker() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
    }
}

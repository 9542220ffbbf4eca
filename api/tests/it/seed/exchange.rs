//! A query by file that waits for its answer.

use duxue_rules::verification::{Matter, Phase};
use duxue_storage::{Tx, exchange::NewExchange};
use jiff::Timestamp;

use super::{Kind, id};

pub async fn exchange(tx: &mut Tx, side: u8, now: Timestamp) {
    let query = NewExchange {
        id: id(Kind::Exchange, side),
        class: id(Kind::Class, side),
        matter: Matter::Employment,
        phase: Phase::Before,
        students: vec![id(Kind::Student, side)],
        at: now,
        by: id(Kind::Manager, 9),
    };
    tx.add_exchange(&query).await.unwrap();
}

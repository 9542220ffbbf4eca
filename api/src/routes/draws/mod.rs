//! R7.4c: whom to look at today, by lot.

pub mod draw;
pub mod list;

use std::collections::{HashMap, hash_map::Entry};

use duxue_rules::ids::ClassId;
use duxue_storage::{Tx, selection::RecordedSelection};

use crate::{dto::draw::SupervisionDraw, problem::Failure};

async fn shown(tx: &mut Tx, rows: Vec<RecordedSelection>) -> Result<Vec<SupervisionDraw>, Failure> {
    let mut names: HashMap<ClassId, String> = HashMap::new();
    for class in rows.iter().flat_map(|row| &row.selection.facts).map(|facts| facts.class) {
        if let Entry::Vacant(unknown) = names.entry(class) {
            unknown.insert(tx.class(class).await?.map(|class| class.name).unwrap_or_default());
        }
    }
    Ok(rows.into_iter().map(|row| SupervisionDraw::of(row, &names)).collect())
}

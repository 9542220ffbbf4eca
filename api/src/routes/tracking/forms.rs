//! `GET /classes/{id}/tracking/form.html` and `/form.xlsx`

use duxue_rules::{access::Action, ids::ClassId, tracking::Node};

use crate::{
    app::Shared,
    extract::SignedIn,
    forms::{Form, LedgerLine, LookedUp, ledger, printed},
    load,
    problem::Failure,
};

printed!(
    "Tracking",
    id(ClassId, "Identity of the class."),
    form,
    "Prints the tracking ledger of a class 就(创)业情况统计台账 (R11.2): a page."
    print_tracking_page "/classes/{id}/tracking/form.html",
    "Prints the tracking ledger of a class 就(创)业情况统计台账 (R11.2): a spreadsheet."
    print_tracking_sheet "/classes/{id}/tracking/form.xlsx",
);

async fn form(app: &Shared, who: &SignedIn, id: ClassId) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let entries = tx.tracking_entries(id).await?;
    let lines = load::students(&mut tx, id).await?.into_iter().map(|student| {
        // Of several lines of a node the latest that looked on its day or later counts, as `rules::tracking` has it.
        let counts = |node: Node| {
            let from = node.from(class.ends_on)?;
            let own = entries.iter().rev().map(|row| (row.entry, &row.note));
            let mut own = own.filter(|(entry, _)| entry.student == student.id && entry.node == node);
            let (entry, note) = own.find(|(entry, _)| entry.on >= from)?;
            Some(LookedUp { on: entry.on, occupation: entry.occupation, note: note.clone() })
        };
        LedgerLine { nodes: Node::ALL.map(counts), name: student.name }
    });
    let lines = lines.collect();
    Ok(ledger(format!("tracking-{id}"), &class.institution.name, &class.name, class.ends_on, lines))
}

//! `GET /remote-supervisions/{id}/form.html` and `/form.xlsx`

use duxue_rules::{access::Action, ids::SupervisionId};

use super::sign::SUBJECT;
use crate::{
    app::Shared,
    extract::SignedIn,
    forms::{Form, Supervised, printed, remote, signed},
    problem::Failure,
};

printed!(
    "Supervision",
    id(SupervisionId, "Identity of the record."),
    form,
    "Prints a record of remote supervision with its checklist and signature (R7.1a, R7.4a): a page."
    print_remote_supervision_page "/remote-supervisions/{id}/form.html",
    "Prints a record of remote supervision with its checklist and signature (R7.1a, R7.4a): a spreadsheet."
    print_remote_supervision_sheet "/remote-supervisions/{id}/form.xlsx",
);

async fn form(app: &Shared, who: &SignedIn, id: SupervisionId) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.remote_supervision(id).await?.ok_or(Failure::NotFound)?;
    who.may(Action::ReadSupervision, Some(row.institution))?;
    let institution = tx.institution(row.institution).await?.ok_or(Failure::Internal)?;
    let record = row.signed.record();
    let mut signatures = Vec::new();
    for one in tx.signatures_of(SUBJECT, &id.to_string()).await? {
        signatures.push(signed(&app.objects, "监管人员", &one, record).await);
    }
    let seconds: u32 = record.basis.iter().map(|watch| watch.seconds()).sum();
    let of = Supervised {
        id: id.to_string(),
        institution: &institution.name,
        class: &row.class.name,
        on: row.signed.watched_on(),
        people: std::slice::from_ref(&row.supervisor.name),
        checklist: &record.checklist,
        remark: record.remark.as_ref(),
        signatures,
    };
    Ok(remote(of, seconds / 60))
}

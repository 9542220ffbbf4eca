//! `GET /inspections/{id}/form.html` and `/form.xlsx`

use duxue_rules::ids::SupervisionId;

use super::{SUBJECT, reading, visible};
use crate::{
    app::Shared,
    extract::SignedIn,
    forms::{Form, Supervised, inspection, printed, signed, unsigned},
    problem::Failure,
};

printed!(
    "Supervision",
    id(SupervisionId, "Identity of the sheet."),
    form,
    "Prints the sheet of an on-site inspection with its checklist and signatures, or places for them (R7.1a, R7.4b): a page."
    print_inspection_page "/inspections/{id}/form.html",
    "Prints the sheet of an on-site inspection with its checklist and signatures, or places for them (R7.1a, R7.4b): a spreadsheet."
    print_inspection_sheet "/inspections/{id}/form.xlsx",
);

const INSPECTOR: &str = "督导检查人员";
const MANAGER: &str = "培训机构负责人";

async fn form(app: &Shared, who: &SignedIn, id: SupervisionId) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let row = tx.inspection(id).await?.ok_or(Failure::NotFound)?;
    who.may(reading(who), Some(row.institution))?;
    if !visible(who, &row) {
        return Err(Failure::NotFound);
    }
    let institution = tx.institution(row.institution).await?.ok_or(Failure::Internal)?;
    let sheet = row.sheet.content();
    let rows = tx.signatures_of(SUBJECT, &id.to_string()).await?;
    let (mut people, mut signatures) = (Vec::new(), Vec::new());
    for &inspector in &sheet.inspectors {
        let name = tx.user(inspector).await?.map(|user| user.display_name).unwrap_or_default();
        signatures.push(match rows.iter().find(|one| one.signed_by.id == inspector) {
            Some(one) => signed(&app.objects, INSPECTOR, one, sheet).await,
            None => unsigned(INSPECTOR, &name),
        });
        people.push(name);
    }
    signatures.push(match rows.iter().find(|one| !sheet.inspectors.contains(&one.signed_by.id)) {
        Some(one) => signed(&app.objects, MANAGER, one, sheet).await,
        None => unsigned(MANAGER, ""),
    });
    Ok(inspection(Supervised {
        id: id.to_string(),
        institution: &institution.name,
        class: &row.class.name,
        on: sheet.on,
        people: &people,
        checklist: &sheet.checklist,
        remark: sheet.remark.as_ref(),
        signatures,
    }))
}

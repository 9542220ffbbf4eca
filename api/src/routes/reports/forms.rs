//! `GET /institutions/{id}/reports/{date}/form.html` and `/form.xlsx`

use std::collections::{BTreeSet, HashMap};

use axum::{extract::State, response::Response};
use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    extract::{InstitutionDate, Params, SignedIn},
    forms::{DailyLine, Form, SentLine, as_page, as_sheet, daily},
    load,
    problem::Failure,
    refusals::{BinaryFile, ReadRefusals},
};

/// Prints an institution's 日出勤情况报告单 of a day (R7.3b): a page.
#[utoipa::path(
    get,
    path = "/institutions/{id}/reports/{date}/form.html",
    tag = "Reports",
    params(
        ("id" = Uuid, Path, description = "Identity of the institution."),
        ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date),
    ),
    responses((status = 200, description = "The form.", body = String, content_type = "text/html"), ReadRefusals),
)]
pub async fn print_report_page(
    State(app): State<Shared>,
    who: SignedIn,
    Params(of): Params<InstitutionDate>,
) -> Result<Response, Failure> {
    as_page(&form(&app, &who, of).await?)
}

/// Prints an institution's 日出勤情况报告单 of a day (R7.3b): a spreadsheet.
#[utoipa::path(
    get,
    path = "/institutions/{id}/reports/{date}/form.xlsx",
    tag = "Reports",
    params(
        ("id" = Uuid, Path, description = "Identity of the institution."),
        ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date),
    ),
    responses(
        (
            status = 200,
            description = "The form.",
            body = BinaryFile,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ReadRefusals,
    ),
)]
pub async fn print_report_sheet(
    State(app): State<Shared>,
    who: SignedIn,
    Params(of): Params<InstitutionDate>,
) -> Result<Response, Failure> {
    as_sheet(&form(&app, &who, of).await?, app.now())
}

/// One form lists the classes that are taught or reported on that day, by their names.
async fn form(app: &Shared, who: &SignedIn, of: InstitutionDate) -> Result<Form, Failure> {
    let InstitutionDate { id, date } = of;
    who.may(Action::ReadClass, Some(id))?;
    let mut tx = app.store.read().await?;
    let institution = load::institutions(&mut tx, Some(id)).await?.pop().ok_or(Failure::NotFound)?;
    let reports = tx.reports_on(date, Some(id)).await?;
    let mut reports: HashMap<ClassId, _> = reports.into_iter().map(|row| (row.report.class, row)).collect();
    let taught: BTreeSet<ClassId> =
        tx.sessions_on(date, Some(id)).await?.into_iter().map(|session| session.class.id).collect();
    let mut classes = load::classes(&mut tx, Some(id)).await?;
    classes.retain(|class| taught.contains(&class.id) || reports.contains_key(&class.id));
    classes.sort_by(|one, other| one.name.cmp(&other.name));
    let lines = classes.into_iter().map(|class| {
        let report = reports.remove(&class.id);
        let report = report.map(|row| SentLine { said: row.report, at: row.first_sent_at, by: row.sent_by.name });
        DailyLine { class: class.name, report }
    });
    Ok(daily(&institution.name, date, &lines.collect::<Vec<_>>()))
}

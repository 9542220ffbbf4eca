//! `PUT /classes/{id}/reports/{date}`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, civil, report};
use duxue_storage::{class::Class, report::NewReport as Row};
use jiff::civil::Date;
use serde_json::json;

use crate::{
    app::{Shared, new_id},
    dto::report::{NewReport, Report},
    extract::{Body, ClassDate, Params, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Sends the daily report of a day (R7.3b).
///
/// Sending again adds a revision. A late report is marked late, never refused; impossible numbers are refused,
/// field by field.
#[utoipa::path(
    put,
    path = "/classes/{id}/reports/{date}",
    tag = "Reports",
    params(
        ("id" = Uuid, Path, description = "Identity of the class."),
        ("date" = String, Path, description = "The civil date, `YYYY-MM-DD`.", format = Date),
    ),
    request_body = NewReport,
    responses((status = 200, description = "The report as it was taken.", body = Report), WriteRefusals),
)]
pub async fn send_report(
    State(app): State<Shared>,
    who: SignedIn,
    Params(ClassDate { id, date }): Params<ClassDate>,
    Body(new): Body<NewReport>,
) -> Result<Json<Report>, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::SendReport).await?;
    let now = app.now();
    let said = new.of(id, date);
    // Who has a template does not matter here, so neither does the model.
    let roster = tx.roster(id, date, "").await?;
    let mut wrong: Vec<FieldProblem> = day(date, &class, civil::date_of(now)).into_iter().collect();
    wrong.extend(report::check(&said, &roster).into_iter().map(FieldProblem::from));
    if !wrong.is_empty() {
        return Err(Failure::Invalid(wrong));
    }
    let late = report::is_late(date, now, &app.policy.policy);
    let row = Row { id: new_id(now), report: said, sent_at: now, sent_by: who.id(), late };
    let revision = tx.add_report(&row).await?;
    let detail = json!({ "class": id, "date": date, "revision": revision, "late": late });
    tx.audit(who.did(now, "send_report", "report", row.id, detail));
    let sent = tx.report(id, date).await?.ok_or(Failure::Internal)?;
    tx.commit().await?;
    app.pokes.sessions.notify_one();
    Ok(Json(sent.into()))
}

/// What is wrong with the day, if anything: a report tells of a day of the class that has come.
fn day(date: Date, class: &Class, today: Date) -> Option<FieldProblem> {
    let rule = report::RULE;
    if date > today {
        let (zh, en) = ("不能报告未来日期的出勤。", "a report tells of today or an earlier day");
        return Some(FieldProblem::rule("date", rule.as_str(), zh, en));
    }
    (date < class.starts_on || date > class.ends_on).then(|| {
        FieldProblem::rule(
            "date",
            rule.as_str(),
            format!("日期须在班期 {} 至 {} 之内。", class.starts_on, class.ends_on),
            format!("the class runs from {} to {}", class.starts_on, class.ends_on),
        )
    })
}

//! `GET /classes/{id}/punches`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{access::Action, attendance::mark_day, civil, ids::ClassId};
use jiff::SignedDuration;

use crate::{
    app::Shared,
    dto::{
        page::{DayQuery, Page},
        punch::Punch,
    },
    extract::{Filter, Id, Params, SignedIn},
    load,
    problem::Failure,
    refusals::ReadRefusals,
    routes::attendance::lessons_of,
};

/// Windows reach at most so far beyond their day.
const AROUND: SignedDuration = SignedDuration::from_hours(24);

/// Lists the punches of a class's day, each with what is to be said of it (R7.3a).
///
/// The centre sees of a kiosk's punches how sure the kiosk was.
#[utoipa::path(
    get,
    path = "/classes/{id}/punches",
    tag = "Attendance",
    params(("id" = Uuid, Path, description = "Identity of the class."), DayQuery),
    responses((status = 200, description = "The day's punches, by their time.", body = Page<Punch>), ReadRefusals),
)]
pub async fn list_punches(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(DayQuery { date }): Filter<DayQuery>,
) -> Result<Json<Page<Punch>>, Failure> {
    let mut tx = app.store.read().await?;
    who.class(&mut tx, id, Action::ReadClass).await?;
    let wrong = || Failure::parameter("date", "日期超出范围。", "the date is out of range");
    let day = civil::day(date).ok_or_else(wrong)?;
    let from = day.start().checked_sub(AROUND).map_err(|_| wrong())?;
    let until = day.end().checked_add(AROUND).map_err(|_| wrong())?;
    let rows = tx.punches_of_class(id, from, until).await?;
    let lessons = lessons_of(&mut tx, id).await?;
    let names = load::student_names(&mut tx, id).await?;
    let punches: Vec<_> = rows.iter().map(|row| row.punch).collect();
    let mut rows: HashMap<_, _> = rows.into_iter().map(|row| (row.punch.id, row)).collect();
    let marked = mark_day(date, &punches, lessons.on(date), &app.policy.policy);
    let of_centre = who.actor.institution.is_none();
    let items = marked.iter().filter_map(|one| Some(Punch::of(rows.remove(&one.punch.id)?, one, &names, of_centre)));
    Ok(Json(Page::whole(items.collect())))
}

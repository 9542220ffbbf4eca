//! `GET /holidays`

use axum::{Json, extract::State};
use duxue_rules::{access::Action, civil};

use crate::{
    app::Shared,
    authorise::scope,
    dto::holiday::{HolidayQuery, HolidayYear},
    extract::{Filter, SignedIn},
    problem::Failure,
    refusals::DayRefusals,
};

/// Shows the days off and make-up workdays of a year, and whether they are published or computed for now.
#[utoipa::path(
    get,
    path = "/holidays",
    tag = "Policies",
    params(HolidayQuery),
    responses((status = 200, description = "The year.", body = HolidayYear), DayRefusals),
)]
pub async fn show_holidays(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(HolidayQuery { year }): Filter<HolidayQuery>,
) -> Result<Json<HolidayYear>, Failure> {
    scope(&who, Action::ReadClass)?;
    let year = year.unwrap_or_else(|| civil::date_of(app.now()).year());
    if !(2000..=9998).contains(&year) {
        return Err(Failure::parameter("year", "年份须在 2000 至 9998 之间。", "the year is from 2000 to 9998"));
    }
    let mut tx = app.store.read().await?;
    let calendar = tx.calendar().await?.calendar;
    Ok(Json(HolidayYear::of(&calendar, year, tx.calendar_files(year).await?)))
}

//! `POST /holidays`

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    calendar::{AmendError, YearFile},
    civil,
};
use serde_json::json;

use crate::{
    app::Shared,
    dto::holiday::{HolidayYear, ImportedHolidays, NewHolidays, origin},
    extract::{Body, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Brings in the file of a year as the State Council published it. From then on every working day is reckoned by it.
///
/// A year that is computed for now takes any sound file. A year that came with the program, which was checked against the
/// publication, can be replaced too, as the State Council has changed holidays before; but no day of it that has passed:
/// what was decided rests on those. What a manager brought in can be put right later. `replaces` names what the sender saw,
/// so that nothing is replaced unseen.
#[utoipa::path(
    post,
    path = "/holidays",
    tag = "Policies",
    request_body = NewHolidays,
    responses((status = 200, description = "What came of it, or would.", body = ImportedHolidays), WriteRefusals),
)]
pub async fn import_holidays(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<NewHolidays>,
) -> Result<Json<ImportedHolidays>, Failure> {
    who.may(Action::EditPolicy, None)?;
    let (reason, now) = (new.reason.trim(), app.now());
    let file = YearFile::parse(&new.toml).map_err(|error| unsound(&error))?;
    let year = file.year;
    let mut tx = app.store.begin().await?;
    let before = tx.calendar().await?;
    let (from, version) = origin(&before.calendar, year, &tx.calendar_files(year).await?);
    if version != new.replaces {
        return Err(Failure::conflict(
            format!("{year}年的日历现为 {version}，请重新核对。"),
            format!("The calendar of {year} is {version} meanwhile; look at it again."),
        ));
    }
    let (_, changes) = before.calendar.amended(file, from, civil::date_of(now)).map_err(refused)?;
    let number = tx.add_calendar_file(before.number, (year, &new.toml), (who.id(), reason), now).await?;
    let detail = json!({ "number": number, "replaces": version, "changed_days": changes.len(), "reason": reason });
    tx.audit(who.did(now, "import_holidays", "calendar_year", year, detail));
    let after = tx.calendar().await?.calendar;
    let answer = ImportedHolidays {
        dry_run: new.dry_run,
        changes: changes.into_iter().map(Into::into).collect(),
        year: HolidayYear::of(&after, year, tx.calendar_files(year).await?),
    };
    if !new.dry_run {
        tx.commit().await?;
        app.in_force.read_again(&app.store).await?;
    }
    Ok(Json(answer))
}

fn unsound(error: &impl ToString) -> Failure {
    let text = error.to_string();
    Failure::Invalid(vec![FieldProblem::shape("toml", format!("文件有误：{text}"), text)])
}

fn refused(error: AmendError) -> Failure {
    match error {
        AmendError::File(error) => unsound(&error),
        AmendError::Past { date } => {
            Failure::field("toml", format!("{date} 已过去，系统内置的官方日历不得追溯修改。"), error.to_string())
        }
        AmendError::Nothing { year } => {
            Failure::field("toml", format!("该文件与{year}年现有安排相同。"), error.to_string())
        }
    }
}

//! `POST /classes/{id}/timetables/import`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    civil,
    ids::{ClassId, VenueId},
};
use jiff::civil::{Date, Time};

use super::hand_in::{Handing, hand_in};
use crate::{
    app::Shared,
    dto::{
        import::{ImportedTimetable, TimetableImport},
        timetable::NewLesson,
    },
    extract::{Filter, Id, Params, Sheet, SignedIn},
    load,
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::{Column, Row, Wrong, time_of},
};

/// The columns of a timetable. Those of the printed one are among them.
pub(crate) const COLUMNS: &[Column] = &[
    Column { key: "date", headings: &["日期", "上课日期", "date"], needed: true, hint: "2024-10-08" },
    Column {
        key: "starts",
        headings: &["开始时间", "上课时间", "starts"],
        needed: false,
        hint: "09:00；或填写“时间”列",
    },
    Column {
        key: "ends", headings: &["结束时间", "下课时间", "ends"], needed: false, hint: "09:45；或填写“时间”列"
    },
    Column {
        key: "time", headings: &["时间", "time"], needed: false, hint: "09:00-09:45，代替开始时间和结束时间"
    },
    Column {
        key: "subject", headings: &["教学内容", "课程", "subject"], needed: true, hint: "不超过 100 个字符"
    },
    Column {
        key: "teacher", headings: &["授课教师", "教师", "teacher"], needed: true, hint: "不超过 100 个字符"
    },
    Column {
        key: "venue",
        headings: &["培训场地", "场地", "教室", "venue"],
        needed: true,
        hint: "系统中本机构的场地名称（R1.2）",
    },
];

/// Hands in a class's timetable out of a table, XLSX or CSV, a row a lesson (R7.2a): all of it, or nothing and what is wrong
/// with each row.
///
/// The answer says, as for one that is handed in otherwise, what the rules miss in it.
#[utoipa::path(
    post,
    path = "/classes/{id}/timetables/import",
    tag = "Teaching",
    params(("id" = Uuid, Path, description = "Identity of the class."), TimetableImport),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The table, at most 1 MiB.",
    ),
    responses((status = 200, description = "What came of it, or would.", body = ImportedTimetable), WriteRefusals),
)]
pub async fn import_timetable(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Filter(query): Filter<TimetableImport>,
    sheet: Sheet,
) -> Result<Json<ImportedTimetable>, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::PlanTeaching).await?;
    let table = sheet.table(COLUMNS)?;
    let venues = load::venues(&mut tx, Some(class.institution.id)).await?;
    let venues: HashMap<_, _> = venues.into_iter().map(|venue| (venue.name, venue.id)).collect();
    let mut wrong = Wrong::default();
    let lessons: Vec<_> = table.rows()?.into_iter().filter_map(|row| lesson(row, &venues, &mut wrong)).collect();
    wrong.refuse()?;
    let rows = lessons.len();
    let handing = Handing {
        syllabus: query.syllabus_file_id,
        plan: query.plan_file_id,
        subjects: Vec::new(),
        months: query.months,
        lessons,
        from: Some(sheet.sha256),
    };
    let timetable = hand_in(&app, &mut tx, &who, &class, handing).await?;
    let imported = table.end(tx, rows, query.dry_run).await?;
    Ok(Json(ImportedTimetable { imported, timetable }))
}

fn lesson(row: Row<'_>, venues: &HashMap<String, VenueId>, wrong: &mut Wrong) -> Option<NewLesson> {
    let date = filled(row, "date", wrong).and_then(|()| row.date("date", wrong));
    let times = times(row, wrong);
    let subject = row.needed("subject", 100, wrong);
    let teacher = row.needed("teacher", 100, wrong);
    let venue = row.needed("venue", 200, wrong).and_then(|name| {
        let known = venues.get(&name).copied();
        if known.is_none() {
            wrong.rule(row, "venue", "R1.2", "本机构没有这个场地。", "the institution has no such venue");
        }
        known
    });
    let (starts, ends) = times?;
    let at = |date: Option<Date>, time| civil::instant(date?, time);
    Some(NewLesson {
        id: None,
        starts_at: at(date, starts)?,
        ends_at: at(date, ends)?,
        venue_id: venue?,
        subject: subject?,
        teacher: teacher?,
    })
}

fn filled(row: Row<'_>, key: &str, wrong: &mut Wrong) -> Option<()> {
    if row.is_blank(key) {
        wrong.shape(row, key, "不能为空。", "it must not be empty");
        return None;
    }
    Some(())
}

/// From when until when: two columns, or one with both.
fn times(row: Row<'_>, wrong: &mut Wrong) -> Option<(Time, Time)> {
    let (starts, ends) = if row.is_blank("time") {
        filled(row, "starts", wrong)?;
        filled(row, "ends", wrong)?;
        (row.time("starts", wrong)?, row.time("ends", wrong)?)
    } else {
        let text = row.text("time", 40, wrong)?;
        let parts: Vec<_> =
            text.split(['-', '—', '–', '－', '~', '～', '至']).filter(|part| !part.trim().is_empty()).collect();
        let read = match parts.as_slice() {
            [starts, ends] => time_of(starts).zip(time_of(ends)),
            _ => None,
        };
        if read.is_none() {
            wrong.shape(row, "time", "时间应写作 09:00-09:45。", "a time is written 09:00-09:45");
        }
        read?
    };
    if ends <= starts {
        let key = if row.is_blank("time") { "ends" } else { "time" };
        wrong.shape(row, key, "下课须晚于上课。", "a lesson ends after it starts");
        return None;
    }
    Some((starts, ends))
}

//! `GET /days`

use std::collections::{BTreeMap, HashMap};

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::{ClassId, SessionId},
};
use duxue_storage::{
    clip::{ClipFilter, ClipStateName},
    session::Session,
};

use crate::{
    app::Shared,
    authorise::scope,
    dto::{
        class_day::DayLine,
        page::{DayQuery, Page},
    },
    extract::{Filter, SignedIn},
    load,
    problem::Failure,
    refusals::DayRefusals,
};

/// Lists the classes that have a session on a day.
#[utoipa::path(
    get,
    path = "/days",
    tag = "Days",
    params(DayQuery),
    responses((status = 200, description = "A line a class.", body = Page<DayLine>), DayRefusals),
)]
pub async fn list_days(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(DayQuery { date }): Filter<DayQuery>,
) -> Result<Json<Page<DayLine>>, Failure> {
    let whose = scope(&who, Action::ReadClass)?;
    let judged = who.can(Action::ReadFinding, whose);
    let mut tx = app.store.read().await?;
    let mut classes: BTreeMap<ClassId, Vec<Session>> = BTreeMap::new();
    for session in tx.sessions_on(date, whose).await? {
        classes.entry(session.class.id).or_default().push(session);
    }
    let reports: HashMap<_, _> =
        tx.reports_on(date, whose).await?.into_iter().map(|report| (report.report.class, report)).collect();
    let (mut people, mut open) = (HashMap::new(), HashMap::new());
    if judged {
        people = tx.summaries_on(date).await?.into_iter().map(|row| (row.session, row.summary.people.likely)).collect();
        open = tx.open_findings_on(date).await?.into_iter().collect();
    }
    let institutions = load::names(&load::institutions(&mut tx, whose).await?);
    let mut lines = Vec::new();
    for (id, sessions) in classes {
        let sealed = ClipFilter { class: Some(id), state: Some(ClipStateName::Sealed), ..ClipFilter::default() };
        let clips = load::clips(&mut tx, sealed).await?;
        let of_sessions = |counts: &HashMap<SessionId, u32>| -> Vec<u32> {
            sessions.iter().filter_map(|session| counts.get(&session.id).copied()).collect()
        };
        let (likely, opened) = (of_sessions(&people), of_sessions(&open));
        let Some(first) = sessions.first() else { continue };
        let institution = first.institution;
        let report = reports.get(&id);
        lines.push(DayLine {
            class: first.class.clone().into(),
            institution: load::institution_ref(&institutions, institution),
            date,
            sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX),
            starts_at: sessions.iter().map(|session| session.span.start()).min(),
            ends_at: sessions.iter().map(|session| session.span.end()).max(),
            reported_present: report.map(|report| report.report.present),
            reported_roll: report.map(|report| report.report.roll),
            report_late: report.map(|report| report.late),
            people_likely: likely.into_iter().max(),
            open_findings: judged.then(|| opened.into_iter().sum()),
            sealed_clips: u32::try_from(clips.iter().filter(|clip| clip.date == date).count()).unwrap_or(u32::MAX),
        });
    }
    lines.sort_by(|a, b| (a.starts_at, &a.class.name).cmp(&(b.starts_at, &b.class.name)));
    Ok(Json(Page::whole(lines)))
}

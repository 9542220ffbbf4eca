//! R7.3: the attendance of a class, as it goes into its package.

use std::collections::{BTreeMap, BTreeSet};

use duxue_rules::{
    attendance::{MarkedPunch, Punch, mark_day},
    calendar::Month,
    civil,
    ids::{FileId, PunchId},
    policy::Policy,
    timetable::Timetable,
};
use duxue_storage::{Tx, class::Class, punch::Source};

use super::contents::{Contents, Subjects, drawings};
use crate::{
    app::Shared,
    dto::{attendance::HandedInSummary, leave, punch, statement},
    load,
    problem::Failure,
    routes::{
        attendance::{Facts, SUMMARY, lessons_of, month_of},
        leaves, punches, statements,
    },
};

/// Punches, leaves, statements with their scans and signatures, handed-in summaries, and the months made of them.
pub(super) async fn attendance(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let id = class.id;
    let names = load::student_names(tx, id).await?;
    let lessons = lessons_of(tx, id).await?;
    let rows = tx.all_punches_of_class(id).await?;
    let marked = marked(&rows.iter().map(|row| row.punch).collect::<Vec<_>>(), &lessons, &app.policy.policy);
    let mut kept = Vec::new();
    for row in rows {
        subjects.insert((punches::SUBJECT, row.punch.id.to_string()));
        if let Source::Device { device, .. } = &row.source {
            subjects.insert(("device", device.id.to_string()));
        }
        let marked = marked.get(&row.punch.id).ok_or(Failure::Internal)?;
        kept.push(punch::Punch::of(row, marked, &names, true));
    }
    contents.json("records/punches.json", &kept)?;

    let rows = tx.leaves(id).await?;
    subjects.extend(rows.iter().map(|row| (leaves::SUBJECT, row.id.to_string())));
    let kept: Vec<_> = rows.into_iter().map(|row| leave::Leave::of(row, &names)).collect();
    contents.json("records/leaves.json", &kept)?;

    let mut kept = Vec::new();
    for row in tx.statements(id).await? {
        let statement = row.statement.id.to_string();
        let signatures = tx.signatures_of(statements::SUBJECT, &statement).await?;
        contents.objects.extend(drawings(&signatures));
        paper(tx, contents, row.seal).await?;
        paper(tx, contents, row.student_signature).await?;
        subjects.insert((statements::SUBJECT, statement));
        kept.push(statement::Statement::of(row, signatures, &names));
    }
    contents.json("records/statements.json", &kept)?;

    let rows = tx.monthly_summaries(id).await?;
    for row in &rows {
        subjects.insert((SUMMARY, row.id.to_string()));
        paper(tx, contents, row.file).await?;
    }
    let kept: Vec<HandedInSummary> = rows.into_iter().map(Into::into).collect();
    contents.json("records/summaries.json", &kept)?;
    months(app, tx, class, &lessons, contents).await
}

/// Each month that has a training day which has come, as it is made from punches.
async fn months(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    lessons: &Timetable,
    contents: &mut Contents,
) -> Result<(), Failure> {
    let now = app.now();
    let facts = Facts::load(tx, class.clone()).await?;
    let come = lessons
        .dates()
        .into_iter()
        .filter(|&date| date <= civil::date_of(now) && (class.starts_on..=class.ends_on).contains(&date));
    let mut made = Vec::new();
    for month in come.map(Month::of).collect::<BTreeSet<_>>() {
        made.push(month_of(app, tx, &facts, month, now).await?);
    }
    contents.json("records/attendance.json", &made)
}

/// Every punch with its marks: those of the day for which it counts, or else of the day on which it was made.
fn marked(punches: &[Punch], lessons: &Timetable, policy: &Policy) -> BTreeMap<PunchId, MarkedPunch> {
    let made = punches.iter().map(|punch| civil::date_of(punch.made_at));
    let dates: BTreeSet<_> = made.chain(lessons.dates()).collect();
    let mut best: BTreeMap<PunchId, MarkedPunch> = BTreeMap::new();
    for date in dates {
        for one in mark_day(date, punches, lessons.on(date), policy) {
            let own = civil::date_of(one.punch.made_at) == date;
            if one.counts() || (own && !best.get(&one.punch.id).is_some_and(MarkedPunch::counts)) {
                best.insert(one.punch.id, one);
            }
        }
    }
    best
}

/// A scan that a record names.
async fn paper(tx: &mut Tx, contents: &mut Contents, file: Option<FileId>) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    let file = tx.file(file).await?.ok_or(Failure::Internal)?;
    contents.paper(file);
    Ok(())
}

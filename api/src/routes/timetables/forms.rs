//! `GET /classes/{id}/timetable/form.html` and `/form.xlsx`

use duxue_rules::{access::Action, ids::ClassId, timetable::Submission};

use super::Standing;
use crate::{
    app::Shared,
    extract::SignedIn,
    forms::{Form, TimetableHead, printed, timetable},
    load,
    problem::Failure,
};

printed!(
    "Teaching",
    id(ClassId, "Identity of the class."),
    form,
    "Prints a class's newest timetable 课程表 with all approved changes made (R7.2a): a page."
    print_timetable_page "/classes/{id}/timetable/form.html",
    "Prints a class's newest timetable 课程表 with all approved changes made (R7.2a): a spreadsheet."
    print_timetable_sheet "/classes/{id}/timetable/form.xlsx",
);

async fn form(app: &Shared, who: &SignedIn, id: ClassId) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let standing = Standing::newest(&mut tx, &class).await?.ok_or(Failure::NotFound)?;
    let venues = load::venues(&mut tx, Some(class.institution.id)).await?;
    let venues = venues.into_iter().map(|venue| (venue.id, venue.name)).collect();
    let head = TimetableHead {
        file: format!("timetable-{id}"),
        institution: &class.institution.name,
        class: &class.name,
        major: &class.major,
        stage: match standing.row.submission {
            Submission::Approved(_) => "已经中心同意",
            Submission::Submitted(_) => "待中心审核",
            Submission::Refused(_) => "中心未同意",
            Submission::Withdrawn(_) => "已撤回",
        },
    };
    Ok(timetable(head, standing.in_force.lessons(), &venues))
}

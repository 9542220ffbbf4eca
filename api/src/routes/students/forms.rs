//! `GET /classes/{id}/students/form.html` and `/form.xlsx`

use std::collections::HashMap;

use duxue_rules::{access::Action, ids::ClassId};

use crate::{
    app::Shared,
    extract::SignedIn,
    forms::{Form, RosterLine, printed, roster},
    load,
    problem::Failure,
};

printed!(
    "Classes",
    id(ClassId, "Identity of the class."),
    form,
    "Prints the roster of a class 花名册, ID numbers masked: a page."
    print_roster_page "/classes/{id}/students/form.html",
    "Prints the roster of a class 花名册, ID numbers masked: a spreadsheet."
    print_roster_sheet "/classes/{id}/students/form.xlsx",
);

async fn form(app: &Shared, who: &SignedIn, id: ClassId) -> Result<Form, Failure> {
    let mut tx = app.store.read().await?;
    let class = who.class(&mut tx, id, Action::ReadClass).await?;
    let papers = tx.papers_of_class(id, &app.secret).await?.into_iter();
    let mut numbers: HashMap<_, _> =
        papers.filter_map(|row| Some((row.student, row.number.as_ref()?.masked()))).collect();
    let lines = load::students(&mut tx, id).await?.into_iter().map(|student| RosterLine {
        masked_number: numbers.remove(&student.id),
        number: student.number,
        name: student.name,
        sex: student.sex,
        left_on: student.left_on,
    });
    Ok(roster(format!("roster-{id}"), &class.institution.name, &class.name, lines.collect()))
}

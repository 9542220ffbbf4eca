//! `POST /classes/{id}/platform-file`

use axum::{extract::State, response::Response};
use duxue_rules::{
    access::Action,
    ids::{ClassId, StudentId},
    opening::class_name,
    roster::Sex,
};
use serde_json::json;

use super::TOLD;
use crate::{
    app::Shared,
    dto::platform::NewPlatformFile,
    enrolment::{Numbered, numbered},
    extract::{Body, Id, Params, SignedIn},
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::HandedOut,
};

/// Writes the file by which the provincial platform is told of a class (R6.1): its name in its parts, its days, and its
/// roster with whole ID numbers.
///
/// It is the institution that enters the class there. Whose numbers go out is in the audit log before the file leaves. Those
/// who left are not in it; of everybody else a number must be recorded, so that the platform has the whole class or nothing.
#[utoipa::path(
    post,
    path = "/classes/{id}/platform-file",
    tag = "Opening",
    params(("id" = Uuid, Path, description = "Identity of the class.")),
    request_body = NewPlatformFile,
    responses(
        (
            status = 201,
            description = "The file.",
            content((BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")),
        ),
        WriteRefusals,
    ),
)]
pub async fn tell_platform(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<ClassId>>,
    Body(NewPlatformFile { format }): Body<NewPlatformFile>,
) -> Result<Response, Failure> {
    let mut tx = app.store.begin().await?;
    let class = who.class(&mut tx, id, Action::PrepareOpening).await?;
    let Numbered { students: roster, without } = numbered(&app, &mut tx, &who, &class).await?;
    let Some(name) = class_name(&class.name) else {
        return Err(Failure::conflict(
            "班次名称应为“年份年+专业名称专业+序号班期”，例如 2024年电子商务专业1班期。",
            "a class's name is like 2024年电子商务专业1班期; the platform takes no other (R6.1)",
        ));
    };
    let now = app.now();
    let (mut students, mut rows): (Vec<StudentId>, _) = (Vec::new(), Vec::new());
    for (student, number) in roster {
        students.push(student.id);
        let sex = match student.sex {
            Sex::Male => "男",
            Sex::Female => "女",
        };
        let of_class = [class.name.clone(), name.year.to_string(), name.major.clone(), name.batch.to_string()];
        let days = [class.institution.name.clone(), class.starts_on.to_string(), class.ends_on.to_string()];
        let person = [student.name, sex.to_owned(), number.expose().to_owned()];
        rows.push(of_class.into_iter().chain(days).chain(person).collect());
    }
    if without > 0 || students.is_empty() {
        return Err(Failure::conflict(
            format!("本班有 {without} 名在册学员未登记身份证号码，或没有在册学员。"),
            format!("{without} students of the class have no recorded ID number, or there is nobody on its roster"),
        ));
    }
    tx.audit(who.did(now, "export_id_numbers", "class", id, json!({ "for": "platform", "students": students })));
    let file = HandedOut {
        title: "省平台开班",
        columns: TOLD,
        rows,
        name: format!("platform-{id}"),
        location: Some(format!("/api/v1/classes/{id}/platform")),
    };
    let response = file.answer(format, now)?;
    tx.commit().await?;
    Ok(response)
}

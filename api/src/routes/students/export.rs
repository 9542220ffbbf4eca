//! `POST /students/{id}/export`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use duxue_rules::{access::Action, ids::StudentId};
use serde_json::{Map, Value, json};

use super::owner;
use crate::{
    app::Shared,
    dto::personal_data::{OtherEnrolment, PersonalData},
    extract::{Id, Params, SignedIn},
    problem::{Failure, chain},
    refusals::WriteRefusals,
    routes::packages::contents,
};

/// Gives everything that is kept of a student in a class, to be handed to them (《个人信息保护法》第四十五条).
///
/// A POST, as each export is written into the audit log before the answer leaves.
#[utoipa::path(
    post,
    path = "/students/{id}/export",
    tag = "Enrolment",
    params(("id" = Uuid, Path, description = "Identity of the student.")),
    responses((status = 200, description = "Everything that is kept of them.", body = PersonalData), WriteRefusals),
)]
pub async fn export_person(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Id { id }): Params<Id<StudentId>>,
) -> Result<Json<PersonalData>, Failure> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let (student, institution) = owner(&mut tx, id).await?;
    who.may(Action::RevealPerson, Some(institution))?;
    let class = tx.class(student.class).await?.ok_or(Failure::Internal)?;
    let papers = tx.papers(id, &app.secret).await?;
    let mut other_enrolments = Vec::new();
    if let Some(number) = papers.as_ref().and_then(|papers| papers.number_key) {
        for enrolment in tx.enrolments_of(number).await?.into_iter().filter(|enrolment| enrolment.student != id) {
            let (_, elsewhere) = owner(&mut tx, enrolment.student).await?;
            if who.can(Action::RevealPerson, Some(elsewhere)) {
                other_enrolments.push(OtherEnrolment { student_id: enrolment.student, class_id: enrolment.class });
            }
        }
    }
    tx.audit(who.did(now, "export_person", "student", id, json!({ "class": class.id })));
    tx.commit().await?;

    let mut records = BTreeMap::new();
    for (path, text) in contents::records(&app, class).await? {
        let Some(kind) = path.strip_prefix("records/").and_then(|path| path.strip_suffix(".json")) else { continue };
        let record: Value = serde_json::from_slice(&text).map_err(|error| {
            tracing::error!(error = chain(&error), "a record of a package does not read");
            Failure::Internal
        })?;
        if let Some(about) = about(record, &id.to_string()) {
            records.insert(kind.to_owned(), about);
        }
    }
    Ok(Json(PersonalData {
        face_templates: student.templates,
        student: student.into(),
        id_number: papers.and_then(|papers| papers.number).map(|number| number.expose().to_owned()),
        other_enrolments,
        records,
        made_at: now,
    }))
}

/// What of a record is about one person: what names them stays whole; of what holds such things only those, and what is
/// plain beside them.
fn about(record: Value, id: &str) -> Option<Value> {
    match record {
        Value::Array(items) => {
            let own: Vec<Value> = items.into_iter().filter_map(|item| about(item, id)).collect();
            (!own.is_empty()).then_some(Value::Array(own))
        }
        Value::Object(fields) if names(&fields, id) => Some(Value::Object(fields)),
        Value::Object(fields) => {
            let (mut own, mut found) = (Map::new(), false);
            for (name, value) in fields {
                let plain = !matches!(value, Value::Array(_) | Value::Object(_));
                let kept = if plain { Some(value) } else { about(value, id) };
                found |= kept.is_some() && !plain;
                own.extend(kept.map(|kept| (name, kept)));
            }
            found.then_some(Value::Object(own))
        }
        // A list of identities names people too.
        Value::String(text) if text == id => Some(Value::String(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// Whether this is the person, or something of theirs.
fn names(fields: &Map<String, Value>, id: &str) -> bool {
    let is = |value: Option<&Value>| value.and_then(Value::as_str) == Some(id);
    is(fields.get("id"))
        || is(fields.get("student_id"))
        || is(fields.get("student").and_then(|student| student.get("id")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_the_person_stays() {
        let record = json!([
            {"id": "1", "student": {"id": "me", "name": "甲"}, "notes": ["a"]},
            {"id": "2", "student": {"id": "you", "name": "乙"}},
            {"id": "3", "total": 7, "lines": [{"student_id": "you", "fen": 1}, {"student_id": "me", "fen": 2}], "by": {"id": "x"}},
            {"id": "4", "who": ["you", "me"]},
        ]);
        let own = json!([
            {"id": "1", "student": {"id": "me", "name": "甲"}, "notes": ["a"]},
            {"id": "3", "total": 7, "lines": [{"student_id": "me", "fen": 2}]},
            {"id": "4", "who": ["me"]},
        ]);
        assert_eq!(about(record, "me"), Some(own));
        assert_eq!(about(json!({"a": 1, "b": [{"id": "you"}]}), "me"), None);
    }
}

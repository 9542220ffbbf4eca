//! `POST /students/{id}/export`

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use axum::{Json, extract::State};
use duxue_rules::{
    access::Action,
    ids::{InstitutionId, StudentId},
};
use duxue_storage::{Tx, audit::Recorded, exchange::Exchange as Row};
use serde_json::{Map, Value, json};

use super::owner;
use crate::{
    app::Shared,
    dto::{
        exchange::Exchange,
        personal_data::{OtherEnrolment, PersonalData, PersonalLogEntry},
        refs::UserRef,
    },
    extract::{Id, Params, SignedIn},
    problem::{Failure, chain},
    refusals::WriteRefusals,
    routes::packages::contents,
};

/// Gives everything that is kept of a student in a class, to be handed to them (《个人信息保护法》第四十五条).
///
/// With it goes who did what with it, each time that somebody had the ID number shown among it. What only the centre reads
/// (findings, supervision, how sure a kiosk was) is in the centre's export alone. A POST, as each export is written into the
/// audit log before the answer leaves.
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
    let log = log(&mut tx, id).await?;
    let exchanges = tx.exchanges(class.id).await?.into_iter().filter(|query| query.students.contains(&id));
    let exchanges: Vec<_> = exchanges.map(|query| Exchange::from(Row { students: vec![id], ..query })).collect();
    tx.audit(who.did(now, "export_person", "student", id, json!({ "class": class.id })));
    tx.commit().await?;

    let mut records = BTreeMap::new();
    for (path, text) in contents::records(&app, class).await? {
        let Some(kind) = path.strip_prefix("records/").and_then(|path| path.strip_suffix(".json")) else { continue };
        if !readable(&who, kind, institution) {
            continue;
        }
        let record: Value = serde_json::from_slice(&text).map_err(|error| {
            tracing::error!(error = chain(&error), "a record of a package does not read");
            Failure::Internal
        })?;
        if let Some(mut about) = about(record, &id.to_string()) {
            if who.actor.institution.is_some() && kind == "punches" {
                without(&mut about, "face");
            }
            records.insert(kind.to_owned(), about);
        }
    }
    Ok(Json(PersonalData {
        face_templates: student.templates,
        student: student.into(),
        id_number: papers.and_then(|papers| papers.number).map(|number| number.expose().to_owned()),
        other_enrolments,
        exchanges,
        log,
        records,
        made_at: now,
    }))
}

/// What was done with what is kept of the student, the oldest first.
async fn log(tx: &mut Tx, id: StudentId) -> Result<Vec<PersonalLogEntry>, Failure> {
    let (mut names, mut log) = (HashMap::new(), Vec::new());
    for Recorded { entry, .. } in tx.audit_of("student", &id.to_string()).await? {
        let by = match entry.actor {
            Some(actor) => {
                if let Entry::Vacant(unknown) = names.entry(actor) {
                    unknown.insert(tx.user(actor).await?.map(|user| user.display_name).unwrap_or_default());
                }
                names.get(&actor).map(|name| UserRef { id: actor, display_name: name.clone() })
            }
            None => None,
        };
        log.push(PersonalLogEntry { at: entry.at, action: entry.action, by });
    }
    Ok(log)
}

/// Whether the reader may read that kind of record by itself.
fn readable(who: &SignedIn, kind: &str, owner: InstitutionId) -> bool {
    let action = match kind {
        "findings" => Action::ReadFinding,
        "violations" | "remote-supervisions" => Action::ReadSupervision,
        _ => Action::ReadClass,
    };
    who.can(action, Some(owner))
}

/// Takes a field out of every object of a list.
fn without(record: &mut Value, field: &str) {
    for item in record.as_array_mut().into_iter().flatten() {
        if let Some(fields) = item.as_object_mut() {
            fields.remove(field);
        }
    }
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

/// Whether this is the person, something of theirs, or what goes with their papers.
fn names(fields: &Map<String, Value>, id: &str) -> bool {
    let is = |value: Option<&Value>| value.and_then(Value::as_str) == Some(id);
    let refers = |value: Option<&Value>| value.is_some_and(|of| is(of.get("id")) || is(of.get("student_id")));
    is(fields.get("id"))
        || is(fields.get("student_id"))
        || refers(fields.get("student"))
        || refers(fields.get("papers").and_then(|papers| papers.get("student")))
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
            {"student": {"student_id": "me"}, "marks": [{"mark": "late"}], "venue": {"id": "v"}},
            {"papers": {"student": {"student_id": "me"}, "files": [{"id": "f"}]}, "consents": [{"given": true}]},
            {"papers": {"student": {"student_id": "you"}}, "consents": [{"given": true}]},
        ]);
        let own = json!([
            {"id": "1", "student": {"id": "me", "name": "甲"}, "notes": ["a"]},
            {"id": "3", "total": 7, "lines": [{"student_id": "me", "fen": 2}]},
            {"id": "4", "who": ["me"]},
            {"student": {"student_id": "me"}, "marks": [{"mark": "late"}], "venue": {"id": "v"}},
            {"papers": {"student": {"student_id": "me"}, "files": [{"id": "f"}]}, "consents": [{"given": true}]},
        ]);
        assert_eq!(about(record, "me"), Some(own));
        assert_eq!(about(json!({"a": 1, "b": [{"id": "you"}]}), "me"), None);
    }
}

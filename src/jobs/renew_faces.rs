//! Enrols students anew when another recogniser runs: its templates are made of the portraits that enrolment kept, as
//! templates of two recognisers never compare. Without this, everybody would be unknown until a person sent all pictures
//! again.
//!
//! A portrait that the new recogniser refuses is named once and left alone: that student needs a new picture.

use std::{collections::HashSet, time::Duration};

use anyhow::Result;
use bytes::Bytes;
use duxue_api::edges::{EnrolRefusal, Vision};
use duxue_rules::ids::StudentId;
use duxue_storage::{
    SecretKey, Store, audit,
    template::{NewTemplate, TemplateOrigin},
};
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{Parts, reconcile};
use crate::ids::new_id;

const PERIOD: Duration = Duration::from_secs(600);
const PAGE: u32 = 200;

/// Runs until `stop`.
pub async fn run(parts: Parts, stop: CancellationToken) {
    let never = tokio::sync::Notify::new();
    let refused = Mutex::default();
    reconcile(&stop, &never, PERIOD, || async {
        let now = (parts.clock)();
        let mut refused = refused.lock().await;
        let renewed = renew(&parts.store, &parts.secret, parts.vision.as_ref(), &mut refused, now, &stop).await?;
        if renewed > 0 {
            info!(students = renewed, "enrolled anew for the recogniser that runs now");
        }
        Ok(())
    })
    .await;
}

/// How many students got a template of the running recogniser.
async fn renew(
    store: &Store,
    secret: &SecretKey,
    vision: &dyn Vision,
    refused: &mut HashSet<StudentId>,
    now: Timestamp,
    stop: &CancellationToken,
) -> Result<u64> {
    let Some(model) = vision.recogniser() else { return Ok(0) };
    let (mut after, mut renewed) = (None, 0);
    loop {
        let students = store.read().await?.faces_to_renew(&model, after, PAGE).await?;
        for &student in students.iter().filter(|student| !refused.contains(student)).collect::<Vec<_>>() {
            if stop.is_cancelled() {
                return Ok(renewed);
            }
            let Some(portrait) = store.read().await?.portrait(student, secret).await? else { continue };
            let made = match vision.enrol(Bytes::from(portrait.jpeg)).await {
                Ok(made) => made,
                Err(EnrolRefusal::Unavailable(_)) => return Ok(renewed),
                Err(EnrolRefusal::Picture { code, .. }) => {
                    warn!(student.id = %student, code, "the portrait will not do for the new recogniser");
                    refused.insert(student);
                    continue;
                }
            };
            let template = NewTemplate {
                id: new_id(now),
                student,
                model: made.model,
                vector: made.vector,
                created_at: now,
                created_by: None,
                origin: TemplateOrigin::Renewed(portrait.template),
                portrait: None,
            };
            let mut tx = store.begin().await?;
            // Consent can be taken back while the portrait is looked at; then there is nobody to renew.
            if tx.student(student).await?.is_none_or(|row| row.face_consent_at.is_none()) {
                continue;
            }
            tx.add_template(&template, secret).await?;
            tx.audit(audit::Entry {
                at: now,
                actor: None,
                action: "renew_face".into(),
                subject_kind: "student".into(),
                subject_id: student.to_string(),
                detail: json!({ "model": template.model, "from": portrait.template }),
            });
            tx.commit().await?;
            renewed += 1;
        }
        match students.last() {
            Some(&last) if students.len() == PAGE as usize => after = Some(last),
            _ => return Ok(renewed),
        }
    }
}

#[cfg(test)]
mod tests {
    use duxue_api::edges::{FaceTemplate, VisionProvider, VisionStatus};
    use duxue_rules::{Text, observation::Likeness};
    use futures::{FutureExt, future::BoxFuture};

    use super::*;
    use crate::jobs::world::{World, at, enrolled};

    /// A recogniser of that name; it refuses portraits that end in 0.
    struct Named(&'static str);

    impl Vision for Named {
        fn status(&self) -> VisionStatus {
            VisionStatus::On { models: Vec::new(), runtime: None, provider: VisionProvider::cpu() }
        }

        fn enrol(&self, picture: Bytes) -> BoxFuture<'_, Result<FaceTemplate, EnrolRefusal>> {
            let model = self.0.to_owned();
            async move {
                if picture.ends_with(&[0]) {
                    let text = Text::new("模糊", "blurred");
                    return Err(EnrolRefusal::Picture { code: "blurred".into(), text });
                }
                let vector = vec![0.0, 1.0];
                let portrait = picture.to_vec();
                Ok(FaceTemplate { model, vector, score: 0.9, eye_distance_px: 60.0, sharpness: 99.0, portrait })
            }
            .boxed()
        }

        fn recogniser(&self) -> Option<String> {
            Some(self.0.to_owned())
        }

        fn liken(
            &self,
            _: Bytes,
            _: Vec<(StudentId, Vec<f32>)>,
        ) -> BoxFuture<'_, Result<Option<Likeness>, EnrolRefusal>> {
            async { Ok(None) }.boxed()
        }
    }

    #[tokio::test]
    async fn who_has_a_portrait_is_enrolled_anew_once_and_who_has_none_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let world = World::new(folder.path()).await;
        let class = world.session.class.id;
        let key = SecretKey::from_bytes(&[5; 32]);
        let mut tx = world.store.begin().await.unwrap();
        // Good, refused, none, and one who does not agree any more.
        let portraits = [Some(vec![1u8, 1]), Some(vec![1, 0]), None, Some(vec![1, 1])];
        let mut students = Vec::new();
        for portrait in portraits {
            students.push(enrolled(&mut tx, class, &key, ("old", vec![1.0, 0.0]), portrait).await);
        }
        tx.delete_templates(students[3]).await.unwrap();
        tx.commit().await.unwrap();

        let (stop, mut refused) = (CancellationToken::new(), HashSet::new());
        let once = async |name, refused: &mut HashSet<StudentId>| {
            renew(&world.store, &key, &Named(name), refused, at(60), &stop).await.unwrap()
        };
        assert_eq!(once("old", &mut refused).await, 0, "the same recogniser");
        assert_eq!(once("new", &mut refused).await, 1);
        assert_eq!(refused, HashSet::from([students[1]]));
        assert_eq!(once("new", &mut refused).await, 0);
        let mut tx = world.store.read().await.unwrap();
        let made = tx.templates_of_class(class, "new", &key).await.unwrap();
        assert_eq!(made, [(students[0], vec![0.0, 1.0])]);
        assert_eq!(tx.templates_of_class(class, "old", &key).await.unwrap().len(), 3, "what was there stays");
        let audited = tx.audit_of("student", &students[0].to_string()).await.unwrap();
        assert_eq!(audited[0].entry.action, "renew_face");
        let known = tx.templates_of_student(students[0], "new", &key).await.unwrap();
        assert!(known[0].enrolled, "it goes back to a picture that somebody sent in");
    }
}

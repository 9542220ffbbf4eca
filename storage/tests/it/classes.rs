//! Classes, students, templates, sessions, policies.

use duxue_rules::{policy::Policy, roster::Sex};
use duxue_storage::{
    class::NewClass,
    consent::NewConsent,
    template::{NewTemplate, TemplateOrigin},
};
use jiff::civil::date;

use crate::{
    common::{at, at_once, both, id},
    world::{field, is_lost, key, session, span, student, world, world_named},
};

both! {
    async fn a_class_counts_its_students_and_the_enrolled(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let [first, second] = world.students;
        for vector in [vec![0.6, 0.8], vec![1.0, 0.0]] {
            let template = NewTemplate {
                id: id(), student: first, model: "SFace".into(), vector, created_at: at(1), created_by: Some(world.liaison),
                origin: TemplateOrigin::default(), portrait: None,
            };
            tx.add_template(&template, &key()).await.unwrap();
        }
        let class = tx.class(world.class).await.unwrap().unwrap();
        assert_eq!((class.students, class.enrolled), (2, 1));
        assert_eq!((class.starts_on, class.ends_on), (date(2024, 10, 8), date(2025, 1, 8)));
        let roster = tx.roster(world.class, date(2024, 10, 8), "SFace").await.unwrap();
        assert_eq!(roster.iter().map(|one| (one.id, one.enrolled)).collect::<Vec<_>>(), [(first, true), (second, false)]);
        assert_eq!(roster[0].sex, Sex::Female);
        let other_model = tx.roster(world.class, date(2024, 10, 8), "reid-0095").await.unwrap();
        assert!(other_model.iter().all(|one| !one.enrolled), "templates of another recogniser do not count");
        let templates = tx.templates_of_class(world.class, "SFace", &key()).await.unwrap();
        assert_eq!(templates, [(first, vec![0.6, 0.8]), (first, vec![1.0, 0.0])]);
    }

    async fn a_portrait_serves_the_next_recogniser_and_goes_with_its_template(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let [first, second] = world.students;
        let template = |student, model: &str, origin, portrait| NewTemplate {
            id: id(), student, model: model.into(), vector: vec![1.0], created_at: at(1), created_by: None, origin, portrait,
        };
        let enrolled = template(first, "old", TemplateOrigin::Enrolment, Some(b"a face".to_vec()));
        tx.add_template(&enrolled, &key()).await.unwrap();
        let punch: duxue_rules::ids::PunchId = id();
        tx.add_template(&template(first, "old", TemplateOrigin::CheckIn(punch), None), &key()).await.unwrap();
        tx.add_template(&template(second, "old", TemplateOrigin::Enrolment, None), &key()).await.unwrap();
        let known = tx.templates_of_student(first, "old", &key()).await.unwrap();
        let mut enrolled_ones: Vec<bool> = known.iter().map(|known| known.enrolled).collect();
        enrolled_ones.sort_unstable();
        assert_eq!(enrolled_ones, [false, true]);
        let portrait = tx.portrait(first, &key()).await.unwrap().unwrap();
        assert_eq!((portrait.template, portrait.jpeg.as_slice()), (enrolled.id, b"a face".as_slice()));
        assert!(tx.portrait(second, &key()).await.unwrap().is_none());

        assert_eq!(tx.faces_to_renew("old", None, 10).await.unwrap(), []);
        assert_eq!(tx.faces_to_renew("new", None, 10).await.unwrap(), [first], "the other has no portrait");
        assert_eq!(tx.faces_to_renew("new", Some(first), 10).await.unwrap(), []);
        tx.add_template(&template(first, "new", TemplateOrigin::Renewed(enrolled.id), None), &key()).await.unwrap();
        assert_eq!(tx.faces_to_renew("new", None, 10).await.unwrap(), []);

        assert_eq!(tx.delete_templates(first).await.unwrap(), 3);
        assert!(tx.portrait(first, &key()).await.unwrap().is_none());
        assert_eq!(tx.faces_to_renew("new", None, 10).await.unwrap(), []);
    }

    async fn templates_need_consent_and_go_with_it(db: &Db) {
        let world = world(db).await;
        let template = |student| NewTemplate {
            id: id(), student, model: "SFace".into(), vector: vec![1.0], created_at: at(1), created_by: None,
            origin: TemplateOrigin::default(), portrait: None,
        };
        let mut tx = db.begin().await;
        let mut refusing = student(world.class, "王五", "03");
        refusing.face_consent_at = None;
        tx.add_student(&refusing).await.unwrap();
        assert_eq!(field(tx.add_template(&template(refusing.id), &key()).await), "face_consent");
        assert_eq!(field(tx.add_template(&template(id()), &key()).await), "student_id");
        let first = world.students[0];
        tx.add_template(&template(first), &key()).await.unwrap();
        assert_eq!(tx.student(first).await.unwrap().unwrap().templates, 1);
        let back = NewConsent { student: first, given: false, dated: None, file: None, recorded_at: at(2), recorded_by: None };
        assert_eq!(tx.add_consent(&back).await.unwrap(), 1);
        assert_eq!(tx.student(first).await.unwrap().unwrap().templates, 0);
        assert!(tx.templates_of_class(world.class, "SFace", &key()).await.unwrap().is_empty());
        assert!(is_lost(&tx.add_consent(&NewConsent { student: id(), ..back.clone() }).await));
        assert!(is_lost(&tx.add_consent(&back).await), "it was taken back already");
    }

    async fn what_was_typed_wrong_is_told_by_field(db: &Db) {
        let world = world(db).await;
        let good = NewClass {
            id: id(),
            institution: world.institution,
            name: "2024年会计专业1班期".into(),
            major: "会计".into(),
            starts_on: date(2024, 10, 8),
            ends_on: date(2024, 10, 8),
            created_at: at(0),
        };
        let backwards = NewClass { ends_on: date(2024, 10, 7), ..good.clone() };
        let twice = NewClass { name: "2024年电子商务专业1班期".into(), ..good.clone() };
        let nowhere = NewClass { institution: id(), ..good.clone() };
        for (wrong, at_field) in [(backwards, "ends_on"), (twice, "name"), (nowhere, "institution_id")] {
            assert_eq!(field(db.begin().await.add_class(&wrong).await), at_field);
        }
        db.begin().await.add_class(&good).await.unwrap();
        assert_eq!(field(db.begin().await.add_student(&student(world.class, "赵六", "02")).await), "number");
        assert_eq!(field(db.begin().await.add_student(&student(world.class, "", "04")).await), "name");
        assert_eq!(field(db.begin().await.add_student(&student(id(), "赵六", "04")).await), "class_id");
        let mut tx = db.begin().await;
        for name in ["甲", "乙"] {
            let mut numberless = student(world.class, name, "");
            numberless.number = None;
            tx.add_student(&numberless).await.unwrap();
        }
    }

    async fn a_room_and_a_class_are_in_one_session_at_a_time(db: &Db) {
        let world = world(db).await;
        let other = world_named(db, "别的学校").await;
        let add = async |class, venue, start, end| {
            let mut tx = db.begin().await;
            tx.add_session(&session(class, venue, span(start, end))).await?;
            tx.commit().await
        };
        assert_eq!(field(add(other.class, world.venue, 7199, 9000).await), "starts_at");
        assert_eq!(field(add(world.class, other.venue, -5, 1).await), "starts_at");
        assert_eq!(field(add(id(), world.venue, 9000, 9600).await), "class_id");
        assert_eq!(field(add(world.class, id(), 9000, 9600).await), "venue_id");
        assert_eq!(field(add(world.class, world.venue, 9000, 9000 + 86_401).await), "ends_at");
        add(world.class, world.venue, 7200, 9000).await.unwrap();
        let mut tx = db.read().await;
        assert_eq!(tx.sessions_in(span(7199, 7200)).await.unwrap().len(), 2, "one of each world");
        assert_eq!(tx.sessions_of_venue_in(world.venue, span(7199, 7201)).await.unwrap().len(), 2);
        assert_eq!(tx.sessions_of_class_on(world.class, date(2024, 10, 8)).await.unwrap().len(), 2);
        assert_eq!(tx.sessions_on(date(2024, 10, 8), Some(other.institution)).await.unwrap().len(), 1);
        let latest = tx.sessions_of_class(world.class, None, 1).await.unwrap();
        assert_eq!(latest[0].span, span(7200, 9000));
        assert_eq!(tx.sessions_of_class(world.class, Some(at(7200)), 9).await.unwrap()[0].id, world.session);
    }

    async fn of_two_clashing_sessions_at_once_one_is_refused(db: &Db) {
        let world = world(db).await;
        let tasks = (0..4).map(|_| {
            let store = db.store.clone();
            async move {
                let mut tx = store.begin().await?;
                tx.add_session(&session(world.class, world.venue, span(8000, 9000))).await?;
                tx.commit().await
            }
        });
        let results = at_once(tasks.collect()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(db.read().await.sessions_of_class(world.class, None, 9).await.unwrap().len(), 2);
    }

    async fn a_policy_gets_a_version_only_when_it_changes(db: &Db) {
        let mut tx = db.begin().await;
        let first = tx.ensure_policy(&Policy::default(), at(0)).await.unwrap();
        assert_eq!(tx.ensure_policy(&Policy::default(), at(9)).await.unwrap(), first);
        let demo = Policy { label: "演示".into(), clip_min_seconds: 60, ..Policy::default() };
        let second = tx.ensure_policy(&demo, at(10)).await.unwrap();
        assert_eq!((second.version, &second.policy, second.created_at), (first.version + 1, &demo, at(10)));
        let third = tx.ensure_policy(&Policy::default(), at(11)).await.unwrap();
        assert_eq!(third.version, first.version + 2, "going back is a change as well");
        assert_eq!(tx.policy(first.version).await.unwrap().unwrap().policy, Policy::default());
    }
}

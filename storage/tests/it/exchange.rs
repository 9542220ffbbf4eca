//! What goes to other systems: queries by file, events and their ways to webhooks, and how sure a kiosk was.

use duxue_rules::{
    attendance::{Punch, PunchMethod, Side},
    event::EventKind,
    ids::{DeviceId, WebhookId},
    span::Span,
    verification::{Matter, Phase},
};
use duxue_storage::{
    Error,
    audit::Entry,
    device::NewDevice,
    exchange::NewExchange,
    liveness::Liveness,
    punch::{Kept, NewPunch, NewSource, PunchFace},
    sign_in::TokenHash,
    template::{NewTemplate, TemplateOrigin},
    webhook::{AfterTry, DeliveryState, NewWebhook, Tried, WebhookSecret},
};
use jiff::civil::date;

use crate::{
    common::{Db, at, both, id},
    world::{World, key, world},
};

fn entry(action: &str, kind: &str, subject: impl ToString) -> Entry {
    Entry {
        at: at(0),
        actor: None,
        action: action.into(),
        subject_kind: kind.into(),
        subject_id: subject.to_string(),
        detail: serde_json::json!({}),
    }
}

async fn hook(db: &Db, world: &World, kinds: &[EventKind]) -> WebhookId {
    let new = NewWebhook {
        id: id(),
        url: "https://hooks.example.org/".into(),
        kinds: kinds.to_vec(),
        secret: WebhookSecret::from_bytes(vec![7; 32]),
        at: at(0),
        by: world.manager,
    };
    let mut tx = db.begin().await;
    tx.add_webhook(&new, &key()).await.unwrap();
    tx.commit().await.unwrap();
    new.id
}

both! {
    async fn an_event_is_written_with_its_entry_and_waits_for_who_wants_it(db: &Db) {
        let world = world(db).await;
        let (all, some) = (hook(db, &world, &[]).await, hook(db, &world, &[EventKind::NoticePublished]).await);
        let before = db.read().await.newest_event().await.unwrap();
        let mut tx = db.begin().await;
        tx.audit(entry("start_class", "class", world.class));
        drop(tx);
        assert_eq!(db.read().await.newest_event().await.unwrap(), before, "undone together");
        let mut tx = db.begin().await;
        tx.audit(entry("reveal_id_number", "student", world.students[0]));
        tx.audit(entry("start_class", "class", world.class));
        tx.audit(entry("set_standard", "subsidy_standard", "x"));
        tx.commit().await.unwrap();
        let mut tx = db.read().await;
        let events = tx.events_after(before, 10).await.unwrap();
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!((events[0].kind, events[0].institution), (EventKind::ClassStarted, Some(world.institution)));
        assert!(tx.was_told(EventKind::ClassStarted, world.class, at(0)).await.unwrap());
        assert!(!tx.was_told(EventKind::ClassStarted, world.class, at(1)).await.unwrap());
        assert_eq!(tx.webhooks_due(at(0)).await.unwrap(), [all]);
        assert_eq!(tx.deliveries(some, None, 10).await.unwrap(), []);
        let due = tx.due_deliveries(all, at(0), 10, &key()).await.unwrap();
        assert_eq!((due.len(), due[0].secrets[0].expose()), (1, [7; 32].as_slice()));
    }

    async fn a_delivery_goes_on_until_it_is_there_or_given_up(db: &Db) {
        let world = world(db).await;
        let hook = hook(db, &world, &[EventKind::ClassStarted]).await;
        let mut tx = db.begin().await;
        tx.audit(entry("start_class", "class", world.class));
        tx.commit().await.unwrap();
        let seq = db.read().await.newest_event().await.unwrap();
        let failed = Tried { status: None, error: Some("timeout".into()), next: AfterTry::Again { at: at(60) } };
        let mut tx = db.begin().await;
        tx.note_delivery((hook, seq, 0), &failed, at(1)).await.unwrap();
        let again = tx.note_delivery((hook, seq, 0), &failed, at(1)).await;
        assert!(matches!(again, Err(Error::Lost { .. })), "another process was faster: {again:?}");
        tx.commit().await.unwrap();
        assert_eq!(db.read().await.webhooks_due(at(59)).await.unwrap(), []);
        assert_eq!(db.read().await.webhooks_due(at(60)).await.unwrap(), [hook]);
        let dead = Tried { status: Some(500), error: None, next: AfterTry::GivenUp };
        let mut tx = db.begin().await;
        tx.note_delivery((hook, seq, 1), &dead, at(60)).await.unwrap();
        tx.rotate_webhook(hook, &WebhookSecret::from_bytes(vec![8; 32]), at(100), &key()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await;
        let delivery = tx.deliveries(hook, None, 10).await.unwrap().remove(0);
        assert_eq!((delivery.state, delivery.attempts, delivery.last_status), (DeliveryState::Dead, 2, Some(500)));
        assert_eq!(tx.webhook(hook).await.unwrap().unwrap().dead, 1);
        drop(tx);
        let mut tx = db.begin().await;
        tx.resend(hook, seq, at(70)).await.unwrap();
        assert!(matches!(tx.resend(hook, seq, at(70)).await, Err(Error::Lost { .. })), "it is on its way");
        tx.commit().await.unwrap();
        let secrets = |due: Vec<duxue_storage::webhook::Due>| due[0].secrets.iter().map(|one| one.expose()[0]).collect::<Vec<_>>();
        let mut tx = db.read().await;
        assert_eq!(secrets(tx.due_deliveries(hook, at(99), 10, &key()).await.unwrap()), [8, 7], "both sign for a while");
        assert_eq!(secrets(tx.due_deliveries(hook, at(100), 10, &key()).await.unwrap()), [8]);
        drop(tx);
        let mut tx = db.begin().await;
        tx.remove_webhook(hook, world.manager, at(80)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(db.read().await.webhooks_due(at(200)).await.unwrap(), []);
        assert_eq!(db.read().await.webhook(hook).await.unwrap(), None);
    }

    async fn a_query_is_answered_once(db: &Db) {
        let world = world(db).await;
        let query = NewExchange {
            id: id(),
            class: world.class,
            matter: Matter::Employment,
            phase: Phase::AtEnd,
            students: world.students.to_vec(),
            at: at(0),
            by: world.manager,
        };
        let mut tx = db.begin().await;
        tx.add_exchange(&query).await.unwrap();
        tx.answer_exchange(query.id, (world.manager, at(9)), [3; 32], 2).await.unwrap();
        let second = tx.answer_exchange(query.id, (world.manager, at(9)), [3; 32], 2).await;
        assert!(matches!(second, Err(Error::Lost { .. })), "{second:?}");
        let kept = tx.exchange(query.id).await.unwrap().unwrap();
        assert_eq!((kept.students, kept.institution), (world.students.to_vec(), world.institution));
        let answer = kept.answer.unwrap();
        assert_eq!((answer.sha256, answer.rows, answer.at), ([3; 32], 2, at(9)));
        assert_eq!(tx.exchanges(world.class).await.unwrap().len(), 1);
    }

    async fn a_kiosk_compares_with_who_is_taught_there_and_notes_how_sure_it_was(db: &Db) {
        let world = world(db).await;
        let (device, now): (DeviceId, _) = (id(), at(0));
        let mut tx = db.begin().await;
        let new = NewDevice {
            id: device,
            venue: world.venue,
            name: "门口".into(),
            token: TokenHash([4; 32]),
            created_at: now,
            created_by: world.manager,
        };
        tx.add_device(&new).await.unwrap();
        let student = world.students[0];
        let template = NewTemplate {
            id: id(),
            student,
            model: "sface".into(),
            vector: vec![0.5, -0.25],
            created_at: now,
            created_by: None,
            origin: TemplateOrigin::default(),
            portrait: None,
        };
        tx.add_template(&template, &key()).await.unwrap();
        let on = tx.session(world.session).await.unwrap().unwrap().date;
        let here = tx.faces_at(world.venue, on, "sface", &key()).await.unwrap();
        assert_eq!((here.len(), here[0].0.student, here[0].1.clone()), (1, student, vec![0.5, -0.25]));
        assert_eq!(tx.faces_at(world.venue, on, "other", &key()).await.unwrap().len(), 0);
        assert_eq!(tx.faces_at(world.venue, date(1999, 1, 1), "sface", &key()).await.unwrap().len(), 0);
        let punch = Punch {
            id: id(),
            student,
            side: Side::SignIn,
            venue: world.venue,
            made_at: now,
            received_at: now,
            method: PunchMethod::Face,
        };
        let source = NewSource::Device { device, sequence: "1".into() };
        assert_eq!(tx.add_punch(&NewPunch { punch, class: world.class, source }).await.unwrap(), Kept::New);
        let face = PunchFace {
            picture_sha256: [9; 32],
            model: "sface".into(),
            similarity: 0.75,
            margin: Some(0.5),
            eye_distance_px: Some(48.5),
            portrait: Some("punches/1.jpg".into()),
        };
        let span = |from, to| Span::new(at(from), at(to)).unwrap();
        assert_eq!(tx.looked_at_punches(world.class, span(-60, 60), "sface").await.unwrap(), [], "nobody has looked");
        tx.add_punch_face(punch.id, &face).await.unwrap();
        assert_eq!(tx.punch(punch.id).await.unwrap().unwrap().face, Some(face));
        for (from, to, model, found) in [(0, 1, "sface", 1), (-60, 0, "sface", 0), (1, 60, "sface", 0), (0, 1, "other", 0)] {
            let looked_at = tx.looked_at_punches(world.class, span(from, to), model).await.unwrap();
            assert_eq!(looked_at.len(), found, "{from} to {to} by {model}");
        }
        assert_eq!(tx.punch_liveness(punch.id).await.unwrap(), None);
        let seen = Liveness { pictures: 3, in_person: 2 };
        tx.add_punch_liveness(punch.id, seen).await.unwrap();
        assert_eq!(tx.punch_liveness(punch.id).await.unwrap(), Some(seen));
    }
}

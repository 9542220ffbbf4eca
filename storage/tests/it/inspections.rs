//! R7.4b: sheets of on-site inspections. R7.4c: draws.

use duxue_rules::{
    access::{Actor, Role},
    ids::UserId,
    policy::Policy,
    supervision::{Checklist, ContentHash, Look, RiskFacts, Selection, SheetDraft, Signature, select},
    text::Remark,
};
use duxue_storage::{
    inspection::Sheet,
    selection::{NewSelection, random_seed},
};
use jiff::civil::date;

use crate::{
    common::{at, at_once, both, id},
    world::{World, field, is_lost, user, world},
};

const CENTRE: Actor = Actor { role: Role::Manager, institution: None };

fn draft(world: &World, inspectors: [UserId; 2]) -> SheetDraft {
    SheetDraft {
        id: id(),
        class: world.class,
        institution: world.institution,
        on: date(2024, 10, 8),
        inspectors: inspectors.into(),
        checklist: Checklist { ledgers_kept: Look::SeenFine, ..Checklist::default() },
        remark: None,
    }
}

fn selection(world: &World, again: bool) -> Selection {
    let facts = RiskFacts { class: world.class, open_findings: 1, confirmed_violations: 0, weeks_unseen: 2 };
    let drawn = select(date(2024, 10, 8), &[facts], 1, random_seed().unwrap(), &Policy::default());
    Selection { again_because: again.then(|| Remark::new("抽中班级当日停课").unwrap()), ..drawn }
}

fn new(world: &World, number: u32) -> NewSelection {
    NewSelection {
        id: id(),
        number,
        selection: selection(world, number > 1),
        policy_version: world.policy,
        drawn_by: world.manager,
        drawn_at: at(0),
    }
}

both! {
    async fn a_sheet_goes_from_draft_to_signed_and_then_stands(db: &Db) {
        let world = world(db).await;
        let second = user("second", Role::Supervisor, None);
        let mut tx = db.begin().await;
        tx.add_user(&second).await.unwrap();
        let draft = draft(&world, [world.manager, second.id]);
        tx.add_inspection(&draft, world.manager, at(0)).await.unwrap();
        let signature = |by| Signature { by, at: at(20) };
        let signing = draft.clone().close(at(10), ContentHash([1; 32]), &Policy::default()).unwrap();
        let signing = signing.sign_as_inspector(CENTRE, signature(world.manager)).unwrap();
        let signing = signing.sign_as_inspector(CENTRE, signature(second.id)).unwrap();
        tx.put_inspection(1, &Sheet::Signing(signing.clone()), at(20)).await.unwrap();
        assert_eq!(tx.signed_sheets(world.class).await.unwrap(), []);
        let own = Actor { role: Role::Institution, institution: Some(world.institution) };
        let signed = signing.sign_as_manager(own, signature(world.liaison)).unwrap().complete().unwrap();
        let sheet = Sheet::Signed(signed.clone());
        tx.put_inspection(2, &sheet, at(30)).await.unwrap();
        let back = tx.inspection(draft.id).await.unwrap().unwrap();
        assert_eq!((back.sheet, back.revision, back.institution), (sheet.clone(), 3, world.institution));
        assert_eq!(tx.signed_sheets(world.class).await.unwrap(), [signed]);
        assert!(is_lost(&tx.put_inspection(3, &sheet, at(40)).await), "a signed sheet moves no more");
        assert_eq!(tx.inspections(id()).await.unwrap(), []);
    }

    async fn of_two_changes_one_is_lost(db: &Db) {
        let world = world(db).await;
        let draft = draft(&world, [world.manager, id()]);
        let mut tx = db.begin().await;
        tx.add_inspection(&draft, world.manager, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        let change = || {
            let (store, sheet) = (db.store.clone(), Sheet::Draft(draft.clone()));
            async move {
                let mut tx = store.begin().await?;
                tx.put_inspection(1, &sheet, at(1)).await?;
                tx.commit().await
            }
        };
        let results = at_once(vec![change(), change()]).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().any(is_lost));
    }

    async fn a_sheet_of_no_class_is_refused_and_a_tampered_one_does_not_come_back(db: &Db) {
        let world = world(db).await;
        let mut nowhere = draft(&world, [world.manager, id()]);
        nowhere.class = id();
        assert_eq!(field(db.begin().await.add_inspection(&nowhere, world.manager, at(0)).await), "class_id");
        let draft = draft(&world, [world.manager, id()]);
        let mut tx = db.begin().await;
        tx.add_inspection(&draft, world.manager, at(0)).await.unwrap();
        tx.commit().await.unwrap();
        db.behind("UPDATE inspections SET state = 'signed'").await;
        let read = db.read().await.inspection(draft.id).await;
        assert!(matches!(read, Err(duxue_storage::Error::Corrupt { column: "state", .. })), "{read:?}");
    }

    async fn every_draw_of_a_day_stays_and_one_number_is_drawn_once(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        let first = new(&world, 1);
        tx.add_selection(&first).await.unwrap();
        assert!(is_lost(&tx.add_selection(&new(&world, 1)).await));
        tx.add_selection(&new(&world, 2)).await.unwrap();
        let day = tx.selections_on(date(2024, 10, 8)).await.unwrap();
        assert_eq!(day.iter().map(|draw| draw.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((&day[0].selection, day[0].policy_version), (&first.selection, world.policy));
        assert_eq!(tx.selections(None, 9).await.unwrap().len(), 2);
        assert_eq!(tx.selections_on(date(2024, 10, 9)).await.unwrap(), []);
    }

    async fn a_second_draw_without_a_reason_or_with_the_same_seed_cannot_be_written(db: &Db) {
        let world = world(db).await;
        let first = new(&world, 1);
        let mut tx = db.begin().await;
        tx.add_selection(&first).await.unwrap();
        tx.commit().await.unwrap();
        let silent = NewSelection { selection: selection(&world, false), ..new(&world, 2) };
        assert!(db.begin().await.add_selection(&silent).await.is_err());
        let mut same = new(&world, 2);
        same.selection.draw.seed = first.selection.draw.seed;
        assert!(db.begin().await.add_selection(&same).await.is_err());
    }
}

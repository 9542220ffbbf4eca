//! What becomes of sealed uploads: taken as evidence or turned down, looked at, and held against each other.

use duxue_rules::{
    evidence::Exhibit,
    policy::Policy,
    upload::{Doubt, Likeness},
};
use duxue_storage::{
    Tx,
    likeness::{LikenessFilter, LikenessState, NewLikeness, Other, Traced, UploadView},
    upload::NewUpload,
    upload_evidence::{NewUploadDecision, Taking},
};

use crate::{
    clips::{requested, sealed as sealed_clip},
    common::{at, at_once, both, id},
    upload_seals::sealed,
    uploads::announced,
    world::{World, field, is_lost, session, span, world, world_named},
};

fn decision(world: &World, upload: &NewUpload, from_revision: u32, taking: Taking) -> NewUploadDecision {
    NewUploadDecision {
        upload: upload.id,
        from_revision,
        taking,
        policy_version: world.policy,
        by: world.manager,
        at: at(5000),
    }
}

fn view(upload: &NewUpload, trace: Option<&str>) -> UploadView {
    UploadView {
        upload: upload.id,
        sha256: "ab".repeat(32),
        sheet: Some("views/a.jpg".into()),
        thumbnail: None,
        trace: trace.map(Into::into),
        made_at: at(600),
    }
}

fn likeness(upload: &NewUpload, other: Other) -> NewLikeness {
    let likeness = Likeness { span: (10, 70), other_span: (0, 60), mirrored: true, alike: 0.75, same_file: false };
    NewLikeness { id: id(), upload: upload.id, other, likeness, raised_at: at(700) }
}

both! {
    async fn what_is_taken_counts_and_what_is_not_does_not(db: &Db) {
        let world = world(db).await;
        let (new, policy) = (announced(&world), Policy::default());
        sealed(db, &new).await;
        let mut tx = db.begin().await;
        assert_eq!(tx.evidence_clips(world.class, &policy).await.unwrap(), [], "nobody decided yet");
        assert!(tx.upload_decision(new.id).await.unwrap().is_none());
        tx.decide_upload_evidence(&decision(&world, &new, 0, Taking::Taken(world.session))).await.unwrap();
        let evidence = tx.evidence_clips(world.class, &policy).await.unwrap();
        // 25 minutes from one minute after the lesson's beginning.
        assert_eq!(evidence.len(), 1);
        assert_eq!(
            (evidence[0].clip, evidence[0].starts_at, evidence[0].continuous_seconds),
            (Exhibit::Upload(new.id), at(60), 1500)
        );
        let clip = requested(&world);
        tx.add_clip(&clip).await.unwrap();
        let (row, seal) = sealed_clip(&clip, b"film", tx.audit_head().await.unwrap());
        tx.seal_clip(clip.id, &row, &seal).await.unwrap();
        let both: Vec<_> =
            tx.evidence_clips(world.class, &policy).await.unwrap().into_iter().map(|one| one.clip).collect();
        assert_eq!(both, [Exhibit::Clip(clip.id), Exhibit::Upload(new.id)], "in order of time");
        tx.decide_upload_evidence(&decision(&world, &new, 1, Taking::TurnedDown("错了".into()))).await.unwrap();
        assert_eq!(tx.evidence_clips(world.class, &policy).await.unwrap().len(), 1);
        let stands = tx.upload_decision(new.id).await.unwrap().unwrap();
        assert_eq!((stands.revision, stands.taking), (2, Taking::TurnedDown("错了".into())));
        assert_eq!((stands.decided_by.id, stands.decided_at), (world.manager, at(5000)));
    }

    async fn a_video_that_begins_before_the_lesson_counts_from_its_beginning(db: &Db) {
        let world = world(db).await;
        let early = NewUpload { claimed_start: at(-290), ..announced(&world) };
        sealed(db, &early).await;
        let mut tx = db.begin().await;
        tx.decide_upload_evidence(&decision(&world, &early, 0, Taking::Taken(world.session))).await.unwrap();
        let evidence = tx.evidence_clips(world.class, &Policy::default()).await.unwrap();
        assert_eq!((evidence[0].starts_at, evidence[0].continuous_seconds), (at(0), 1210));
    }

    async fn a_decision_names_the_one_that_it_changes_and_a_lesson_has_one_upload(db: &Db) {
        let world = world(db).await;
        let [first, second] = [announced(&world), announced(&world)];
        sealed(db, &first).await;
        sealed(db, &second).await;
        let mut tx = db.begin().await;
        let taken = Taking::Taken(world.session);
        assert!(is_lost(&tx.decide_upload_evidence(&decision(&world, &first, 1, taken.clone())).await));
        tx.decide_upload_evidence(&decision(&world, &first, 0, taken.clone())).await.unwrap();
        assert!(is_lost(&tx.decide_upload_evidence(&decision(&world, &first, 0, taken.clone())).await));
        tx.commit().await.unwrap();
        let again = db.begin().await.decide_upload_evidence(&decision(&world, &second, 0, taken.clone())).await;
        assert_eq!(field(again), "session_id");
        let nowhere = db.begin().await.decide_upload_evidence(&decision(&world, &second, 0, Taking::TurnedDown(String::new()))).await;
        assert_eq!(field(nowhere), "reason");
        let mut tx = db.begin().await;
        let later = session(world.class, world.venue, span(90_000, 97_200));
        tx.add_session(&later).await.unwrap();
        tx.decide_upload_evidence(&decision(&world, &second, 0, Taking::Taken(later.id))).await.unwrap();
    }

    async fn of_two_decisions_at_once_one_stands(db: &Db) {
        let world = world(db).await;
        let new = announced(&world);
        sealed(db, &new).await;
        let tries = [Taking::Taken(world.session), Taking::TurnedDown("不是".into())].map(|taking| {
            let (store, decision) = (db.store.clone(), decision(&world, &new, 0, taking));
            async move {
                let mut tx = store.begin().await?;
                tx.decide_upload_evidence(&decision).await?;
                tx.commit().await
            }
        });
        let results = at_once(tries.into()).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
        assert_eq!(results.iter().filter(|result| is_lost(result)).count(), 1, "{results:?}");
    }

    async fn everything_sealed_is_looked_at_once_uploads_first(db: &Db) {
        let world = world(db).await;
        let clip = requested(&world);
        let mut tx = db.begin().await;
        tx.add_clip(&clip).await.unwrap();
        let (row, seal) = sealed_clip(&clip, b"film", tx.audit_head().await.unwrap());
        tx.seal_clip(clip.id, &row, &seal).await.unwrap();
        assert_eq!(tx.untraced_clip().await.unwrap(), None, "there is nothing to hold it against");
        tx.commit().await.unwrap();
        let [first, second] = [announced(&world), announced(&world)];
        sealed(db, &first).await;
        sealed(db, &second).await;
        let mut tx = db.begin().await;
        assert_eq!(tx.unviewed_upload().await.unwrap(), Some(first.id));
        tx.add_upload_view(&view(&first, Some("views/a.trace"))).await.unwrap();
        assert!(is_lost(&tx.add_upload_view(&view(&first, None)).await));
        assert_eq!(tx.upload_view(first.id).await.unwrap(), Some(view(&first, Some("views/a.trace"))));
        assert_eq!(tx.unviewed_upload().await.unwrap(), Some(second.id));
        tx.add_upload_view(&view(&second, None)).await.unwrap();
        assert_eq!(tx.unviewed_upload().await.unwrap(), None);
        assert_eq!(tx.untraced_clip().await.unwrap(), Some(clip.id));
        tx.add_clip_trace(clip.id, Some("views/c.trace"), at(800)).await.unwrap();
        assert!(is_lost(&tx.add_clip_trace(clip.id, None, at(801)).await));
        assert_eq!(tx.untraced_clip().await.unwrap(), None);
        let mut traces = tx.traces().await.unwrap();
        traces.sort_by_key(|traced| traced.of.to_string());
        let sum = Some("ab".repeat(32));
        let of_upload = |upload: &NewUpload, trace: Option<&str>| Traced {
            of: Other::Upload(upload.id), trace: trace.map(Into::into), sha256: sum.clone(),
        };
        let clip = Traced { of: Other::Clip(clip.id), trace: Some("views/c.trace".into()), sha256: None };
        assert_eq!(traces, [clip, of_upload(&first, Some("views/a.trace")), of_upload(&second, None)]);
    }

    async fn a_likeness_is_found_from_both_sides_and_decided_once(db: &Db) {
        let (own, other) = (world(db).await, world_named(db, "乙校").await);
        let (first, second) = (announced(&own), announced(&other));
        sealed(db, &first).await;
        sealed(db, &second).await;
        let new = likeness(&second, Other::Upload(first.id));
        let mut tx = db.begin().await;
        tx.add_likeness(&new).await.unwrap();
        tx.add_likeness(&likeness(&second, Other::Upload(first.id))).await.unwrap();
        let all = tx.likenesses(LikenessFilter::default(), None, 9).await.unwrap();
        assert_eq!(all.len(), 1, "the same two once");
        assert_eq!((all[0].id, all[0].other, all[0].likeness), (new.id, new.other, new.likeness));
        assert_eq!((all[0].state, &all[0].decision), (LikenessState::Open, &None));
        for (filter, found) in [
            (LikenessFilter { upload: Some(first.id), ..LikenessFilter::default() }, 1),
            (LikenessFilter { upload: Some(second.id), ..LikenessFilter::default() }, 1),
            (LikenessFilter { upload: Some(id()), ..LikenessFilter::default() }, 0),
            (LikenessFilter { class: Some(own.class), ..LikenessFilter::default() }, 1),
            (LikenessFilter { class: Some(id()), ..LikenessFilter::default() }, 0),
            (LikenessFilter { state: Some(LikenessState::Open), ..LikenessFilter::default() }, 1),
            (LikenessFilter { state: Some(LikenessState::Confirmed), ..LikenessFilter::default() }, 0),
        ] {
            assert_eq!(tx.likenesses(filter, None, 9).await.unwrap().len(), found, "{filter:?}");
        }
        assert_eq!(tx.likenesses(LikenessFilter::default(), Some(new.id), 9).await.unwrap().len(), 0);
        tx.decide_likeness(new.id, LikenessState::Confirmed, own.manager, at(900), "同一段").await.unwrap();
        assert!(is_lost(&tx.decide_likeness(new.id, LikenessState::Dismissed, own.manager, at(901), "不").await));
        let decided = tx.likeness(new.id).await.unwrap().unwrap();
        let decision = decided.decision.unwrap();
        assert_eq!((decided.state, decision.at, decision.reason.as_str()), (LikenessState::Confirmed, at(900), "同一段"));
        tx.commit().await.unwrap();
        let mut tx = db.begin().await;
        let another = likeness(&first, Other::Upload(second.id));
        tx.add_likeness(&another).await.unwrap();
        let empty = tx.decide_likeness(another.id, LikenessState::Dismissed, own.manager, at(901), "").await;
        assert_eq!(field(empty), "reason");
    }

    async fn what_is_in_question_is_set_aside_until_it_is_decided(db: &Db) {
        let (own, other) = (world(db).await, world_named(db, "乙校").await);
        let (first, second, policy) = (announced(&own), announced(&other), Policy::default());
        sealed(db, &first).await;
        sealed(db, &second).await;
        let mut tx = db.begin().await;
        tx.decide_upload_evidence(&decision(&own, &first, 0, Taking::Taken(own.session))).await.unwrap();
        tx.decide_upload_evidence(&decision(&other, &second, 0, Taking::Taken(other.session))).await.unwrap();
        async fn doubts(tx: &mut Tx, worlds: [&World; 2], uploads: [&NewUpload; 2]) -> Vec<Option<Doubt>> {
            let mut doubts = Vec::new();
            for (world, upload) in worlds.into_iter().zip(uploads) {
                let evidence = tx.evidence_clips(world.class, &Policy::default()).await.unwrap();
                assert_eq!(evidence.len(), 1, "it is not hidden, it does not count");
                let decided = tx.upload_decision(upload.id).await.unwrap().unwrap();
                assert_eq!(decided.doubt, evidence[0].doubt);
                doubts.push(decided.doubt);
            }
            doubts
        }
        let (worlds, uploads) = ([&own, &other], [&first, &second]);
        assert_eq!(doubts(&mut tx, worlds, uploads).await, [None, None]);
        let raised = likeness(&second, Other::Upload(first.id));
        tx.add_likeness(&raised).await.unwrap();
        assert_eq!(doubts(&mut tx, worlds, uploads).await, [Some(Doubt::Undecided); 2]);
        tx.decide_likeness(raised.id, LikenessState::Confirmed, own.manager, at(900), "同一段").await.unwrap();
        assert_eq!(doubts(&mut tx, worlds, uploads).await, [None, Some(Doubt::CountedElsewhere)], "the later one");
        let down = Taking::TurnedDown("不是本班".into());
        tx.decide_upload_evidence(&decision(&own, &first, 1, down)).await.unwrap();
        assert_eq!(tx.upload_decision(second.id).await.unwrap().unwrap().doubt, None, "then the other one counts");
        assert_eq!(tx.evidence_clips(own.class, &policy).await.unwrap(), []);
        assert_eq!(tx.evidence_clips(other.class, &policy).await.unwrap()[0].doubt, None);
    }
}

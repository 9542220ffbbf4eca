//! Segments, outages, the recorder's sign of life, watches.

use duxue_rules::{camera::OutageCause, coverage, ids::CameraId};
use duxue_storage::{
    outage::Outage,
    segment::Segment,
    watch::{NewWatch, Watched, WatchedStream},
};

use crate::{
    common::{at, both, id},
    world::{field, is_lost, span, world},
};

pub fn segment(camera: CameraId, start: i64, end: i64) -> Segment {
    Segment {
        id: id(),
        camera,
        span: span(start, end),
        bytes: 1000,
        sha256: [9; 32],
        path: format!("{camera}/2024-10-08/{start}.mp4"),
        codec: "avc1.640028".into(),
        width: 1920,
        height: 1080,
        recovered: false,
        pruned_at: None,
    }
}

fn outage(camera: CameraId, start: i64, end: Option<i64>, cause: OutageCause) -> Outage {
    Outage { id: id(), camera, starts_at: at(start), ends_at: end.map(at), cause, detail: Some("没有应答".into()) }
}

both! {
    async fn a_file_has_one_row(db: &Db) {
        let world = world(db).await;
        let first = segment(world.camera, 0, 60);
        let mut tx = db.begin().await;
        assert!(tx.add_segment(&first).await.unwrap());
        let again = Segment { id: id(), bytes: 5, ..first.clone() };
        assert!(!tx.add_segment(&again).await.unwrap());
        assert_eq!(tx.segment(first.id).await.unwrap().unwrap(), first);
        assert_eq!(tx.segment_at_path(&first.path).await.unwrap().unwrap(), first);
        assert!(tx.segment(again.id).await.unwrap().is_none());
    }

    async fn segments_of_a_span_are_those_that_share_time_with_it(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        for (start, end) in [(0, 60), (60, 120), (120, 180), (-3540, 30)] {
            tx.add_segment(&segment(world.camera, start, end)).await.unwrap();
        }
        let starts = |found: Vec<Segment>| found.iter().map(|one| one.span.start()).collect::<Vec<_>>();
        assert_eq!(starts(tx.segments_in(world.camera, span(60, 120)).await.unwrap()), [at(60)]);
        assert_eq!(starts(tx.segments_in(world.camera, span(29, 61)).await.unwrap()), [at(-3540), at(0), at(60)]);
        assert!(tx.segments_in(id(), span(0, 100)).await.unwrap().is_empty());
        assert_eq!(tx.recorded_until(world.camera).await.unwrap(), Some(at(180)));
        assert_eq!(tx.recorded_bytes().await.unwrap(), 4000);
    }

    async fn pruned_footage_is_missing_with_that_cause(db: &Db) {
        let world = world(db).await;
        let (old, new) = (segment(world.camera, 0, 60), segment(world.camera, 60, 120));
        let mut tx = db.begin().await;
        tx.add_segment(&old).await.unwrap();
        tx.add_segment(&new).await.unwrap();
        assert_eq!(tx.kept_segments(None, 1).await.unwrap(), std::slice::from_ref(&old));
        assert_eq!(tx.kept_segments(Some((at(0), old.id)), 5).await.unwrap(), std::slice::from_ref(&new));
        tx.prune_segment(old.id, at(1000)).await.unwrap();
        assert!(is_lost(&tx.prune_segment(old.id, at(1001)).await));
        assert_eq!(tx.kept_segments(None, 5).await.unwrap(), std::slice::from_ref(&new));
        assert_eq!(tx.recorded_bytes().await.unwrap(), 1000);
        let (recorded, outages) = tx.coverage_in(world.camera, span(0, 120)).await.unwrap();
        assert_eq!(recorded, [coverage::Recorded { segment: new.id, span: new.span }]);
        assert_eq!(outages, [coverage::Outage { span_start: at(0), end: Some(at(60)), cause: OutageCause::Pruned }]);
        tx.add_outage(&outage(world.camera, 90, None, OutageCause::Stalled)).await.unwrap();
        for (from, to) in [(0, 120), (60, 120), (-10, 5)] {
            let (_, outages) = tx.coverage_in(world.camera, span(from, to)).await.unwrap();
            assert_eq!(tx.missing_in(world.camera, span(from, to)).await.unwrap(), outages);
        }
    }

    async fn a_camera_has_one_outage_at_a_time(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.add_outage(&outage(world.camera, 0, None, OutageCause::Stalled)).await.unwrap();
        tx.add_outage(&outage(world.camera, 10, None, OutageCause::Unreachable)).await.unwrap();
        assert_eq!(tx.open_outages().await.unwrap().len(), 1);
        assert!(tx.end_outage(world.camera, at(20)).await.unwrap());
        assert!(!tx.end_outage(world.camera, at(21)).await.unwrap());
        tx.add_outage(&outage(world.camera, 30, Some(40), OutageCause::RecorderDown)).await.unwrap();
        let found = tx.outages_in(world.camera, span(-100, 100)).await.unwrap();
        let facts: Vec<_> = found.iter().map(|one| (one.starts_at, one.ends_at, one.cause)).collect();
        assert_eq!(facts, [
            (at(0), Some(at(10)), OutageCause::Stalled),
            (at(10), Some(at(20)), OutageCause::Unreachable),
            (at(30), Some(at(40)), OutageCause::RecorderDown),
        ]);
        assert_eq!(found[0].detail.as_deref(), Some("没有应答"));
        assert_eq!(tx.outages_in(world.camera, span(20, 30)).await.unwrap().len(), 0);
    }

    async fn a_clock_set_back_ends_an_outage_where_it_began(db: &Db) {
        let world = world(db).await;
        let mut tx = db.begin().await;
        tx.add_outage(&outage(world.camera, 100, None, OutageCause::Stalled)).await.unwrap();
        assert!(tx.end_outage(world.camera, at(50)).await.unwrap());
        let ended: Vec<_> = tx.outages_in(world.camera, span(0, 101)).await.unwrap();
        assert!(ended.iter().all(|one| one.ends_at == Some(at(100))));
    }

    async fn the_sign_of_life_is_the_newest(db: &Db) {
        let mut tx = db.begin().await;
        assert_eq!(tx.last_beat("a").await.unwrap(), None);
        tx.beat("a", at(1)).await.unwrap();
        tx.beat("b", at(5)).await.unwrap();
        tx.beat("a", at(3)).await.unwrap();
        assert_eq!(tx.last_beat("a").await.unwrap(), Some(at(3)));
    }

    async fn a_sign_of_life_is_inherited_once_and_replaces_none(db: &Db) {
        let mut tx = db.begin().await;
        assert!(!tx.inherit_beat("old", "new").await.unwrap(), "there is nothing to inherit");
        tx.beat("old", at(1)).await.unwrap();
        assert!(tx.inherit_beat("old", "new").await.unwrap());
        assert_eq!(tx.last_beat("new").await.unwrap(), Some(at(1)));
        assert_eq!(tx.last_beat("old").await.unwrap(), None);
        tx.beat("old", at(9)).await.unwrap();
        assert!(!tx.inherit_beat("old", "new").await.unwrap());
        assert!(!tx.inherit_beat("old", "old").await.unwrap());
        assert_eq!(tx.last_beat("new").await.unwrap(), Some(at(1)));
    }

    async fn a_watch_is_opened_and_closed_once(db: &Db) {
        let world = world(db).await;
        let watch = |camera, opened| NewWatch {
            id: id(), user: world.manager, camera, what: Watched::Live, stream: Some(WatchedStream::Main), opened_at: at(opened),
        };
        let (first, second) = (watch(world.camera, 0), watch(world.camera, 50));
        assert_eq!(field(db.begin().await.open_watch(&watch(id(), 0)).await), "camera_id");
        let mut tx = db.begin().await;
        tx.open_watch(&first).await.unwrap();
        tx.open_watch(&second).await.unwrap();
        tx.close_watch(first.id, at(10)).await.unwrap();
        assert!(is_lost(&tx.close_watch(first.id, at(11)).await));
        assert_eq!(tx.close_watches_left_open(at(40)).await.unwrap(), 1);
        let listed = tx.watches(None, 10).await.unwrap();
        let facts: Vec<_> = listed.iter().map(|one| (one.id, one.closed_at)).collect();
        assert_eq!(facts, [(second.id, Some(at(50))), (first.id, Some(at(10)))]);
        assert_eq!((listed[0].camera.name.as_str(), listed[0].stream), ("前", Some(WatchedStream::Main)));
        assert_eq!(tx.watches(Some(second.id), 10).await.unwrap().len(), 1);
    }
}

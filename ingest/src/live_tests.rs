use std::time::Duration;

use super::*;
use crate::{
    h264::{stream_info, tests::AVCC_1080P},
    mp4::{anchor::Anchor, fragment::Sample},
};

fn fragment(index: i64, key: bool, bytes: usize) -> Fragment {
    Fragment {
        dts: index * 45_000,
        samples: vec![Sample { duration: 45_000, size: bytes as u32, key, offset: 0 }],
        payload: Bytes::from(vec![index as u8; bytes]),
        anchor: Anchor::new(Timestamp::UNIX_EPOCH, 0),
        arrival: Timestamp::UNIX_EPOCH,
    }
}

fn hub() -> Arc<Hub> {
    let hub = Hub::new(CameraId(uuid::Uuid::nil()), 1_000);
    hub.describe(&info(1920), Timestamp::UNIX_EPOCH).unwrap();
    hub.set_link(LinkState { state: CameraState::Live, cause: None, detail: None });
    hub
}

fn info(width: u32) -> StreamInfo {
    StreamInfo { width, ..stream_info(Bytes::from_static(AVCC_1080P)).unwrap() }
}

async fn join(hub: &Arc<Hub>) -> LiveSubscription {
    hub.enter().watch(Duration::from_secs(5)).await.unwrap()
}

/// Sequence numbers, or what else came, until nothing is there.
fn drain(viewer: &mut LiveSubscription) -> Vec<String> {
    let mut got = Vec::new();
    while let Taken::Item(item) = viewer.take() {
        got.push(match item {
            LiveItem::Fragment(fragment) => fragment.seq.to_string(),
            LiveItem::Init(_) => "init".into(),
            LiveItem::Lagged { lost } => format!("lost {lost}"),
        });
    }
    got
}

#[tokio::test]
async fn a_late_joiner_starts_at_the_last_key_frame() {
    let hub = hub();
    for index in 0..10 {
        hub.push(&fragment(index, index % 4 == 0, 10), 0).unwrap();
    }
    let mut viewer = join(&hub).await;
    assert_eq!(viewer.first.mime, "video/mp4; codecs=\"avc1.640028\"");
    assert_eq!(drain(&mut viewer), ["8", "9"]);
}

#[tokio::test]
async fn after_a_break_a_joiner_waits_for_a_key_frame() {
    let hub = hub();
    hub.push(&fragment(0, true, 10), 0).unwrap();
    hub.break_off();
    let mut viewer = join(&hub).await;
    assert_eq!(drain(&mut viewer), [""; 0]);
    hub.push(&fragment(3, true, 10), 0).unwrap();
    assert_eq!(drain(&mut viewer), ["1"]);
}

#[tokio::test]
async fn a_slow_viewer_loses_and_resumes_at_a_key_frame_while_another_loses_nothing() {
    let hub = hub();
    hub.push(&fragment(0, true, 10), 0).unwrap();
    let (mut slow, mut quick) = (join(&hub).await, join(&hub).await);
    let mut seen = drain(&mut quick);
    for index in 1..100 {
        hub.push(&fragment(index, index % 4 == 0, 10), 0).unwrap();
        seen.extend(drain(&mut quick));
    }
    assert_eq!(seen, (0..100).map(|index| index.to_string()).collect::<Vec<_>>());
    let got = drain(&mut slow);
    assert_eq!(got[0], "lost 88");
    assert_eq!(got[1..], (88..100).map(|index| index.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn the_ring_is_bounded_even_without_key_frames() {
    let hub = hub();
    let mut viewer = join(&hub).await;
    hub.push(&fragment(0, true, 300), 0).unwrap();
    for index in 1..100 {
        hub.push(&fragment(index, false, 300), 0).unwrap();
        assert!(hub.ring().bytes <= 1_000);
    }
    assert_eq!(drain(&mut viewer), [""; 0], "nothing decodable is left");
    hub.push(&fragment(100, true, 300), 0).unwrap();
    assert_eq!(drain(&mut viewer), ["lost 100", "100"]);
}

#[tokio::test]
async fn a_new_description_comes_before_its_pictures() {
    let hub = hub();
    hub.push(&fragment(0, true, 10), 0).unwrap();
    let mut viewer = join(&hub).await;
    hub.describe(&info(640), Timestamp::UNIX_EPOCH).unwrap();
    hub.push(&fragment(1, true, 10), 0).unwrap();
    assert_eq!(drain(&mut viewer), ["0", "init", "1"]);
    // Two changes while nobody looked: the pictures in between have no description any more.
    for (index, width) in [(2, 1280), (3, 704)] {
        hub.describe(&info(width), Timestamp::UNIX_EPOCH).unwrap();
        hub.push(&fragment(index, true, 10), 0).unwrap();
    }
    assert_eq!(drain(&mut viewer), ["init", "lost 1", "3"]);
}

#[tokio::test]
async fn seats_are_counted_and_a_closed_hub_ends() {
    let hub = hub();
    let mut viewer = join(&hub).await;
    assert_eq!(*hub.viewers().borrow(), 1);
    hub.push(&fragment(0, true, 10), 0).unwrap();
    hub.close();
    assert!(matches!(viewer.next().await, Some(LiveItem::Fragment(_))));
    assert_eq!(viewer.next().await, None);
    drop(viewer);
    assert_eq!(*hub.viewers().borrow(), 0);
    assert!(matches!(hub.enter().watch(Duration::from_secs(5)).await, Err(LiveRefusal::NotLive { .. })));
}

//! The plan against an independent reckoning, over random footage.

use bytes::Bytes;
use duxue_rules::ids::CameraId;
use proptest::prelude::*;

use super::*;
use crate::{
    h264::{stream_info, tests::AVCC_1080P},
    mp4::{anchor::Anchor, fragment::Sample},
};

fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(1_728_360_000_000_000 + micros).unwrap()
}

/// A file whose fragments have `lengths` pictures of 40 ms; the first of every second fragment is a key frame.
fn footage(start_us: i64, lengths: &[usize]) -> Footage {
    let anchor = Anchor::new(at(start_us), 0);
    let (mut dts, mut data_offset) = (0, 1_000);
    let mut fragments = Vec::new();
    for (index, length) in lengths.iter().enumerate() {
        let sample =
            |number: usize| Sample { duration: 3_600, size: 100, key: number == 0 && index % 2 == 0, offset: 0 };
        let samples: Vec<Sample> = (0..*length).map(sample).collect();
        fragments.push(Indexed { dts, anchor, data_offset, samples });
        dts += 3_600 * *length as i64;
        data_offset += 100 * *length as u64 + 200;
    }
    Footage {
        path: "x".into(),
        info: stream_info(Bytes::from_static(AVCC_1080P)).unwrap(),
        camera: CameraId(uuid::Uuid::nil()),
        fragments,
        whole_bytes: data_offset,
        file_bytes: data_offset,
    }
}

fn files() -> impl Strategy<Value = Vec<Footage>> {
    let lengths = prop::collection::vec(1_usize..20, 1..8);
    prop::collection::vec((lengths, prop_oneof![4 => Just(0_i64), 1 => 0_i64..9_000_000]), 1..6).prop_map(|list| {
        let mut start = 0;
        list.into_iter()
            .map(|(lengths, hole)| {
                start += hole;
                let file = footage(start, &lengths);
                start += lengths.iter().sum::<usize>() as i64 * 40_000;
                file
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn what_exists_of_the_wanted_span_is_in_the_clip(files in files(), start in -2_000_000_i64..40_000_000, length in 1_i64..40_000_000) {
        let wanted = Span::new(at(start), at(start + length)).unwrap();
        // The reckoning: pictures whose time touches the wanted span, and nothing of the plan's code.
        let pictures: Vec<(Timestamp, Timestamp)> = files
            .iter()
            .flat_map(|file| {
                let begin = file.start().unwrap();
                (0..i64::from(file.frames())).map(move |number| {
                    let taken = Timestamp::from_microsecond(begin.as_microsecond() + number * 40_000).unwrap();
                    (taken, Timestamp::from_microsecond(taken.as_microsecond() + 40_000).unwrap())
                })
            })
            .filter(|(taken, until)| *taken < wanted.end() && wanted.start() < *until)
            .collect();
        match plan(&files, wanted) {
            Err(error) => {
                prop_assert!(matches!(error, CutError::NoFootage));
                prop_assert!(pictures.is_empty());
            }
            Ok(plan) => {
                let (first, last) = (pictures.first().unwrap(), pictures.last().unwrap());
                prop_assert!(plan.pictures[0].key);
                prop_assert!(plan.start <= first.0.max(wanted.start()));
                prop_assert!(plan.end >= last.1.min(wanted.end()), "{} {:?}", plan.end, last);
                prop_assert!(plan.end.as_microsecond() <= wanted.end().as_microsecond() + 12, "the tail is exact");
                prop_assert!(plan.pictures.len() >= pictures.len());
                // A key frame is never further back than two fragments of 20 pictures.
                prop_assert!(plan.pictures.len() <= pictures.len() + 40);
                let ticks: i64 = plan.pictures.iter().map(|picture| i64::from(picture.duration)).sum();
                let real = (plan.end.as_microsecond() - plan.start.as_microsecond()) * 9 / 100;
                prop_assert!((ticks - real).abs() <= 2 * files.len() as i64 + 2, "{ticks} {real}");
                prop_assert_eq!(plan.runs.iter().map(|run| run.pictures as usize).sum::<usize>(), plan.pictures.len());
                prop_assert_eq!(plan.runs.iter().map(|run| run.bytes).sum::<u64>(), 100 * plan.pictures.len() as u64);
                for gap in &plan.gaps {
                    prop_assert!(pictures.iter().all(|(taken, until)| *until <= gap.start() || gap.end() <= *taken));
                }
            }
        }
    }
}

#[test]
fn a_clock_set_back_is_refused() {
    let files = [footage(0, &[20, 20]), footage(300_000, &[20, 20])];
    let wanted = Span::new(at(0), at(1_900_000)).unwrap();
    assert!(matches!(plan(&files, wanted), Err(CutError::Overlap { .. })));
}

#[test]
fn holes_are_reported_and_keep_their_time() {
    let files = [footage(0, &[25]), footage(4_000_000, &[25])];
    let plan = plan(&files, Span::new(at(0), at(5_000_000)).unwrap()).unwrap();
    assert_eq!(plan.gaps, [Span::new(at(1_000_000), at(4_000_000)).unwrap()]);
    assert_eq!(plan.pictures[24].duration, 3_600 + 270_000);
    assert_eq!((plan.start, plan.end), (at(0), at(5_000_000)));
}

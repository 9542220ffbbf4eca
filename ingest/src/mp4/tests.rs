//! Round trips and truncations of files as the recorder writes them.

use std::{fs::File, io::Write, os::unix::fs::FileExt};

use bytes::Bytes;
use duxue_rules::ids::CameraId;
use jiff::Timestamp;
use proptest::prelude::*;

use super::{
    anchor::Anchor,
    fragment::{Fragment, Sample},
    init::init_segment,
    read::{Depth, Footage},
};
use crate::h264::{stream_info, tests::AVCC_1080P};

fn camera() -> CameraId {
    CameraId(uuid::Uuid::from_u128(7))
}

fn taken(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(1_728_360_000_000_000 + micros).unwrap()
}

/// A picture of one NAL unit.
fn picture(size: usize, fill: u8) -> Vec<u8> {
    let mut bytes = (size as u32).to_be_bytes().to_vec();
    bytes.resize(4 + size, fill);
    bytes
}

prop_compose! {
    fn pictures()(list in prop::collection::vec((16_usize..400, 1_u32..20_000, 0_i32..9_000), 1..8)) -> Vec<(usize, u32, i32)> {
        list
    }
}

fn fragments() -> impl Strategy<Value = Vec<Fragment>> {
    (prop::collection::vec((pictures(), -20_000_i64..20_000), 1..6), -5_000_000_i64..1 << 40).prop_map(
        |(list, start)| {
            let mut dts = start;
            let mut anchor = Anchor::new(taken(0), start);
            list.into_iter()
                .map(|(pictures, slew)| {
                    let mut payload = Vec::new();
                    let mut samples = Vec::new();
                    for (index, (size, duration, offset)) in pictures.into_iter().enumerate() {
                        let bytes = picture(size, index as u8 + 1);
                        samples.push(Sample { duration, size: bytes.len() as u32, key: index == 0, offset });
                        payload.extend(bytes);
                    }
                    anchor = anchor.later_by(slew);
                    let fragment = Fragment { dts, samples, payload: Bytes::from(payload), anchor, arrival: taken(0) };
                    dts += fragment.ticks();
                    fragment
                })
                .collect()
        },
    )
}

/// The bytes of a file, and where each fragment ends in it.
fn file_of(fragments: &[Fragment]) -> (Vec<u8>, Vec<usize>) {
    let info = stream_info(Bytes::from_static(AVCC_1080P)).unwrap();
    let mut bytes = init_segment(&info, camera(), taken(0)).unwrap();
    let mut ends = vec![bytes.len()];
    let base = fragments[0].dts;
    for (index, fragment) in fragments.iter().enumerate() {
        bytes.extend(fragment.head(base, index as u32 + 1).unwrap());
        bytes.extend(&fragment.payload);
        ends.push(bytes.len());
    }
    (bytes, ends)
}

fn read(bytes: &[u8], depth: Depth) -> Result<(Footage, File), super::FileError> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    Footage::read("test.mp4".as_ref(), &file, depth).map(|footage| (footage, file))
}

proptest! {
    #[test]
    fn what_is_written_is_read(fragments in fragments()) {
        let (bytes, _) = file_of(&fragments);
        let (footage, file) = read(&bytes, Depth::Pictures).unwrap();
        prop_assert_eq!(footage.whole_bytes, bytes.len() as u64);
        prop_assert_eq!(footage.camera, camera());
        prop_assert_eq!(&footage.info, &stream_info(Bytes::from_static(AVCC_1080P)).unwrap());
        prop_assert_eq!(footage.fragments.len(), fragments.len());
        let base = fragments[0].dts;
        for (found, written) in footage.fragments.iter().zip(&fragments) {
            prop_assert_eq!(found.dts, written.dts - base);
            prop_assert_eq!(&found.samples, &written.samples);
            prop_assert_eq!(found.anchor, written.anchor.rebased(base));
            let mut payload = vec![0; written.payload.len()];
            file.read_exact_at(&mut payload, found.data_offset).unwrap();
            prop_assert_eq!(&payload[..], &written.payload[..]);
        }
        prop_assert_eq!(footage.start(), Some(fragments[0].anchor.wall(fragments[0].first_pts())));
    }

    #[test]
    fn any_truncation_is_good_up_to_a_fragment(fragments in fragments(), cut in 0.0..1.0_f64) {
        let (bytes, ends) = file_of(&fragments);
        let length = (bytes.len() as f64 * cut) as usize;
        match read(&bytes[..length], Depth::Boxes) {
            Ok((footage, _)) => {
                let expected = ends.iter().copied().filter(|end| *end <= length).max();
                prop_assert_eq!(Some(footage.whole_bytes as usize), expected);
                prop_assert_eq!(footage.fragments.len() + 1, ends.iter().filter(|end| **end <= length).count());
            }
            Err(error) => prop_assert!(length < ends[0], "{error}"),
        }
    }

    #[test]
    fn zeroed_tails_are_not_taken_for_pictures(fragments in fragments(), cut in 0.0..1.0_f64) {
        let (mut bytes, ends) = file_of(&fragments);
        let from = ends[0] + ((bytes.len() - ends[0]) as f64 * cut) as usize;
        bytes[from..].fill(0);
        let (footage, _) = read(&bytes, Depth::Pictures).unwrap();
        let untouched = ends.iter().copied().filter(|end| *end <= from).max().unwrap();
        let whole = footage.whole_bytes as usize;
        prop_assert!(whole >= untouched && whole.saturating_sub(from) < 8, "{whole} of {from}");
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0.0..1.0_f64, fragments in fragments()) {
        let (mut file, _) = file_of(&fragments);
        let at = (file.len() as f64 * at) as usize;
        file.splice(at..(at + bytes.len() / 4).min(file.len()), bytes);
        if let Ok((footage, _)) = read(&file, Depth::Pictures) {
            prop_assert!(footage.whole_bytes <= file.len() as u64);
        }
    }
}

//! Key frames of a plain H.264 stream (Annex B of ITU-T H.264), as a camera's recorder has them.

use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use duxue_ingest::{KeyFrame, StreamInfo, VideoCodec};
use jiff::Timestamp;

const IDR: u8 = 5;
const SPS: u8 = 7;
const PPS: u8 = 8;

/// All key frames, in order.
pub fn key_frames(stream: &[u8]) -> Result<Vec<KeyFrame>> {
    let units = units(stream);
    let first = |kind: u8| units.iter().find(|unit| kind_of(unit) == Some(kind)).copied();
    let (sps, pps) = first(SPS).zip(first(PPS)).context("the stream has no parameter sets")?;
    let info = Arc::new(StreamInfo {
        codec: VideoCodec::H264,
        width: 1920,
        height: 1080,
        codec_config: configuration(sps, pps).context("the parameter sets are not as expected")?,
    });
    let mut frames: Vec<Vec<u8>> = Vec::new();
    for unit in units.iter().filter(|unit| kind_of(unit) == Some(IDR)) {
        // A slice that begins at the picture's first macroblock begins a picture: first_mb_in_slice is 0, one bit.
        if unit.get(1).is_some_and(|byte| byte & 0x80 != 0) {
            frames.push(Vec::new());
        }
        let frame = frames.last_mut().context("the stream begins within a picture")?;
        frame.extend(u32::try_from(unit.len())?.to_be_bytes());
        frame.extend(*unit);
    }
    let frame = |data: Vec<u8>| KeyFrame { at: Timestamp::UNIX_EPOCH, info: info.clone(), data: Bytes::from(data) };
    Ok(frames.into_iter().map(frame).collect())
}

fn kind_of(unit: &[u8]) -> Option<u8> {
    unit.first().map(|byte| byte & 0x1f)
}

/// The NAL units between start codes, without trailing zeros.
fn units(stream: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(found) = stream.get(at..).and_then(|rest| rest.windows(3).position(|w| w == [0, 0, 1])) {
        starts.push(at + found);
        at += found + 3;
    }
    let end = |n: usize| starts.get(n + 1).copied().unwrap_or(stream.len());
    let unit = |(n, start): (usize, &usize)| {
        let unit = &stream[start + 3..end(n)];
        let zeros = unit.iter().rev().take_while(|byte| **byte == 0).count();
        &unit[..unit.len() - zeros]
    };
    starts.iter().enumerate().map(unit).collect()
}

/// AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3) with lengths of four bytes.
fn configuration(sps: &[u8], pps: &[u8]) -> Option<Bytes> {
    let mut record = vec![1, *sps.get(1)?, *sps.get(2)?, *sps.get(3)?, 0xff, 0xe1];
    for (count, set) in [(None, sps), (Some(1), pps)] {
        record.extend(count);
        record.extend(u16::try_from(set.len()).ok()?.to_be_bytes());
        record.extend(set);
    }
    Some(record.into())
}

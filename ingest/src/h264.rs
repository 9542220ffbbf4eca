//! The little that must be known about H.264 itself (ITU-T H.264, ISO/IEC 14496-15).

use bytes::Bytes;
use h264_reader::{
    avcc::AvcDecoderConfigurationRecord,
    nal::{
        Nal, RefNal,
        sps::{PicOrderCntType, SeqParameterSet},
    },
};

use crate::media::{StreamInfo, VideoCodec};

/// A configuration record that no decoder could start from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stream's H.264 configuration cannot be read: {reason}")]
pub(crate) struct BadConfig {
    reason: String,
}

impl BadConfig {
    fn new(reason: impl std::fmt::Debug) -> Self {
        Self { reason: format!("{reason:?}") }
    }
}

/// Reads the picture's size out of an AVCDecoderConfigurationRecord.
pub(crate) fn stream_info(avcc: Bytes) -> Result<StreamInfo, BadConfig> {
    let sps = sequence_parameters(&avcc)?;
    let (width, height) = sps.pixel_dimensions().map_err(BadConfig::new)?;
    Ok(StreamInfo { codec: VideoCodec::H264, width, height, codec_config: avcc })
}

/// `avc1.PPCCLL` of RFC 6381 section 3.3. Empty for a record too short to be one.
pub(crate) fn codec_name(avcc: &[u8]) -> String {
    match avcc {
        [_, profile, compatibility, level, ..] => format!("avc1.{profile:02X}{compatibility:02X}{level:02X}"),
        _ => String::new(),
    }
}

/// By how many pictures decoding order may run ahead of showing order, where the stream says so.
pub(crate) fn reorder_depth(avcc: &[u8]) -> Option<usize> {
    let sps = sequence_parameters(avcc).ok()?;
    // Baseline has no B slices; order count type 2 means that the two orders are the same (H.264 section 8.2.1.3).
    let baseline = avcc.get(1) == Some(&66);
    if baseline || matches!(sps.pic_order_cnt, PicOrderCntType::TypeTwo) {
        return Some(0);
    }
    let restrictions = sps.vui_parameters?.bitstream_restrictions?;
    usize::try_from(restrictions.max_num_reorder_frames).ok()
}

fn sequence_parameters(avcc: &[u8]) -> Result<SeqParameterSet, BadConfig> {
    let record = AvcDecoderConfigurationRecord::try_from(avcc).map_err(BadConfig::new)?;
    if record.length_size_minus_one() != 3 {
        return Err(BadConfig::new("NAL lengths are not of 4 bytes"));
    }
    let sps = record.sequence_parameter_sets().next().ok_or_else(|| BadConfig::new("no sequence parameter set"))?;
    let sps = sps.map_err(BadConfig::new)?;
    SeqParameterSet::from_bits(RefNal::new(sps, &[], true).rbsp_bits()).map_err(BadConfig::new)
}

/// Whether the NAL lengths in `sample` lead exactly to its end and that end was written: a torn write has wrong lengths, and
/// what a power cut left unwritten reads as zeros. A NAL unit never ends in one (H.264 section 7.4.1), but as some cameras
/// append a few, only eight count.
pub(crate) fn is_whole(sample: &[u8]) -> bool {
    if sample.ends_with(&[0; 8]) {
        return false;
    }
    let mut rest = sample;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        if length == 0 || length > after.len() {
            return false;
        }
        rest = &after[length..];
    }
    rest.is_empty() && !sample.is_empty()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// 1920x1080 High 4.0 as x264 writes it, with 2 reordered pictures.
    pub(crate) const AVCC_1080P: &[u8] = &[
        1, 100, 0, 40, 255, 225, 0, 26, 103, 100, 0, 40, 172, 217, 64, 120, 2, 39, 229, 132, 0, 0, 3, 0, 4, 0, 0, 3, 0,
        240, 60, 96, 198, 88, 1, 0, 5, 104, 235, 236, 178, 44,
    ];

    #[test]
    fn size_and_name_are_read() {
        let info = stream_info(Bytes::from_static(AVCC_1080P)).unwrap();
        assert_eq!((info.width, info.height), (1920, 1080));
        assert_eq!(codec_name(AVCC_1080P), "avc1.640028");
        assert_eq!(reorder_depth(AVCC_1080P), Some(2));
    }

    #[test]
    fn a_stream_is_known_by_its_parameter_sets() {
        let print = stream_info(Bytes::from_static(AVCC_1080P)).unwrap().print();
        assert_eq!((print.codec.as_str(), print.width, print.height), ("avc1.640028", 1920, 1080));
        assert_eq!(print.parameters.len(), 16);
        let mut other = AVCC_1080P.to_vec();
        *other.last_mut().unwrap() ^= 1;
        let other = StreamInfo { codec_config: other.into(), ..stream_info(Bytes::from_static(AVCC_1080P)).unwrap() };
        assert!(other.print().parameters != print.parameters, "the picture parameters count as well");
    }

    #[test]
    fn torn_configurations_are_refused() {
        for end in 0..AVCC_1080P.len() - 7 {
            assert!(stream_info(Bytes::copy_from_slice(&AVCC_1080P[..end])).is_err(), "{end}");
        }
    }

    #[test]
    fn only_exact_is_whole() {
        assert!(is_whole(&[0, 0, 0, 1, 9, 0, 0, 0, 2, 8, 8]));
        for torn in [&[0, 0, 0, 2, 9][..], &[0, 0, 0, 1, 9, 0], &[0; 8], &[]] {
            assert!(!is_whole(torn), "{torn:?}");
        }
    }
}

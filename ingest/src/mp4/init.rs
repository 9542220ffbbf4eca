//! The head of a file or a live stream: what the track is, before any picture.

use bytes::Bytes;
use duxue_rules::ids::CameraId;
use jiff::Timestamp;
use mp4_atom::{
    Atom, Avc1, Avcc, Codec, Decode, Dinf, Dref, Encode, FourCC, Ftyp, Hdlr, Mdhd, Mdia, Minf, Moov, Mvex, Mvhd, Stbl,
    Stco, Stsd, Tkhd, Trak, Trex, Visual, Vmhd,
};

use crate::media::{StreamInfo, TIMESCALE, VideoCodec};

/// The only track.
pub(crate) const TRACK: u32 = 1;

/// Seconds from 1904 (ISO/IEC 14496-12 section 8.2.2) to 1970.
const MP4_TO_UNIX_SECONDS: i64 = 2_082_844_800;

/// What stands before the camera's identity in the track's handler name, the place for a readable origin.
const HANDLER: &str = "duxue camera ";

/// A box could not be made or understood; only broken stream configurations do that.
#[derive(Debug, thiserror::Error)]
#[error("MP4: {0}")]
pub(crate) struct BoxError(pub(crate) String);

impl From<mp4_atom::Error> for BoxError {
    fn from(error: mp4_atom::Error) -> Self {
        Self(error.to_string())
    }
}

/// `ftyp` and `moov` of a fragmented file.
pub(crate) fn init_segment(info: &StreamInfo, camera: CameraId, created: Timestamp) -> Result<Vec<u8>, BoxError> {
    let mut moov = movie_head(info, camera, created)?;
    moov.mvex = Some(Mvex {
        mehd: None,
        trex: vec![Trex { track_id: TRACK, default_sample_description_index: 1, ..Trex::default() }],
    });
    let mut out = Vec::with_capacity(1024);
    // `iso6`: tfdt, and offsets relative to the moof; `iso4` brings prft along (section E).
    Ftyp { major_brand: b"iso6".into(), minor_version: 0, compatible_brands: brands(&[b"iso6", b"avc1", b"mp41"]) }
        .encode(&mut out)?;
    moov.encode(&mut out)?;
    Ok(out)
}

pub(crate) fn brands(names: &[&[u8; 4]]) -> Vec<FourCC> {
    names.iter().map(|name| FourCC::new(name)).collect()
}

/// A `moov` with one track and empty sample tables.
pub(crate) fn movie_head(info: &StreamInfo, camera: CameraId, created: Timestamp) -> Result<Moov, BoxError> {
    let VideoCodec::H264 = info.codec else { return Err(BoxError(format!("{:?} is not recorded", info.codec))) };
    let avcc = Avcc::decode_body(&mut &info.codec_config[..])?;
    let side = |pixels: u32| u16::try_from(pixels).map_err(|_| BoxError(format!("a side of {pixels} pixels")));
    let (width, height) = (side(info.width)?, side(info.height)?);
    let created = (created.as_second() + MP4_TO_UNIX_SECONDS).max(0) as u64;
    let visual = Visual { data_reference_index: 1, width, height, ..Visual::default() };
    let stbl = Stbl {
        stsd: Stsd { codecs: vec![Codec::from(Avc1 { visual, avcc, ..Avc1::default() })] },
        stco: Some(Stco::default()),
        ..Stbl::default()
    };
    let trak = Trak {
        tkhd: Tkhd {
            creation_time: created,
            modification_time: created,
            track_id: TRACK,
            enabled: true,
            in_movie: true,
            width: width.into(),
            height: height.into(),
            ..Tkhd::default()
        },
        mdia: Mdia {
            mdhd: Mdhd {
                creation_time: created,
                modification_time: created,
                timescale: TIMESCALE,
                duration: 0,
                language: "und".into(),
            },
            hdlr: Hdlr { handler: b"vide".into(), name: format!("{HANDLER}{camera}") },
            minf: Minf {
                vmhd: Some(Vmhd::default()),
                dinf: Dinf { dref: Dref { entries: vec![mp4_atom::Url::default().into()] } },
                stbl,
                ..Minf::default()
            },
        },
        ..Trak::default()
    };
    let mvhd = Mvhd {
        creation_time: created,
        modification_time: created,
        timescale: TIMESCALE,
        rate: 1.into(),
        volume: 1.into(),
        next_track_id: TRACK + 1,
        ..Mvhd::default()
    };
    Ok(Moov { mvhd, trak: vec![trak], ..Moov::default() })
}

/// What a `moov` made by [`movie_head`] says.
pub(crate) fn read_head(moov: &Moov) -> Result<(StreamInfo, CameraId), BoxError> {
    let [trak] = &moov.trak[..] else { return Err(BoxError(format!("{} tracks instead of one", moov.trak.len()))) };
    if trak.mdia.mdhd.timescale != TIMESCALE || trak.tkhd.track_id != TRACK {
        return Err(BoxError("the track's number or time scale is not ours".into()));
    }
    let camera = trak.mdia.hdlr.name.strip_prefix(HANDLER).and_then(|id| id.parse().ok());
    let camera = camera.ok_or_else(|| BoxError("the track does not name its camera".into()))?;
    let [Codec::Avc1(entry)] = &trak.mdia.minf.stbl.stsd.codecs[..] else {
        return Err(BoxError("the track is not H.264".into()));
    };
    let mut codec_config = Vec::new();
    entry.avcc.encode_body(&mut codec_config)?;
    let info = StreamInfo {
        codec: VideoCodec::H264,
        width: entry.visual.width.into(),
        height: entry.visual.height.into(),
        codec_config: Bytes::from(codec_config),
    };
    Ok((info, camera))
}

/// Reads a whole `moov` box.
pub(crate) fn parse_moov(bytes: &[u8]) -> Result<Moov, BoxError> {
    Ok(Moov::decode(&mut &bytes[..])?)
}

//! The head of a plain MP4 file (ISO/IEC 14496-12): everything before the pictures, so that players start at once.

use mp4_atom::{
    Co64, Ctts, CttsEntry, Edts, Elst, ElstEntry, Encode, FourCC, Ftyp, Header, Moov, Stbl, StscEntry, Stss, Stsz,
    StszSamples, SttsEntry,
};

use super::plan::Plan;
use crate::mp4::{
    init::{BoxError, brands, movie_head},
    read::Footage,
};

/// `ftyp`, `moov` and the head of `mdat` for a plan over files that all look like `first`.
pub(crate) fn head(plan: &Plan, first: &Footage) -> Result<Vec<u8>, BoxError> {
    let payload: u64 = plan.runs.iter().map(|run| run.bytes).sum();
    let duration: u64 = plan.pictures.iter().map(|picture| u64::from(picture.duration)).sum();
    let mut moov = movie_head(&first.info, first.camera, plan.start)?;
    moov.mvhd.duration = duration;
    let trak = &mut moov.trak[0];
    trak.tkhd.duration = duration;
    trak.mdia.mdhd.duration = duration;
    // With B-frames the first picture is shown later than it is decoded. Say that the film begins with it: else players end as
    // much too early.
    if let Some(first) = plan.pictures.first().filter(|first| first.offset > 0) {
        trak.edts = Some(Edts {
            elst: Some(Elst {
                entries: vec![ElstEntry {
                    segment_duration: duration,
                    media_time: u64::try_from(first.offset).ok(),
                    media_rate: 1.into(),
                }],
            }),
        });
    }
    fill(&mut trak.mdia.minf.stbl, plan);

    let mut out = Vec::new();
    Ftyp {
        major_brand: b"isom".into(),
        minor_version: 0x200,
        compatible_brands: brands(&[b"isom", b"iso2", b"avc1", b"mp41"]),
    }
    .encode(&mut out)?;
    let moov_at = out.len();
    moov.encode(&mut out)?;
    Header {
        kind: FourCC::new(b"mdat"),
        size: Some(usize::try_from(payload).map_err(|_| BoxError("too long".into()))?),
    }
    .encode(&mut out)?;
    // Now that it is known where the pictures begin, say so; the size of the boxes stays the same.
    let data_at = out.len() as u64;
    let mdat_head = out.split_off(moov_at);
    let mdat_head = &mdat_head[mdat_head.len() - if payload + 8 > u64::from(u32::MAX) { 16 } else { 8 }..];
    let mut offset = data_at;
    let offsets = plan.runs.iter().map(|run| {
        let at = offset;
        offset += run.bytes;
        at
    });
    moov.trak[0].mdia.minf.stbl.co64 = Some(Co64 { entries: offsets.collect() });
    moov.encode(&mut out)?;
    out.extend_from_slice(mdat_head);
    if out.len() as u64 != data_at {
        return Err(BoxError("the sample tables changed their size".into()));
    }
    Ok(out)
}

fn fill(stbl: &mut Stbl, plan: &Plan) {
    let pictures = &plan.pictures;
    stbl.stts.entries = lengths(pictures.iter().map(|picture| picture.duration))
        .map(|(sample_count, sample_delta)| SttsEntry { sample_count, sample_delta })
        .collect();
    if pictures.iter().any(|picture| picture.offset != 0) {
        let entries = lengths(pictures.iter().map(|picture| i64::from(picture.offset)));
        stbl.ctts = Some(Ctts {
            entries: entries.map(|(sample_count, sample_offset)| CttsEntry { sample_count, sample_offset }).collect(),
        });
    }
    let keys = pictures.iter().zip(1..).filter(|(picture, _)| picture.key).map(|(_, number)| number);
    stbl.stss = Some(Stss { entries: keys.collect() });
    stbl.stsz =
        Stsz { samples: StszSamples::Different { sizes: pictures.iter().map(|picture| picture.size).collect() } };
    let mut chunk = 1;
    stbl.stsc.entries = lengths(plan.runs.iter().map(|run| run.pictures))
        .map(|(count, samples_per_chunk)| {
            let first_chunk = chunk;
            chunk += count;
            StscEntry { first_chunk, samples_per_chunk, sample_description_index: 1 }
        })
        .collect();
    stbl.stco = None;
    stbl.co64 = Some(Co64 { entries: vec![0; plan.runs.len()] });
}

/// Equal neighbours together: how many, and what.
fn lengths<T: PartialEq + Copy>(mut values: impl Iterator<Item = T>) -> impl Iterator<Item = (u32, T)> {
    let mut next = values.next();
    std::iter::from_fn(move || {
        let value = next?;
        let mut count = 1;
        loop {
            next = values.next();
            if next != Some(value) {
                return Some((count, value));
            }
            count += 1;
        }
    })
}

/// The pictures of a plain file: where each chunk begins, and the sizes of what is in it.
pub(crate) fn chunks(moov: &Moov) -> Option<Vec<(u64, Vec<u32>)>> {
    let [trak] = &moov.trak[..] else { return None };
    let stbl = &trak.mdia.minf.stbl;
    let StszSamples::Different { sizes } = &stbl.stsz.samples else { return None };
    let offsets = &stbl.co64.as_ref()?.entries;
    let mut sizes = sizes.iter().copied();
    let mut chunks = Vec::with_capacity(offsets.len());
    let mut runs = stbl.stsc.entries.iter().peekable();
    let mut per_chunk = 0;
    for (number, offset) in (1..).zip(offsets) {
        while let Some(run) = runs.next_if(|run| run.first_chunk <= number) {
            per_chunk = run.samples_per_chunk;
        }
        chunks.push((*offset, sizes.by_ref().take(per_chunk as usize).collect()));
    }
    sizes.next().is_none().then_some(chunks)
}

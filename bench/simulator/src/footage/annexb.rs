//! Cutting an Annex B byte stream into access units (ITU-T H.264 annex B and 7.4.1.2.3; H.265 annex B and 7.4.2.4.4).

use super::Codec;

/// Cuts at access unit delimiters, which our encoders always write. Each unit comes with whether it is a key frame.
pub(crate) fn access_units(codec: Codec, stream: &[u8]) -> Vec<(bool, Vec<u8>)> {
    let mut units = Vec::new();
    let mut begin = None;
    let mut key = false;
    for (at, nal) in nal_units(stream) {
        let kind = match codec {
            Codec::H264 => match nal & 0x1f {
                9 => Kind::Delimiter,
                5 => Kind::Key,
                _ => Kind::Other,
            },
            Codec::H265 => match (nal >> 1) & 0x3f {
                35 => Kind::Delimiter,
                16..=21 => Kind::Key,
                _ => Kind::Other,
            },
        };
        match kind {
            Kind::Delimiter => {
                if let Some(begin) = begin {
                    units.push((key, stream[begin..at].to_vec()));
                }
                begin = Some(at);
                key = false;
            }
            Kind::Key => key = true,
            Kind::Other => {}
        }
    }
    if let Some(begin) = begin {
        units.push((key, stream[begin..].to_vec()));
    }
    units
}

enum Kind {
    Delimiter,
    Key,
    Other,
}

/// Where each NAL unit's start code begins, and the first byte after it.
fn nal_units(stream: &[u8]) -> impl Iterator<Item = (usize, u8)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let found = from + stream.get(from..)?.windows(3).position(|w| w == [0, 0, 1])?;
        from = found + 3;
        let first = *stream.get(from)?;
        // A start code of four bytes belongs to this unit with its zero.
        let begin = if found > 0 && stream[found - 1] == 0 { found - 1 } else { found };
        Some((begin, first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_start_at_delimiters_and_nothing_is_lost() {
        let first = [0, 0, 0, 1, 9, 0x10, 0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x65, 7, 7];
        let second = [0, 0, 0, 1, 9, 0x30, 0, 0, 1, 0x41, 5];
        let stream = [&first[..], &second[..]].concat();
        assert_eq!(access_units(Codec::H264, &stream), [(true, first.to_vec()), (false, second.to_vec())]);
        assert_eq!(access_units(Codec::H264, &[]), []);
        assert_eq!(access_units(Codec::H264, &[0, 0, 1]), []);
    }

    #[test]
    fn h265_key_frames_are_known() {
        let stream = [0, 0, 0, 1, 70, 1, 0x10, 0, 0, 0, 1, 40, 1, 9, 0, 0, 0, 1, 70, 1, 0x10, 0, 0, 0, 1, 2, 1, 9];
        let units = access_units(Codec::H265, &stream);
        assert_eq!(units.iter().map(|u| u.0).collect::<Vec<_>>(), [true, false]);
    }
}

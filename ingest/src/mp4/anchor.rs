//! The line between media time and UTC.

use jiff::Timestamp;

/// Seconds from 1900 (NTP era 0, RFC 5905 section 6) to 1970.
const NTP_TO_UNIX_SECONDS: i64 = 2_208_988_800;

/// Says when a picture at media time `pts` (90 kHz) was taken.
///
/// Kept in ninths of a microsecond, in which both a microsecond (9) and a tick (100) are whole: moving an anchor to another
/// zero of media time, or through a file, loses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Anchor {
    /// UTC of media time 0.
    ninths: i64,
}

impl Anchor {
    /// The anchor under which the picture at `pts` was taken `at`.
    pub(crate) fn new(at: Timestamp, pts: i64) -> Self {
        Self { ninths: at.as_microsecond() * 9 - pts * 100 }
    }

    /// When the picture at `pts` was taken, to the microsecond below.
    pub(crate) fn wall(self, pts: i64) -> Timestamp {
        let micros = (self.ninths + pts * 100).div_euclid(9);
        Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    #[cfg(test)]
    /// The same line seen from a media time whose zero lies at `base`.
    pub(crate) fn rebased(self, base: i64) -> Self {
        Self { ninths: self.ninths + base * 100 }
    }

    /// The same line, later by so many microseconds.
    pub(crate) fn later_by(self, micros: i64) -> Self {
        Self { ninths: self.ninths + micros * 9 }
    }

    /// The instant of `pts` as an NTP timestamp: seconds since 1900 (modulo 2^32) and their fraction, 32 bits each.
    pub(crate) fn ntp(self, pts: i64) -> u64 {
        let ninths = i128::from(self.ninths + pts * 100) + i128::from(NTP_TO_UNIX_SECONDS) * 9_000_000;
        let fixed = (ninths << 32).div_euclid(9_000_000);
        (fixed & i128::from(u64::MAX)) as u64
    }

    /// The anchor that an NTP timestamp at `pts` stands for. Timestamps before 1968 mean the era that begins in 2036.
    pub(crate) fn from_ntp(ntp: u64, pts: i64) -> Self {
        let era = if ntp >> 63 == 0 { 1_i128 << 64 } else { 0 };
        let fixed = (i128::from(ntp) + era) * 9_000_000;
        let ninths = (fixed + (1 << 31)) >> 32;
        Self { ninths: (ninths - i128::from(NTP_TO_UNIX_SECONDS) * 9_000_000) as i64 - pts * 100 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_known_instant() {
        let at: Timestamp = "1970-01-01T00:00:00.5Z".parse().unwrap();
        assert_eq!(Anchor::new(at, 0).ntp(0), (2_208_988_800 << 32) | (1 << 31));
    }

    proptest! {
        #[test]
        fn ntp_gives_the_same_anchor_back(micros in 0_i64..4_000_000_000_000_000, pts in -1_000_000_i64..1 << 40, at in 0_i64..1 << 30) {
            let anchor = Anchor::new(Timestamp::from_microsecond(micros).unwrap(), pts);
            prop_assert_eq!(Anchor::from_ntp(anchor.ntp(at), at), anchor);
            prop_assert_eq!(anchor.wall(pts).as_microsecond(), micros);
            prop_assert_eq!(anchor.rebased(at).wall(pts - at), anchor.wall(pts));
        }
    }
}

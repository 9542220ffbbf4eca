//! Half-open time: the start belongs to a span, the end does not.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// `[start, end)` on the UTC time line; never empty, never backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    start: Timestamp,
    end: Timestamp,
}

/// The end of a span came at or before its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a span must end after it starts: start {start}, end {end}")]
pub struct EmptySpan {
    /// The start that was asked for.
    pub start: Timestamp,
    /// The end that was asked for.
    pub end: Timestamp,
}

impl Span {
    /// Refuses an end at or before the start.
    pub fn new(start: Timestamp, end: Timestamp) -> Result<Self, EmptySpan> {
        if start < end { Ok(Self { start, end }) } else { Err(EmptySpan { start, end }) }
    }

    /// The first instant inside.
    pub fn start(self) -> Timestamp {
        self.start
    }

    /// The first instant outside.
    pub fn end(self) -> Timestamp {
        self.end
    }

    /// How long it is; always positive.
    pub fn duration(self) -> SignedDuration {
        self.end.duration_since(self.start)
    }

    /// Whether `at` lies inside.
    pub fn contains(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// The part that both have, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ends {
            start: Timestamp,
            end: Timestamp,
        }
        let ends = Ends::deserialize(deserializer)?;
        Self::new(ends.start, ends.end).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_end_is_outside() {
        let span = Span::new(at(10), at(20)).unwrap();
        assert!(span.contains(at(10)) && !span.contains(at(20)));
    }

    #[test]
    fn neighbours_share_nothing() {
        let first = Span::new(at(10), at(20)).unwrap();
        let next = Span::new(at(20), at(30)).unwrap();
        assert_eq!(first.intersection(next), None);
    }

    #[test]
    fn backwards_and_empty_are_refused_also_from_json() {
        assert!(Span::new(at(20), at(20)).is_err());
        let text = r#"{"start":"2024-10-08T01:00:00Z","end":"2024-10-08T00:00:00Z"}"#;
        assert!(serde_json::from_str::<Span>(text).unwrap_err().to_string().contains("end after it starts"));
    }
}

//! What is known of a class's clips and of the days ahead.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    civil,
    finding::Record,
    ids::{ClipId, UploadId},
    span::Span,
    upload::Doubt,
};

/// Where a piece of video evidence 视频资料 comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Exhibit {
    /// A clip out of our own recordings.
    Clip(ClipId),
    /// A video that the institution handed in, and that a person took as evidence.
    Upload(UploadId),
}

impl Exhibit {
    /// As a finding names it.
    pub fn record(self) -> Record {
        match self {
            Self::Clip(id) => Record::Clip(id),
            Self::Upload(id) => Record::Upload(id),
        }
    }
}

impl From<ClipId> for Exhibit {
    fn from(id: ClipId) -> Self {
        Self::Clip(id)
    }
}

impl From<UploadId> for Exhibit {
    fn from(id: UploadId) -> Self {
        Self::Upload(id)
    }
}

/// A clip or a taken upload, as far as the rule looks at it: sealed, and not found unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EvidenceClip {
    /// Which.
    pub clip: Exhibit,
    /// When it starts; its civil date in Asia/Shanghai is the clip's date.
    pub starts_at: Timestamp,
    /// Seconds of this class's teaching in its longest unbroken stretch ([`super::continuous`]).
    pub continuous_seconds: u32,
    /// Why it does not count although it was taken; `None`: nothing is in question.
    pub doubt: Option<Doubt>,
}

impl EvidenceClip {
    /// The clip's civil date.
    pub fn date(&self) -> Date {
        civil::date_of(self.starts_at)
    }
}

/// A training day of the class, and what can still be had of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDay {
    /// Which.
    pub date: Date,
    /// What can be had.
    pub chance: Chance,
}

/// What can still be had of a training day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Chance {
    /// Stretches of teaching that can still become a clip: lessons ahead, or past ones whose footage is there. Those
    /// shorter than a clip are passed over.
    Open {
        /// In the order in which they are to be tried.
        lessons: Vec<Span>,
    },
    /// Nothing (more): the camera was down, the class elsewhere, the clip unusable.
    Lost {
        /// The date on which that became so: the day itself for a recording that failed, an earlier one for what was
        /// known before. It was still possible when that date began.
        since: Date,
    },
}

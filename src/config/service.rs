//! Who asks, how fast, and what may come in and go out.

use std::path::PathBuf;

use duxue_api::{Rate, Rates, UploadLimits};
use jiff::SignedDuration;
use serde::Deserialize;

/// How people sign in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInConfig {
    /// Of whom a second factor is asked; everybody may have one.
    pub second_factor: SecondFactorOf,
}

/// Of whom a second factor is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorOf {
    /// Of nobody.
    #[default]
    Nobody,
    /// Of the centre's people and auditors.
    Centre,
}

impl From<SecondFactorOf> for duxue_api::SecondFactorOf {
    fn from(word: SecondFactorOf) -> Self {
        match word {
            SecondFactorOf::Nobody => Self::Nobody,
            SecondFactorOf::Centre => Self::Centre,
        }
    }
}

/// How fast anybody may ask; after a pause a burst of a minute's worth at once.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaceConfig {
    /// Requests a second from one address.
    pub address_per_second: u32,
    /// Requests a second with one sign-in or token.
    pub sign_in_per_second: u32,
}

impl Default for PaceConfig {
    fn default() -> Self {
        let rates = Rates::default();
        Self { address_per_second: rates.address.per_second, sign_in_per_second: rates.sign_in.per_second }
    }
}

impl PaceConfig {
    /// As the API takes them.
    pub fn rates(&self) -> Rates {
        let rate = |per_second: u32| Rate { per_second, burst: per_second.saturating_mul(60) };
        Rates { address: rate(self.address_per_second), sign_in: rate(self.sign_in_per_second) }
    }
}

/// How long events can be asked for.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventsConfig {
    /// Events are let go after so many days; the audit log keeps what happened.
    pub keep_days: u32,
}

impl Default for EventsConfig {
    fn default() -> Self {
        Self { keep_days: 90 }
    }
}

/// Where events may be sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhooksConfig {
    /// Whether a webhook may lead to this machine or into an inner network.
    pub allow_private_addresses: bool,
}

/// How much institutions may hand in.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadsConfig {
    /// The most bytes of one file.
    pub max_file_bytes: u64,
    /// The most uploads of one institution that are not whole yet.
    pub max_open: u32,
    /// The most bytes of one institution's uploads that are not decided yet.
    pub max_institution_bytes: u64,
    /// An upload to which nothing is added for so many hours is given up.
    pub idle_hours: u32,
    /// FFmpeg's programs, with which a whole upload is looked at.
    pub ffprobe: PathBuf,
    /// See `ffprobe`.
    pub ffmpeg: PathBuf,
    /// A video that takes longer to look at does not play.
    pub check_seconds: u64,
    /// Whether sealed clips are traced, so that video which shows our own recordings once more is found.
    pub trace_clips: bool,
}

impl Default for UploadsConfig {
    fn default() -> Self {
        let limits = UploadLimits::default();
        Self {
            max_file_bytes: limits.file_bytes,
            max_open: limits.open,
            max_institution_bytes: limits.institution_bytes,
            idle_hours: 7 * 24,
            ffprobe: "ffprobe".into(),
            ffmpeg: "ffmpeg".into(),
            check_seconds: 30 * 60,
            trace_clips: true,
        }
    }
}

impl UploadsConfig {
    /// As the API takes them.
    pub fn limits(&self) -> UploadLimits {
        UploadLimits {
            file_bytes: self.max_file_bytes,
            open: self.max_open,
            institution_bytes: self.max_institution_bytes,
            idle: SignedDuration::from_hours(self.idle_hours.into()),
            ..UploadLimits::default()
        }
    }
}

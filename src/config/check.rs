//! Reading the file, and what of it cannot be.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Config;

/// The fewest days that events are kept: what is told once a week is looked for among them.
const FEWEST_EVENT_DAYS: u32 = 14;
/// Longer sides to which a picture may be reduced for a detector, in pixels.
const LONG_SIDES: std::ops::RangeInclusive<u32> = 320..=4096;

impl Config {
    /// Reads and checks the file.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the configuration {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("the configuration {} is not right", path.display()))
    }

    /// Checks `text`; the error names the key and its line.
    pub fn parse(text: &str) -> Result<Self> {
        let config: Self = toml::from_str(text).map_err(|error| {
            // Its own display quotes the line, and the line may hold a camera's password.
            let before = &text[..error.span().map_or(0, |span| span.start).min(text.len())];
            anyhow::anyhow!("line {}: {}", before.matches('\n').count() + 1, error.message())
        })?;
        let node = config.node.trim();
        if node.is_empty() || node.len() > 200 || node.chars().any(char::is_control) {
            bail!("node = {:?}: a name of 1 to 200 bytes, which stays the same, is possible", config.node);
        }
        if config.recording.segment_seconds == 0 || config.recording.segment_seconds > 600 {
            bail!("recording.segment_seconds = {}: 1 to 600 is possible", config.recording.segment_seconds);
        }
        if config.analysis.sample_seconds == 0 {
            bail!("analysis.sample_seconds = 0: at least 1 second must lie between two samples");
        }
        if config.analysis.decoders == 0 || config.analysis.threads == 0 || config.analysis.workers == 0 {
            bail!("analysis.decoders, analysis.threads and analysis.workers must be at least 1");
        }
        let analysis = &config.analysis;
        if analysis.people_every == 0 {
            bail!("analysis.people_every = 0: 1 looks for people in each sample");
        }
        for (key, side) in
            [("people_long_side", analysis.people_long_side), ("faces_long_side", analysis.faces_long_side)]
        {
            if !LONG_SIDES.contains(&side) {
                bail!("analysis.{key} = {side}: {} to {} pixels are possible", LONG_SIDES.start(), LONG_SIDES.end());
            }
        }
        if config.pace.address_per_second == 0 || config.pace.sign_in_per_second == 0 {
            bail!("pace.address_per_second and pace.sign_in_per_second must be at least 1");
        }
        if config.events.keep_days < FEWEST_EVENT_DAYS {
            bail!("events.keep_days = {}: at least {FEWEST_EVENT_DAYS} is possible", config.events.keep_days);
        }
        let uploads = &config.uploads;
        if uploads.max_file_bytes == 0 || uploads.max_open == 0 || uploads.idle_hours == 0 {
            bail!("uploads.max_file_bytes, uploads.max_open and uploads.idle_hours must be at least 1");
        }
        if uploads.max_institution_bytes < uploads.max_file_bytes {
            bail!("uploads.max_institution_bytes must have room for one file of uploads.max_file_bytes");
        }
        if let Some(problem) = config.policy.problems().first() {
            bail!("policy.{}: must be {}", problem.field, problem.allowed);
        }
        for (index, camera) in config.camera.iter().enumerate() {
            let twin = config.camera[..index]
                .iter()
                .any(|c| (&c.institution, &c.venue, &c.name) == (&camera.institution, &camera.venue, &camera.name));
            if twin {
                bail!("two [[camera]] are named {} in {}, {}", camera.name, camera.venue, camera.institution);
            }
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use duxue_analytics::provider::{Precision, Provider};
    use duxue_rules::policy::Policy;

    use super::*;
    use crate::config::host_name;

    fn refusal(text: &str) -> String {
        format!("{:#}", Config::parse(text).unwrap_err())
    }

    #[test]
    fn one_line_is_enough() {
        let config = Config::parse(r#"data_dir = "/var/lib/duxue""#).unwrap();
        assert_eq!(config.policy, Policy::default());
        assert_eq!(config.database_url(), "sqlite:///var/lib/duxue/duxue.db");
        assert_eq!(config.node, host_name());
    }

    #[test]
    fn a_recorder_has_a_name() {
        assert_eq!(Config::parse("data_dir = \"/d\"\nnode = \"三楼\"").unwrap().node, "三楼");
        for bad in ["", "  ", "a\\nb"] {
            assert!(refusal(&format!("data_dir = \"/d\"\nnode = \"{bad}\"")).contains("node = "), "{bad}");
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = refusal("data_dir = \"/d\"\n[recording]\nkeep_dayz = 3\n");
        assert!(text.contains("keep_dayz") && text.contains("line 3"), "{text}");
    }

    #[test]
    fn a_bad_value_is_named() {
        assert!(refusal("data_dir = \"/d\"\nlisten = \"nowhere\"").contains("line 2"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nsample_seconds = 0").contains("sample_seconds"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\npeople_every = 0").contains("people_every"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\npeople_long_side = 31").contains("320 to 4096"));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nfaces_long_side = 9999").contains("faces_long_side = 9999"));
        assert!(refusal("data_dir = \"/d\"\n[events]\nkeep_days = 13").contains("keep_days"));
        assert!(refusal("data_dir = \"/d\"\n[uploads]\nmax_institution_bytes = 5").contains("max_institution_bytes"));
        assert!(refusal("data_dir = \"/d\"\n[policy]\nclip_min_minutes = 20").contains("clip_min_minutes"));
    }

    #[test]
    fn who_runs_the_models() {
        let analysis =
            |text: &str| Config::parse(&format!("data_dir = \"/d\"\n[analysis]\n{text}")).map(|c| c.analysis);
        let by_default = analysis("").unwrap();
        assert_eq!(
            (by_default.provider, by_default.device, by_default.precision),
            (Provider::Cpu, 0, Precision::Exact)
        );
        let card = analysis("provider = \"tensorrt\"\ndevice = 2\nprecision = \"fast\"").unwrap();
        assert_eq!((card.provider, card.device, card.precision), (Provider::TensorRt, 2, Precision::Fast));
        assert!(refusal("data_dir = \"/d\"\n[analysis]\nprovider = \"gpu\"").contains("`cuda`"));
    }

    #[test]
    fn a_camera_password_is_never_shown() {
        let text = r#"
            data_dir = "/d"
            [[camera]]
            institution = "甲"
            venue = "301"
            name = "前"
            url = "rtsp://admin:hunter2@192.0.2.1/main"
        "#;
        let config = Config::parse(text).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let broken = text.replace("rtsp://", "http://");
        let text = refusal(&broken);
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn twins_are_refused() {
        let camera = "[[camera]]\ninstitution='a'\nvenue='b'\nname='c'\nurl='rtsp://h/x'\n";
        assert!(refusal(&format!("data_dir='/d'\n{camera}{camera}")).contains("two [[camera]]"));
    }
}

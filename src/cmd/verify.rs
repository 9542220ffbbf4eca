//! `duxue verify`: checks a downloaded clip, upload or stretch of a recording against its seal, or a whole package. Needs no
//! network, no account and no database.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result};
use duxue_rules::camera::OutageCause;
use duxue_storage::{
    PublicKey, package,
    seal::{self, ExportManifest, Manifest, PolicyFacts, Sealed, UploadManifest, Verdict},
};

use super::say;

#[derive(clap::Args)]
pub struct Args {
    /// The clip, a video that an institution handed in, or a stretch of a recording; or a package, as it was downloaded (.zip) or unpacked (its folder)
    file: PathBuf,
    /// Its seal; without this, FILE with `.seal.json` after it, or in place of its ending
    #[arg(long, value_name = "FILE")]
    seal: Option<PathBuf>,
    /// The public key of the centre that sealed it (PEM). Get it from the centre, not from whoever gave you the clip
    #[arg(long, value_name = "FILE", default_value = "duxue-public-key.pem")]
    key: PathBuf,
}

/// What the exit code tells: 0 good, 2 tampered, 3 truncated, 4 cannot be judged.
pub fn run(args: &Args) -> Result<ExitCode> {
    let is_zip = args.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    if is_zip || args.file.is_dir() {
        return Ok(judge_package(&args.file, &args.key).unwrap_or_else(unable));
    }
    let seal_path = args.seal.clone().unwrap_or_else(|| beside(&args.file));
    let (file, seal_path, key_path) = (args.file.clone(), seal_path, args.key.clone());
    super::block_on(async move { Ok(judge(&file, &seal_path, &key_path).await.unwrap_or_else(unable)) })
}

fn unable(error: anyhow::Error) -> ExitCode {
    say(&format!("CANNOT BE JUDGED 无法判断: {error:#}"));
    ExitCode::from(4)
}

/// `clip.mp4.seal.json` or `clip.seal.json`, as it is downloaded, beside `clip.mp4`.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".seal.json");
    let whole = PathBuf::from(name);
    if whole.exists() { whole } else { file.with_extension("seal.json") }
}

fn public_key(path: &Path) -> Result<PublicKey> {
    let pem = std::fs::read_to_string(path)
        .with_context(|| format!("the public key {} cannot be read (say --key FILE)", path.display()))?;
    PublicKey::from_pem(&pem).with_context(|| format!("{} is no public key", path.display()))
}

fn judge_package(path: &Path, key: &Path) -> Result<ExitCode> {
    let report = package::verify(path, &public_key(key)?)?;
    let package::PackageReport { manifest, good_clips, good_uploads, proved_entries, flaws } = &report;
    for missing in &manifest.missing {
        say(&format!("NOT IN IT 未收入: {}: {} {}", missing.path, missing.why.zh, missing.why.en));
    }
    for (file, flaw) in flaws {
        say(&format!("WRONG 有问题: {file}: {flaw}"));
    }
    let head = &manifest.head;
    say(&format!("  class 班次     {} ({})", head.class.name, head.institution.name));
    say(&format!("  made 打包于    {} by {}", head.made_at, head.made_by));
    say(&format!(
        "  files 文件     {} listed, {good_clips} clips and {good_uploads} uploads as they were sealed",
        manifest.files.len()
    ));
    say(&format!("  log 审计日志   {proved_entries} entries proved to be in the signed log"));
    if report.is_good() {
        say("GOOD 完好: everything is as it was packed and sealed.");
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("TAMPERED 被篡改: {} things are not as they were packed or sealed.", flaws.len()));
    Ok(ExitCode::from(2))
}

async fn judge(file: &Path, seal_path: &Path, key_path: &Path) -> Result<ExitCode> {
    let key = public_key(key_path)?;
    let envelope = std::fs::read(seal_path)
        .with_context(|| format!("the seal {} cannot be read (say --seal FILE)", seal_path.display()))?;
    let clip =
        tokio::fs::File::open(file).await.with_context(|| format!("the clip {} cannot be read", file.display()))?;
    let verdict = seal::verify(clip, &envelope, &key).await.with_context(|| format!("reading {}", file.display()))?;
    Ok(tell(&verdict))
}

fn tell(verdict: &Verdict) -> ExitCode {
    let (line, code) = match verdict {
        Verdict::Good(sealed) => {
            say("GOOD 完好: every byte is as it was sealed.");
            match sealed {
                Sealed::Clip(manifest) => describe(manifest),
                Sealed::Upload(manifest) => describe_upload(manifest),
                Sealed::Export(manifest) => describe_export(manifest),
            }
            return ExitCode::SUCCESS;
        }
        Verdict::Tampered { offset } => {
            (format!("TAMPERED 被篡改: the content differs from what was sealed, first in the piece at byte {offset}."), 2)
        }
        Verdict::Longer { want } => {
            (format!("TAMPERED 被篡改: the file goes on after its sealed end at byte {want}."), 2)
        }
        Verdict::Truncated { have, want } => {
            (format!("TRUNCATED 不完整: {have} of {want} bytes; what is there is as sealed. Download it again."), 3)
        }
        Verdict::BadSignature => (
            "CANNOT BE JUDGED 无法判断: the seal was not made with this public key, or was changed. Is it the right key?"
                .to_owned(),
            4,
        ),
        Verdict::Malformed { problem } => (format!("CANNOT BE JUDGED 无法判断: {problem}"), 4),
    };
    say(&line);
    ExitCode::from(code)
}

fn describe(manifest: &Manifest) {
    let Manifest { institution, class, venue, camera, span, policy, made_at, .. } = manifest;
    say(&format!("  class 班次     {} ({})", class.name, institution.name));
    say(&format!("  camera 摄像机  {} {}", venue.name, camera.name));
    say(&format!("  shows 时段     {} to {} ({} s)", span.start(), span.end(), span.duration().as_secs()));
    for gap in &manifest.gaps {
        say(&format!("  hole 缺口      {} to {}", gap.start(), gap.end()));
    }
    describe_policy(policy);
    say(&format!("  sealed 封存于  {made_at}, sha256 {}", manifest.sha256));
}

/// The seal vouches for what came and when; what it shows is the sender's word.
fn describe_upload(manifest: &UploadManifest) {
    let UploadManifest { institution, class, handed_in_by, received_at, claimed_start, video, policy, .. } = manifest;
    say(&format!("  handed in 提交 {received_at} by {} ({}): {}", handed_in_by.name, institution.name, manifest.name));
    let seconds = video.duration_ms / 1000;
    say(&format!(
        "  said to show 所称 {}, from {claimed_start} ({seconds} s, {} holes)",
        class.name,
        video.holes.len()
    ));
    describe_policy(policy);
    say(&format!("  sealed 封存于  {}, sha256 {}", manifest.made_at, manifest.sha256));
}

/// No evidence clip: what of a recording somebody took out.
fn describe_export(manifest: &ExportManifest) {
    let ExportManifest { institution, venue, camera, wanted, span, gaps, missing, taken_by, made_at, .. } = manifest;
    say(&format!("  recording 录像 {} {} ({})", venue.name, camera.name, institution.name));
    say(&format!("  wanted 所求    {} to {}", wanted.start(), wanted.end()));
    say(&format!("  shows 时段     {} to {} ({} s)", span.start(), span.end(), span.duration().as_secs()));
    for gap in gaps {
        say(&format!("  hole 缺口      {} to {}", gap.start(), gap.end()));
    }
    for time in missing {
        say(&format!("  missing 缺失   {} to {}: {}", time.span.start(), time.span.end(), word(time.cause)));
    }
    say(&format!("  taken 导出     {made_at} by {}, sha256 {}", taken_by.name, manifest.sha256));
}

/// The cause by its name in the manifest.
fn word(cause: OutageCause) -> String {
    serde_json::to_value(cause).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn describe_policy(policy: &PolicyFacts) {
    let label = if policy.label.is_empty() { "the notice's own" } else { &policy.label };
    say(&format!("  policy 策略    {label}: at least {} s", policy.clip_min_seconds));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_lies_beside_the_clip() {
        let folder = tempfile::tempdir().unwrap();
        let clip = folder.path().join("clip.mp4");
        assert_eq!(beside(&clip), folder.path().join("clip.seal.json"));
        std::fs::write(folder.path().join("clip.mp4.seal.json"), "{}").unwrap();
        assert_eq!(beside(&clip), folder.path().join("clip.mp4.seal.json"));
    }
}

//! 摄像头运行情况报告 (R2.2), for the opening dossier: a line a day, the four measures and for how much of the day each was
//! good enough. The notice names the measures and prints no form; the columns are ours.

use duxue_rules::civil;
use jiff::{Timestamp, civil::Date};

use super::{Cell, Column, Form, Paper, supervised::zh};
use crate::dto::{
    health::{CameraHealth, HealthDay, HealthThresholds},
    recording::Part,
};

/// The report of a camera from one day to another.
pub(crate) fn health(of: &CameraHealth, from: Date, to: Date, at: Timestamp) -> Form {
    let HealthThresholds {
        min_brightness,
        max_brightness,
        min_sharpness,
        max_bad_share,
        min_uptime,
        max_gap_seconds,
        min_bitrate_bps,
        min_eye_distance_px,
        min_recognisable_share,
        min_coverage,
    } = of.thresholds;
    let columns = [
        ("日期", 12),
        ("教学时长（分钟）", 10),
        ("画面清晰", 22),
        ("网络通畅", 22),
        ("人脸可辨别", 20),
        ("影像全覆盖", 14),
        ("中断情况", 26),
        ("不达标项", 30),
    ];
    let made = civil::time_of(at).strftime("%H:%M").to_string();
    Form {
        name: format!("camera-health-{}-{from}-{to}", of.camera.id),
        paper: Paper::Landscape,
        title: "远程视频监控运行情况报告".to_owned(),
        above: vec![
            format!("培训机构：{}", of.institution.name),
            format!("场地：{}　摄像头：{}", of.venue.name, of.camera.name),
            format!("期间：{} 至 {}　生成时间：{} {made}", zh(from), zh(to), zh(civil::date_of(at))),
        ],
        columns: columns.map(|(heading, width)| Column::new(heading, width)).into(),
        rows: of.days.iter().map(row).collect(),
        below: vec![
            format!(
                "标准：亮度 {min_brightness} 至 {max_brightness}，清晰度不低于 {min_sharpness}，黑屏、静止各不超过 {}；录像时间不少于 {}，\
                 中断不超过 {max_gap_seconds} 秒，码率不低于 {} kbit/s；两眼间距不低于 {min_eye_distance_px} 像素，可识别人脸不少于 {}；\
                 拍到学员不少于 {}。",
                percent(max_bad_share),
                percent(min_uptime),
                min_bitrate_bps / 1_000,
                percent(min_recognisable_share),
                percent(min_coverage),
            ),
            "各项百分数为当日达到标准的比例：画面、人脸按采样画面计，网络按时间计，覆盖按课次计。".to_owned(),
        ],
        signatures: Vec::new(),
    }
}

fn row(day: &HealthDay) -> Vec<Cell> {
    let number = |number: Option<f32>| number.map_or_else(|| "—".to_owned(), |number| format!("{number:.0}"));
    let share = |share: Option<f32>| share.map_or_else(|| "—".to_owned(), percent);
    let text = Cell::Text;
    let findings: Vec<&str> = day.findings.iter().map(|found| found.finding.seen.zh.as_str()).collect();
    vec![
        text(day.date.to_string()),
        Cell::Number(day.taught_seconds / 60),
        text(format!(
            "{}\n亮度 {}，清晰度 {}，黑屏 {}，静止 {}",
            share(day.within.clear),
            number(day.brightness),
            number(day.sharpness),
            share(day.black_share),
            share(day.frozen_share)
        )),
        text(format!(
            "{}\n最长中断 {} 秒，码率 {} kbit/s",
            share(day.within.smooth),
            day.longest_gap_seconds,
            day.bitrate_bps / 1_000
        )),
        text(format!("{}\n两眼间距 {} 像素", share(day.within.recognisable), number(day.eye_distance_px))),
        text(match day.seen {
            Some(seen) => format!("{}\n应到 {}，拍到 {seen}", share(day.within.covered), day.expected),
            None => format!("—\n应到 {}", day.expected),
        }),
        text(outages(&day.outages)),
        if findings.is_empty() { text("无".to_owned()) } else { text(findings.join("\n")) },
    ]
}

/// The longest three, and how many more there were.
fn outages(parts: &[Part]) -> String {
    let mut longest: Vec<&Part> = parts.iter().collect();
    longest.sort_by_key(|part| std::cmp::Reverse(part.end.duration_since(part.start)));
    let mut lines: Vec<String> = longest.iter().take(3).map(|part| outage(part)).collect();
    if parts.len() > 3 {
        lines.push(format!("另有 {} 次", parts.len() - 3));
    }
    if lines.is_empty() { "无".to_owned() } else { lines.join("\n") }
}

fn outage(part: &Part) -> String {
    use crate::dto::words::OutageCause as Cause;
    let clock = |at: Timestamp| civil::time_of(at).strftime("%H:%M:%S").to_string();
    let why = match part.cause {
        Some(Cause::Unreachable) => "无法连接",
        Some(Cause::Unauthorized) => "账号密码错误",
        Some(Cause::NotFound) => "没有该码流",
        Some(Cause::UnsupportedMedia) => "编码不支持",
        Some(Cause::Stalled) => "没有数据",
        Some(Cause::Disconnected) => "连接中断",
        Some(Cause::CorruptStream) => "码流损坏",
        Some(Cause::DiskFull) => "录像磁盘已满",
        Some(Cause::DiskError) => "录像磁盘故障",
        Some(Cause::RecorderDown) => "录像服务停止",
        Some(Cause::Disabled) => "摄像头已停用",
        Some(Cause::Starting) => "首次连接",
        Some(Cause::Pruned) => "录像已清理",
        Some(Cause::Unknown) | None => "原因不明",
    };
    format!("{} 至 {} {why}", clock(part.start), clock(part.end))
}

fn percent(share: f32) -> String {
    format!("{:.1}%", share * 100.0)
}

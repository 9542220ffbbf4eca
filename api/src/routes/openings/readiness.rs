//! R2.2: what an application comes with, measured.

use std::collections::HashMap;

use duxue_rules::{
    coverage,
    ids::{CameraId, VenueId},
    opening::{CameraReport, PictureReport, RoomReport, StreamReport, long_enough},
    span::Span,
};
use duxue_storage::Tx;

use crate::{
    app::Shared,
    dto::opening_step::{NewPictures, NewRoom},
    load,
    problem::{Failure, FieldProblem},
};

/// The report of every room of the draft, or what is wrong with what was sent.
pub(super) async fn of_rooms(
    app: &Shared,
    tx: &mut Tx,
    venues: &[VenueId],
    sent: &[NewRoom],
) -> Result<Result<Vec<RoomReport>, Vec<FieldProblem>>, Failure> {
    let mut wrong = Vec::new();
    let mut rooms = Vec::new();
    for venue in venues.iter().filter(|venue| sent.iter().all(|room| room.venue_id != **venue)) {
        let (zh, en) = (format!("缺少场地 {venue} 的测量。"), format!("venue {venue} was not measured"));
        wrong.push(FieldProblem::rule("rooms", "R2.2", zh, en));
    }
    for (index, room) in sent.iter().enumerate() {
        let field = format!("rooms[{index}]");
        if !venues.contains(&room.venue_id) {
            let (zh, en) = ("不是该班的场地。", "this is no venue of the class");
            wrong.push(FieldProblem::rule(&format!("{field}.venue_id"), "R2.2", zh, en));
            continue;
        }
        match of_room(app, tx, &field, room).await? {
            Ok(report) => rooms.push(report),
            Err(problems) => wrong.extend(problems),
        }
    }
    Ok(if wrong.is_empty() { Ok(rooms) } else { Err(wrong) })
}

async fn of_room(
    app: &Shared,
    tx: &mut Tx,
    field: &str,
    room: &NewRoom,
) -> Result<Result<RoomReport, Vec<FieldProblem>>, Failure> {
    let mut wrong = Vec::new();
    let policy = &app.policy.policy;
    let span = Span::new(room.from, room.until).ok().filter(|&span| long_enough(span, policy));
    let span = span.filter(|span| span.end() <= app.now());
    if span.is_none() {
        let minutes = policy.readiness_min_minutes;
        let zh = format!("测量应持续 {minutes} 分钟以上，并已结束。");
        let en = format!("measure for {minutes} minutes or more, and until now at most");
        wrong.push(FieldProblem::rule(&format!("{field}.until"), "R2.2", zh, en));
    }
    if room.students_seen > room.students {
        let (zh, en) = ("拍到的学员不得多于在场的学员。", "no more students are seen than are in the room");
        wrong.push(FieldProblem::shape(format!("{field}.students_seen"), zh, en));
    }
    let cameras: Vec<CameraId> = load::cameras(tx, None)
        .await?
        .into_iter()
        .filter(|camera| camera.venue.id == room.venue_id && camera.enabled)
        .map(|camera| camera.id)
        .collect();
    let handed_in = pictures(field, &room.pictures, &cameras).unwrap_or_else(|problems| {
        wrong.extend(problems);
        HashMap::new()
    });
    let (Some(span), []) = (span, wrong.as_slice()) else { return Ok(Err(wrong)) };
    let mut reports = Vec::new();
    for camera in cameras {
        reports.push(of_camera(app, tx, camera, span, handed_in.get(&camera).copied()).await?);
    }
    Ok(Ok(RoomReport { cameras: reports, students: room.students, students_seen: room.students_seen }))
}

fn pictures(
    field: &str,
    sent: &[NewPictures],
    cameras: &[CameraId],
) -> Result<HashMap<CameraId, PictureReport>, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let mut reports = HashMap::new();
    for (index, pictures) in sent.iter().enumerate() {
        let field = format!("{field}.pictures[{index}]");
        if !cameras.contains(&pictures.camera_id) {
            let (zh, en) = ("该场地没有这个摄像头。", "the venue has no such camera");
            wrong.push(FieldProblem::shape(format!("{field}.camera_id"), zh, en));
        }
        match pictures.report(&field) {
            Ok(report) => drop(reports.insert(pictures.camera_id, report)),
            Err(problems) => wrong.extend(problems),
        }
    }
    if wrong.is_empty() { Ok(reports) } else { Err(wrong) }
}

async fn of_camera(
    app: &Shared,
    tx: &mut Tx,
    camera: CameraId,
    span: Span,
    handed_in: Option<PictureReport>,
) -> Result<CameraReport, Failure> {
    let (recorded, outages) = tx.coverage_in(camera, span).await?;
    let parts = coverage::account(span, &recorded, &outages, app.now());
    let segments: Vec<(Span, u64)> =
        tx.segments_in(camera, span).await?.into_iter().map(|segment| (segment.span, segment.bytes)).collect();
    let samples = tx.observations_of_camera(camera, span).await?;
    let stream = StreamReport::of_account(span, &parts, &segments);
    let sampled = PictureReport::of_samples(&samples, &app.policy.policy);
    Ok(CameraReport::of(camera, span.end(), stream, sampled, handed_in))
}

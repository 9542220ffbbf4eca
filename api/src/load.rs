//! Rows that several routes need, whole: storage gives them a page at a time.

use std::collections::{HashMap, hash_map::Entry};

use duxue_rules::{
    coverage,
    ids::{CameraId, ClassId, InstitutionId, StudentId},
    span::Span,
};
use duxue_storage::{
    Tx,
    camera::Camera,
    class::{Class, ClassFilter},
    clip::{Clip, ClipFilter},
    finding::{Finding, FindingFilter},
    institution::Institution,
    likeness::{LikenessFilter, StoredLikeness},
    message::Message,
    student::Student,
    upload::{Upload, UploadFilter},
    user::User,
    venue::Venue,
};

use crate::{
    app::Shared,
    dto::{self, recording::Part, refs::InstitutionRef},
    problem::Failure,
};

/// Rows a query.
const STRIDE: u32 = 500;

/// Asks again after the last row until a page is not full.
macro_rules! gather {
    (|$after:ident| $page:expr) => {{
        let mut all = Vec::new();
        let mut $after = None;
        loop {
            let page = $page.await?;
            let full = page.len() >= STRIDE as usize;
            $after = page.last().map(|row| row.id);
            all.extend(page);
            if !full {
                return Ok(all);
            }
        }
    }};
}

/// The cameras of `whose`, or all; removed ones not.
pub(crate) async fn cameras(tx: &mut Tx, whose: Option<InstitutionId>) -> Result<Vec<Camera>, Failure> {
    gather!(|after| tx.cameras(whose, after, STRIDE))
}

/// The institution `only`, or all.
pub(crate) async fn institutions(tx: &mut Tx, only: Option<InstitutionId>) -> Result<Vec<Institution>, Failure> {
    gather!(|after| tx.institutions(only, after, STRIDE))
}

/// The venues of `whose`, or all.
pub(crate) async fn venues(tx: &mut Tx, whose: Option<InstitutionId>) -> Result<Vec<Venue>, Failure> {
    gather!(|after| tx.venues(whose, after, STRIDE))
}

/// The classes of `whose`, or all, the newest first.
pub(crate) async fn classes(tx: &mut Tx, whose: Option<InstitutionId>) -> Result<Vec<Class>, Failure> {
    gather!(|after| tx.classes(whose, after, STRIDE))
}

/// The classes that `filter` asks for, the newest first.
pub(crate) async fn classes_that(tx: &mut Tx, filter: ClassFilter) -> Result<Vec<Class>, Failure> {
    gather!(|after| tx.classes_that(filter, after, STRIDE))
}

/// The students of a class.
pub(crate) async fn students(tx: &mut Tx, class: ClassId) -> Result<Vec<Student>, Failure> {
    gather!(|after| tx.students(class, after, STRIDE))
}

/// Everyone.
pub(crate) async fn users(tx: &mut Tx) -> Result<Vec<User>, Failure> {
    gather!(|after| tx.users(after, STRIDE))
}

/// What was written about a class, the newest first.
pub(crate) async fn messages(tx: &mut Tx, class: ClassId) -> Result<Vec<Message>, Failure> {
    gather!(|after| tx.messages(class, after, STRIDE))
}

/// The clips that `filter` asks for, the newest first.
pub(crate) async fn clips(tx: &mut Tx, filter: ClipFilter) -> Result<Vec<Clip>, Failure> {
    gather!(|after| tx.clips(filter, after, STRIDE))
}

/// The uploads that `filter` asks for, the newest first.
pub(crate) async fn uploads(tx: &mut Tx, filter: UploadFilter) -> Result<Vec<Upload>, Failure> {
    gather!(|after| tx.uploads(filter, after, STRIDE))
}

/// The likenesses that `filter` asks for, the newest first.
pub(crate) async fn likenesses(tx: &mut Tx, filter: LikenessFilter) -> Result<Vec<StoredLikeness>, Failure> {
    gather!(|after| tx.likenesses(filter, after, STRIDE))
}

/// The findings that `filter` asks for, the newest first.
pub(crate) async fn findings(tx: &mut Tx, filter: FindingFilter) -> Result<Vec<Finding>, Failure> {
    gather!(|after| tx.findings(filter, after, STRIDE))
}

/// The names of a class's students.
pub(crate) async fn student_names(tx: &mut Tx, class: ClassId) -> Result<HashMap<StudentId, String>, Failure> {
    Ok(students(tx, class).await?.into_iter().map(|student| (student.id, student.name)).collect())
}

/// A refusal with the names of the students of the class whom it is about; the reader may read its roster.
pub(crate) async fn naming(tx: &mut Tx, class: ClassId, refused: Failure) -> Failure {
    match student_names(tx, class).await {
        Ok(names) => refused.naming(&names),
        Err(failure) => failure,
    }
}

/// The names of the cameras that took the findings' frames, removed ones too.
pub(crate) async fn frame_cameras(tx: &mut Tx, findings: &[Finding]) -> Result<HashMap<CameraId, String>, Failure> {
    let mut names = HashMap::new();
    for camera in findings.iter().flat_map(|finding| &finding.frames).filter_map(|frame| frame.camera) {
        if let Entry::Vacant(unknown) = names.entry(camera)
            && let Some(known) = tx.camera(camera).await?
        {
            unknown.insert(known.name);
        }
    }
    Ok(names)
}

/// Institutions by identity.
pub(crate) fn names(rows: &[Institution]) -> HashMap<InstitutionId, String> {
    rows.iter().map(|row| (row.id, row.name.clone())).collect()
}

/// A reference to an institution out of [`names`].
pub(crate) fn institution_ref(names: &HashMap<InstitutionId, String>, id: InstitutionId) -> InstitutionRef {
    InstitutionRef { id, name: names.get(&id).cloned().unwrap_or_default() }
}

/// The clips with the least length that each one's policy asks for.
pub(crate) async fn with_policies(tx: &mut Tx, rows: Vec<Clip>) -> Result<Vec<dto::clip::Clip>, Failure> {
    let mut least = HashMap::new();
    let mut clips = Vec::with_capacity(rows.len());
    for row in rows {
        let version = row.policy.version;
        let seconds = match least.get(&version) {
            Some(&seconds) => seconds,
            None => {
                let policy = tx.policy(version).await?.ok_or(Failure::Internal)?;
                least.insert(version, policy.policy.clip_min_seconds);
                policy.policy.clip_min_seconds
            }
        };
        clips.push(dto::clip::Clip::of(row, seconds));
    }
    Ok(clips)
}

/// What a camera has of `span`, tiled, as it is shown.
pub(crate) async fn coverage(app: &Shared, tx: &mut Tx, camera: CameraId, span: Span) -> Result<Vec<Part>, Failure> {
    Ok(accounted(app, tx, camera, span).await?.into_iter().map(Part::from).collect())
}

/// What a camera has of `span`, tiled.
///
/// What is being recorded has no row before its segment closes. That time is not yet missing: of a camera that records
/// now, the account ends with the newest closed segment.
pub(crate) async fn accounted(
    app: &Shared,
    tx: &mut Tx,
    camera: CameraId,
    span: Span,
) -> Result<Vec<coverage::Part>, Failure> {
    let (recorded, outages) = tx.coverage_in(camera, span).await?;
    let mut until = app.now();
    if app.cameras.status(camera).is_some_and(|status| status.recording)
        && let Some(closed) = tx.recorded_until(camera).await?
    {
        until = until.min(closed);
    }
    Ok(coverage::account(span, &recorded, &outages, until))
}

//! What goes into a package.

use std::collections::{BTreeMap, BTreeSet};

use duxue_rules::ids::{ClassId, FileId};
use duxue_storage::{
    Named, Tx,
    audit_tree::StoredCheckpoint,
    class::Class,
    clip::ClipFilter,
    file::File,
    finding::FindingFilter,
    inspection::Sheet,
    package::{AUDIT, CHECKPOINT, CLIP_SEAL, CLIPS, PackageHead},
    signature::Signature,
};
use serde::Serialize;

use super::{attendance, conduct, opening, settlement, uploads};
use crate::{
    app::Shared,
    dto, load,
    problem::{Failure, chain},
    routes::timetables::Standing,
};

/// How to check a package, for whoever unpacks it.
const VERIFY: &str = include_str!("VERIFY.txt");

/// Everything but the bytes that lie in the object store.
pub(super) struct Contents {
    pub(super) head: PackageHead,
    /// Files that are made here: path and content.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Files that are fetched while the package is sent: object key by path. One that two records name is there once.
    pub(super) objects: BTreeMap<String, String>,
}

impl Contents {
    pub(super) fn json(&mut self, path: &str, content: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(content).map_err(|error| {
            tracing::error!(error = chain(&error), "a record of a package cannot be written as JSON");
            Failure::Internal
        })?;
        self.files.push((path.to_owned(), text));
        Ok(())
    }

    /// A scan that a record names.
    pub(super) fn paper(&mut self, file: File) {
        let ending = file.object_key.rsplit('.').next().unwrap_or_default();
        self.objects.insert(format!("papers/{}.{ending}", file.id), file.object_key);
    }
}

/// What the audit log is asked about: kind and identity.
pub(super) type Subjects = BTreeSet<(&'static str, String)>;

pub(super) async fn gather(app: &Shared, class: Class, checkpoint: StoredCheckpoint) -> Result<Contents, Failure> {
    let head = head(app, &class);
    let mut contents = Contents { head, files: Vec::new(), objects: BTreeMap::new() };
    contents.files.push(("VERIFY.txt".to_owned(), VERIFY.as_bytes().to_vec()));
    contents.files.push(("duxue-public-key.pem".to_owned(), app.public_key.to_pem().into_bytes()));
    let mut tx = app.store.read().await?;
    let subjects = recorded(app, &mut tx, class, &mut contents).await?;
    let subjects: Vec<_> = subjects.into_iter().collect();
    contents.json(AUDIT, &tx.audit_extract(&subjects, checkpoint.size).await?)?;
    contents.files.push((CHECKPOINT.to_owned(), checkpoint.note.into_bytes()));
    Ok(contents)
}

fn head(app: &Shared, class: &Class) -> PackageHead {
    PackageHead {
        class: Named { id: class.id, name: class.name.clone() },
        institution: class.institution.clone(),
        made_at: app.now(),
        made_by: format!("duxue {}", app.settings.version),
    }
}

/// The records of a class alone, as its package holds them: path and JSON.
pub(crate) async fn records(app: &Shared, class: Class) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let head = head(app, &class);
    let mut contents = Contents { head, files: Vec::new(), objects: BTreeMap::new() };
    recorded(app, &mut app.store.read().await?, class, &mut contents).await?;
    Ok(contents.files)
}

/// Every record of a class; of what the audit log is to be asked.
async fn recorded(app: &Shared, tx: &mut Tx, class: Class, contents: &mut Contents) -> Result<Subjects, Failure> {
    let mut subjects = Subjects::from([("class", class.id.to_string())]);
    let (id, institution) = (class.id, class.institution.id);
    timetable(app, tx, &class, contents, &mut subjects).await?;
    attendance::attendance(app, tx, &class, contents, &mut subjects).await?;
    opening::dossier(app, tx, id, contents).await?;
    opening::enrolment(app, tx, id, contents).await?;
    settlement::closeout(tx, &class, contents, &mut subjects).await?;
    settlement::verified(app, tx, &class, contents, &mut subjects).await?;
    settlement::subsidy(tx, &class, contents, &mut subjects).await?;
    settlement::notices(app, tx, &class, contents, &mut subjects).await?;
    settlement::tracked(app, tx, &class, contents, &mut subjects).await?;
    contents.json("records/class.json", &dto::class::Class::from(class))?;
    teaching(tx, id, contents, &mut subjects).await?;
    findings(tx, id, contents, &mut subjects).await?;
    supervision(tx, id, contents, &mut subjects).await?;
    inspections(tx, id, contents, &mut subjects).await?;
    conduct::violations(app, tx, (id, institution), contents, &mut subjects).await?;
    conduct::messages(tx, id, contents, &mut subjects).await?;
    clips(tx, id, contents, &mut subjects).await?;
    uploads::uploads(tx, id, contents, &mut subjects).await?;
    Ok(subjects)
}

/// The newest timetable with its changes, and the files that it names.
async fn timetable(
    app: &Shared,
    tx: &mut Tx,
    class: &Class,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    let Some(standing) = Standing::newest(tx, class).await? else { return Ok(()) };
    let timetable = standing.answer(app, tx, app.now()).await?;
    subjects.insert(("timetable", timetable.id.to_string()));
    papers(tx, contents, &[timetable.syllabus_file_id, timetable.plan_file_id]).await?;
    contents.json("records/timetable.json", &timetable)
}

/// Files that a record names.
pub(super) async fn papers(tx: &mut Tx, contents: &mut Contents, files: &[FileId]) -> Result<(), Failure> {
    for &file in files {
        let file = tx.file(file).await?.ok_or(Failure::Internal)?;
        contents.paper(file);
    }
    Ok(())
}

/// Sheets of on-site inspections; what is still being written is no record yet.
async fn inspections(
    tx: &mut Tx,
    id: ClassId,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    use crate::routes::inspections::{SUBJECT, shown};
    let mut sheets = Vec::new();
    for row in tx.inspections(id).await?.into_iter().filter(|row| !matches!(row.sheet, Sheet::Draft(_))) {
        let sheet = row.sheet.content().id.to_string();
        let signatures = tx.signatures_of(SUBJECT, &sheet).await?;
        contents.objects.extend(drawings(&signatures));
        subjects.insert((SUBJECT, sheet));
        sheets.push(shown(tx, row).await?);
    }
    contents.json("records/inspections.json", &sheets)
}

/// The drawn signatures under a record.
pub(super) fn drawings(signatures: &[Signature]) -> impl Iterator<Item = (String, String)> {
    signatures.iter().map(|one| (format!("signatures/{}.png", one.id), one.drawing_key.clone()))
}

/// Roster, sessions and daily reports.
async fn teaching(tx: &mut Tx, id: ClassId, contents: &mut Contents, subjects: &mut Subjects) -> Result<(), Failure> {
    let students: Vec<dto::class::Student> = load::students(tx, id).await?.into_iter().map(Into::into).collect();
    subjects.extend(students.iter().map(|student| ("student", student.id.to_string())));
    contents.json("records/students.json", &students)?;
    let sessions: Vec<dto::class::Session> = tx.all_sessions_of_class(id).await?.into_iter().map(Into::into).collect();
    subjects.extend(sessions.iter().map(|session| ("session", session.id.to_string())));
    contents.json("records/sessions.json", &sessions)?;
    let reports = tx.reports_of_class(id).await?;
    subjects.extend(reports.iter().map(|report| ("report", report.id.to_string())));
    let reports: Vec<dto::report::Report> = reports.into_iter().map(Into::into).collect();
    contents.json("records/daily-reports.json", &reports)
}

/// Findings, what was decided, and the pictures that show them.
async fn findings(tx: &mut Tx, id: ClassId, contents: &mut Contents, subjects: &mut Subjects) -> Result<(), Failure> {
    let names = load::student_names(tx, id).await?;
    let rows = load::findings(tx, FindingFilter { class: Some(id), ..FindingFilter::default() }).await?;
    let cameras = load::frame_cameras(tx, &rows).await?;
    for row in &rows {
        subjects.insert(("finding", row.id.to_string()));
        let frames = row.frames.iter().enumerate();
        let picture = |(n, frame): (usize, &duxue_storage::finding::Frame)| {
            (format!("findings/{}/{n}.jpg", row.id), frame.object.clone())
        };
        contents.objects.extend(frames.map(picture));
    }
    let rows: Vec<_> = rows.into_iter().map(|row| dto::finding::Finding::of(row, &names, &cameras)).collect();
    contents.json("records/findings.json", &rows)
}

/// Signed records of remote supervision.
async fn supervision(
    tx: &mut Tx,
    id: ClassId,
    contents: &mut Contents,
    subjects: &mut Subjects,
) -> Result<(), Failure> {
    use crate::routes::supervisions::sign::SUBJECT;
    let mut records = Vec::new();
    for row in tx.remote_supervisions(id).await? {
        let record = row.signed.record().id.to_string();
        let signatures = tx.signatures_of(SUBJECT, &record).await?;
        let drawings = signatures
            .iter()
            .map(|signature| (format!("signatures/{}.png", signature.id), signature.drawing_key.clone()));
        contents.objects.extend(drawings);
        subjects.insert((SUBJECT, record));
        records.push(dto::supervision::RemoteSupervision::of(row, signatures));
    }
    contents.json("records/remote-supervisions.json", &records)
}

/// Clips with their seals; the asked for and failed ones in the list alone.
async fn clips(tx: &mut Tx, id: ClassId, contents: &mut Contents, subjects: &mut Subjects) -> Result<(), Failure> {
    let rows = load::clips(tx, ClipFilter { class: Some(id), ..ClipFilter::default() }).await?;
    subjects.extend(rows.iter().map(|clip| ("clip", clip.id.to_string())));
    for clip in &rows {
        let Some(sealed) = clip.sealed() else { continue };
        let path = format!("{CLIPS}{}-{}.mp4", clip.date, clip.id);
        let seal = tx.clip_seal(clip.id).await?.ok_or(Failure::Internal)?;
        contents.files.push((format!("{path}{CLIP_SEAL}"), seal.envelope.into_bytes()));
        contents.objects.insert(path, sealed.object_key.clone());
    }
    let rows = load::with_policies(tx, rows).await?;
    contents.json("records/clips.json", &rows)
}

//! `POST /punches`

use std::collections::{BTreeMap, btree_map::Entry};

use axum::{Json, extract::State};
use duxue_rules::{
    attendance::{Punch, Side},
    civil,
    ids::ClassId,
    timetable::Timetable,
};
use duxue_storage::{
    Tx, audit,
    device::Device,
    punch::{Candidate, Kept, NewPunch as Row, NewSource},
};
use jiff::Timestamp;
use serde_json::json;

use super::{SUBJECT, detail};
use crate::{
    app::{Shared, new_id},
    dto::{
        punch::{NewPunch, NewPunches, PunchOutcome, SentPunch, SentPunches},
        refs::Text,
    },
    extract::{Body, SignedDevice},
    problem::Failure,
    refusals::WriteRefusals,
    routes::attendance::lessons_of,
};

/// The most punches of a request.
const MOST: usize = 500;
/// The most characters of a device's own identity of a punch, and of a roster number.
const ID_CHARACTERS: usize = 100;

/// Takes punches from a check-in device (R7.3a).
///
/// Every one that names a student of the device's institution is kept, whenever it was made: one outside its window, from
/// a device without network or by another way than the face is kept and marked. One that names nobody is refused and said
/// so in its place; the others are kept all the same. Sending a punch again is harmless.
#[utoipa::path(
    post,
    path = "/punches",
    tag = "Attendance",
    request_body = NewPunches,
    responses((status = 200, description = "What became of each.", body = SentPunches), WriteRefusals),
    security(("device" = [])),
)]
pub async fn send_punches(
    State(app): State<Shared>,
    SignedDevice(device): SignedDevice,
    Body(NewPunches { punches }): Body<NewPunches>,
) -> Result<Json<SentPunches>, Failure> {
    if punches.len() > MOST {
        let zh = format!("一次最多上传 {MOST} 条打卡。");
        return Err(Failure::field("punches", zh, format!("at most {MOST} punches are taken at once")));
    }
    let now = app.now();
    let mut tx = app.store.begin().await?;
    // Holds the device, so that its batches are kept one after the other.
    tx.note_device(device.id, now).await?;
    let mut batch = Batch::of(&device, now);
    let mut results = Vec::with_capacity(punches.len());
    for punch in punches {
        let id = punch.id.clone();
        results.push(match batch.take(&mut tx, punch).await? {
            Ok(Taken { outcome, punch, .. }) => SentPunch { id, outcome, punch_id: Some(punch.id), problem: None },
            Err(why) => SentPunch { id, outcome: PunchOutcome::Refused, punch_id: None, problem: Some(why) },
        });
    }
    let count = |outcome| results.iter().filter(|result| result.outcome == outcome).count();
    let (kept, known, refused) = (count(PunchOutcome::Kept), count(PunchOutcome::Known), count(PunchOutcome::Refused));
    if refused > 0 {
        tx.audit(batch.did("refuse_punches", "device", device.id, json!({ "refused": refused })));
    }
    tx.commit().await?;
    Ok(Json(SentPunches { results, kept, known, refused }))
}

/// The punches of one request.
pub(in crate::routes) struct Batch<'a> {
    device: &'a Device,
    now: Timestamp,
    /// The lessons of the classes that were met so far.
    lessons: BTreeMap<ClassId, Timetable>,
}

/// A punch that is kept, now or since before.
pub(in crate::routes) struct Taken {
    pub(in crate::routes) outcome: PunchOutcome,
    pub(in crate::routes) punch: Punch,
    pub(in crate::routes) class: ClassId,
}

impl<'a> Batch<'a> {
    /// Nothing yet.
    pub(in crate::routes) fn of(device: &'a Device, now: Timestamp) -> Self {
        Self { device, now, lessons: BTreeMap::new() }
    }

    /// Keeps one, or says why not.
    pub(in crate::routes) async fn take(&mut self, tx: &mut Tx, new: NewPunch) -> Result<Result<Taken, Text>, Failure> {
        if !is_plain(&new.id) {
            return Ok(Err(Text::new("编号须为 1 至 100 个字符", "an id has 1 to 100 plain characters")));
        }
        let candidate = match self.student(tx, &new).await? {
            Ok(candidate) => candidate,
            Err(why) => return Ok(Err(why)),
        };
        let side = match new.side {
            Some(side) => side.into(),
            None => self.likely_side(tx, candidate.class, new.at).await?,
        };
        let punch = Punch {
            id: new_id(self.now),
            student: candidate.student,
            side,
            venue: self.device.venue.id,
            made_at: new.at,
            received_at: self.now,
            method: new.method.into(),
        };
        let source = NewSource::Device { device: self.device.id, sequence: new.id };
        match tx.add_punch(&Row { punch, class: candidate.class, source }).await? {
            Kept::New => {
                let source = json!({ "device": self.device.id });
                tx.audit(self.did("punch", SUBJECT, punch.id, detail(&punch, candidate.class, &source)));
                Ok(Ok(Taken { outcome: PunchOutcome::Kept, punch, class: candidate.class }))
            }
            Kept::Known(known) if is_same(&known.punch, &punch, new.side.is_some()) => {
                Ok(Ok(Taken { outcome: PunchOutcome::Known, punch: known.punch, class: known.class }))
            }
            Kept::Known(_) => Ok(Err(Text::new("该编号已用于另一条打卡", "another punch of this device has this id"))),
        }
    }

    /// Whom the punch means.
    async fn student(&self, tx: &mut Tx, new: &NewPunch) -> Result<Result<Candidate, Text>, Failure> {
        let (institution, venue, on) = (self.device.institution, self.device.venue.id, civil::date_of(new.at));
        let found: Vec<Candidate> = match (new.student_id, new.number.as_deref().map(str::trim)) {
            (Some(student), None) => {
                tx.student_of_institution(institution, venue, on, student).await?.into_iter().collect()
            }
            (None, Some(number)) if is_plain(number) => tx.students_of_number(institution, venue, on, number).await?,
            _ => {
                let (zh, en) = ("请填写 student_id 或 number 之一", "give either student_id or number");
                return Ok(Err(Text::new(zh, en)));
            }
        };
        Ok(match found.as_slice() {
            [] => Err(Text::new("没有这名学员", "the institution has no such student on that day")),
            &[one] => Ok(one),
            several => {
                let there: Vec<&Candidate> = several.iter().filter(|one| one.taught_there).collect();
                match there.as_slice() {
                    &[&one] => Ok(one),
                    _ => Err(Text::new(
                        "多个班级有此学号，请改用 student_id",
                        "several classes have this number; send student_id",
                    )),
                }
            }
        })
    }

    async fn likely_side(&mut self, tx: &mut Tx, class: ClassId, at: Timestamp) -> Result<Side, Failure> {
        let timetable = match self.lessons.entry(class) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(lessons_of(tx, class).await?),
        };
        Ok(Side::likely(at, timetable.on(civil::date_of(at))))
    }

    fn did(&self, action: &str, kind: &str, id: impl ToString, detail: serde_json::Value) -> audit::Entry {
        audit::Entry {
            at: self.now,
            actor: None,
            action: action.to_owned(),
            subject_kind: kind.to_owned(),
            subject_id: id.to_string(),
            detail,
        }
    }
}

/// Whether a punch that was sent again says what it said before. Instants are kept to the microsecond.
fn is_same(kept: &Punch, sent: &Punch, with_side: bool) -> bool {
    kept.student == sent.student
        && kept.made_at.as_microsecond() == sent.made_at.as_microsecond()
        && kept.method == sent.method
        && (!with_side || kept.side == sent.side)
}

/// Text that a device may call something: not blank, not long, nothing that is not printed.
pub(in crate::routes) fn is_plain(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= ID_CHARACTERS && !text.chars().any(char::is_control)
}

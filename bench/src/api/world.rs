//! Many classes of some years, filled in by the very methods that the API and the jobs fill with.

use std::{fmt, sync::Arc};

use anyhow::{Context, Result};
use duxue_rules::{
    access::Role,
    attendance::{Punch, PunchMethod, Side},
    calendar::{Calendar, Dates},
    civil,
    crosscheck::{CountPoint, Estimate, FindingDraft, FindingKind, SessionSummary, Teaching},
    ids::{
        CameraId, ClassId, DeviceId, FindingId, InstitutionId, ObservationId, PunchId, ReportId, SessionId, StudentId,
        UserId, VenueId,
    },
    observation::{Area, Likeness, Observation, PictureMeasures, SeenFace},
    policy::Policy,
    report::DailyReport,
    roster::Sex,
    span::Span,
    text::{RuleId, Text},
};
use duxue_storage::{
    SecretKey, Store, Tx,
    calendar::StoredCalendar,
    camera::{NewCamera, Transport},
    class::NewClass,
    device::NewDevice,
    finding::RaisedFinding,
    in_force::{Grounds, InForce},
    institution::Institution,
    policy::StoredPolicy,
    punch::{NewPunch, NewSource},
    report::NewReport,
    session::NewSession,
    sign_in::Token,
    student::NewStudent,
    user::NewUser,
    venue::NewVenue,
};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time, date},
};
use uuid::{NoContext, Uuid};

/// The last day that is filled: a Friday on which lessons are given.
const TODAY: Date = date(2026, 11, 20);
/// So many classes begin each month, and each institution has so many in all.
const A_MONTH: usize = 25;
const AN_INSTITUTION: usize = 20;
const DAYS: usize = 60;
const SAMPLES: i32 = 12;

/// How much of everything there is.
pub struct Size {
    classes: usize,
    students: usize,
}

impl Size {
    pub fn scaled(scale: f64) -> Self {
        Self { classes: ((1_000.0 * scale) as usize).max(4), students: 30 }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { classes, students } = self;
        let (punches, seen) = (classes * students * DAYS * 2, classes * DAYS * 2 * SAMPLES as usize);
        write!(f, "{classes} classes, {} students, {punches} punches, {seen} observations", classes * students)
    }
}

/// A class as calls need it.
pub struct Class {
    pub id: ClassId,
    pub students: Vec<StudentId>,
    pub days: Vec<Date>,
    pub institution: usize,
    /// What its room's device shows.
    pub device: Token,
}

/// What was filled in.
pub struct World {
    pub classes: Vec<Class>,
    /// Those that are taught on the last day, by their place.
    pub running: Vec<usize>,
    pub in_force: InForce,
    pub supervisor: Token,
    /// Who acts for each institution.
    pub institutions: Vec<Token>,
    pub secret: SecretKey,
}

struct Room {
    venue: VenueId,
    camera: CameraId,
    device: DeviceId,
    token: Token,
    institution: InstitutionId,
    user: UserId,
}

/// An identity made at `at`, as the service makes them.
pub fn id<I: From<Uuid>>(at: Timestamp) -> I {
    let stamp =
        uuid::Timestamp::from_unix(NoContext, at.as_second().unsigned_abs(), at.subsec_nanosecond().unsigned_abs());
    Uuid::new_v7(stamp).into()
}

/// Half past nine on the last day.
pub fn now() -> Timestamp {
    at(TODAY, 9, 30)
}

/// The last day.
pub fn today() -> Date {
    TODAY
}

pub fn at(date: Date, hour: i8, minute: i8) -> Timestamp {
    civil::instant(date, Time::constant(hour, minute, 0, 0)).unwrap_or_default()
}

impl World {
    pub async fn fill(store: &Store, size: &Size) -> Result<Arc<Self>> {
        let began = at(date(2020, 1, 2), 8, 0);
        let mut tx = store.begin().await?;
        let policy = tx.ensure_policy(&Policy::default(), began).await?;
        let (user, supervisor) = add_user(&mut tx, "supervisor", Role::Supervisor, None, began).await?;
        let secret = SecretKey::from_bytes(&[7; 32]);
        let (mut rooms, mut institutions) = (Vec::new(), Vec::new());
        for number in 0..size.classes.div_ceil(AN_INSTITUTION) {
            let (institution, of, token) = add_institution(&mut tx, number, began).await?;
            institutions.push(token);
            for room in 0..AN_INSTITUTION {
                rooms.push(add_room(&mut tx, (institution, of), room, user, &secret, began).await?);
            }
        }
        tx.commit().await?;

        // Where more than one may write at a time, the database works on some while the next are made.
        let at_once = if store.kind() == "postgresql" { 4 } else { 1 };
        let classes: Vec<Class> = stream::iter(0..size.classes)
            .map(|number| {
                // Rooms are many enough that no two classes of three months in a row meet in one.
                let place = number % rooms.len();
                let (room, policy) = (&rooms[place], &policy);
                async move {
                    let mut tx = store.begin().await?;
                    let class = add_class(&mut tx, number, room, size, policy).await?;
                    tx.commit().await?;
                    anyhow::Ok(Class { institution: place / AN_INSTITUTION, ..class })
                }
            })
            .buffered(at_once)
            .try_collect()
            .await?;
        let running = (0..classes.len()).filter(|place| classes[*place].days.last() == Some(&TODAY)).collect();
        let in_force =
            InForce::new(Grounds::new(policy, StoredCalendar { number: 0, calendar: Calendar::published() }));
        Ok(Arc::new(Self { classes, running, in_force, supervisor, institutions, secret }))
    }
}

async fn add_user(
    tx: &mut Tx,
    username: &str,
    role: Role,
    institution: Option<InstitutionId>,
    created_at: Timestamp,
) -> Result<(UserId, Token)> {
    let user = NewUser {
        id: id(created_at),
        username: username.to_owned(),
        display_name: username.to_owned(),
        role,
        institution,
        // Nobody signs in with it.
        password_hash: "$argon2id$none".to_owned(),
        created_at,
    };
    tx.add_user(&user).await?;
    let token = Token::random()?;
    tx.add_sign_in(token.hash(), user.id, created_at, now() + SignedDuration::from_hours(240)).await?;
    Ok((user.id, token))
}

async fn add_institution(tx: &mut Tx, number: usize, created_at: Timestamp) -> Result<(InstitutionId, UserId, Token)> {
    let institution = id(created_at);
    tx.add_institution(&Institution { id: institution, name: format!("第{number}培训学校"), created_at }).await?;
    let (user, signed_in) =
        add_user(tx, &format!("institution{number}"), Role::Institution, Some(institution), created_at).await?;
    Ok((institution, user, signed_in))
}

async fn add_room(
    tx: &mut Tx,
    (institution, user): (InstitutionId, UserId),
    number: usize,
    registrar: UserId,
    secret: &SecretKey,
    created_at: Timestamp,
) -> Result<Room> {
    let venue = NewVenue { id: id(created_at), institution, name: format!("{number}教室"), created_at };
    tx.add_venue(&venue).await?;
    let camera = NewCamera {
        id: id(created_at),
        venue: venue.id,
        name: "前方".to_owned(),
        main_url: "rtsp://192.0.2.1/main".to_owned(),
        sub_url: None,
        credentials: None,
        transport: Transport::Tcp,
        enabled: true,
        created_at,
    };
    tx.add_camera(&camera, secret).await?;
    let token = Token::random()?;
    let device = NewDevice {
        id: id(created_at),
        venue: venue.id,
        name: "门口".to_owned(),
        token: token.hash(),
        created_at,
        created_by: registrar,
    };
    tx.add_device(&device).await?;
    Ok(Room { venue: venue.id, camera: camera.id, device: device.id, token, institution, user })
}

/// The class's sixty days end on the last day for the first classes, and months before for those after.
async fn add_class(tx: &mut Tx, number: usize, room: &Room, size: &Size, policy: &StoredPolicy) -> Result<Class> {
    let months = i32::try_from(number / A_MONTH).context("so many months there are not")?;
    let calendar = Calendar::published();
    let last = TODAY.saturating_sub(months.months());
    let first = last.saturating_sub(120.days());
    let working = calendar.working_days(Dates::through(first, last)?).value;
    let days: Vec<Date> = working[working.len().saturating_sub(DAYS)..].to_vec();
    let created_at = at(days[0], 8, 0) - SignedDuration::from_hours(24 * 20);
    let class: ClassId = id(created_at);
    let major = ["电子商务", "养老护理", "人工智能训练", "健康照护"][number % 4];
    let new = NewClass {
        id: class,
        institution: room.institution,
        name: format!("{}年{major}专业{}班期", days[0].year(), number + 1),
        major: major.to_owned(),
        starts_on: days[0],
        ends_on: last,
        created_at,
    };
    tx.add_class(&new).await?;
    let mut students = Vec::new();
    for seat in 0..size.students {
        let student = NewStudent {
            id: id(created_at),
            class,
            name: format!("学员{seat}"),
            sex: if seat % 2 == 0 { Sex::Male } else { Sex::Female },
            number: Some(format!("{number}-{seat:02}")),
            face_consent_at: None,
            created_at,
        };
        students.push(student.id);
        tx.add_student(&student).await?;
    }
    for (index, &day) in days.iter().enumerate() {
        add_day(tx, room, (class, &students), (number, index, day), policy).await?;
    }
    Ok(Class { id: class, students, days, institution: 0, device: room.token.clone() })
}

async fn add_day(
    tx: &mut Tx,
    room: &Room,
    (class, students): (ClassId, &[StudentId]),
    (number, index, day): (usize, usize, Date),
    policy: &StoredPolicy,
) -> Result<()> {
    for (half, from, until) in [(0, at(day, 9, 0), at(day, 11, 35)), (1, at(day, 13, 0), at(day, 15, 35))] {
        let span = Span::new(from, until)?;
        let session = NewSession { id: id(from), class, venue: room.venue, date: day, span, created_at: from };
        tx.add_session(&session).await?;
        for sample in 0..SAMPLES {
            tx.add_observation(&observation(session.id, room.camera, span, sample, students)).await?;
        }
        tx.put_summary(session.id, &summary(students.len(), from), policy.version, until).await?;
        if index % 2 == 0 {
            raise(tx, session.id, class, until, policy).await?;
        }
        let (side, made_at) = if half == 0 { (Side::SignIn, from) } else { (Side::SignOut, until) };
        for (seat, &student) in students.iter().enumerate() {
            let aside = SignedDuration::from_secs(60 + 40 * i64::try_from(seat)?);
            let made_at = if half == 0 { made_at - aside } else { made_at + aside };
            let punch = Punch {
                id: id::<PunchId>(made_at),
                student,
                side,
                venue: room.venue,
                made_at,
                received_at: made_at + SignedDuration::from_secs(20),
                method: PunchMethod::Face,
            };
            let source = NewSource::Device { device: room.device, sequence: format!("{number}-{index}-{half}-{seat}") };
            tx.add_punch(&NewPunch { punch, class, source }).await?;
        }
    }
    let roll = u32::try_from(students.len())?;
    let report = DailyReport {
        class,
        date: day,
        roll,
        present: roll,
        present_men: Some(roll / 2),
        present_women: Some(roll - roll / 2),
        sick: 0,
        personal: 0,
        other: 0,
        absent: Vec::new(),
        note: String::new(),
    };
    let sent_at = at(day, 8, 55);
    let report = NewReport { id: id::<ReportId>(sent_at), report, sent_at, sent_by: room.user, late: false };
    tx.add_report(&report).await?;
    Ok(())
}

/// Most of the class, in rows of six.
fn observation(session: SessionId, camera: CameraId, span: Span, sample: i32, students: &[StudentId]) -> Observation {
    let at = span.start() + span.duration() * (2 * sample + 1) / (2 * SAMPLES);
    let face = |(seat, &student): (usize, &StudentId)| SeenFace {
        area: Area { x: 0.15 * (seat % 6) as f32, y: 0.18 * (seat / 6) as f32, width: 0.05, height: 0.09 },
        score: 0.93,
        eye_distance_px: 31.0,
        likeness: Some(Likeness { student, similarity: 0.71, runner_up: Some(0.22) }),
        male_probability: Some(0.9),
    };
    Observation {
        id: id::<ObservationId>(at),
        session,
        camera,
        at,
        faces: students.iter().enumerate().filter(|(seat, _)| (*seat as i32 + sample) % 9 != 0).map(face).collect(),
        look: None,
        faceless: Vec::new(),
        picture: PictureMeasures { brightness: 120.0, sharpness: 200.0, change: Some(2.0) },
    }
}

fn summary(students: usize, at: Timestamp) -> SessionSummary {
    let count = u32::try_from(students).unwrap_or(u32::MAX);
    SessionSummary {
        samples: SAMPLES.unsigned_abs(),
        people: Estimate { likely: count, low: count, high: count + 1 },
        different: None,
        men: None,
        women: None,
        students: Vec::new(),
        unknown: Estimate::default(),
        series: vec![CountPoint { at, people: count }],
        teaching: Teaching::default(),
        reservations: Vec::new(),
    }
}

async fn raise(tx: &mut Tx, session: SessionId, class: ClassId, at: Timestamp, policy: &StoredPolicy) -> Result<()> {
    let draft = FindingDraft {
        rule: RuleId::new("R7.1x"),
        kind: FindingKind::FewerThanReported,
        subject: None,
        confidence: 0.9,
        expected: Text::new("30 人", "30 people"),
        seen: Text::new("26 人", "26 people"),
        reasons: Vec::new(),
        would_change: Text::new("更多画面", "more pictures"),
        frames: Vec::new(),
    };
    let raised = RaisedFinding {
        id: id::<FindingId>(at),
        session,
        class,
        draft,
        frames: Vec::new(),
        policy_version: policy.version,
        at,
    };
    tx.raise_finding(&raised).await?;
    Ok(())
}

//! `duxue demo --scenario full`: half a year of three institutions, eight classes and 160 students, from the first filing to
//! the payment, with some fraud in it.
//!
//! It is played, not written: everybody signs in and does their work through the API's own router, in process, while the
//! clock is led through every working day; what cameras and jobs do is done by the functions that the jobs themselves use.
//! Who they are, who falls ill, who cheats: all follows from a seed and the day on which it ends, which is today.

mod attendance;
mod calendar;
mod caller;
mod cast;
mod conduct;
mod day;
mod eyes;
mod footage;
mod opening;
mod papers;
mod people;
mod rooms;
mod settlement;
mod supervision;
mod teaching;
mod truth;

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    str::FromStr,
    sync::Arc,
};

use anyhow::{Context, Result};
use bytes::Bytes;
use duxue_api::{Rate, Rates, Settings};
use duxue_rules::{
    access::Role,
    civil,
    ids::{CameraId, ClassId, InstitutionId, StudentId, VenueId},
    policy::Policy,
};
use duxue_simulator::{Script, Simulator, Stream};
use jiff::{SignedDuration, civil::Date};

use self::{
    calendar::{Dates, Days, Part, shifted},
    caller::Caller,
    cast::{Fate, Person},
    rooms::Pictures,
};
use super::SignIn;
use crate::{clock::Steered, jobs::Parts, service::Prepared};

/// A room's camera.
pub struct Address {
    /// The full picture.
    pub main: String,
    /// The small one.
    pub sub: Option<String>,
}

struct Institution {
    id: InstitutionId,
    name: &'static str,
    username: &'static str,
    liaison: String,
}

struct Room {
    venue: VenueId,
    camera: CameraId,
    token: String,
}

struct Student {
    id: StudentId,
    person: Person,
}

struct Class {
    part: Part,
    id: ClassId,
    name: String,
    institution: usize,
    /// Who acts for it.
    who: &'static str,
    room: Option<usize>,
    dates: Dates,
    training: Vec<Date>,
    /// The paper that stands for all its papers.
    file: String,
    students: Vec<Student>,
    timetable: String,
}

/// The half year while it is played.
pub struct World {
    parts: Parts,
    api: Caller,
    clock: Steered,
    fate: Fate,
    days: Days,
    today: Date,
    institutions: Vec<Institution>,
    users: HashMap<String, String>,
    rooms: Vec<Room>,
    classes: Vec<Class>,
    /// Drawn faces of the classes that are seen live.
    portraits: BTreeMap<(Part, usize), Bytes>,
    /// Under which templates are kept and faces compared.
    model: String,
    pictures: Pictures,
    film: PathBuf,
}

/// The demo's policy with the notice's own hour for reports: here they come in time, or late for everybody to see. And with its
/// own patience: of the past days there is a sample every two minutes, not every few seconds.
pub fn policy() -> Policy {
    let notice = Policy::default();
    Policy {
        report_due: notice.report_due,
        crosscheck_max_gap_seconds: notice.crosscheck_max_gap_seconds,
        nobody_min_seconds: notice.nobody_min_seconds,
        left_min_seconds: notice.left_min_seconds,
        ..super::world::policy()
    }
}

/// Everybody who can sign in.
pub fn sign_ins() -> Vec<SignIn> {
    let of = |role, title, variable, username, name, institution: Option<usize>| SignIn {
        role,
        title,
        variable,
        username,
        name,
        institution: institution.map(people::institution),
        password: super::password(),
    };
    vec![
        of(Role::Supervisor, "supervisor 监管人员", "DUXUE_SUPERVISOR", people::SUPERVISOR, "王监管", None),
        of(
            Role::Supervisor,
            "2nd supervisor 监管人员",
            "DUXUE_SUPERVISOR_2",
            people::SECOND_SUPERVISOR,
            "吴监管",
            None,
        ),
        of(Role::Auditor, "auditor 审计", "DUXUE_AUDITOR", "auditor", "李审计", None),
        of(Role::Institution, "institution 培训机构", "DUXUE_INSTITUTION", "qihang", "赵老师", Some(0)),
        of(Role::Institution, "2nd institution 另一机构", "DUXUE_INSTITUTION_2", "xincheng", "孙老师", Some(1)),
        of(Role::Institution, "3rd institution 第三机构", "DUXUE_INSTITUTION_3", "yuanfan", "钱老师", Some(2)),
        of(Role::Manager, "manager 中心管理员", "DUXUE_MANAGER", people::MANAGER, "周主任", None),
    ]
}

/// What the simulator is to show.
pub fn scripts() -> Vec<Script> {
    rooms::scripts()
}

/// The camera of [`Part::Risk`] among them, counted from 1: the bad one.
pub const BAD_CAMERA: usize = 3;

/// The cameras of the six rooms.
pub fn addresses(simulator: &Simulator) -> Vec<Address> {
    let drawn = |number| Address {
        main: simulator.url_with_credentials(number, Stream::Main),
        sub: Some(simulator.url_with_credentials(number, Stream::Sub)),
    };
    // Nothing answers at these (RFC 5737): rooms in which nothing is taught now.
    let nowhere = |host| Address { main: format!("rtsp://camera:demo@192.0.2.{host}/main"), sub: None };
    vec![drawn(1), drawn(4), drawn(2), nowhere(22), drawn(3), nowhere(32)]
}

/// The instant at which the half year that ends `now` begins.
pub fn beginning(now: jiff::Timestamp) -> jiff::Timestamp {
    let (days, today) = (Days::new(), civil::date_of(now));
    let first = Part::ALL.into_iter().map(|part| days.of(part, today).added_on).min().unwrap_or(today);
    let time = jiff::civil::Time::constant(8, 0, 0, 0);
    civil::instant(days.before(first, 1), time).unwrap_or_default()
}

/// Plays it all; the clock is let go in the end.
pub async fn play(
    prepared: &Prepared,
    clock: &Steered,
    now: jiff::Timestamp,
    seed: u64,
    addresses: &[Address],
    sign_ins: &[SignIn],
) -> Result<()> {
    // Nobody signs in anew every morning: that is no work of theirs to be shown.
    // Half a year in half a minute.
    let unhurried = Rate { per_second: u32::MAX, burst: u32::MAX };
    let settings = Settings {
        sign_in_lasts: SignedDuration::from_hours(24 * 400),
        rates: Rates { address: unhurried, sign_in: unhurried },
        ..Settings::default()
    };
    let eyes = Arc::new(eyes::Enrolling(prepared.parts.vision.clone()));
    let app = prepared.app(Arc::new(eyes::NoCameras), eyes.clone(), settings);
    // Without models nobody compares them.
    let portraits = match prepared.parts.vision.eyes() {
        Some(_) => tokio::task::spawn_blocking(rooms::portraits).await??,
        None => BTreeMap::new(),
    };
    let mut world = World {
        parts: prepared.parts.clone(),
        api: Caller::new(duxue_api::router(app), clock.clone()),
        clock: clock.clone(),
        fate: Fate::new(seed),
        days: Days::new(),
        today: civil::date_of(now),
        institutions: Vec::new(),
        users: HashMap::new(),
        rooms: Vec::new(),
        classes: Vec::new(),
        portraits,
        model: eyes.model(),
        pictures: tokio::task::spawn_blocking(Pictures::draw).await??,
        film: footage::film(prepared.parts.config.data_dir.join("film")).await?,
    };
    world.set_up(sign_ins, addresses).await?;
    let first = world.date();
    for date in world.days.through(shifted(first, 1), world.today) {
        world.live_through(date, now).await?;
    }
    // Its files were never there.
    world.let_footage_go(now).await?;
    world.api.sign_all_out().await?;
    clock.let_go();
    Ok(())
}

impl World {
    /// The civil day that it is.
    fn date(&self) -> Date {
        civil::date_of(self.clock.now())
    }

    fn class(&self, part: Part) -> Result<&Class> {
        self.classes.iter().find(|class| class.part == part).with_context(|| format!("{part:?} is not there yet"))
    }

    fn class_mut(&mut self, part: Part) -> Result<&mut Class> {
        self.classes.iter_mut().find(|class| class.part == part).with_context(|| format!("{part:?} is not there yet"))
    }

    /// Who signs in as that.
    fn user<I: FromStr>(&self, username: &str) -> Result<I> {
        let id = self.users.get(username).with_context(|| format!("there is no {username}"))?;
        id.parse().ok().with_context(|| format!("{id} identifies nobody"))
    }

    fn room(&self, class: &Class) -> &Room {
        &self.rooms[class.room.unwrap_or_default()]
    }
}

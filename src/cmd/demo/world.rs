//! Who the demo is about: two institutions, four classes, four rooms. Everybody in it is invented and drawn.

use duxue_rules::policy::Policy;
use duxue_simulator::{Identity, Script, Sex, classroom};
use jiff::civil::Time;

/// The first institution.
pub const QIHANG: &str = "启航职业培训学校";
/// The second.
pub const XINCHENG: &str = "新程职业技能培训学校";
/// The camera that drops and freezes, counted from 1.
pub const BAD_CAMERA: usize = 4;

/// A room, the class in it, and what its institution reports.
pub struct Room {
    /// Whose.
    pub institution: &'static str,
    /// Its name.
    pub venue: &'static str,
    /// 专业.
    pub major: &'static str,
    /// 班期.
    pub batch: u32,
    /// Who is on the roster.
    pub roster: Vec<Person>,
    /// How many the institution says are there.
    pub reported_present: u32,
    /// How many it says are on sick leave: the last of the roster.
    pub reported_sick: u32,
    /// What the camera sees.
    pub script: Script,
}

/// A student.
pub struct Person {
    /// Invented.
    pub name: String,
    /// As registered.
    pub sex: Sex,
    /// How they are drawn.
    pub identity: Identity,
}

/// The demo's policy: small numbers, so that everything happens within minutes, and a label that says so.
pub fn policy() -> Policy {
    Policy {
        label: "演示 demo".into(),
        clip_min_seconds: 60,
        clip_spare_seconds: 2,
        readiness_min_minutes: 2,
        crosscheck_min_samples: 6,
        crosscheck_settle_seconds: 10,
        crosscheck_independent_seconds: 3,
        crosscheck_max_gap_seconds: 15,
        nobody_min_seconds: 20,
        left_min_seconds: 60,
        picture_min_seconds: 15,
        // A drawn room is a film that starts over: exactly what the search for loops finds, and not what the demo is about.
        repeat_min_pictures: u32::MAX,
        repeat_days: 0,
        staff_in_room: 0,
        // Drawn people look up: each was found in every sample that was looked at. With the notice's own 0.5 it takes
        // three minutes until fewer means fewer.
        count_min_detection: 0.8,
        // A demo is started at any hour.
        report_due: Time::constant(23, 59, 59, 0),
        // Drawn faces are more alike than real ones. Seen in these rooms: the same person 0.93 on average, another at
        // most 0.77, the stranger 0.68.
        identify_min_similarity: 0.80,
        unknown_max_similarity: 0.74,
        ..Policy::default()
    }
}

/// The four rooms.
pub fn rooms() -> Vec<Room> {
    vec![all_there(), fewer_than_reported(), a_stranger(), a_bad_camera()]
}

/// Ten are enrolled, ten are reported, ten are there.
fn all_there() -> Room {
    let script = classroom(11, 10);
    let roster = roster(&script, 0);
    Room {
        institution: QIHANG,
        venue: "301教室",
        major: "电子商务",
        batch: 1,
        reported_present: 10,
        reported_sick: 0,
        roster,
        script,
    }
}

/// Twelve are enrolled, eleven reported present and one sick; seven are there.
fn fewer_than_reported() -> Room {
    let mut script = classroom(22, 12);
    let roster = roster(&script, 20);
    script.stays.truncate(7);
    Room {
        institution: QIHANG,
        venue: "302教室",
        major: "人工智能训练",
        batch: 2,
        reported_present: 11,
        reported_sick: 1,
        roster,
        script,
    }
}

/// Nine are enrolled and reported; on one chair sits somebody else.
fn a_stranger() -> Room {
    let mut script = classroom(33, 9);
    let roster = roster(&script, 40);
    let stranger = classroom(34, 1).stays[0].identity;
    script.stays[4].identity = stranger;
    Room {
        institution: XINCHENG,
        venue: "201教室",
        major: "健康照护",
        batch: 1,
        reported_present: 9,
        reported_sick: 0,
        roster,
        script,
    }
}

/// Eight are there; the camera is not well.
fn a_bad_camera() -> Room {
    let script = classroom(44, 8);
    let roster = roster(&script, 60);
    Room {
        institution: XINCHENG,
        venue: "202教室",
        major: "新媒体运营",
        batch: 3,
        reported_present: 8,
        reported_sick: 0,
        roster,
        script,
    }
}

fn roster(script: &Script, first: usize) -> Vec<Person> {
    let person =
        |(n, identity): (usize, Identity)| Person { name: name(n, identity.sex()), sex: identity.sex(), identity };
    (first..).zip(script.stays.iter().map(|stay| stay.identity)).map(person).collect()
}

fn name(n: usize, sex: Sex) -> String {
    const FAMILY: [&str; 22] = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "林", "郭", "何",
        "高", "罗", "郑", "梁",
    ];
    const MEN: [&str; 12] = ["伟", "志强", "磊", "洋", "勇", "建军", "杰", "涛", "明", "超", "鹏飞", "浩然"];
    const WOMEN: [&str; 12] = ["芳", "娜", "敏", "静怡", "丽", "艳", "娟", "雨霞", "婷", "雪", "梅", "思琳"];
    let given = match sex {
        Sex::Male => MEN[n * 5 % MEN.len()],
        Sex::Female => WOMEN[n * 5 % WOMEN.len()],
    };
    format!("{}{given}", FAMILY[n % FAMILY.len()])
}

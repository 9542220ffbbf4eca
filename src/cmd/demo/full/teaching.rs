//! What is taught when: six lessons on every working day, three in the morning and three in the afternoon.

use duxue_rules::civil;
use jiff::{
    SignedDuration,
    civil::{Date, Time},
};
use serde_json::{Value, json};

use super::{Class, Room, cast, cast::Fate, people::setting};

/// When the first lesson begins, and the last one ends.
pub const MORNING: [(i8, i8); 3] = [(9, 0), (9, 55), (10, 50)];
pub const AFTERNOON: [(i8, i8); 3] = [(13, 0), (13, 55), (14, 50)];

/// The lessons of a class's whole course (R7.2b).
pub fn lessons(class: &Class, rooms: &[Room], fate: Fate) -> Vec<Value> {
    class.training.iter().flat_map(|&date| of_day(class, rooms, fate, date)).collect()
}

fn of_day(class: &Class, rooms: &[Room], fate: Fate, date: Date) -> Vec<Value> {
    let major = setting(class.part).2;
    let subjects = [format!("{major}基础"), format!("{major}实务"), "职业素养".to_owned()];
    let venue = rooms[class.room.unwrap_or_default()].venue;
    let lesson = |number: usize, (hour, minute): (i8, i8)| {
        let start = civil::instant(date, Time::constant(hour, minute, 0, 0)).unwrap_or_default();
        let half = number / 3;
        let teacher =
            cast::named(fate, duxue_rules::roster::Sex::Female, &[30, class.part.index() as u64, half as u64]);
        json!({
            "starts_at": start, "ends_at": start + SignedDuration::from_mins(45), "venue_id": venue,
            "subject": subjects[(date.day() as usize + half) % subjects.len()], "teacher": teacher,
        })
    };
    MORNING.into_iter().chain(AFTERNOON).enumerate().map(|(number, time)| lesson(number, time)).collect()
}

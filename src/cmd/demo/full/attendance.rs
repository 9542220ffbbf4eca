//! 七(三): punches, daily reports, leave, statements and monthly summaries, as institutions keep them.

use anyhow::Result;
use duxue_rules::{calendar::Month, roster::Sex};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde_json::{Value, json};

use super::{
    Class, World,
    calendar::{Part, shifted},
    truth::{self, DEVICE_DOWN, Report, State},
};

/// The device sends what it has at these times, three batches in the morning and two in the afternoon.
pub const SIGN_IN: [(i8, i8); 3] = [(8, 40), (8, 50), (8, 58)];
pub const SIGN_OUT: [(i8, i8); 2] = [(15, 40), (15, 46)];

impl World {
    /// One batch of a device: whoever came in the minutes before.
    pub(super) async fn punch(&self, class: &Class, day: usize, signs_in: bool, batch: usize) -> Result<()> {
        let (part, key, on) = (class.part, class.part.index() as u64, self.clock.now());
        if part == Part::Risk && day == DEVICE_DOWN && signs_in && batch == SIGN_IN.len() - 1 {
            return Ok(());
        }
        let mut punches = Vec::new();
        for (seat, student) in (0..).zip(&class.students) {
            let about = [60, key, day as u64, seat, u64::from(signs_in)];
            let comes = match truth::state(self.fate, part, day, seat) {
                State::There => signs_in || !truth::forgets(self.fate, part, day, seat),
                State::Ghost | State::Replaced => true,
                State::Sick | State::Personal => false,
            };
            let batches = if signs_in { SIGN_IN.len() } else { SIGN_OUT.len() };
            if !comes || self.fate.below(batches as u64, &about) != batch as u64 {
                continue;
            }
            let before = 15 + self.fate.below(210, &[61, key, day as u64, seat, u64::from(signs_in)]);
            let side = if signs_in { "sign_in" } else { "sign_out" };
            punches.push(json!({
                "id": format!("{day:03}-{seat:02}-{side}-{part:?}"),
                "student_id": student.id,
                "at": on - SignedDuration::from_secs(i64::try_from(before)?),
                "side": side,
                "method": "face",
            }));
        }
        if punches.is_empty() {
            return Ok(());
        }
        self.api.punch(&self.room(class).token, &punches).await
    }

    /// R7.3b.
    pub(super) async fn report(&self, class: &Class, day: usize, when: Report) -> Result<()> {
        if truth::report(class.part, day) != when || when == Report::Never {
            return Ok(());
        }
        let states = truth::states(self.fate, class.part, day);
        let present = || class.students.iter().zip(&states).filter(|(_, state)| state.is_reported_present());
        let men = present().filter(|(student, _)| student.person.sex == Sex::Male).count();
        let of = |wanted: State| states.iter().filter(|state| **state == wanted).count();
        let absent: Vec<Value> = class
            .students
            .iter()
            .zip(&states)
            .filter_map(|(student, state)| {
                let reason = match state {
                    State::Sick => "sick",
                    State::Personal => "personal",
                    State::There | State::Ghost | State::Replaced => return None,
                };
                Some(json!({ "student": student.id, "reason": reason }))
            })
            .collect();
        let body = json!({
            "roll": states.len(), "present": present().count(), "present_men": men,
            "present_women": present().count() - men, "sick": of(State::Sick), "personal": of(State::Personal),
            "other": 0, "absent": absent, "note": "",
        });
        self.api.put(class.who, &format!("/classes/{}/reports/{}", class.id, self.date()), &body).await?;
        Ok(())
    }

    /// R7.3e: before the first report that counts it.
    pub(super) async fn grant_leave(&self, class: &Class, day: usize) -> Result<()> {
        for (seat, student) in (0..).zip(&class.students) {
            let Some(leave) = truth::leave(self.fate, class.part, seat).filter(|leave| leave.first == day) else {
                continue;
            };
            let last = class.training.get(day + leave.days - 1).or(class.training.last()).copied();
            let body = json!({
                "student_id": student.id,
                "kind": if leave.sick { "sick" } else { "personal" },
                "first_on": self.date(),
                "last_on": last,
                "reason": if leave.sick { "发热就医，附诊断证明" } else { "家中有事" },
            });
            self.api.post(class.who, &format!("/classes/{}/leaves", class.id), &body).await?;
        }
        Ok(())
    }

    /// R7.3d: what is missing is explained in writing; not every statement gets all that it needs.
    pub(super) async fn explain(&self, class: &Class, day: usize) -> Result<()> {
        for (seat, student) in (0..).zip(&class.students) {
            if truth::state(self.fate, class.part, day, seat) != State::There {
                continue;
            }
            let about = [60, class.part.index() as u64, day as u64, seat, 1];
            let last_batch = self.fate.below(SIGN_IN.len() as u64, &about) == SIGN_IN.len() as u64 - 1;
            let lost = class.part == Part::Risk && day == DEVICE_DOWN && last_batch;
            let forgot = truth::forgets(self.fate, class.part, day, seat);
            if !lost && (!forgot || class.part == Part::Fraud) {
                continue;
            }
            let (side, cause, text) = if lost {
                ("sign_in", "device_down", "打卡设备断电，学员当时已到课")
            } else {
                ("sign_out", "student_unable", "学员离开时忘记签退，任课教师证明其在课")
            };
            let body = json!({
                "student_id": student.id, "first_on": self.date(), "last_on": self.date(), "sides": [side],
                "cause": cause, "text": text,
            });
            let written = self.api.post(class.who, &format!("/classes/{}/statements", class.id), &body).await?;
            let path = format!("/statements/{}", written["id"].as_str().unwrap_or_default());
            // Of the class at risk, one in two lies there without seal and signature.
            if class.part == Part::Risk && seat % 2 == 0 {
                continue;
            }
            let scans = json!({ "seal_file_id": class.file, "student_file_id": class.file });
            self.api.post(class.who, &format!("{path}/scans"), &scans).await?;
            let signing = json!({ "signing": self.api.signing(class.who) });
            self.api.post(class.who, &format!("{path}/signature"), &signing).await?;
        }
        Ok(())
    }

    /// 附件6 of the month before, in the first days of the next one, and of the last month once the course is over.
    pub(super) async fn sum_up(&self, class: &Class) -> Result<()> {
        let today = self.date();
        let first = today.first_of_month();
        let of = |date: Date| Month::of(date);
        let mut months = Vec::new();
        if today == self.days.from(first) && class.dates.starts_on < first && class.dates.ends_on >= shifted(first, -31)
        {
            months.push(of(shifted(first, -1)));
        }
        if today == self.days.after(class.dates.ends_on, 1) {
            months.push(of(class.dates.ends_on));
        }
        months.retain(|month| *month <= of(class.dates.ends_on));
        months.dedup();
        for month in months {
            let path = format!("/classes/{}/months/{month}", class.id);
            let read = self.api.get(class.who, &path).await?;
            let mut lines: Vec<Value> = read["lines"].as_array().into_iter().flatten().map(line).collect();
            if class.part == Part::Fraud {
                gloss_over(&mut lines);
            }
            self.api
                .put(class.who, &format!("{path}/summary"), &json!({ "lines": lines, "file_id": class.file }))
                .await?;
        }
        Ok(())
    }

    /// A time of the day that it is.
    pub(super) fn at(&self, hour: i8, minute: i8) -> Timestamp {
        let time = jiff::civil::Time::constant(hour, minute, 0, 0);
        duxue_rules::civil::instant(self.date(), time).unwrap_or(self.clock.now())
    }
}

fn line(read: &Value) -> Value {
    let cells: serde_json::Map<String, Value> = read["cells"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|cell| (cell["date"].as_str().unwrap_or_default().to_owned(), cell["value"].clone()))
        .collect();
    json!({ "student_id": read["student"]["student_id"], "cells": cells })
}

/// The first who was absent is written down as present.
fn gloss_over(lines: &mut [Value]) {
    let cells = lines.iter_mut().filter_map(|line| line["cells"].as_object_mut());
    if let Some(cell) = cells.flat_map(|cells| cells.values_mut()).find(|cell| **cell == "absent") {
        *cell = json!("present");
    }
}

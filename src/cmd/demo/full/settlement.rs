//! 八 to 十一: from the close-out to the money, and what becomes of the students.

use anyhow::{Context, Result};
use duxue_rules::timetable::months_after;
use jiff::{SignedDuration, civil::Date};
use serde_json::{Value, json};

use super::{
    Class, Student, World,
    calendar::{Part, shifted},
    caller::field,
    people::{MANAGER, SUPERVISOR},
    truth::LONG_ILL,
};

/// Seats whose assessment failed.
const FAILED: [usize; 2] = [7, 15];

impl World {
    /// What a class's settlement brings this afternoon.
    pub(super) async fn settle(&self, class: &Class, date: Date) -> Result<()> {
        let ends_on = class.dates.ends_on;
        if !matches!(class.part, Part::Paid | Part::Closing | Part::Ended) {
            return Ok(());
        }
        if date == self.days.before(ends_on, 12) {
            self.apply_for_closeout(class).await?;
        }
        if date < ends_on {
            return Ok(());
        }
        let after = |n| date == self.days.after(ends_on, n);
        if after(1) {
            for (matter, by_centre) in [("business", false), ("employment", true), ("other", false)] {
                self.verify(class.part, matter, "at_end", by_centre).await?;
            }
        }
        if class.part == Part::Ended {
            return Ok(());
        }
        if after(1) {
            self.accept(class).await?;
        }
        if after(2) {
            self.assess(class, date).await?;
        }
        if after(3) {
            self.spot_check(class).await?;
        }
        if after(4) {
            self.claim(class).await?;
        }
        if after(5) {
            self.api.poke(MANAGER, &format!("/classes/{}/subsidies", class.id)).await?;
        }
        let published_on = match class.part {
            Part::Closing => self.days.until(shifted(self.today, -1)),
            _ => self.days.after(ends_on, 6),
        };
        if date == published_on {
            self.publish(class, date).await?;
        }
        if class.part == Part::Paid && date == self.days.after(published_on, 7) {
            self.pay(class, date).await?;
        }
        self.track(class, date).await
    }

    async fn apply_for_closeout(&self, class: &Class) -> Result<()> {
        let students: Vec<_> = class.students.iter().map(|student| student.id).collect();
        let body = json!({ "ledger_file_id": class.file, "pass_list_file_id": class.file, "pass_list": students });
        self.api.post(class.who, &format!("/classes/{}/closeouts", class.id), &body).await?;
        Ok(())
    }

    async fn accept(&self, class: &Class) -> Result<()> {
        let all = self.api.get(SUPERVISOR, &format!("/classes/{}/closeouts", class.id)).await?;
        let application: String = field(&all["items"][0], "id")?;
        let students: Vec<_> = class.students.iter().map(|student| student.id).collect();
        let body = json!({ "outcome": "accepted", "students": students, "reason": "" });
        self.api.post(SUPERVISOR, &format!("/closeouts/{application}/decision"), &body).await?;
        Ok(())
    }

    /// R8.2.
    async fn assess(&self, class: &Class, date: Date) -> Result<()> {
        let line = |(seat, student): (usize, &Student)| {
            let certificate = (!FAILED.contains(&seat)).then(|| {
                let number = format!("演示{}{:02}{:02}", date.year(), class.part.index() + 1, seat + 1);
                json!({ "kind": "vocational_skill", "number": number, "issued_on": date })
            });
            json!({ "student_id": student.id, "on": date, "certificate": certificate })
        };
        let lines: Vec<Value> = class.students.iter().enumerate().map(line).collect();
        self.api
            .post(SUPERVISOR, &format!("/classes/{}/assessments", class.id), &json!({ "assessments": lines }))
            .await?;
        Ok(())
    }

    /// R4.4.
    async fn spot_check(&self, class: &Class) -> Result<()> {
        let drawn = self.api.post(MANAGER, &format!("/classes/{}/spot-checks", class.id), &json!({})).await?;
        let students = drawn["draws"][0]["drawn"].as_array().context("nobody was drawn")?;
        self.clock.pass(SignedDuration::from_mins(30));
        for student in students {
            let result = json!({ "student_id": student["student_id"], "agrees": true, "note": "" });
            self.api.post(MANAGER, &format!("/classes/{}/spot-check-results", class.id), &result).await?;
        }
        Ok(())
    }

    /// The three annexes; one who was long ill is let pass (R7.2c).
    async fn claim(&self, class: &Class) -> Result<()> {
        if class.part == LONG_ILL.0 {
            let student = class.students[LONG_ILL.1 as usize].id;
            let body = json!({
                "rule": "R7.2c", "code": "attendance_low", "reason": "住院治疗，有医院证明，缺课已补学并通过考核",
            });
            self.api.post(MANAGER, &format!("/students/{student}/exceptions"), &body).await?;
        }
        let body = json!({
            "annex6_file_id": class.file, "annex7_file_id": class.file, "annex8_file_id": class.file,
        });
        self.api.post(class.who, &format!("/classes/{}/claims", class.id), &body).await?;
        Ok(())
    }

    /// R10.1; of the class whose notice hangs now somebody objects the same day.
    async fn publish(&self, class: &Class, date: Date) -> Result<()> {
        let hung = self.api.poke(MANAGER, &format!("/classes/{}/notices", class.id)).await?;
        if class.part == Part::Closing {
            self.clock.pass(SignedDuration::from_mins(20));
            let path = format!("/notices/{}/objections", hung["id"].as_str().unwrap_or_default());
            let body = json!({ "on": date, "objector": "某市民（来电）", "text": "名单中有人培训期间在外地上班。" });
            self.api.post(MANAGER, &path, &body).await?;
        }
        Ok(())
    }

    /// R10.2.
    async fn pay(&self, class: &Class, date: Date) -> Result<()> {
        let notices = self.api.get(MANAGER, &format!("/classes/{}/notices", class.id)).await?;
        let notice: String = field(&notices["items"][0], "id")?;
        let body = json!({
            "on": date, "account_holder": self.institutions[class.institution].name, "account_kind": "basic",
            "fund": "employment_subsidy",
        });
        self.api.post(MANAGER, &format!("/notices/{notice}/payment"), &body).await?;
        Ok(())
    }

    /// R11.2: a few days after each node.
    async fn track(&self, class: &Class, date: Date) -> Result<()> {
        let ends_on = class.dates.ends_on;
        let three = months_after(ends_on, 3).map(|from| self.days.after(from, 2));
        let node = match date {
            date if date == self.days.after(ends_on, 6) => "at_end",
            date if Some(date) == three => "three_months",
            _ => return Ok(()),
        };
        let key = class.part.index() as u64;
        let line = |(seat, student): (usize, &Student)| {
            let lot = self.fate.below(10, &[90, key, seat as u64, node.len() as u64]);
            let occupation = match (node, lot) {
                ("at_end", 0..4) | ("three_months", 0..7) => "employed",
                (_, 7) => "business",
                (_, 8) => "unreachable",
                _ => "none",
            };
            json!({ "student_id": student.id, "node": node, "on": date, "occupation": occupation, "note": "" })
        };
        let entries: Vec<Value> = class.students.iter().enumerate().map(line).collect();
        self.api.post(class.who, &format!("/classes/{}/tracking", class.id), &json!({ "entries": entries })).await?;
        Ok(())
    }
}

//! 七(四): remote supervision twice a week, visits, and whom to look at by lot.

use anyhow::Result;
use duxue_rules::{
    calendar::Week,
    ids::{UserId, WatchId},
};
use duxue_storage::{
    audit,
    watch::{NewWatch, Watched, WatchedStream},
};
use jiff::{SignedDuration, civil::Date};
use serde_json::{Value, json};

use super::{
    Class, World,
    calendar::Part,
    people::{SECOND_SUPERVISOR, SUPERVISOR},
    truth::{self, Trouble},
};
use crate::ids::new_id;

impl World {
    /// R7.4a: on two training days of each week somebody watches, and signs for it.
    pub(super) async fn supervise(&self, class: &Class, date: Date, day: usize) -> Result<()> {
        if !self.is_watched(class, date, day) {
            return Ok(());
        }
        let key = class.part.index() as u64;
        let who = if self.fate.once_in(2, &[80, key, day as u64]) { SUPERVISOR } else { SECOND_SUPERVISOR };
        self.watch(class, who, 6 + i64::try_from(self.fate.below(9, &[81, key, day as u64]))?).await?;
        let replaced = class.part == Part::Fraud && day >= 7 && day % 5 == 2;
        let checklist = json!({
            "attendance_real": if replaced { not_fine("后排一名学员与花名册照片不符") } else { fine() },
            "manager_named": fine(), "conduct": fine(), "replaced": if replaced { not_fine("疑似有人替课") } else { fine() },
            "sex_counts": fine(),
        });
        let body = json!({
            "checklist": checklist, "remark": if replaced { "已提醒机构，留存画面" } else { "课堂秩序良好" },
            "signing": self.api.signing(who),
        });
        self.api.post(who, &format!("/classes/{}/remote-supervisions", class.id), &body).await?;
        Ok(())
    }

    /// The two days of the week that fall to this class; none while its camera is down.
    fn is_watched(&self, class: &Class, date: Date, day: usize) -> bool {
        let week = Week::of(date);
        let watchable = |index: &usize| {
            truth::is_taught(class.part, *index) && truth::trouble(class.part, *index) != Some(Trouble::Down)
        };
        let of_week: Vec<usize> = (0..class.training.len())
            .filter(|index| Week::of(class.training[*index]) == week)
            .filter(watchable)
            .collect();
        let first = self.fate.below(
            of_week.len().saturating_sub(1).max(1) as u64,
            &[82, class.part.index() as u64, of_week.first().copied().unwrap_or_default() as u64],
        ) as usize;
        of_week.get(first..(first + 2).min(of_week.len())).is_some_and(|chosen| chosen.contains(&day))
    }

    /// As the live socket writes it down.
    async fn watch(&self, class: &Class, who: &str, minutes: i64) -> Result<()> {
        let user: UserId = self.user(who)?;
        let (camera, opened_at) = (self.room(class).camera, self.clock.now());
        let id: WatchId = new_id(opened_at);
        let watch = NewWatch { id, user, camera, what: Watched::Live, stream: Some(WatchedStream::Sub), opened_at };
        let entry = |action: &str, at, detail| audit::Entry {
            at,
            actor: Some(user),
            action: action.into(),
            subject_kind: "camera".into(),
            subject_id: camera.to_string(),
            detail,
        };
        let mut tx = self.parts.store.begin().await?;
        tx.open_watch(&watch).await?;
        tx.audit(entry("open_watch", opened_at, json!({ "watch": id, "stream": "sub" })));
        tx.commit().await?;
        self.clock.pass(SignedDuration::from_mins(minutes));
        let (closed_at, seconds) = (self.clock.now(), minutes * 60);
        let mut tx = self.parts.store.begin().await?;
        tx.close_watch(id, closed_at).await?;
        let detail = json!({ "watch": id, "stream": "sub", "seconds": seconds, "end": "closed" });
        tx.audit(entry("close_watch", closed_at, detail));
        Ok(tx.commit().await?)
    }

    /// R7.4b: two visits a class, and more where there is reason.
    pub(super) async fn inspect(&self, class: &Class, date: Date, day: usize) -> Result<()> {
        let length = class.training.len();
        let (visits, bad): (&[usize], &[usize]) = match class.part {
            Part::Risk => (&[4, 10, 16, 36], &[4, 10, 16]),
            Part::Fraud => (&[12, 28], &[28]),
            _ => (&[length / 3, length * 2 / 3], &[]),
        };
        if !visits.contains(&day) {
            return Ok(());
        }
        let checklist = if bad.contains(&day) {
            json!({
                "ledgers_kept": not_fine("培训台账缺最近三天记录"), "leave_recorded": not_fine("两名学员请假未及时登记"),
                "attendance_real": fine(), "manager_named": fine(),
            })
        } else {
            json!({ "ledgers_kept": fine(), "leave_recorded": fine(), "attendance_real": fine(), "manager_named": fine(),
                "voluntary": fine(), "conduct": fine() })
        };
        let sheet = json!({
            "date": date, "inspectors": [self.user::<UserId>(SUPERVISOR)?, self.user::<UserId>(SECOND_SUPERVISOR)?],
            "checklist": checklist, "remark": if bad.contains(&day) { "责令三日内补齐" } else { "规范" },
        });
        let drafted = self.api.post(SUPERVISOR, &format!("/classes/{}/inspections", class.id), &sheet).await?;
        let path = format!("/inspections/{}", drafted["id"].as_str().unwrap_or_default());
        self.clock.pass(SignedDuration::from_mins(5));
        for who in [SUPERVISOR, SECOND_SUPERVISOR] {
            let signing = json!({ "signing": self.api.signing(who) });
            self.api.post(who, &format!("{path}/signatures"), &signing).await?;
        }
        let signing = json!({ "signing": self.api.signing(class.who) });
        self.api.post(class.who, &format!("{path}/countersignature"), &signing).await?;
        Ok(())
    }

    /// R7.4c: on the first working day of a week the lot says whom to look at.
    pub(super) async fn draw_lots(&self, date: Date) -> Result<()> {
        let taught = self
            .classes
            .iter()
            .any(|class| class.training.binary_search(&date).is_ok_and(|day| truth::is_taught(class.part, day)));
        let first = Week::of(date) != Week::of(self.days.before(date, 1));
        if taught && first {
            self.api.post(SUPERVISOR, "/draws", &json!({ "wanted": 2 })).await?;
        }
        Ok(())
    }
}

fn fine() -> Value {
    json!({ "look": "seen_fine" })
}

fn not_fine(what: &str) -> Value {
    json!({ "look": "not_fine", "what": what })
}

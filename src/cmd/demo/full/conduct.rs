//! 七(五): what the centre decides about findings, which violations and measures come of them, and what is written to and fro.

use anyhow::{Context, Result};
use duxue_rules::{calendar::Week, civil};
use jiff::{SignedDuration, civil::Date};
use serde_json::{Value, json};

use super::{
    Class, World,
    calendar::{Part, shifted},
    caller::{field, items},
    people::{MANAGER, SUPERVISOR},
    truth::SUSPENDED,
};

impl World {
    /// On the last training day of a week the centre decides what is older than three days; of classes that are over, all.
    pub(super) async fn decide_findings(&self, class: &Class, date: Date) -> Result<()> {
        let over = class.dates.ends_on < date;
        if Week::of(date) == Week::of(self.days.after(date, 1)) && !over {
            return Ok(());
        }
        let young = if over { self.today } else { shifted(date, -3) };
        // What is of the last days is left for whoever looks at the demo.
        let left = matches!(class.part, Part::Fraud | Part::Risk).then(|| shifted(self.today, -9));
        let open = self.api.get(SUPERVISOR, &format!("/findings?state=open&class_id={}", class.id)).await?;
        for finding in items(&open) {
            let on = civil::date_of(field(&finding["session"], "starts_at")?);
            if on > young || left.is_some_and(|left| on > left) {
                continue;
            }
            let (outcome, reason) = verdict(class.part, finding);
            let path = format!("/findings/{}/decision", finding["id"].as_str().unwrap_or_default());
            self.api.post(SUPERVISOR, &path, &json!({ "outcome": outcome, "reason": reason })).await?;
        }
        Ok(())
    }

    /// R7.5: the ladder of the two institutions that have earned it.
    pub(super) async fn take_measures(&self, class: &Class, date: Date, day: usize) -> Result<()> {
        match (class.part, day) {
            (Part::Fraud, 19) => {
                let grounds = json!({ "findings": self.confirmed(class, "replaced").await? });
                self.punish(class, date, &grounds, Some(("warning", "警告书（演示）1号"))).await?;
                let asked = "贵校健康照护班多次出现替课现象，请于三日内书面说明并整改。";
                self.write(class, asked, "收到。经查系学员私自找人顶替，已对班主任批评教育，将加强点名。").await?;
            }
            (Part::Fraud, 24) => {
                let grounds = json!({ "findings": self.confirmed(class, "fewer_than_reported").await? });
                self.punish(class, date, &grounds, Some(("interview", "约谈主要负责人，制作约谈笔录"))).await?;
                self.write(class, "请说明日报人数与监控画面不符的原因。", "部分学员请假未登记，已补充台账。").await?;
            }
            (Part::Risk, 5) => self.punish_for_visit(class, date, Some(("warning", "警告书（演示）2号"))).await?,
            (Part::Risk, 11) => self.punish_for_visit(class, date, Some(("interview", "约谈教学负责人"))).await?,
            (Part::Risk, 17) => self.punish_for_visit(class, date, None).await?,
            (Part::Risk, 19) => self.suspend(class, date).await?,
            _ => {}
        }
        Ok(())
    }

    /// Confirmed findings of a kind that show no violation yet.
    async fn confirmed(&self, class: &Class, kind: &str) -> Result<Vec<Value>> {
        let all = self.api.get(SUPERVISOR, &format!("/findings?state=confirmed&class_id={}", class.id)).await?;
        Ok(items(&all).filter(|finding| finding["kind"] == kind).map(|finding| finding["id"].clone()).collect())
    }

    async fn punish_for_visit(&self, class: &Class, date: Date, measure: Option<(&str, &str)>) -> Result<()> {
        let sheets = self.api.get(SUPERVISOR, &format!("/classes/{}/inspections", class.id)).await?;
        let newest = items(&sheets).max_by_key(|sheet| sheet["date"].as_str().unwrap_or_default());
        let sheet = newest.context("nobody has visited the class")?;
        self.punish(class, date, &json!({ "inspections": [sheet["id"]] }), measure).await
    }

    /// A charge, its confirmation, and the measure that follows.
    async fn punish(&self, class: &Class, date: Date, grounds: &Value, measure: Option<(&str, &str)>) -> Result<()> {
        let charge = self.api.post(SUPERVISOR, &format!("/classes/{}/violations", class.id), grounds).await?;
        let path = format!("/violations/{}", charge["id"].as_str().unwrap_or_default());
        self.clock.pass(SignedDuration::from_mins(10));
        let verdict = json!({ "outcome": "confirmed", "severity": "ordinary", "reason": "事实清楚，机构已确认" });
        self.api.post(SUPERVISOR, &format!("{path}/decision"), &verdict).await?;
        if let Some((kind, note)) = measure {
            let measure = json!({ "kind": kind, "on": date, "note": note });
            self.api.post(SUPERVISOR, &format!("{path}/measures"), &measure).await?;
        }
        Ok(())
    }

    /// The third violation: reported, ordered, its lessons moved away, and lifted once all is well.
    async fn suspend(&self, class: &Class, date: Date) -> Result<()> {
        let conduct = self.api.get(SUPERVISOR, &format!("/institutions/{}/violations", self.owner(class))).await?;
        let third = conduct["violations"]
            .as_array()
            .and_then(|all| all.iter().max_by_key(|violation| violation["opened_at"].as_str().unwrap_or_default()));
        let path = format!(
            "/violations/{}/suspension",
            third.context("there is no violation")?["id"].as_str().unwrap_or_default()
        );
        let report = json!({ "on": date, "document": "关于对远帆职业培训学校停课整改的报告（演示）" });
        self.api.post(SUPERVISOR, &path, &report).await?;
        let from = class.training[SUSPENDED.start];
        let order = json!({ "number": "抚人社停〔演示〕1号", "on": date, "from": from });
        self.api.post(SUPERVISOR, &format!("{path}/order"), &order).await?;

        let timetable = self.api.get(class.who, &format!("/classes/{}/timetable", class.id)).await?;
        let days: Vec<String> = class.training[SUSPENDED].iter().map(Date::to_string).collect();
        let withdrawn: Vec<&Value> = timetable["lessons"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|lesson| days.iter().any(|day| lesson["date"] == **day))
            .map(|lesson| &lesson["id"])
            .collect();
        let change = json!({ "withdrawn": withdrawn, "added": [], "reason": "停课整改三天" });
        let asked = self.api.post(class.who, &format!("/timetables/{}/changes", class.timetable), &change).await?;
        let path = format!("/timetable-changes/{}/decision", asked["id"].as_str().unwrap_or_default());
        let approved = json!({ "outcome": "approved", "reason": "停课整改" });
        self.api.post(SUPERVISOR, &path, &approved).await?;
        Ok(())
    }

    /// On the last day of it, in the afternoon.
    pub(super) async fn lift_suspension(&self, date: Date) -> Result<()> {
        let Ok(class) = self.class(Part::Risk) else { return Ok(()) };
        if class.training.get(SUSPENDED.end - 1) != Some(&date) {
            return Ok(());
        }
        let conduct = self.api.get(MANAGER, &format!("/institutions/{}/violations", self.owner(class))).await?;
        let suspended = conduct["suspensions"].as_array().and_then(|all| all.first()).context("nobody is suspended")?;
        let path = format!("/violations/{}/suspension/lifting", suspended["violation_id"].as_str().unwrap_or_default());
        let on = class.training[SUSPENDED.end];
        self.api.post(MANAGER, &path, &json!({ "on": on, "reason": "台账补齐，专人负责，整改合格" })).await?;
        Ok(())
    }

    /// A message of the centre, and the answer.
    async fn write(&self, class: &Class, asked: &str, answered: &str) -> Result<()> {
        let path = format!("/classes/{}/messages", class.id);
        self.api.post(SUPERVISOR, &path, &json!({ "text": asked, "files": [] })).await?;
        self.clock.pass(SignedDuration::from_mins(12));
        self.api.post(class.who, &path, &json!({ "text": answered, "files": [class.file] })).await?;
        Ok(())
    }

    fn owner(&self, class: &Class) -> duxue_rules::ids::InstitutionId {
        self.institutions[class.institution].id
    }
}

/// What a supervisor makes of a finding, and why.
fn verdict(part: Part, finding: &Value) -> (&'static str, &'static str) {
    let kind = finding["kind"].as_str().unwrap_or_default();
    match kind {
        "late_report" | "report_missing" => ("confirmed", "系统时间可查，迟报（漏报）属实"),
        "picture_frozen" | "picture_dark" => ("dismissed", "经现场查看为设备故障，已修复"),
        "replaced" | "unknown_person" if part == Part::Fraud => ("confirmed", "比对画面，非花名册学员本人"),
        "fewer_than_reported" if part == Part::Fraud => ("confirmed", "清点画面人数，少于报告单人数"),
        "reported_present_never_seen" if part == Part::Fraud => ("confirmed", "全天画面中未见该学员，打卡系他人代打"),
        _ => ("dismissed", "查看画面，学员在座位上低头书写，属误判"),
    }
}

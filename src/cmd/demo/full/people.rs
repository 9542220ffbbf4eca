//! Before anything happens: the centre, three institutions with two rooms each, and what the bureau approved (一).

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use axum::http::Method;
use duxue_rules::access::Role;
use serde_json::{Value, json};

use super::{
    Address, Institution, Room, World,
    calendar::{Part, shifted},
    caller::{Sent, field},
    papers,
};
use crate::cmd::{demo::SignIn, user};

/// The centre's people, by what they sign in with.
pub const MANAGER: &str = "manager";
pub const SUPERVISOR: &str = "supervisor";
pub const SECOND_SUPERVISOR: &str = "supervisor2";

/// Name, who signs in for it, rooms.
const INSTITUTIONS: [(&str, &str, [&str; 2]); 3] = [
    ("启航职业培训学校", "qihang", ["301教室", "302教室"]),
    ("新程职业技能培训学校", "xincheng", ["201教室", "202教室"]),
    ("远帆职业培训学校", "yuanfan", ["101教室", "102教室"]),
];

/// The name of an institution.
pub fn institution(index: usize) -> &'static str {
    INSTITUTIONS[index].0
}

/// Whose the class of each part is, in which of its rooms, and what it teaches; the last is the standard in yuan.
pub fn setting(part: Part) -> (usize, Option<usize>, &'static str, u64) {
    match part {
        Part::Paid => (0, Some(0), "电子商务", 3_200),
        Part::Closing => (1, Some(1), "养老护理", 3_600),
        Part::Model => (0, Some(0), "人工智能训练", 4_000),
        Part::Fraud => (1, Some(0), "健康照护", 3_600),
        Part::Risk => (2, Some(0), "新媒体运营", 3_400),
        Part::Ended => (0, Some(1), "网络与信息安全管理", 4_000),
        Part::Applied => (2, Some(1), "物联网安装调试", 3_800),
        Part::Draft => (1, None, "宠物健康护理", 3_000),
    }
}

impl World {
    /// Everything that is there before the first class.
    pub(super) async fn set_up(&mut self, sign_ins: &[SignIn], addresses: &[Address]) -> Result<()> {
        let manager = sign_ins.iter().find(|one| one.role == Role::Manager).context("there is no manager")?;
        let first = user::Person {
            username: manager.username.into(),
            name: manager.name.into(),
            role: Role::Manager,
            institution: None,
        };
        user::add_user(&self.parts.store, first, manager.password.clone(), self.clock.now()).await?;
        self.api.sign_in(MANAGER, &manager.password).await?;
        for (name, username, _) in INSTITUTIONS {
            let added = self.api.post(MANAGER, "/institutions", &json!({ "name": name })).await?;
            self.institutions.push(Institution { id: field(&added, "id")?, name, username, liaison: String::new() });
        }
        for person in sign_ins.iter().filter(|one| one.role != Role::Manager) {
            self.add_person(person).await?;
        }
        for (index, (_, _, rooms)) in INSTITUTIONS.iter().enumerate() {
            for (number, room) in rooms.iter().enumerate() {
                let address = addresses.get(index * 2 + number).context("a room has no camera")?;
                self.add_room(index, room, address).await?;
            }
        }
        self.approve_majors().await
    }

    async fn add_person(&mut self, person: &SignIn) -> Result<()> {
        let role = match person.role {
            Role::Supervisor => "supervisor",
            Role::Manager => "manager",
            Role::Auditor => "auditor",
            Role::Institution => "institution",
        };
        let institution = self.institutions.iter().position(|one| Some(one.name) == person.institution);
        let body = json!({
            "username": person.username,
            "display_name": person.name,
            "role": role,
            "institution_id": institution.map(|index| self.institutions[index].id),
            "password": person.password,
        });
        let added = self.api.post(MANAGER, "/users", &body).await?;
        if let Some(index) = institution {
            self.institutions[index].liaison = field(&added, "id")?;
        }
        self.users.insert(person.username.to_owned(), field(&added, "id")?);
        self.api.sign_in(person.username, &person.password).await
    }

    async fn add_room(&mut self, institution: usize, name: &str, address: &Address) -> Result<()> {
        let owner = self.institutions[institution].id;
        let venue = json!({ "institution_id": owner, "name": name });
        let venue = field(&self.api.post(MANAGER, "/venues", &venue).await?, "id")?;
        let camera = json!({
            "venue_id": venue, "name": "前方", "main_url": address.main, "sub_url": address.sub, "transport": "tcp",
        });
        let camera = field(&self.api.post(MANAGER, "/cameras", &camera).await?, "id")?;
        let device = json!({ "venue_id": venue, "name": format!("{name}门口") });
        let token = field(&self.api.post(MANAGER, "/devices", &device).await?, "token")?;
        let file = self.file_of(MANAGER, "venue verified on site", Some(institution)).await?;
        let approval = json!({ "approved_on": shifted(self.date(), -30), "file_id": file });
        self.api.post(MANAGER, &format!("/venues/{venue}/approvals"), &approval).await?;
        self.rooms.push(Room { venue, camera, token });
        Ok(())
    }

    /// The approval list of each year with its majors (R1.1), and what a certificate in each is worth (R9.4).
    async fn approve_majors(&mut self) -> Result<()> {
        let mut years: BTreeMap<i16, Vec<Value>> = BTreeMap::new();
        for part in Part::ALL {
            let (institution, _, major, yuan) = setting(part);
            let year = self.days.of(part, self.today).starts_on.year();
            let owner = self.institutions[institution].id;
            years.entry(year).or_default().push(json!({ "institution_id": owner, "major": major }));
            let standard = json!({
                "major": major, "year": year, "amount_fen": yuan * 100, "document": format!("抚人社发〔{year}〕9号（演示）"),
            });
            self.api.post(MANAGER, "/subsidy-standards", &standard).await?;
        }
        for (year, majors) in years {
            let list = json!({ "revision": 0, "majors": majors });
            self.api.put(MANAGER, &format!("/approval-lists/{year}"), &list).await?;
        }
        Ok(())
    }

    /// Hands in a paper for an institution.
    pub(super) async fn file_of(&self, who: &str, title: &str, institution: Option<usize>) -> Result<String> {
        let name: String = title.chars().map(|letter| if letter == ' ' { '-' } else { letter }).collect();
        let owner = institution.map(|index| format!("&institution_id={}", self.institutions[index].id));
        let path = format!("/files?name={name}.pdf{}", owner.unwrap_or_default());
        let sent = Sent::Bytes(&[("content-type", "application/octet-stream")], papers::pdf(title).into());
        field(&self.api.call(who, Method::POST, &path, sent).await?, "id")
    }
}

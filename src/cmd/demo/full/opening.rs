//! 二 to 六: every class from its first line on the roster to its first lesson.

use anyhow::Result;
use axum::http::Method;
use duxue_rules::{roster::Sex, span::Span};
use duxue_storage::segment::Segment;
use jiff::{SignedDuration, civil::Date};
use serde_json::{Value, json};

use super::{
    Class, Student, World,
    calendar::{Dates, Part},
    caller::{Sent, field},
    cast, papers,
    people::{MANAGER, SUPERVISOR, setting},
    rooms,
    teaching::lessons,
};

/// How many students every class has.
pub const STUDENTS: u64 = 20;

/// The papers of R5.1.
const REVIEWED: [&str; 5] =
    ["id_card", "status_proof", "no_business_statement", "registration_form", "verification_note"];

impl World {
    /// What is done of the openings on the morning and the afternoon of a day.
    pub(super) async fn open_classes(&mut self, date: Date, morning: bool) -> Result<()> {
        for part in Part::ALL {
            let Dates { added_on, checked_on, filed_on, applied_on, approved_on, starts_on, .. } =
                self.days.of(part, self.today);
            match morning {
                true if date == added_on => self.add_class(part).await?,
                true if date == checked_on && part != Part::Draft => self.self_check(part).await?,
                true if date == filed_on && part != Part::Draft => self.file(part).await?,
                true if date == starts_on => self.start(part).await?,
                false if date == applied_on && part != Part::Draft => self.apply(part).await?,
                false if date == approved_on && part < Part::Applied => self.approve(part).await?,
                _ => {}
            }
        }
        Ok(())
    }

    async fn add_class(&mut self, part: Part) -> Result<()> {
        let dates = self.days.of(part, self.today);
        let (institution, room, major, _) = setting(part);
        let (owner, who) = (self.institutions[institution].id, self.institutions[institution].username);
        let year = dates.starts_on.year();
        let body = json!({
            "institution_id": owner, "name": format!("{year}年{major}专业1班期"), "major": major,
            "starts_on": dates.starts_on, "ends_on": dates.ends_on,
        });
        let added = self.api.post(MANAGER, "/classes", &body).await?;
        let class = Class {
            part,
            id: field(&added, "id")?,
            name: field(&added, "name")?,
            institution,
            who,
            room: room.map(|room| institution * 2 + room),
            dates,
            training: self.days.through(dates.starts_on, dates.ends_on),
            file: self.file_of(who, &format!("papers of class {}", part.index() + 1), None).await?,
            students: Vec::new(),
            timetable: String::new(),
        };
        let people = cast::students(self.fate, part.index() as u64, STUDENTS, year, &rooms::sexes(part));
        let mut students = Vec::new();
        for (seat, person) in people.into_iter().enumerate() {
            students.push(self.enrol(&class, seat, person).await?);
        }
        self.classes.push(Class { students, ..class });
        if part != Part::Draft {
            self.draft(part).await?;
            self.verify_before(part).await?;
        }
        Ok(())
    }

    /// Onto the roster, with papers (R3) and, by consent, the face. Of the class that is not ready some lack some.
    async fn enrol(&self, class: &Class, seat: usize, person: cast::Person) -> Result<Student> {
        let sex = match person.sex {
            Sex::Male => "male",
            Sex::Female => "female",
        };
        let new = json!({ "name": person.name, "sex": sex, "number": person.number, "face_consent": true });
        let added = self.api.post(class.who, &format!("/classes/{}/students", class.id), &new).await?;
        let student = Student { id: field(&added, "id")?, person };
        if class.part == Part::Draft && seat >= 12 {
            return Ok(student);
        }
        let (key, seat) = (class.part.index() as u64, seat as u64);
        let elsewhere = self.fate.once_in(3, &[20, key, seat]);
        let unfinished = class.part == Part::Draft && seat >= 9;
        let file = &class.file;
        let papers = json!({
            "revision": 0,
            "id_number": student.person.id_number,
            "id_card_seen": !unfinished,
            "id_card_copy": file,
            "status_proof": { "issued_by": if elsewhere { "school" } else { "ministry_report" }, "file_id": file },
            "registration_form": (!unfinished).then_some(file),
            // R3.2: those of the province who studied elsewhere prove their household.
            "hukou_proof": elsewhere.then_some(file),
            "no_business_statement": file,
            "hukou_province": "21",
            "school_city": if elsewhere { "2101" } else { "2104" },
        });
        self.api.put(class.who, &format!("/students/{}/papers", student.id), &papers).await?;
        let picture = Sent::Bytes(
            &[("content-type", "image/png")],
            self.portraits
                .get(&(class.part, seat as usize))
                .cloned()
                .unwrap_or_else(|| papers::picture(&format!("{key}-{seat}")).into()),
        );
        self.api.call(class.who, Method::POST, &format!("/students/{}/picture", student.id), picture).await?;
        Ok(student)
    }

    async fn draft(&self, part: Part) -> Result<()> {
        let class = self.class(part)?;
        let body = json!({
            "revision": 0,
            "name": class.name,
            "venue_ids": [self.rooms[class.room.unwrap_or_default()].venue],
            "textbooks": [{ "title": format!("{}基础", setting(part).2), "in_catalogue": true }],
        });
        self.api.put(class.who, &format!("/classes/{}/opening", class.id), &body).await?;
        Ok(())
    }

    /// R4.1 to R4.3, before the course.
    async fn verify_before(&self, part: Part) -> Result<()> {
        for (matter, by_centre) in [("business", false), ("employment", true), ("other", false)] {
            self.verify(part, matter, "before", by_centre).await?;
        }
        Ok(())
    }

    /// One matter for the whole class.
    pub(super) async fn verify(&self, part: Part, matter: &str, phase: &str, by_centre: bool) -> Result<()> {
        let class = self.class(part)?;
        let who = if by_centre { SUPERVISOR } else { class.who };
        let line = |student: &Student| {
            let file = (!by_centre).then_some(&class.file);
            json!({ "student_id": student.id, "found": false, "file_id": file, "note": "" })
        };
        let students: Vec<Value> = class.students.iter().map(line).collect();
        let body = json!({ "matter": matter, "phase": phase, "on": self.date(), "students": students });
        self.api.post(who, &format!("/classes/{}/verifications", class.id), &body).await?;
        Ok(())
    }

    /// R2.1, and the timetable (R7.2a), which the centre decides the same day.
    async fn self_check(&mut self, part: Part) -> Result<()> {
        let class = self.class(part)?;
        let check = |item: &str| json!({ "item": item, "on": self.date(), "file_id": class.file });
        let checks: Vec<Value> = ["licence", "major", "venue", "textbooks"].into_iter().map(check).collect();
        let body = json!({ "revision": 1, "checks": checks });
        self.api.post(class.who, &format!("/classes/{}/opening/self-check", class.id), &body).await?;

        let lessons = lessons(class, &self.rooms, self.fate);
        let body = json!({
            "syllabus_file_id": class.file, "plan_file_id": class.file, "subjects": [], "months": 3, "lessons": lessons,
        });
        let handed_in = self.api.post(class.who, &format!("/classes/{}/timetables", class.id), &body).await?;
        let timetable: String = field(&handed_in, "id")?;
        let decision = json!({ "outcome": "approved", "reason": "课时、场地、师资与教学计划一致" });
        self.api.post(SUPERVISOR, &format!("/timetables/{timetable}/decision"), &decision).await?;
        self.class_mut(part)?.timetable = timetable;
        Ok(())
    }

    /// R5.1.
    async fn file(&self, part: Part) -> Result<()> {
        let class = self.class(part)?;
        let line = |student: &Student| json!({ "student_id": student.id, "in_order": REVIEWED });
        let students: Vec<Value> = class.students.iter().map(line).collect();
        let body = json!({ "revision": 2, "students": students });
        self.api.post(SUPERVISOR, &format!("/classes/{}/opening/filing", class.id), &body).await?;
        Ok(())
    }

    /// R6.1, with what was measured in the room over noon (R2.2).
    async fn apply(&self, part: Part) -> Result<()> {
        let class = self.class(part)?;
        let room = &self.rooms[class.room.unwrap_or_default()];
        let from = self.at(12, 0);
        let until = from + SignedDuration::from_mins(20);
        let segment = self.segment(room.camera, Span::new(from, until)?);
        self.keep_segments(&[segment]).await?;
        let liaison = &self.institutions[class.institution].liaison;
        let picture = json!({
            "camera_id": room.camera, "brightness": 118.0, "sharpness": 240.0, "black_share": 0.0, "frozen_share": 0.0,
            "eye_distance_px": 31.0, "recognisable_share": 0.95,
        });
        let body = json!({
            "revision": 3, "online_name": class.name,
            "platform_number": format!("LN-{}-{:04}", class.dates.starts_on.year(), 100 + part.index()),
            "liaison_id": liaison, "class_manager_id": liaison,
            "rooms": [{
                "venue_id": room.venue, "from": from, "until": until, "students": STUDENTS, "students_seen": STUDENTS,
                "pictures": [picture],
            }],
        });
        self.api.post(class.who, &format!("/classes/{}/opening/application", class.id), &body).await?;
        Ok(())
    }

    /// R6.2.
    async fn approve(&self, part: Part) -> Result<()> {
        let path = format!("/classes/{}/opening/decision", self.class(part)?.id);
        self.api.post(SUPERVISOR, &path, &json!({ "revision": 4, "approved": true })).await?;
        Ok(())
    }

    async fn start(&self, part: Part) -> Result<()> {
        let class = self.class(part)?;
        let body = json!({ "revision": 5, "on": class.dates.starts_on });
        self.api.post(class.who, &format!("/classes/{}/opening/start", class.id), &body).await?;
        Ok(())
    }

    /// Footage of a camera: a row as the recorder leaves it. Its file is gone by now, and in the end the row says so.
    pub(super) fn segment(&self, camera: duxue_rules::ids::CameraId, span: Span) -> Segment {
        let start = span.start();
        let name = start.strftime("%Y%m%dT%H%M%SZ");
        Segment {
            id: crate::ids::new_id(span.end()),
            camera,
            span,
            // 2 Mbit/s.
            bytes: u64::try_from(span.duration().as_secs()).unwrap_or_default() * 250_000,
            sha256: [0; 32],
            path: format!("{camera}/{}/{name}.mp4", duxue_rules::civil::date_of(start)),
            codec: "avc1.640028".into(),
            width: 1920,
            height: 1080,
            recovered: false,
            pruned_at: None,
        }
    }

    /// As the indexer does it.
    pub(super) async fn keep_segments(&self, segments: &[Segment]) -> Result<()> {
        let mut tx = self.parts.store.begin().await?;
        for segment in segments {
            tx.add_segment(segment).await?;
        }
        Ok(tx.commit().await?)
    }
}

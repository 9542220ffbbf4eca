//! A lesson 课时, and a class's lessons in order.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    civil,
    ids::{ClassId, LessonId, VenueId},
    span::Span,
    text::Text,
};

/// One lesson. A double lesson is two of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lesson {
    /// Which.
    pub id: LessonId,
    /// From its start to its end; its civil date is that of the start.
    pub span: Span,
    /// Where.
    pub venue: VenueId,
    /// What is taught.
    pub subject: String,
    /// Who teaches.
    pub teacher: String,
}

impl Lesson {
    /// The civil date.
    pub fn date(&self) -> Date {
        civil::date_of(self.span.start())
    }

    /// As a line of the printed timetable: `2024-10-08 08:30-09:15 电子商务基础（王老师）`.
    pub fn text(&self) -> Text {
        let Self { subject, teacher, .. } = self;
        let when = when(self.span);
        Text::new(format!("{when} {subject}（{teacher}）"), format!("{when} {subject} ({teacher})"))
    }
}

/// The civil date and times of a span within a day: `2024-10-08 08:30-09:15`.
pub(super) fn when(span: Span) -> String {
    let time = |at| civil::time_of(at).strftime("%H:%M").to_string();
    format!("{} {}-{}", civil::date_of(span.start()), time(span.start()), time(span.end()))
}

/// A class's lessons, in the order of their start; no identity is there twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Timetable {
    class: ClassId,
    lessons: Vec<Lesson>,
}

/// Two lessons of one timetable have the same identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lesson {0} is in the timetable twice")]
pub struct LessonTwice(pub LessonId);

impl Timetable {
    /// Puts the lessons in order; refuses an identity that is there twice.
    pub fn new(class: ClassId, mut lessons: Vec<Lesson>) -> Result<Self, LessonTwice> {
        let mut ids: Vec<LessonId> = lessons.iter().map(|lesson| lesson.id).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(LessonTwice(twice[0]));
        }
        lessons.sort_by_key(|lesson| (lesson.span, lesson.id));
        Ok(Self { class, lessons })
    }

    /// Whose.
    pub fn class(&self) -> ClassId {
        self.class
    }

    /// All lessons, by start.
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// The lessons of a civil date, by start.
    pub fn on(&self, date: Date) -> &[Lesson] {
        let from = self.lessons.partition_point(|lesson| lesson.date() < date);
        let to = self.lessons.partition_point(|lesson| lesson.date() <= date);
        &self.lessons[from..to]
    }

    /// The dates that have a lesson, in order.
    pub fn dates(&self) -> Vec<Date> {
        let mut dates: Vec<Date> = self.lessons.iter().map(Lesson::date).collect();
        dates.dedup();
        dates
    }

    /// The lesson with this identity.
    pub fn lesson(&self, id: LessonId) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == id)
    }
}

impl<'de> Deserialize<'de> for Timetable {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Form {
            class: ClassId,
            lessons: Vec<Lesson>,
        }
        let form = Form::deserialize(deserializer)?;
        Self::new(form.class, form.lessons).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{SignedDuration, civil::date};
    use uuid::Uuid;

    fn lesson(id: u128, start: &str) -> Lesson {
        let start = start.parse().unwrap();
        Lesson {
            id: LessonId(Uuid::from_u128(id)),
            span: Span::new(start, start + SignedDuration::from_mins(45)).unwrap(),
            venue: VenueId(Uuid::from_u128(1)),
            subject: "电子商务基础".to_owned(),
            teacher: "王老师".to_owned(),
        }
    }

    #[test]
    fn lessons_are_in_order_and_found_by_their_civil_date() {
        // 23:30 UTC is 07:30 of the next day in Fushun.
        let lessons = vec![lesson(1, "2024-10-09T01:00:00Z"), lesson(2, "2024-10-07T23:30:00Z")];
        let timetable = Timetable::new(ClassId(Uuid::from_u128(1)), lessons).unwrap();
        assert_eq!(timetable.dates(), [date(2024, 10, 8), date(2024, 10, 9)]);
        assert_eq!(timetable.on(date(2024, 10, 8)), [lesson(2, "2024-10-07T23:30:00Z")]);
        assert_eq!(timetable.on(date(2024, 10, 7)), []);
        assert_eq!(timetable.lessons()[0].text().zh, "2024-10-08 07:30-08:15 电子商务基础（王老师）");
    }

    #[test]
    fn one_identity_is_one_lesson_also_from_json() {
        let twice = vec![lesson(1, "2024-10-08T01:00:00Z"), lesson(1, "2024-10-08T02:00:00Z")];
        let class = ClassId(Uuid::from_u128(1));
        assert_eq!(Timetable::new(class, twice.clone()), Err(LessonTwice(twice[0].id)));
        let json = serde_json::json!({ "class": class, "lessons": twice });
        assert!(serde_json::from_value::<Timetable>(json).unwrap_err().to_string().contains("twice"));
        let fine = Timetable::new(class, twice[..1].to_vec()).unwrap();
        assert_eq!(serde_json::from_value::<Timetable>(serde_json::to_value(&fine).unwrap()).unwrap(), fine);
    }
}

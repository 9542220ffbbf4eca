//! The calendar of working days: days off, make-up workdays, and where they come from.

use duxue_rules::calendar::{Calendar, DayChange as Change, DayKind as Kind, Origin, YearFile};
use duxue_storage::calendar::CalendarFile;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::refs::{Text, UserRef};

/// Which year.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HolidayQuery {
    /// The year, 2000 to 9998; the present one when not given.
    #[param(minimum = 2000, maximum = 9998)]
    pub year: Option<i16>,
}

/// The days of a year that are not what their weekday says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HolidayYear {
    /// Which.
    #[schema(example = 2024)]
    pub year: i16,
    /// Names what is known of the year now; give it as `replaces` with a new file.
    #[schema(example = "built-in")]
    pub version: String,
    /// Where it comes from.
    pub origin: CalendarOrigin,
    /// The publication that it was taken from; null while the year is computed.
    pub source: Option<String>,
    /// Days off and make-up workdays, in order. A file may name days of the December before.
    pub days: Vec<HolidayDay>,
    /// Files that were brought in for this year, the newest first; the first of them counts.
    pub imports: Vec<HolidayImport>,
}

/// Where what is said of a year comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarOrigin {
    /// 暂定: computed from weekends and fixed dates until the State Council publishes it.
    Provisional,
    /// Published, and part of the program.
    BuiltIn,
    /// Published, and brought in by a manager.
    Imported,
}

/// A day off, or a weekend day that is worked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HolidayDay {
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// What it is.
    pub kind: CalendarDayKind,
    /// The holiday that it is off or worked for; null for ordinary days.
    pub holiday: Option<Text>,
}

/// What kind of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarDayKind {
    /// An ordinary weekday.
    Workday,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// 放假.
    Holiday,
    /// 调休上班.
    MakeUp,
}

/// A file that was brought in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HolidayImport {
    /// Its version.
    #[schema(example = "import-1")]
    pub version: String,
    /// The publication that it was taken from.
    pub source: String,
    /// Why it came.
    pub reason: String,
    /// When.
    pub imported_at: Timestamp,
    /// Who brought it in.
    pub imported_by: UserRef,
}

/// A year's file.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHolidays {
    /// The file as text (TOML): `year`, `source`, and for each holiday `[[holiday]]` with `zh`, `en`, `from`, `to` and the
    /// weekend days worked for it in `work`.
    #[schema(
        max_length = 20000,
        example = "year = 2027\nsource = \"国务院办公厅关于2027年部分节假日安排的通知\"\n\n\
        [[holiday]]\nzh = \"元旦\"\nen = \"New Year's Day\"\nfrom = \"2027-01-01\"\nto = \"2027-01-03\"\n"
    )]
    pub toml: String,
    /// The `version` of the year that this is to stand in the place of.
    #[schema(example = "provisional")]
    pub replaces: String,
    /// Why, 1 to 1000 characters.
    #[schema(min_length = 1, max_length = 1000, example = "国务院办公厅已公布2027年放假安排")]
    pub reason: String,
    /// Only says what would change.
    #[serde(default)]
    pub dry_run: bool,
}

/// What came of a year's file, or would.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedHolidays {
    /// Whether it was a trial: nothing was kept.
    pub dry_run: bool,
    /// Each day that is another one than before.
    pub changes: Vec<HolidayChange>,
    /// The year as it is then.
    pub year: HolidayYear,
}

/// A day that is another one than before.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HolidayChange {
    /// Which.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// What it was.
    pub before: HolidayDay,
    /// What it is.
    pub after: HolidayDay,
}

impl From<Origin> for CalendarOrigin {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Provisional => Self::Provisional,
            Origin::BuiltIn => Self::BuiltIn,
            Origin::Imported => Self::Imported,
        }
    }
}

impl HolidayDay {
    fn of(date: Date, kind: Kind) -> Self {
        let (kind, holiday) = match kind {
            Kind::Workday => (CalendarDayKind::Workday, None),
            Kind::Weekend => (CalendarDayKind::Weekend, None),
            Kind::Holiday(name) => (CalendarDayKind::Holiday, Some(name.into())),
            Kind::MakeUp(name) => (CalendarDayKind::MakeUp, Some(name.into())),
        };
        Self { date, kind, holiday }
    }
}

impl From<Change> for HolidayChange {
    fn from(change: Change) -> Self {
        let Change { date, before, after } = change;
        Self { date, before: HolidayDay::of(date, before), after: HolidayDay::of(date, after) }
    }
}

/// Where what `calendar` says of a year comes from, and the word for it.
pub(crate) fn origin(calendar: &Calendar, year: i16, imports: &[CalendarFile]) -> (Origin, String) {
    match imports.first() {
        Some(newest) => (Origin::Imported, format!("import-{}", newest.number)),
        None if calendar.is_provisional(year) => (Origin::Provisional, "provisional".to_owned()),
        None => (Origin::BuiltIn, "built-in".to_owned()),
    }
}

impl HolidayYear {
    pub(crate) fn of(calendar: &Calendar, year: i16, imports: Vec<CalendarFile>) -> Self {
        let (origin, version) = origin(calendar, year, &imports);
        let own = (1..=12).flat_map(|month| {
            let first = Date::new(year, month, 1).ok();
            let days = first.map_or(0, |first| first.days_in_month());
            (1..=days).filter_map(move |day| Date::new(year, month, day).ok())
        });
        let named = calendar.file(year).into_iter().flat_map(YearFile::marks).map(|(date, _)| date);
        let before = named.filter(|date| date.year() != year);
        let mut dates: Vec<Date> = before.chain(own).collect();
        dates.sort_unstable();
        let days = dates.into_iter().map(|date| HolidayDay::of(date, calendar.day(date).kind));
        Self {
            year,
            version,
            origin: origin.into(),
            source: calendar.file(year).map(|file| file.source.clone()),
            days: days.filter(|day| day.holiday.is_some()).collect(),
            imports: imports.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CalendarFile> for HolidayImport {
    fn from(file: CalendarFile) -> Self {
        Self {
            version: format!("import-{}", file.number),
            source: file.file.source,
            reason: file.reason,
            imported_at: file.created_at,
            imported_by: file.created_by.into(),
        }
    }
}

//! A year's file: what the State Council's notice says, and nothing else.

use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use serde::{Deserialize, Serialize};

use super::dates;

/// One published year, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct YearFile(Raw);

/// A stretch of days off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The name, such as 国庆节.
    pub name: String,
    /// The first day off.
    pub from: Date,
    /// The last day off.
    pub to: Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    year: i16,
    source: String,
    holidays: Vec<Holiday>,
    makeup_workdays: Vec<Date>,
}

/// Why a file is no year's calendar.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not JSON, a key missing or unknown, a date that does not exist, or one of the problems below.
    #[error("the calendar file cannot be read")]
    Unreadable(#[from] serde_json::Error),
}

/// What is wrong inside a readable file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error("holidays: {name} ends on {to}, before it begins on {from}")]
    Backwards { name: String, from: Date, to: Date },
    #[error("holidays: {name} on {date} is not of the year {year}")]
    HolidayElsewhere { name: String, date: Date, year: i16 },
    #[error("makeup_workdays: {date} is not of the year {year}")]
    MakeupElsewhere { date: Date, year: i16 },
    #[error("makeup_workdays: {date} is no weekend day")]
    NoWeekend { date: Date },
    #[error("{date} is both off and worked")]
    Both { date: Date },
    #[error("year: {year} is not between 2000 and 2200")]
    Year { year: i16 },
}

impl YearFile {
    /// Reads and checks a file.
    pub fn from_json(text: &str) -> Result<Self, CalendarError> {
        Ok(serde_json::from_str(text)?)
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.0.year
    }

    /// The notice that published it, such as 国办发明电〔2023〕7号.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Every day off with its holiday's name. A New Year that begins in December of the year before is included.
    pub fn days_off(&self) -> impl Iterator<Item = (Date, &str)> {
        self.0
            .holidays
            .iter()
            .flat_map(|holiday| dates(holiday.from, holiday.to).map(move |date| (date, holiday.name.as_str())))
    }

    /// The weekend days that are worked.
    pub fn makeup_workdays(&self) -> impl Iterator<Item = Date> + '_ {
        self.0.makeup_workdays.iter().copied()
    }
}

impl From<YearFile> for Raw {
    fn from(file: YearFile) -> Self {
        file.0
    }
}

impl TryFrom<Raw> for YearFile {
    type Error = Problem;

    fn try_from(raw: Raw) -> Result<Self, Problem> {
        let year = raw.year;
        if !(2000..=2200).contains(&year) {
            return Err(Problem::Year { year });
        }
        // The New Year holiday may begin in the last week of December before.
        let first = date(year, 1, 1).saturating_sub(7.days());
        for Holiday { name, from, to } in &raw.holidays {
            if to < from {
                return Err(Problem::Backwards { name: name.clone(), from: *from, to: *to });
            }
            if *from < first || to.year() != year {
                let date = if *from < first { *from } else { *to };
                return Err(Problem::HolidayElsewhere { name: name.clone(), date, year });
            }
        }
        for &date in &raw.makeup_workdays {
            if date.year() != year {
                return Err(Problem::MakeupElsewhere { date, year });
            }
            if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return Err(Problem::NoWeekend { date });
            }
            if raw.holidays.iter().any(|holiday| (holiday.from..=holiday.to).contains(&date)) {
                return Err(Problem::Both { date });
            }
        }
        Ok(Self(raw))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> String {
        let CalendarError::Unreadable(source) = YearFile::from_json(json).unwrap_err();
        source.to_string()
    }

    fn file(holidays: &str, makeups: &str) -> String {
        format!(r#"{{"year": 2024, "source": "x", "holidays": [{holidays}], "makeup_workdays": [{makeups}]}}"#)
    }

    #[test]
    fn nonsense_is_refused_with_the_date_and_the_field() {
        let holiday = |from, to| format!(r#"{{"name": "国庆节", "from": "{from}", "to": "{to}"}}"#);
        for (json, told) in [
            (file(&holiday("2024-10-07", "2024-10-01"), ""), "before it begins"),
            (file(&holiday("2025-10-01", "2025-10-07"), ""), "not of the year 2024"),
            (file(&holiday("2024-10-01", "2025-10-07"), ""), "not of the year 2024"),
            (file("", r#""2024-10-08""#), "2024-10-08 is no weekend day"),
            (file("", r#""2025-10-11""#), "not of the year 2024"),
            (file(&holiday("2024-10-01", "2024-10-07"), r#""2024-10-05""#), "both off and worked"),
            (file("", r#""2024-02-30""#), "2024-02-30"),
            (r#"{"year": 24, "source": "", "holidays": [], "makeup_workdays": []}"#.to_owned(), "year: 24"),
            (r#"{"year": 2024, "source": "", "holidays": [], "makeups": []}"#.to_owned(), "makeups"),
        ] {
            let refusal = refusal(&json);
            assert!(refusal.contains(told), "{refusal}");
        }
    }

    #[test]
    fn a_new_year_that_begins_in_december_is_fine() {
        let json = file(r#"{"name": "元旦", "from": "2023-12-30", "to": "2024-01-01"}"#, "");
        let file = YearFile::from_json(&json).unwrap();
        assert_eq!(file.days_off().count(), 3);
        assert_eq!(serde_json::from_str::<YearFile>(&serde_json::to_string(&file).unwrap()).unwrap(), file);
    }
}

//! Lines of a table of punches, made into the rules' words or into what is wrong with each.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};
use duxue_rules::{
    attendance::{PunchMethod, Side},
    civil,
};
use jiff::{Timestamp, civil::DateTime};

use crate::problem::{Failure, FieldProblem};

/// The most lines of a table.
const MOST: usize = 10_000;
/// The most wrong lines that are named; whoever has more corrects these first.
const NAMED: usize = 50;

/// A column, as the office's devices head it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Number,
    Name,
    Time,
    Side,
    Method,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        Some(match heading.to_ascii_lowercase().as_str() {
            "学号" | "number" => Self::Number,
            "姓名" | "name" => Self::Name,
            "打卡时间" | "时间" | "time" => Self::Time,
            "签到签退" | "方向" | "side" => Self::Side,
            "打卡方式" | "方式" | "method" => Self::Method,
            _ => return None,
        })
    }

    fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Time => "time",
            Self::Side => "side",
            Self::Method => "method",
        }
    }
}

/// A line that reads.
pub(super) struct Line {
    /// Where it stands; the heading is line 1.
    pub(super) at: u64,
    /// 学号.
    pub(super) number: String,
    /// 姓名, where the table has it.
    pub(super) name: Option<String>,
    /// When the punch was made.
    pub(super) made_at: Timestamp,
    /// For which end of the day, where the table has it.
    pub(super) side: Option<Side>,
    /// How the device knew the student.
    pub(super) method: PunchMethod,
}

/// What is wrong with a line, at its column: `lines[7].time`.
pub(super) fn wrong(line: u64, field: &str, zh: &str, en: &str) -> FieldProblem {
    FieldProblem::shape(format!("lines[{line}].{field}"), format!("第 {line} 行：{zh}"), en)
}

/// Refuses a table with wrong lines, naming the first of them.
pub(super) fn refuse(mut wrong: Vec<FieldProblem>) -> Result<(), Failure> {
    wrong.truncate(NAMED);
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Invalid(wrong)) }
}

/// The lines of a table, in order. Blank ones are passed over; columns of other headings are not looked at.
pub(super) fn read(text: &str) -> Result<Vec<Line>, Failure> {
    let table = |zh: String, en: String| Failure::field("table", zh, en);
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let unreadable = |_| table("文件不是有效的 CSV。".to_owned(), "the table is no CSV".to_owned());
    let columns: BTreeMap<Column, usize> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .enumerate()
        .filter_map(|(index, heading)| Some((Column::of(heading)?, index)))
        .collect();
    for (column, zh) in [(Column::Number, "学号"), (Column::Time, "打卡时间"), (Column::Method, "打卡方式")] {
        if !columns.contains_key(&column) {
            let en = format!("the first line has no column {}", column.field());
            return Err(table(format!("第一行缺少“{zh}”列。"), en));
        }
    }
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() + errors.len() >= MOST {
            return Err(table(format!("一次最多导入 {MOST} 行。"), format!("at most {MOST} lines are taken at once")));
        }
        match line(place(text, &record), &record, &columns) {
            Ok(line) => lines.push(line),
            Err(problem) => errors.push(problem),
        }
    }
    if lines.is_empty() && errors.is_empty() {
        return Err(table("文件中没有打卡。".to_owned(), "the table has no line".to_owned()));
    }
    refuse(errors)?;
    Ok(lines)
}

/// The line on which a record stands. The reader's own position is before the blank lines that it passed over.
fn place(text: &str, record: &StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + blank as u64
}

fn line(at: u64, record: &StringRecord, columns: &BTreeMap<Column, usize>) -> Result<Line, FieldProblem> {
    let cell = |column: Column| columns.get(&column).and_then(|&index| record.get(index)).unwrap_or_default();
    let problem = |column: Column, zh, en| wrong(at, column.field(), zh, en);
    let number = cell(Column::Number);
    if number.is_empty() || number.chars().any(char::is_control) {
        return Err(problem(Column::Number, "缺少学号。", "the number is missing"));
    }
    let made_at = instant(cell(Column::Time)).ok_or_else(|| {
        let (zh, en) = ("时间应写作 2024-10-08 08:35:12。", "a time is written 2024-10-08 08:35:12");
        problem(Column::Time, zh, en)
    })?;
    let side = match cell(Column::Side) {
        "" => None,
        "签到" | "sign_in" => Some(Side::SignIn),
        "签退" | "sign_out" => Some(Side::SignOut),
        _ => return Err(problem(Column::Side, "应为“签到”或“签退”。", "a side is sign_in or sign_out")),
    };
    let method = match cell(Column::Method) {
        "人脸" | "人脸识别" | "face" => PunchMethod::Face,
        "其他" | "other" => PunchMethod::Other,
        _ => return Err(problem(Column::Method, "应为“人脸”或“其他”。", "a method is face or other")),
    };
    let name = Some(cell(Column::Name)).filter(|name| !name.is_empty()).map(str::to_owned);
    Ok(Line { at, number: number.to_owned(), name, made_at, side, method })
}

/// An instant with its offset (RFC 3339), or a civil time of the office, as spreadsheets write it: `2024/10/8 8:35`.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let text = text.replace('/', "-");
    let civil: DateTime =
        ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"].iter().find_map(|format| DateTime::strptime(format, &text).ok())?;
    civil::instant(civil.date(), civil.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_devices_and_spreadsheets_write_them() {
        for text in ["2024-10-08 08:35:12", "2024/10/8 8:35:12", "2024-10-08T00:35:12Z", "2024-10-08T08:35:12+08:00"] {
            assert_eq!(instant(text).unwrap().to_string(), "2024-10-08T00:35:12Z", "{text}");
        }
        assert_eq!(instant("2024/10/8 8:05").unwrap().to_string(), "2024-10-08T00:05:00Z");
        for text in ["", "8:35", "2024-13-01 08:00", "2024-10-08", "昨天"] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn each_wrong_line_is_named_by_its_place_and_column() {
        let text = "学号,打卡时间,方向,方式\n01,2024-10-08 08:35,签到,人脸\n\n,2024-10-08 08:35,,人脸\n02,昨天,,人脸\n03,2024-10-08 08:35,进,人脸\n04,2024-10-08 08:35,签退,刷卡\n";
        let Err(Failure::Invalid(errors)) = read(text) else { panic!("taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["lines[4].number", "lines[5].time", "lines[6].side", "lines[7].method"]);
        let fine = read("number,time,method,remark\n01,2024-10-08 08:35,face,x\n").unwrap_or_default();
        assert_eq!((fine.len(), fine[0].at, fine[0].side), (1, 2, None));
    }

    #[test]
    fn a_table_without_its_columns_or_lines_says_so() {
        for text in ["", "学号,时间\n1,2", "学号,时间,方式\n", "乱"] {
            assert!(matches!(read(text), Err(Failure::Invalid(errors)) if errors[0].field == "table"), "{text:?}");
        }
    }
}

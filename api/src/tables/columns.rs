//! The columns that a table is to have, found by their headings, and what stands in a row's cells.

use duxue_storage::Tx;
use jiff::civil::{Date, Time};

use super::{Grid, Value};
use crate::{
    dto::import::Imported,
    problem::{Failure, FieldProblem},
};

/// The headings stand in one of the first rows; above them there may be a title.
const ABOVE: usize = 10;
/// The most wrong cells that are named; whoever has more corrects these first.
const NAMED: usize = 50;

/// A column that a table may have.
pub(crate) struct Column {
    /// What the API calls it.
    pub(crate) key: &'static str,
    /// How it may be headed; the first is the template's.
    pub(crate) headings: &'static [&'static str],
    /// Whether a table must have it.
    pub(crate) needed: bool,
    /// What is to stand in it, for the template.
    pub(crate) hint: &'static str,
}

/// A table in a grid.
pub(crate) struct Filled<'a> {
    columns: &'static [Column],
    /// Where each of them stands.
    places: Vec<Option<usize>>,
    rows: &'a [(u32, Vec<Value>)],
    /// Headings that nobody asked for; what stands under them is not looked at.
    ignored: Vec<String>,
}

/// Finds the row that heads every needed column, and what is below it.
pub(crate) fn find<'a>(grid: &'a Grid, columns: &'static [Column]) -> Result<Filled<'a>, Failure> {
    let mut fewest: Option<Vec<&'static str>> = None;
    for (index, (_, cells)) in grid.rows.iter().enumerate().take(ABOVE) {
        let places: Vec<Vec<usize>> = columns.iter().map(|column| places(column, cells)).collect();
        let missing: Vec<_> =
            columns.iter().zip(&places).filter(|(column, at)| column.needed && at.is_empty()).collect();
        if !missing.is_empty() {
            let missing: Vec<_> = missing.into_iter().map(|(column, _)| column.headings[0]).collect();
            if fewest.as_ref().is_none_or(|fewest| missing.len() < fewest.len()) {
                fewest = Some(missing);
            }
            continue;
        }
        if let Some((column, _)) = columns.iter().zip(&places).find(|(_, at)| at.len() > 1) {
            let heading = column.headings[0];
            return Err(table(
                format!("“{heading}”列出现了不止一次。"),
                format!("the column {} is there twice", column.key),
            ));
        }
        let taken: Vec<usize> = places.iter().flatten().copied().collect();
        let ignored =
            cells.iter().enumerate().filter(|(at, _)| !taken.contains(at)).filter_map(|(_, cell)| match cell {
                // A heading is long for a heading.
                Value::Text(text) => Some(text.chars().take(40).collect()),
                Value::Nothing | Value::Number { .. } | Value::Formula | Value::Error => None,
            });
        return Ok(Filled {
            columns,
            places: places.iter().map(|at| at.first().copied()).collect(),
            rows: grid.rows.get(index + 1..).unwrap_or_default(),
            ignored: ignored.collect(),
        });
    }
    let missing =
        fewest.unwrap_or_else(|| columns.iter().filter(|column| column.needed).map(|one| one.headings[0]).collect());
    let list = missing.join("、");
    Err(table(
        format!("没有找到表头，缺少列：{list}。"),
        format!("no row heads the columns; missing: {}", missing.join(", ")),
    ))
}

fn table(zh: String, en: String) -> Failure {
    Failure::field("table", zh, en)
}

fn places(column: &Column, cells: &[Value]) -> Vec<usize> {
    let heads = |cell: &Value| match cell {
        Value::Text(text) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':' | '：')).collect();
            column.headings.iter().any(|heading| heading.eq_ignore_ascii_case(&plain))
        }
        Value::Nothing | Value::Number { .. } | Value::Formula | Value::Error => false,
    };
    cells.iter().enumerate().filter(|(_, cell)| heads(cell)).map(|(at, _)| at).collect()
}

impl<'a> Filled<'a> {
    /// Ends an import of it: keeps what was done in `tx`, unless only a trial was asked for, and says what came of so many rows.
    pub(crate) async fn end(&self, tx: Tx, rows: usize, dry_run: bool) -> Result<Imported, Failure> {
        if !dry_run {
            tx.commit().await?;
        }
        Ok(Imported { dry_run, rows, ignored_headings: self.ignored.clone() })
    }

    /// The rows, in order; a table without one is refused.
    pub(crate) fn rows(&self) -> Result<Vec<Row<'_>>, Failure> {
        let own = self.rows.iter().filter(|(_, cells)| {
            let stands = |at: &usize| cells.get(*at).is_some_and(|cell| *cell != Value::Nothing);
            self.places.iter().flatten().any(stands)
        });
        let rows: Vec<_> = own.map(|(number, cells)| Row { of: self, number: *number, cells }).collect();
        if rows.is_empty() {
            return Err(table("表格中没有数据。".to_owned(), "the table has no row".to_owned()));
        }
        Ok(rows)
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    of: &'a Filled<'a>,
    /// Under which number a spreadsheet shows it.
    pub(crate) number: u32,
    cells: &'a [Value],
}

/// What is wrong with a table, cell by cell.
#[derive(Default)]
pub(crate) struct Wrong(Vec<FieldProblem>);

impl Wrong {
    /// Something that is wrong with a row's column, by a rule of the notice.
    pub(crate) fn rule(&mut self, row: Row<'_>, key: &str, rule: &str, zh: impl AsRef<str>, en: impl Into<String>) {
        let (number, zh) = (row.number, zh.as_ref());
        let heading = row.of.columns.iter().find(|column| column.key == key).map_or(key, |column| column.headings[0]);
        let zh = format!("第 {number} 行“{heading}”：{zh}");
        self.0.push(FieldProblem::rule(&format!("rows[{number}].{key}"), rule, zh, en));
    }

    /// A column that is not of the right form.
    pub(crate) fn shape(&mut self, row: Row<'_>, key: &str, zh: impl AsRef<str>, en: impl Into<String>) {
        self.rule(row, key, "shape", zh, en);
    }

    /// Refuses a table with wrong cells, naming the first of them.
    pub(crate) fn refuse(mut self) -> Result<(), Failure> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.truncate(NAMED);
        Err(Failure::Invalid(self.0))
    }
}

impl Row<'_> {
    fn cell(&self, key: &str) -> &Value {
        const NOTHING: &Value = &Value::Nothing;
        let index = self.of.columns.iter().position(|column| column.key == key);
        let place = index.and_then(|index| self.of.places.get(index).copied().flatten());
        place.and_then(|place| self.cells.get(place)).unwrap_or(NOTHING)
    }

    /// The cell, unless it is a formula or an error.
    fn plain(&self, key: &str, wrong: &mut Wrong) -> Option<&Value> {
        match self.cell(key) {
            Value::Formula => {
                wrong.shape(*self, key, "单元格是公式，请粘贴为数值。", "the cell is a formula; paste its value");
                None
            }
            Value::Error => {
                wrong.shape(*self, key, "单元格是错误值。", "the cell is an error");
                None
            }
            Value::Nothing => None,
            cell @ (Value::Text(_) | Value::Number { .. }) => Some(cell),
        }
    }

    /// Words of at most `most` characters; a whole number is its digits.
    pub(crate) fn text(&self, key: &str, most: usize, wrong: &mut Wrong) -> Option<String> {
        let text = match self.plain(key, wrong)? {
            Value::Text(text) => text.clone(),
            &Value::Number { value, moment: None } if value.fract() == 0.0 && value.abs() < 1e15 => {
                format!("{value:.0}")
            }
            _ => {
                let (zh, en) = ("请将单元格设为文本格式。", "format the cell as text");
                wrong.shape(*self, key, zh, en);
                return None;
            }
        };
        if text.chars().count() > most || text.chars().any(char::is_control) {
            let zh = format!("应为不超过 {most} 个字符的文字。");
            wrong.shape(*self, key, zh, format!("it has at most {most} plain characters"));
            return None;
        }
        Some(text)
    }

    /// The same, of a cell that must hold something.
    pub(crate) fn needed(&self, key: &str, most: usize, wrong: &mut Wrong) -> Option<String> {
        if *self.cell(key) == Value::Nothing {
            wrong.shape(*self, key, "不能为空。", "it must not be empty");
            return None;
        }
        self.text(key, most, wrong)
    }

    /// An identity number: text alone, as a number of a spreadsheet keeps only its first 15 digits.
    pub(crate) fn digits(&self, key: &str, wrong: &mut Wrong) -> Option<String> {
        match self.plain(key, wrong)? {
            Value::Text(text) => Some(text.clone()),
            _ => {
                let zh = "须为文本格式：数字格式的单元格只保留前 15 位。";
                wrong.shape(*self, key, zh, "it must be text: a number keeps only its first 15 digits");
                None
            }
        }
    }

    /// Yes or no; `None` where nothing stands.
    pub(crate) fn yes(&self, key: &str, wrong: &mut Wrong) -> Option<bool> {
        let text = self.text(key, 20, wrong)?;
        match text.to_ascii_lowercase().as_str() {
            "是" | "有" | "√" | "yes" | "true" | "1" => Some(true),
            "否" | "无" | "×" | "no" | "false" | "0" => Some(false),
            _ => {
                wrong.shape(*self, key, "应为“是”或“否”。", "it is yes or no");
                None
            }
        }
    }

    /// A civil date: of a cell that is one, of a serial number, or as people write it.
    pub(crate) fn date(&self, key: &str, wrong: &mut Wrong) -> Option<Date> {
        let date = match self.plain(key, wrong)? {
            Value::Number { moment: Some(moment), .. } => Some(moment.date()),
            Value::Text(text) => date_of(text),
            _ => None,
        };
        // A date before the notice's scheme began is a time of day, or mistyped.
        let date = date.filter(|date| (1900..=2200).contains(&date.year()) && *date > jiff::civil::date(1900, 1, 1));
        if date.is_none() {
            wrong.shape(*self, key, "日期应写作 2024-10-08。", "a date is written 2024-10-08");
        }
        date
    }

    /// A civil time of day.
    pub(crate) fn time(&self, key: &str, wrong: &mut Wrong) -> Option<Time> {
        let time = match self.plain(key, wrong)? {
            Value::Number { moment: Some(moment), .. } => Some(moment.time()),
            Value::Text(text) => time_of(text),
            _ => None,
        };
        if time.is_none() {
            wrong.shape(*self, key, "时间应写作 08:30。", "a time is written 08:30");
        }
        time
    }
}

/// `2024-10-08`, `2024/10/8`, `2024.10.8`, `2024年10月8日`, also with a time after it.
pub(super) fn date_of(text: &str) -> Option<Date> {
    let plain = text.replace(['/', '.', '年', '月'], "-").replace('日', " ");
    let plain = plain.trim();
    let day = plain.split([' ', 'T']).next()?;
    Date::strptime("%Y-%m-%d", day).ok()
}

/// `8:30`, `08:30:00`, `08：30`.
pub(crate) fn time_of(text: &str) -> Option<Time> {
    let plain = text.trim().replace('：', ":");
    ["%H:%M:%S", "%H:%M"].iter().find_map(|format| Time::strptime(format, &plain).ok())
}

impl Row<'_> {
    /// Whether nothing stands there.
    pub(crate) fn is_blank(&self, key: &str) -> bool {
        *self.cell(key) == Value::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{DateTime, date, time};

    const COLUMNS: &[Column] = &[
        Column { key: "name", headings: &["姓名", "name"], needed: true, hint: "" },
        Column { key: "on", headings: &["日期", "date"], needed: false, hint: "" },
        Column { key: "number", headings: &["号码"], needed: false, hint: "" },
    ];

    fn word(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn number(value: f64, moment: Option<&str>) -> Value {
        Value::Number { value, moment: moment.map(|moment| moment.parse::<DateTime>().unwrap()) }
    }

    fn grid(rows: Vec<Vec<Value>>) -> Grid {
        Grid { rows: (1..).zip(rows).collect() }
    }

    #[test]
    fn headings_are_found_below_a_title_and_others_are_told() {
        let grid = grid(vec![
            vec![word("花名册")],
            vec![word("序号"), word(" 姓 名* "), word("Date")],
            vec![number(1.0, None), word("张三"), number(45573.0, Some("2024-10-08T00:00:00"))],
            vec![number(2.0, None)],
        ]);
        let found = find(&grid, COLUMNS).unwrap_or_else(|_| panic!());
        assert_eq!(found.ignored, ["序号"]);
        let rows = found.rows().unwrap_or_default();
        assert_eq!(rows.len(), 1, "a row with nothing in the columns is none");
        let mut wrong = Wrong::default();
        assert_eq!(rows[0].needed("name", 10, &mut wrong).as_deref(), Some("张三"));
        assert_eq!(rows[0].date("on", &mut wrong), Some(date(2024, 10, 8)));
        assert_eq!(rows[0].text("number", 10, &mut wrong), None);
        assert!(wrong.refuse().is_ok());
    }

    #[test]
    fn a_table_without_its_columns_or_with_one_twice_or_without_a_row_is_refused() {
        let said = |rows| match find(&grid(rows), COLUMNS).and_then(|found| found.rows().map(|_| ())) {
            Err(Failure::Invalid(errors)) => errors[0].zh.clone(),
            other => panic!("{other:?}"),
        };
        assert!(said(vec![vec![word("日期")]]).contains("缺少列：姓名"));
        assert!(said(vec![]).contains("姓名"));
        assert!(said(vec![vec![word("姓名"), word("name")]]).contains("不止一次"));
        assert!(said(vec![vec![word("姓名")]]).contains("没有数据"));
    }

    #[test]
    fn what_is_wrong_names_row_column_and_rule_and_never_the_value() {
        let rows = vec![
            vec![word("姓名"), word("日期"), word("号码")],
            vec![Value::Formula, word("昨天"), number(2.104e17, None)],
            vec![Value::Nothing, number(0.5, Some("1899-12-31T12:00:00")), Value::Error],
        ];
        let grid = grid(rows);
        let found = find(&grid, COLUMNS).unwrap_or_else(|_| panic!());
        let mut wrong = Wrong::default();
        for row in found.rows().unwrap_or_default() {
            row.needed("name", 10, &mut wrong);
            row.date("on", &mut wrong);
            row.digits("number", &mut wrong);
        }
        let Err(Failure::Invalid(errors)) = wrong.refuse() else { panic!("taken") };
        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        let expected = ["rows[2].name", "rows[2].on", "rows[2].number", "rows[3].name", "rows[3].on", "rows[3].number"];
        assert_eq!(fields, expected);
        assert!(errors[2].zh.starts_with("第 2 行“号码”：") && errors[2].rule == "shape");
        assert!(errors.iter().all(|error| !error.zh.contains("昨天") && !error.en.contains("2104")), "{errors:?}");
    }

    #[test]
    fn dates_and_times_are_read_as_people_write_them() {
        for text in ["2024-10-08", "2024/10/8", "2024.10.8", "2024年10月8日", "2024/10/8 8:30", "2024-10-08T08:30"] {
            assert_eq!(date_of(text), Some(date(2024, 10, 8)), "{text}");
        }
        for text in ["", "2024-13-01", "10-08", "昨天", "20241008"] {
            assert_eq!(date_of(text), None, "{text}");
        }
        for text in ["8:30", "08:30:00", "8：30"] {
            assert_eq!(time_of(text), Some(time(8, 30, 0, 0)), "{text}");
        }
        assert_eq!(time_of("25:00"), None);
    }
}

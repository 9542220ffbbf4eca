//! 附件6: 学生考勤情况签名汇总表 (R7.3c), a line a student, a column a training day. The notice names the form and does not
//! print it; the columns after the days are ours.

use super::{Cell, Column, Form, Paper};
use crate::dto::{
    attendance::{AttendanceLine, AttendanceMonth},
    words::DayValue,
};

/// The form of a class's month, made from punches. `month` is as people say it: `2024年10月`.
pub(crate) fn monthly(institution: &str, month: &str, shown: &AttendanceMonth) -> Form {
    let mut columns = vec![Column::new("序号", 6), Column::new("姓名", 12)];
    columns.extend(shown.days.iter().map(|day| Column::new(day.date.day().to_string(), 4)));
    let totals = [("出勤天数", 10), ("病假", 6), ("事假", 6), ("缺勤", 6), ("学员签名", 14)];
    columns.extend(totals.map(|(heading, width)| Column::new(heading, width)));
    let rows = (1..).zip(&shown.lines).map(|(number, line)| row(number, line, shown));
    Form {
        name: format!("attendance-{}-{}", shown.month, shown.class.id),
        paper: Paper::Landscape,
        title: format!("抚顺市高校毕业生专业转换及技能提升培训{month}份学生考勤情况签名汇总表"),
        above: vec![format!("（附件6）培训机构：{institution}    班级名称：{}", shown.class.name)],
        columns,
        rows: rows.collect(),
        below: vec![
            "注：√ 出勤；“病”病假；“事”事假；× 缺勤。据打卡记录、请假及书面说明生成，空白为尚未结束的培训日。"
                .to_owned(),
            "培训机构（盖章）：              班主任：              日期：".to_owned(),
        ],
        signatures: Vec::new(),
    }
}

fn row(number: u32, line: &AttendanceLine, shown: &AttendanceMonth) -> Vec<Cell> {
    let day = |date| {
        let cell = line.cells.iter().find(|cell| cell.date == date);
        cell.map_or(Cell::Blank, |cell| Cell::Text(sign(cell.value).to_owned()))
    };
    let totals = [line.totals.present, line.totals.sick, line.totals.personal, line.totals.absent];
    [Cell::Number(number), Cell::Text(line.student.name.clone())]
        .into_iter()
        .chain(shown.days.iter().map(|one| day(one.date)))
        .chain(totals.map(Cell::Number))
        .chain([Cell::Blank])
        .collect()
}

/// How a value is written in a day's column.
fn sign(value: DayValue) -> &'static str {
    match value {
        DayValue::Present => "√",
        DayValue::Sick => "病",
        DayValue::Personal => "事",
        DayValue::Absent => "×",
    }
}

//! R7.3a, R7.3d, R7.3e: a training day, student by student: 真实记录当日学员出勤情况.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Leave, LeaveKind, MarkedPunch, Punch, Side, Statement, Window, Windows, mark_day};
use crate::{
    calendar::Dates,
    civil,
    finding::{Finding, Record},
    ids::{PunchId, StatementId, StudentId},
    policy::Policy,
    report::AbsenceReason,
    text::{Reason, RuleId, Text},
    timetable::Lesson,
};

/// A student of the class, and the days on which the student is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub student: StudentId,
    /// From the day of joining up to, but without, the day of leaving.
    pub days: Dates,
}

/// All that is known of a day's attendance.
#[derive(Clone, Copy, Debug)]
pub struct DayFacts<'a> {
    /// The civil date.
    pub date: Date,
    /// The lessons of that date in the timetable in force.
    pub lessons: &'a [Lesson],
    /// The class's students.
    pub members: &'a [Member],
    /// The class's punches; those of other days are not looked at.
    pub punches: &'a [Punch],
    /// The class's leaves.
    pub leaves: &'a [Leave],
    /// The class's statements.
    pub statements: &'a [Statement],
}

/// What a paper says of a student on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayValue {
    /// 出勤.
    Present,
    /// 病假.
    Sick,
    /// 事假.
    Personal,
    /// 缺勤.
    Absent,
}

impl DayValue {
    /// All four, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Present, Self::Sick, Self::Personal, Self::Absent];

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Present => Text::new("出勤", "present"),
            Self::Sick => Text::new("病假", "on sick leave"),
            Self::Personal => Text::new("事假", "on personal leave"),
            Self::Absent => Text::new("缺勤", "absent"),
        }
    }
}

impl From<AbsenceReason> for DayValue {
    fn from(reason: AbsenceReason) -> Self {
        match reason {
            AbsenceReason::Sick => Self::Sick,
            AbsenceReason::Personal => Self::Personal,
            AbsenceReason::Other => Self::Absent,
        }
    }
}

/// How one end of the day is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by", content = "id")]
pub enum HowShown {
    /// By a punch that counts.
    Punch(PunchId),
    /// By a complete statement in its place.
    Statement(StatementId),
    /// By nothing.
    Missing,
}

/// How a student stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Signed in and out.
    Present,
    /// The same, with a statement in place of a punch.
    Stated,
    /// Not, but on sick leave.
    Sick,
    /// Not, but on personal leave.
    Personal,
    /// Neither.
    Absent,
}

impl Standing {
    /// Whether the day counts as attended; leave does not (R7.2c).
    pub fn is_attended(self) -> bool {
        self.value() == DayValue::Present
    }

    /// As it is written on the papers.
    pub fn value(self) -> DayValue {
        match self {
            Self::Present | Self::Stated => DayValue::Present,
            Self::Sick => DayValue::Sick,
            Self::Personal => DayValue::Personal,
            Self::Absent => DayValue::Absent,
        }
    }
}

/// One student's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentDay {
    /// Who.
    pub student: StudentId,
    /// What came out.
    pub standing: Standing,
    /// How the beginning is shown.
    pub sign_in: HowShown,
    /// How the end is shown.
    pub sign_out: HowShown,
    /// All the student's punches of the day, in order.
    pub punches: Vec<MarkedPunch>,
    /// Why: each end that no punch shows, and the leave.
    pub reasons: Vec<Reason>,
}

/// A class's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySheet {
    /// The civil date.
    pub date: Date,
    /// A line for each student who is in the class that day, in the order of the members; none on a day without lessons.
    pub lines: Vec<StudentDay>,
    /// Punches of people who are not in the class that day (R7.1x 学员替换).
    pub findings: Vec<Finding>,
}

/// Makes a day's sheet. Before the sign-out window has closed, whoever has still to sign out is not present yet; a punch
/// that arrives later, from a device without network, makes a new sheet.
///
/// A leave that was recorded late explains the absence all the same; [`super::check_leaves`] tells of it.
pub fn judge(facts: &DayFacts<'_>, policy: &Policy) -> DaySheet {
    let windows = Windows::of(facts.lessons, policy);
    let marked = mark_day(facts.date, facts.punches, facts.lessons, policy);
    let (own, strange): (Vec<MarkedPunch>, Vec<MarkedPunch>) =
        marked.into_iter().partition(|marked| in_class(facts, marked.punch.student));
    let lines = windows.map_or_else(Vec::new, |windows| {
        let members = facts.members.iter().filter(|member| member.days.contains(facts.date));
        members.map(|member| line(facts, windows, member.student, &own)).collect()
    });
    DaySheet { date: facts.date, lines, findings: strange.iter().map(|marked| stranger(facts.date, marked)).collect() }
}

fn in_class(facts: &DayFacts<'_>, student: StudentId) -> bool {
    facts.members.iter().any(|member| member.student == student && member.days.contains(facts.date))
}

fn stranger(date: Date, marked: &MarkedPunch) -> Finding {
    let punch = marked.punch;
    let expected = Text::new("打卡人员为本班在册学员", "those who punch are students of the class");
    let seen = Text::new(
        format!("{date} 有非本班在册人员打卡"),
        format!("somebody who is not in the class on {date} punched"),
    );
    let records = [Record::Day(date), Record::Punch(punch.id), Record::Student(punch.student)];
    Finding::new(RuleId::new("R7.3a"), "punch_of_stranger", expected, seen).showing(records)
}

fn line(facts: &DayFacts<'_>, windows: Windows, student: StudentId, own: &[MarkedPunch]) -> StudentDay {
    let punches: Vec<MarkedPunch> = own.iter().filter(|marked| marked.punch.student == student).cloned().collect();
    let mut reasons = Vec::new();
    let mut shown = |side| {
        let (how, why) = end(facts, student, side, windows.side(side), &punches);
        reasons.extend(why);
        how
    };
    let (sign_in, sign_out) = (shown(Side::SignIn), shown(Side::SignOut));
    let leave = facts.leaves.iter().filter(|leave| leave.covers(student, facts.date));
    let leave = leave.min_by_key(|leave| (leave.recorded_at, leave.kind, leave.dates.start(), leave.dates.end()));
    let standing = match (sign_in, sign_out, leave.map(|leave| leave.kind)) {
        (HowShown::Punch(_), HowShown::Punch(_), _) => Standing::Present,
        (HowShown::Missing, _, Some(LeaveKind::Sick)) | (_, HowShown::Missing, Some(LeaveKind::Sick)) => Standing::Sick,
        (HowShown::Missing, _, Some(LeaveKind::Personal)) | (_, HowShown::Missing, Some(LeaveKind::Personal)) => {
            Standing::Personal
        }
        (HowShown::Missing, _, None) | (_, HowShown::Missing, None) => Standing::Absent,
        (HowShown::Statement(_), _, _) | (_, HowShown::Statement(_), _) => Standing::Stated,
    };
    // The leave's own reason stays with the leave: it may tell of an illness.
    reasons.extend(leave.map(|leave| {
        let (kind, from) = (DayValue::from(leave.kind.reason()).text(), leave.dates.start());
        let to = leave.dates.last().unwrap_or(from);
        Reason::new("leave", format!("{from} 至 {to} {}", kind.zh), format!("{} from {from} to {to}", kind.en))
    }));
    StudentDay { student, standing, sign_in, sign_out, punches, reasons }
}

/// How one end is shown, and why not by a punch.
fn end(
    facts: &DayFacts<'_>,
    student: StudentId,
    side: Side,
    window: Window,
    punches: &[MarkedPunch],
) -> (HowShown, Option<Reason>) {
    let of_side = || punches.iter().filter(|marked| marked.punch.side == side);
    if let Some(marked) = of_side().find(|marked| marked.counts()) {
        return (HowShown::Punch(marked.punch.id), None);
    }
    let mut about: Vec<&Statement> =
        facts.statements.iter().filter(|statement| statement.is_about(student, facts.date, side)).collect();
    about.sort_by_key(|statement| statement.id);
    let Text { zh, en } = side.text();
    if let Some(statement) = about.iter().find(|statement| statement.is_complete()) {
        let why = Reason::new(
            "stated",
            format!("无有效{zh}，以书面说明为凭"),
            format!("no {en} that counts; a written statement stands in its place"),
        );
        return (HowShown::Statement(statement.id), Some(why));
    }
    let clock = |at| civil::time_of(at).strftime("%H:%M:%S").to_string();
    let mut why = Text::new(
        format!("{}-{} 之间无有效{zh}", clock(window.opens), clock(window.closes)),
        format!("no {en} that counts from {} to {}", clock(window.opens), clock(window.closes)),
    );
    for marked in of_side() {
        let texts: Vec<Text> = marked.marks.iter().filter(|mark| mark.bars()).map(|mark| mark.text()).collect();
        let list = |of: fn(&Text) -> &str, between| texts.iter().map(of).collect::<Vec<_>>().join(between);
        let at = clock(marked.punch.made_at);
        why.zh.push_str(&format!("；{at} {zh}：{}", list(|text| &text.zh, "、")));
        why.en.push_str(&format!("; {en} at {at}: {}", list(|text| &text.en, ", ")));
    }
    for lacks in about.into_iter().filter_map(Statement::lacks) {
        why.zh.push_str(&format!("；书面说明{}", lacks.zh));
        why.en.push_str(&format!("; the written statement is {}", lacks.en));
    }
    let code = match side {
        Side::SignIn => "sign_in_missing",
        Side::SignOut => "sign_out_missing",
    };
    (HowShown::Missing, Some(Reason { code: code.to_owned(), text: why }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_words() {
        crate::text::told_apart(DayValue::ALL.map(DayValue::text));
    }
}

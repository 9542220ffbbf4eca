//! R7.2c (七(二)): 学员个人出勤率原则上不得低于 90%.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DaySheet;
use crate::{
    finding::{Finding, Record},
    ids::{StudentId, UserId},
    policy::Policy,
    subsidy::LetPass,
    text::{RuleId, Text},
};

/// How many training days a student attended, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rate {
    /// Days attended.
    pub attended: u32,
    /// Training days on which the student was in the class.
    pub due: u32,
}

impl Rate {
    /// A student's rate over these days.
    pub fn of(student: StudentId, sheets: &[DaySheet]) -> Self {
        let mut rate = Self::default();
        for line in sheets.iter().flat_map(|sheet| &sheet.lines).filter(|line| line.student == student) {
            rate.due += 1;
            rate.attended += u32::from(line.standing.is_attended());
        }
        rate
    }

    /// Whether it is at least so many percent, exactly; a student with no training day yet has missed none.
    pub fn reaches(self, percent: u8) -> bool {
        u64::from(self.attended) * 100 >= u64::from(self.due) * u64::from(percent)
    }

    /// As people read it, cut and never rounded up: 89.9% for 899 of 1 000 and for 8 999 of 10 000.
    pub fn text(self) -> String {
        let tenths = (u64::from(self.attended) * 1_000).checked_div(self.due.into()).unwrap_or(1_000);
        format!("{}.{}%", tenths / 10, tenths % 10)
    }

    /// How many of the `ahead` training days to come the student may still miss and reach so many percent in the end;
    /// `None` when it is out of reach.
    pub fn may_still_miss(self, ahead: u32, percent: u8) -> Option<u32> {
        let due = u64::from(self.due) + u64::from(ahead);
        let needed = (due * u64::from(percent)).div_ceil(100);
        let possible = u64::from(self.attended) + u64::from(ahead);
        u32::try_from(possible.checked_sub(needed)?.min(ahead.into())).ok()
    }

    fn finding(self, student: StudentId, policy: &Policy) -> Option<Finding> {
        let least = policy.attendance_min_percent;
        if self.reaches(least) {
            return None;
        }
        let Self { attended, due } = self;
        let expected = Text::new(format!("个人出勤率不低于 {least}%"), format!("an attendance of at least {least}%"));
        let seen = Text::new(
            format!("应出勤 {due} 天，实际出勤 {attended} 天，出勤率 {}", self.text()),
            format!("{attended} of {due} training days attended, {}", self.text()),
        );
        let finding = Finding::new(RuleId::new("R7.2c"), "attendance_low", expected, seen);
        Some(finding.showing([Record::Student(student)]))
    }
}

/// What the centre decided for a student below the rate: 原则上 leaves room for it, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exemption {
    /// For whom.
    pub student: StudentId,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// A student's attendance, as a claim for subsidy takes it ([`crate::subsidy::StudentClaim`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// What stands against the student.
    pub against: Option<Finding>,
    /// What the centre let pass.
    pub let_pass: Option<LetPass>,
}

/// Whether a student's attendance stands against the subsidy. An exemption without a reason, or for somebody else,
/// exempts from nothing.
pub fn settle(student: StudentId, rate: Rate, exemptions: &[Exemption], policy: &Policy) -> Settled {
    let Some(finding) = rate.finding(student, policy) else { return Settled::default() };
    let own = |exemption: &&Exemption| exemption.student == student && !exemption.reason.trim().is_empty();
    match exemptions.iter().filter(own).max_by_key(|exemption| exemption.on) {
        None => Settled { against: Some(finding), let_pass: None },
        Some(exemption) => {
            Settled { against: None, let_pass: Some(LetPass { finding, reason: exemption.reason.clone() }) }
        }
    }
}

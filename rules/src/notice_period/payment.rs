//! R10.2 (十): 经公示无异议 … 拨付到培训机构银行基本账户.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Passed;
use crate::{
    finding::Finding,
    subsidy::Fen,
    subsidy::Subsidy,
    text::{RuleId, Text},
};

/// Where the money comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    /// 就业补助资金.
    EmploymentSubsidy,
    /// 职业技能提升行动专账结余资金.
    SkillsActionSurplus,
}

/// What kind of bank account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 基本账户.
    Basic,
    /// Any other.
    Other,
}

/// An institution's bank account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// In whose name.
    pub holder: String,
    /// Its kind.
    pub kind: AccountKind,
}

/// A payment that may be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Fen,
    /// From where.
    pub fund: Fund,
    /// To whom.
    pub account: Account,
    /// When.
    pub on: Date,
}

/// Decides a payment: only with a notice that passed, to the institution's own basic account, and nothing that blocks.
pub fn pay(
    passed: Passed,
    subsidy: &Subsidy,
    institution: &str,
    account: Account,
    fund: Fund,
    on: Date,
) -> Result<Payment, Vec<Finding>> {
    let mut missing = subsidy.blocked.clone();
    let mut must = |fine: bool, code, expected: Text, seen: Text| {
        if !fine {
            missing.push(Finding::new(RuleId::new("R10.2"), code, expected, seen));
        }
    };
    must(
        account.kind == AccountKind::Basic && account.holder.trim() == institution.trim(),
        "not_the_basic_account",
        Text::new("拨付到培训机构银行基本账户", "it is paid to the institution's basic bank account"),
        Text::new("不是该机构的基本账户", "this is not its basic account"),
    );
    must(
        on > passed.last_day(),
        "before_the_notice_ended",
        Text::new(
            format!("公示于 {} 结束后拨付", passed.last_day()),
            format!("paid after the notice ended on {}", passed.last_day()),
        ),
        Text::new(format!("{on} 拨付"), format!("on {on}")),
    );
    must(
        subsidy.total > Fen::ZERO,
        "nothing_to_pay",
        Text::new("有应拨付的补贴", "there is something to pay"),
        Text::new("补贴金额为零", "the total is zero"),
    );
    if missing.is_empty() { Ok(Payment { amount: subsidy.total, fund, account, on }) } else { Err(missing) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn to_the_basic_account_after_the_notice_and_with_nothing_open() {
        let passed = Passed { last_day: date(2024, 10, 10) };
        let subsidy = Subsidy { lines: vec![], total: Fen::from_yuan(90_000), blocked: vec![] };
        let account = |holder: &str, kind| Account { holder: holder.to_owned(), kind };
        let asked = |subsidy: &Subsidy, account, on| {
            pay(passed, subsidy, "某培训学校", account, Fund::EmploymentSubsidy, on)
                .map(|payment| payment.amount)
                .map_err(|missing| missing.into_iter().map(|finding| finding.code).collect::<Vec<_>>())
        };
        let basic = || account("某培训学校", AccountKind::Basic);
        let (day, refused) = (date(2024, 10, 11), |code: &str| Err(vec![code.to_owned()]));
        assert_eq!(asked(&subsidy, basic(), day), Ok(Fen::from_yuan(90_000)));
        assert_eq!(asked(&subsidy, account("某培训学校", AccountKind::Other), day), refused("not_the_basic_account"));
        assert_eq!(asked(&subsidy, account("校长", AccountKind::Basic), day), refused("not_the_basic_account"));
        assert_eq!(asked(&subsidy, basic(), date(2024, 10, 10)), refused("before_the_notice_ended"));
        let none = Subsidy { total: Fen::ZERO, ..subsidy.clone() };
        assert_eq!(asked(&none, basic(), day), refused("nothing_to_pay"));
        let open = Finding::new(RuleId::new("R9.4"), "findings_open", Text::default(), Text::default());
        assert_eq!(asked(&Subsidy { blocked: vec![open], ..subsidy }, basic(), day), refused("findings_open"));
    }
}

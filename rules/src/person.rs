//! R3.3 (三): ID numbers 公民身份号码 as GB 11643-1999 has them: region, birth date, sequence with the sex in it, and a
//! check character by ISO 7064 MOD 11-2.

use std::fmt;

use jiff::civil::Date;

use crate::{
    roster::Sex,
    text::{RuleId, Text},
};

/// The rule.
pub const RULE: RuleId = RuleId::new("R3.3");

/// A checked ID number. It shows itself masked wherever it is printed; [`IdNumber::expose`] is for encryption, keyed
/// hashing and the forms that must carry it whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdNumber(String);

/// Why a text is no ID number. The text itself is never in the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// Not 17 digits and a digit or X.
    #[error("an ID number has 18 characters: 17 digits, then a digit or X")]
    Form,
    /// The first two digits are no province.
    #[error("the first two digits of the ID number are no province")]
    Region,
    /// The digits 7 to 14 are no date from 1900 to today.
    #[error("the birth date in the ID number does not exist or lies ahead")]
    BirthDate,
    /// The last character does not fit the others: a digit was mistyped.
    #[error("the last character of the ID number does not fit the others: one was mistyped")]
    CheckCharacter,
}

impl IdNumberError {
    /// The sentence for people.
    pub fn text(self) -> Text {
        let zh = match self {
            Self::Form => "身份证号码应为 18 位：前 17 位为数字，末位为数字或 X",
            Self::Region => "身份证号码前两位不是有效的省级代码",
            Self::BirthDate => "身份证号码中的出生日期不存在或晚于今天",
            Self::CheckCharacter => "身份证号码校验位不符，请核对是否有输错的数字",
        };
        Text::new(zh, self.to_string())
    }
}

/// Province codes by GB/T 2260; 83 for residence permits of people from Taiwan (since 2018).
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

impl IdNumber {
    /// Reads a number, with spaces around and a small x allowed. `today` bounds the birth date.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdNumberError> {
        let text = text.trim().to_ascii_uppercase();
        let (body, check) = text.split_at_checked(17).ok_or(IdNumberError::Form)?;
        let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
        if digits.len() != 17 || !matches!(check.as_bytes(), [b'0'..=b'9' | b'X']) {
            return Err(IdNumberError::Form);
        }
        let number = Self(text.clone());
        if !PROVINCES.contains(&number.two_digits(0)) {
            return Err(IdNumberError::Region);
        }
        match number.date() {
            Some(born) if born.year() >= 1900 && born <= today => {}
            Some(_) | None => return Err(IdNumberError::BirthDate),
        }
        if !check.starts_with(check_character(&digits)) {
            return Err(IdNumberError::CheckCharacter);
        }
        Ok(number)
    }

    /// The whole number.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The number as lists and notices show it (十: 含隐藏或遮挡部分数字): county, birth date and half the sequence hidden.
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }

    /// The province's two digits, such as 21 for Liaoning.
    pub fn province(&self) -> &str {
        &self.0[..2]
    }

    /// The city's four digits, such as 2104 for Fushun.
    pub fn city(&self) -> &str {
        &self.0[..4]
    }

    /// The registered sex: the 17th digit is odd for men.
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[16].is_multiple_of(2) { Sex::Female } else { Sex::Male }
    }

    /// The birth date.
    pub fn born(&self) -> Date {
        // Checked in `parse`.
        self.date().unwrap_or(Date::MIN)
    }

    fn date(&self) -> Option<Date> {
        let year = i16::from(self.two_digits(6)) * 100 + i16::from(self.two_digits(8));
        Date::new(year, self.two_digits(10) as i8, self.two_digits(12) as i8).ok()
    }

    fn two_digits(&self, at: usize) -> u8 {
        let bytes = self.0.as_bytes();
        (bytes[at] - b'0') * 10 + (bytes[at + 1] - b'0')
    }
}

/// ISO 7064 MOD 11-2 of the first 17 digits: double and add from the left, modulo 11.
fn check_character(digits: &[u32]) -> char {
    let sum = digits.iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
    match (12 - sum) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('X'),
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({})", self.masked())
    }
}

/// Whether the form's sex is the ID number's; the sentence for people where it is not.
pub fn sex_agrees(number: &IdNumber, form: Sex) -> Result<(), Text> {
    if number.sex() == form {
        return Ok(());
    }
    Err(Text::new("登记表上的性别与身份证号码不一致", "the sex on the form is not the one in the ID number"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<IdNumber, IdNumberError> {
        IdNumber::parse(text, date(2024, 10, 8))
    }

    /// The weights that GB 11643 prints, 2^(i-1) mod 11 from the right: another way to the same check character.
    fn by_weights(body: &str) -> char {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        b"10X98765432"[(sum % 11) as usize] as char
    }

    fn with_check(body: &str) -> String {
        format!("{body}{}", by_weights(body))
    }

    #[test]
    fn the_standards_own_examples() {
        // GB 11643-1999, clause 5: 11010519491231002X (a woman), 440524188001010014 (a man, born before 1900).
        let number = parse("11010519491231002X").unwrap();
        assert_eq!((number.sex(), number.born()), (Sex::Female, date(1949, 12, 31)));
        assert_eq!((number.province(), number.city()), ("11", "1101"));
        assert_eq!(parse("440524188001010014"), Err(IdNumberError::BirthDate));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let good = with_check("21040220020228101");
        assert!(parse(&good).is_ok() && parse(&format!(" {} ", good.to_lowercase())).is_ok());
        assert_eq!(parse("2104022002022810"), Err(IdNumberError::Form));
        assert_eq!(parse("21040220020228101Y"), Err(IdNumberError::Form));
        assert_eq!(parse("２１０４０２２００２０２２８１０１"), Err(IdNumberError::Form));
        let mut mistyped = good.clone();
        mistyped.replace_range(17.., if good.ends_with('5') { "6" } else { "5" });
        assert_eq!(parse(&mistyped), Err(IdNumberError::CheckCharacter));
        assert_eq!(parse(&with_check("99040220020228101")), Err(IdNumberError::Region));
        assert_eq!(parse(&with_check("21040220020229101")), Err(IdNumberError::BirthDate), "no such day");
        assert_eq!(parse(&with_check("21040220241009101")), Err(IdNumberError::BirthDate), "tomorrow");
    }

    #[test]
    fn it_never_prints_itself_whole() {
        let number = parse("11010519491231002X").unwrap();
        assert_eq!(number.to_string(), "1101**********002X");
        assert_eq!(format!("{number:?}"), "IdNumber(1101**********002X)");
        assert_eq!(number.expose(), "11010519491231002X");
        for error in
            [IdNumberError::Form, IdNumberError::Region, IdNumberError::BirthDate, IdNumberError::CheckCharacter]
        {
            assert!(!error.text().zh.is_empty());
        }
    }

    #[test]
    fn the_form_must_say_the_registered_sex() {
        let number = parse("11010519491231002X").unwrap();
        assert_eq!(sex_agrees(&number, Sex::Female), Ok(()));
        assert!(sex_agrees(&number, Sex::Male).unwrap_err().zh.contains("性别"));
    }

    prop_compose! {
        fn any_body()(days in 0i64..40_000, sequence in 0u32..1_000, county in 0u32..10_000) -> String {
            let born = date(1900, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
            format!("21{county:04}{}{sequence:03}", born.strftime("%Y%m%d"))
        }
    }

    proptest! {
        #[test]
        fn the_check_character_is_the_standards(body in any_body()) {
            let number = parse(&with_check(&body)).unwrap();
            prop_assert_eq!(number.sex() == Sex::Male, body.as_bytes()[16] % 2 == 1);
        }

        /// What MOD 11-2 is for: every single wrong digit and every swap of neighbours is found.
        #[test]
        fn one_wrong_digit_or_a_swap_never_passes(body in any_body(), at in 0usize..17, other in 0u8..10) {
            let good = with_check(&body).into_bytes();
            let mut typed = good.clone();
            typed[at] = b'0' + other;
            let mut swapped = good.clone();
            swapped.swap(at, (at + 1).min(16));
            for wrong in [typed, swapped] {
                prop_assert_eq!(parse(std::str::from_utf8(&wrong).unwrap()).is_ok(), wrong == good);
            }
        }
    }

    #[test]
    fn each_mistake_has_its_words() {
        let mistakes =
            [IdNumberError::Form, IdNumberError::Region, IdNumberError::BirthDate, IdNumberError::CheckCharacter];
        crate::text::told_apart(mistakes.map(IdNumberError::text));
    }
}

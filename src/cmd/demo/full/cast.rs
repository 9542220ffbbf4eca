//! Who the half year is about: names, sexes, ID numbers and habits out of a seed. Everybody is invented.
//!
//! The ID numbers pass every check of R3.3 and can be nobody's: no county has the code 210499 (GB/T 2260).

use duxue_rules::roster::Sex;

/// Numbers that follow from the seed and from what they are for, in whatever order they are asked for.
#[derive(Clone, Copy)]
pub struct Fate(u64);

impl Fate {
    /// All that follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x6475_7875_6500_0001))
    }

    /// The number for one purpose.
    pub fn number(self, about: &[u64]) -> u64 {
        about.iter().fold(self.0, |state, &part| mix(state.rotate_left(17) ^ mix(part.wrapping_add(1))))
    }

    /// A number below `most`.
    pub fn below(self, most: u64, about: &[u64]) -> u64 {
        self.number(about) % most.max(1)
    }

    /// Whether what happens once in so many times happens.
    pub fn once_in(self, times: u64, about: &[u64]) -> bool {
        self.below(times, about) == 0
    }

    /// A share from 0 to below 1.
    pub fn share(self, about: &[u64]) -> f32 {
        (self.number(about) >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// SplitMix64's finisher (Steele, Lea, Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A student to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Invented.
    pub name: String,
    /// As on the ID card.
    pub sex: Sex,
    /// See this module.
    pub id_number: String,
    /// On the roster.
    pub number: String,
}

const FAMILY: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "林", "郭", "何", "高",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹", "曾", "彭", "萧", "蔡", "潘", "田", "董", "袁",
    "于", "余",
];
const MEN: [&str; 24] = [
    "伟", "志强", "磊", "洋", "勇", "建军", "杰", "涛", "明", "超", "鹏飞", "浩然", "子轩", "宇航", "俊杰", "晨",
    "博文", "天宇", "海峰", "文博", "凯", "旭", "东升", "少华",
];
const WOMEN: [&str; 24] = [
    "芳", "娜", "敏", "静怡", "丽", "艳", "娟", "雨霞", "婷", "雪", "梅", "思琳", "欣怡", "佳慧", "梦瑶", "晓燕", "丹",
    "玉洁", "诗涵", "冬雪", "琳", "倩", "若曦", "春燕",
];

/// The `count` students of a class; no two have one name or one number. Of those who are drawn, `sexes` says which sex.
pub fn students(fate: Fate, class: u64, count: u64, year: i16, sexes: &[Sex]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for seat in 0..count {
        let lot = if fate.once_in(2, &[1, class, seat]) { Sex::Male } else { Sex::Female };
        let sex = sexes.get(seat as usize).copied().unwrap_or(lot);
        let mut name = String::new();
        for attempt in 0.. {
            name = named(fate, sex, &[2, class, seat, attempt]);
            if people.iter().all(|other| other.name != name) {
                break;
            }
        }
        let born = [
            u64::from((year - 23).unsigned_abs()) + fate.below(3, &[3, class, seat]),
            1 + fate.below(12, &[4, class, seat]),
            1 + fate.below(28, &[5, class, seat]),
        ];
        let id_number = id_number(born, class * count + seat, sex);
        people.push(Person { name, sex, id_number, number: format!("{}{:02}", class + 1, seat + 1) });
    }
    people
}

/// A name for a person of that sex.
pub fn named(fate: Fate, sex: Sex, about: &[u64]) -> String {
    let n = fate.number(about);
    let given = match sex {
        Sex::Male => MEN[(n / 64 % 24) as usize],
        Sex::Female => WOMEN[(n / 64 % 24) as usize],
    };
    format!("{}{given}", FAMILY[(n % 40) as usize])
}

/// GB 11643-1999 with a region that is none; `person` keeps the numbers apart.
fn id_number([year, month, day]: [u64; 3], person: u64, sex: Sex) -> String {
    let sequence = person % 500 * 2 + u64::from(sex == Sex::Male);
    let body = format!("210499{year:04}{month:02}{day:02}{sequence:03}");
    let sum = body.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let check = match (12 - sum) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('X'),
    };
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use duxue_rules::person::IdNumber;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn eight_classes_have_160_different_people_whose_numbers_pass_and_are_nobodys() {
        let people: Vec<Person> = (0..8).flat_map(|class| students(Fate::new(1), class, 20, 2026, &[])).collect();
        let numbers: BTreeSet<&str> = people.iter().map(|person| person.id_number.as_str()).collect();
        assert_eq!(numbers.len(), 160);
        for person in &people {
            let number = IdNumber::parse(&person.id_number, date(2026, 1, 1)).unwrap();
            assert_eq!((number.sex(), &number.expose()[..6]), (person.sex, "210499"));
        }
        assert!(people.chunks(20).all(|class| class.iter().map(|one| &one.name).collect::<BTreeSet<_>>().len() == 20));
    }

    #[test]
    fn one_seed_is_one_cast_and_another_seed_another() {
        let cast = |seed| students(Fate::new(seed), 3, 20, 2026, &[]);
        assert_eq!(cast(7), cast(7));
        assert_ne!(cast(7), cast(8));
    }
}

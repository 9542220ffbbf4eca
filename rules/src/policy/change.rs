//! How one policy becomes the next: a manager changes numbers, or the configuration file was changed.
//!
//! Numbers go by the names that the policy's JSON gives them, so that a version of long ago, with numbers that this
//! program does not know any more, can still be held against another.

use serde_json::{Map, Value};

use super::Policy;
use crate::{catalogue::fields, text::Text};

/// The numbers of a policy by name.
pub type Numbers = Map<String, Value>;

/// A number that one version has otherwise than another.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What it was; `None` where the version before did not have it.
    pub before: Option<Value>,
    /// What it is; `None` where the version does not have it any more.
    pub after: Option<Value>,
}

/// A number that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The field.
    pub field: String,
    /// Why not.
    pub text: Text,
}

/// What differs between two versions, by name.
pub fn differences(before: &Numbers, after: &Numbers) -> Vec<Difference> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter(|&name| before.get(name) != after.get(name))
        .map(|name| Difference {
            field: name.clone(),
            before: before.get(name).cloned(),
            after: after.get(name).cloned(),
        })
        .collect()
}

/// `policy` with other numbers; everything that stands against one of them, else.
pub fn changed(policy: &Policy, changes: &Numbers) -> Result<Policy, Vec<Refused>> {
    let (mut numbers, mut refused) = (fields(policy), Vec::new());
    for (field, value) in changes {
        let refuse = |zh: String, en: String| Refused { field: field.clone(), text: Text::new(zh, en) };
        let Some(before) = numbers.get(field) else {
            refused.push(refuse("没有这个参数。".to_owned(), "the policy has no such number".to_owned()));
            continue;
        };
        // One at a time, so that what does not fit is told of its own field.
        let mut tried = fields(policy);
        tried.insert(field.clone(), value.clone());
        match serde_json::from_value::<Policy>(Value::Object(tried)) {
            Ok(_) => drop(numbers.insert(field.clone(), value.clone())),
            Err(_) => refused.push(refuse(
                format!("取值类型不符，例如 {before}。"),
                format!("this is not the kind of value that it takes, such as {before}"),
            )),
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let policy: Policy = serde_json::from_value(Value::Object(numbers)).map_err(|error| {
        vec![Refused { field: "changes".to_owned(), text: Text::new(error.to_string(), error.to_string()) }]
    })?;
    let problems = policy.problems();
    if problems.is_empty() {
        return Ok(policy);
    }
    let text = |allowed: &str| Text::new(format!("不允许的取值：{allowed}。"), format!("it must be {allowed}"));
    Err(problems.into_iter().map(|one| Refused { field: one.field.to_owned(), text: text(one.allowed) }).collect())
}

/// The numbers of a version that are numbers still; what is not there, or not of its kind any more, is the notice's.
pub fn still_known(numbers: &Numbers) -> Policy {
    let mut known = fields(&Policy::default());
    for (field, value) in numbers {
        let Some(default) = known.get(field).cloned() else { continue };
        known.insert(field.clone(), value.clone());
        if serde_json::from_value::<Policy>(Value::Object(known.clone())).is_err() {
            known.insert(field.clone(), default);
        }
    }
    serde_json::from_value(Value::Object(known)).unwrap_or_default()
}

/// The policy when the configuration file says `says` and said `said` when it was last read.
///
/// What was changed in the file counts; what was not stays as it is in force, so that a restart takes back nothing that a
/// manager set. Where the two do not go together, the file, which was found sound, counts whole.
pub fn follow_file(said: &Policy, says: &Policy, in_force: &Policy) -> Policy {
    let changes = differences(&fields(said), &fields(says));
    let changes = changes.into_iter().filter_map(|one| Some((one.field, one.after?))).collect();
    changed(in_force, &changes).unwrap_or_else(|_| says.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn numbers(value: Value) -> Numbers {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_change_is_told_by_name_and_leaves_the_rest() {
        let before = Policy::default();
        let after = changed(&before, &numbers(json!({"remote_per_week": 3, "report_due": "08:30:00"}))).unwrap();
        assert_eq!(after, Policy { remote_per_week: 3, report_due: jiff::civil::time(8, 30, 0, 0), ..before.clone() });
        let told = differences(&fields(&before), &fields(&after));
        assert_eq!(told.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["remote_per_week", "report_due"]);
        assert_eq!((&told[0].before, &told[0].after), (&Some(json!(2)), &Some(json!(3))));
        assert_eq!(differences(&fields(&before), &fields(&before)), []);
    }

    #[test]
    fn what_cannot_be_taken_is_told_of_its_field() {
        let refused = |value| -> Vec<String> {
            changed(&Policy::default(), &numbers(value)).unwrap_err().into_iter().map(|one| one.field).collect()
        };
        assert_eq!(
            refused(json!({"remote_per_weak": 3, "clip_min_count": "ten"})),
            ["clip_min_count", "remote_per_weak"]
        );
        assert_eq!(refused(json!({"archive_years": 2})), ["archive_years"], "十一、1");
        assert_eq!(refused(json!({"interview_at": 3})), ["suspension_at"]);
        assert_eq!(refused(json!({"remote_per_week": -1})), ["remote_per_week"]);
        let both = numbers(json!({"interview_at": 3, "suspension_at": 4}));
        assert!(changed(&Policy::default(), &both).is_ok(), "what only goes together is taken together");
    }

    #[test]
    fn a_version_of_long_ago_is_read_as_far_as_it_is_known() {
        let old = numbers(json!({"remote_per_week": 4, "gone_since": 1, "clip_min_count": "ten"}));
        assert_eq!(still_known(&old), Policy { remote_per_week: 4, ..Policy::default() });
        let told = differences(&old, &fields(&Policy::default()));
        let gone = told.iter().find(|one| one.field == "gone_since").unwrap();
        assert_eq!((&gone.before, &gone.after), (&Some(json!(1)), &None));
    }

    #[test]
    fn the_file_changes_what_was_changed_in_it_and_nothing_else() {
        let said = Policy { remote_per_week: 3, ..Policy::default() };
        let in_force = Policy { onsite_per_class: 4, ..said.clone() };
        assert_eq!(follow_file(&said, &said, &in_force), in_force, "a restart");
        let says = Policy { spot_check_students: 5, ..said.clone() };
        assert_eq!(follow_file(&said, &says, &in_force), Policy { spot_check_students: 5, ..in_force.clone() });
        let says = Policy { onsite_per_class: 6, ..said.clone() };
        assert_eq!(follow_file(&said, &says, &in_force).onsite_per_class, 6, "the file's last word");
    }

    #[test]
    fn where_the_two_do_not_go_together_the_file_counts() {
        let said = Policy::default();
        let in_force = Policy { interview_at: 5, suspension_at: 6, ..Policy::default() };
        let says = Policy { suspension_at: 4, ..Policy::default() };
        assert_eq!(follow_file(&said, &says, &in_force), says);
    }
}

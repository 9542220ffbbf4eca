//! What people read: each sentence in the office's Chinese and in English, and the rule it rests on.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

/// The ID of a rule of the notice made exact, such as `R7.1x`; its article is the number before the letter or the dot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// An ID written in the code.
    pub const fn new(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One sentence in both languages of the office's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Simplified Chinese, the first language.
    pub zh: String,
    /// English, the second.
    pub en: String,
}

impl Text {
    /// Puts the two together.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// One ground of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// A stable word for programs, such as `seen_in_few_frames`.
    pub code: String,
    /// The sentence for people.
    pub text: Text,
}

impl Reason {
    /// A ground with its word and its sentence.
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), text: Text::new(zh, en) }
    }
}

/// What somebody wrote, such as a reason or what was seen: never blank, without space around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Remark(String);

/// Nothing was written where something must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a remark must say something")]
pub struct BlankRemark;

impl Remark {
    /// Refuses text of nothing but space.
    pub fn new(text: impl AsRef<str>) -> Result<Self, BlankRemark> {
        let text = text.as_ref().trim();
        if text.is_empty() { Err(BlankRemark) } else { Ok(Self(text.to_owned())) }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Remark {
    type Error = BlankRemark;

    fn try_from(text: String) -> Result<Self, BlankRemark> {
        Self::new(text)
    }
}

impl From<Remark> for String {
    fn from(remark: Remark) -> Self {
        remark.0
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Each of these has words in both languages, and no two have the same.
#[cfg(test)]
pub(crate) fn told_apart(texts: impl IntoIterator<Item = Text>) {
    let texts: Vec<Text> = texts.into_iter().collect();
    for (index, text) in texts.iter().enumerate() {
        assert!(!text.zh.is_empty() && !text.en.is_empty(), "{text:?}");
        assert!(texts[..index].iter().all(|other| other.zh != text.zh && other.en != text.en), "{text:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_something_also_from_json() {
        assert_eq!(Remark::new(" 整改完毕\u{3000}").unwrap().as_str(), "整改完毕");
        for blank in ["", "  ", "\u{3000}\n"] {
            assert_eq!(Remark::new(blank), Err(BlankRemark));
        }
        assert!(serde_json::from_str::<Remark>("\" \"").is_err());
        assert_eq!(serde_json::from_str::<Remark>("\"好\"").unwrap(), Remark::new("好").unwrap());
    }

    #[test]
    fn a_rule_id_is_a_plain_string_in_json() {
        let id = RuleId::new("R7.1x");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"R7.1x\"");
        assert_eq!(serde_json::from_str::<RuleId>(&json).unwrap(), id);
    }
}

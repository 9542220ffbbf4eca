//! What goes wrong, and the one table from there to HTTP (RFC 9457).
//!
//! 4xx says what the sender can do about it, in both languages; 5xx says only the request's id, under which the log
//! has the rest.

use std::collections::HashMap;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use duxue_rules::{finding::Record, ids::StudentId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{dto::refs::Text, tus};

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nobody is signed in, or the sign-in has ended.
    NotSignedIn,
    /// No such user with such a password.
    WrongCredentials,
    /// No code of the person's second factor, or one that was used.
    WrongCode,
    /// A second factor is asked of this person, and they have not set one up.
    SecondFactorFirst,
    /// Too many tries.
    Throttled {
        /// When to try again, in seconds.
        retry_after_seconds: u64,
    },
    /// This person may not do this.
    Forbidden,
    /// Their role may, but the token that was shown was not made for it.
    BeyondToken,
    /// No token does this in anybody's place.
    InPersonOnly,
    /// A write that another site's page sent with this browser's cookie.
    CrossSite,
    /// There is no such thing, or it is another institution's.
    NotFound,
    /// The thing is there, but not for this method.
    MethodNotAllowed,
    /// A part of the address is wrong.
    BadParameter {
        /// The path's or query's parameter.
        field: String,
        /// What is wrong.
        text: Text,
    },
    /// The body is no JSON.
    BadJson {
        /// What is wrong, and where.
        detail: String,
    },
    /// Fields that cannot be taken.
    Invalid(Vec<FieldProblem>),
    /// The thing is in another state than this needs.
    Conflict {
        /// The field in question, if it is one.
        field: Option<String>,
        /// Why not.
        text: Text,
    },
    /// The body is of another type than this takes.
    UnsupportedMediaType {
        /// What it takes.
        wanted: &'static str,
    },
    /// The body is too large.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The wanted range lies outside of the file.
    RangeNotSatisfiable {
        /// The size of the file.
        size: u64,
    },
    /// The file is not the one that the client means (`If-Match`).
    PreconditionFailed,
    /// The thing is not, or no longer, what the sender has seen (`If-Match`).
    Changed {
        /// Its `ETag` and what a GET of it answers now; `None`: there is nothing to be seen at this address.
        current: Option<Box<(String, serde_json::Value)>>,
    },
    /// This address speaks WebSocket alone.
    UpgradeRequired,
    /// A client that does not say it speaks tus 1.0.0.
    TusVersion,
    /// The bytes that were sent do not begin where the upload has come to.
    WrongOffset {
        /// Where that is.
        offset: u64,
    },
    /// Another request is appending to the upload.
    Locked,
    /// The bytes that were sent are not those of `Upload-Checksum`; nothing was appended.
    ChecksumMismatch,
    /// The upload was given up or ended; it will not come back.
    Gone,
    /// Events from there on were let go: whoever asks has missed something.
    Forgotten {
        /// Up to which place.
        until: i64,
    },
    /// There is no room on the disk; what came before is kept, and the upload can go on later.
    InsufficientStorage {
        /// How far the upload has come.
        offset: Option<u64>,
    },
    /// Something that this needs is off or down.
    Unavailable(Text),
    /// It took too long.
    TimedOut,
    /// Our fault; the log says more.
    Internal,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field, as a path such as `absent[2].reason`.
    pub field: String,
    /// The rule it breaks: of the notice (`R7.3b`), or `shape` when it is not of the right form.
    pub rule: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// The student whom it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student: Option<Box<ProblemStudent>>,
}

/// The student whom a problem is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemStudent {
    /// Their identity.
    #[schema(value_type = Uuid)]
    pub id: StudentId,
    /// Their name, for who may read the class's roster.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "王小明")]
    pub name: Option<String>,
}

impl FieldProblem {
    /// A field that is not of the right form.
    pub fn shape(field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.into(), rule: "shape".to_owned(), zh: zh.into(), en: en.into(), student: None }
    }

    /// A field that breaks a rule of the notice.
    pub fn rule(field: &str, rule: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { field: field.to_owned(), rule: rule.to_owned(), zh: zh.into(), en: en.into(), student: None }
    }
}

impl From<duxue_rules::report::FieldError> for FieldProblem {
    fn from(error: duxue_rules::report::FieldError) -> Self {
        Self {
            field: error.field.to_owned(),
            rule: error.rule.as_str().to_owned(),
            zh: error.zh,
            en: error.en,
            student: None,
        }
    }
}

/// What a rule misses stands at its own word, with the rule's ID: `remote_supervision_missing`, R7.4a.
impl From<duxue_rules::finding::Finding> for FieldProblem {
    fn from(finding: duxue_rules::finding::Finding) -> Self {
        let duxue_rules::Text { zh, en } = finding.text();
        let student = finding.records.iter().find_map(|record| match record {
            Record::Student(id) => Some(Box::new(ProblemStudent { id: *id, name: None })),
            _ => None,
        });
        Self { field: finding.code, rule: finding.rule.as_str().to_owned(), zh, en, student }
    }
}

/// A problem, as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// What kind, as a URN that programs can tell apart: `urn:duxue:problem:not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words.
    #[schema(example = "Not found")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What to do about it, in English.
    pub detail: String,
    /// The same in both languages.
    pub text: Text,
    /// The field, when there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule, when there is exactly one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Every field that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What the thing is now, as a GET shows it, where it is no longer what `If-Match` names; its `ETag` stands in the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub current: Option<serde_json::Value>,
    /// The request's id, which the log has too.
    pub request_id: String,
}

/// tus 1.0.0, extension checksum: the status that HTTP itself does not name.
const CHECKSUM_MISMATCH: StatusCode = match StatusCode::from_u16(460) {
    Ok(status) => status,
    Err(_) => StatusCode::BAD_REQUEST,
};

impl Failure {
    /// A wrong parameter of the address.
    pub fn parameter(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::BadParameter { field: field.to_owned(), text: Text::new(zh, en) }
    }

    /// A step that the rules refuse, with all that is missing.
    pub fn missing(findings: Vec<duxue_rules::finding::Finding>) -> Self {
        Self::Invalid(findings.into_iter().map(FieldProblem::from).collect())
    }

    /// The same refusal with the names of the students whom its problems are about.
    #[must_use]
    pub fn naming(mut self, names: &HashMap<StudentId, String>) -> Self {
        if let Self::Invalid(problems) = &mut self {
            for student in problems.iter_mut().filter_map(|problem| problem.student.as_mut()) {
                student.name = names.get(&student.id).cloned();
            }
        }
        self
    }

    /// A state of the thing that does not allow it.
    pub fn conflict(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Conflict { field: None, text: Text::new(zh, en) }
    }

    /// Something that this needs is off or down.
    pub fn unavailable(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Unavailable(Text::new(zh, en))
    }

    /// The thing is not what `If-Match` names, but this: its tag, and what a GET of it shows.
    pub fn changed(current: Option<(String, serde_json::Value)>) -> Self {
        Self::Changed { current: current.map(Box::new) }
    }

    /// One field that cannot be taken.
    pub fn field(field: &str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem::shape(field, zh, en)])
    }

    /// The status, the stable word, and the sentence.
    fn row(&self) -> (StatusCode, &'static str, &'static str, Text) {
        use StatusCode as S;
        match self {
            Self::NotSignedIn => {
                (S::UNAUTHORIZED, "not-signed-in", "Not signed in", Text::new("请先登录。", "Sign in first."))
            }
            Self::WrongCredentials => (
                S::UNAUTHORIZED,
                "wrong-credentials",
                "Wrong user name or password",
                Text::new("用户名或密码错误。", "The user name or the password is wrong."),
            ),
            Self::WrongCode => (
                S::UNAUTHORIZED,
                "wrong-code",
                "Wrong code",
                Text::new("验证码错误或已使用。", "The code is wrong, or was used already."),
            ),
            Self::SecondFactorFirst => (
                S::FORBIDDEN,
                "second-factor-first",
                "Set up a second factor first",
                Text::new("您的角色须先设置验证器。", "Your role needs a second factor: set one up first."),
            ),
            Self::Throttled { retry_after_seconds: after } => (
                S::TOO_MANY_REQUESTS,
                "throttled",
                "Too many tries",
                Text::new(
                    format!("请求或尝试次数过多，请在 {after} 秒后重试。"),
                    format!("Too many requests or tries; try again in {after} seconds."),
                ),
            ),
            Self::Forbidden => (
                S::FORBIDDEN,
                "forbidden",
                "Not allowed",
                Text::new("您的角色无权执行此操作。", "Your role may not do this."),
            ),
            Self::BeyondToken => (
                S::FORBIDDEN,
                "beyond-token",
                "Not what the token is for",
                Text::new("该令牌未获此项授权。", "This token was not made for this."),
            ),
            Self::InPersonOnly => (
                S::FORBIDDEN,
                "in-person-only",
                "Not with a token",
                Text::new("此操作须本人登录后进行，不能使用令牌。", "No token does this: sign in yourself."),
            ),
            Self::CrossSite => (
                S::FORBIDDEN,
                "cross-site",
                "Cross-site request",
                Text::new("已拒绝来自其他网站的请求。", "A request from another site's page is refused."),
            ),
            Self::NotFound => {
                (S::NOT_FOUND, "not-found", "Not found", Text::new("未找到。", "There is no such thing."))
            }
            Self::MethodNotAllowed => (
                S::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "Method not allowed",
                Text::new("此地址不支持该请求方法。", "This address does not take that method."),
            ),
            Self::BadParameter { text, .. } => (S::BAD_REQUEST, "bad-parameter", "Bad parameter", text.clone()),
            Self::BadJson { detail } => (
                S::BAD_REQUEST,
                "bad-json",
                "The body is no JSON",
                Text::new(format!("请求内容不是有效的 JSON：{detail}"), format!("The body is no valid JSON: {detail}")),
            ),
            Self::Invalid(errors) => (
                S::UNPROCESSABLE_ENTITY,
                "invalid",
                "Fields cannot be taken",
                match errors.as_slice() {
                    [one] => Text::new(one.zh.clone(), format!("{}: {}", one.field, one.en)),
                    many => Text::new(
                        format!("有 {} 处填写有误。", many.len()),
                        format!("{} fields cannot be taken.", many.len()),
                    ),
                },
            ),
            Self::Conflict { text, .. } => (S::CONFLICT, "conflict", "Not in this state", text.clone()),
            Self::UnsupportedMediaType { wanted } => (
                S::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Unsupported media type",
                Text::new(
                    format!("请求内容类型应为 {wanted}。"),
                    format!("Send the body as {wanted}, and say so in Content-Type."),
                ),
            ),
            Self::TooLarge { limit } => (
                S::PAYLOAD_TOO_LARGE,
                "too-large",
                "Too large",
                Text::new(
                    format!("请求内容过大，上限为 {limit} 字节。"),
                    format!("The body is larger than {limit} bytes."),
                ),
            ),
            Self::RangeNotSatisfiable { size } => (
                S::RANGE_NOT_SATISFIABLE,
                "range-not-satisfiable",
                "Range not satisfiable",
                Text::new(
                    format!("所请求的范围超出文件大小（{size} 字节）。"),
                    format!("The range lies outside of the file's {size} bytes."),
                ),
            ),
            Self::PreconditionFailed => (
                S::PRECONDITION_FAILED,
                "precondition-failed",
                "Precondition failed",
                Text::new("文件与所指定的版本不符。", "The file is not the one that If-Match names."),
            ),
            Self::Changed { current } => (
                S::PRECONDITION_FAILED,
                "changed",
                "Not what If-Match names",
                match current {
                    Some(_) => Text::new(
                        "内容已与您所见不同；当前内容见 current。",
                        "It is no longer what If-Match names; `current` is what it is now.",
                    ),
                    None => Text::new(
                        "此地址没有可供比对的内容，不能使用 If-Match。",
                        "There is nothing at this address that If-Match could name.",
                    ),
                },
            ),
            Self::UpgradeRequired => (
                S::UPGRADE_REQUIRED,
                "upgrade-required",
                "WebSocket only",
                Text::new("此地址仅支持 WebSocket 连接。", "Open this address as a WebSocket."),
            ),
            Self::TusVersion => (
                S::PRECONDITION_FAILED,
                "tus-version",
                "tus 1.0.0 only",
                Text::new(
                    "上传须使用 tus 1.0.0 协议（Tus-Resumable: 1.0.0）。",
                    "Uploads speak tus 1.0.0; say so with Tus-Resumable: 1.0.0.",
                ),
            ),
            Self::WrongOffset { offset } => (
                S::CONFLICT,
                "wrong-offset",
                "Not where the upload has come to",
                Text::new(
                    format!("已收到 {offset} 字节，请从该处继续。"),
                    format!("{offset} bytes have come; go on from there."),
                ),
            ),
            Self::Locked => (
                S::LOCKED,
                "locked",
                "Another request is appending",
                Text::new("另一个请求正在上传此文件。", "Another request is appending to this upload."),
            ),
            Self::ChecksumMismatch => (
                CHECKSUM_MISMATCH,
                "checksum-mismatch",
                "Checksum mismatch",
                Text::new(
                    "数据与校验值不符，请重新发送这一部分。",
                    "The bytes are not those of the checksum; send this part again.",
                ),
            ),
            Self::Gone => (
                S::GONE,
                "gone",
                "Gone",
                Text::new("该上传已结束或已过期，请重新上传。", "This upload was ended or has expired; begin anew."),
            ),
            Self::Forgotten { until } => (
                S::GONE,
                "forgotten",
                "Let go",
                Text::new(
                    format!("第 {until} 号及以前的事件已清除；请重新读取所需内容，再从该号之后继续。"),
                    format!("Events up to {until} were let go: read anew what you need, then go on after {until}."),
                ),
            ),
            Self::InsufficientStorage { .. } => (
                S::INSUFFICIENT_STORAGE,
                "insufficient-storage",
                "No room",
                Text::new(
                    "服务器磁盘空间不足；已收到的部分会保留，请稍后继续。",
                    "The disk is full; what has come is kept, go on later.",
                ),
            ),
            Self::Unavailable(text) => (S::SERVICE_UNAVAILABLE, "unavailable", "Unavailable", text.clone()),
            Self::TimedOut => (
                S::GATEWAY_TIMEOUT,
                "timed-out",
                "Timed out",
                Text::new("处理超时，请稍后重试。", "It took too long; try again later."),
            ),
            Self::Internal => (
                S::INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
                Text::new(
                    "系统内部错误；请将请求编号告知管理员。",
                    "Something went wrong here; give the request's id to whoever runs duxue.",
                ),
            ),
        }
    }

    /// The body that says so. The request's id comes in from outside.
    pub fn problem(&self, request_id: &str) -> Problem {
        let (status, word, title, text) = self.row();
        let (field, rule, errors) = match self {
            Self::BadParameter { field, .. } => (Some(field.clone()), None, Vec::new()),
            Self::Conflict { field, .. } => (field.clone(), None, Vec::new()),
            Self::Invalid(errors) => match errors.as_slice() {
                [one] => (Some(one.field.clone()), Some(one.rule.clone()), errors.clone()),
                _ => (None, None, errors.clone()),
            },
            _ => (None, None, Vec::new()),
        };
        Problem {
            kind: format!("urn:duxue:problem:{word}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: text.en.clone(),
            text,
            field,
            rule,
            errors,
            current: match self {
                Self::Changed { current } => current.as_ref().map(|current| current.1.clone()),
                _ => None,
            },
            request_id: request_id.to_owned(),
        }
    }

    /// The whole answer.
    pub fn answer(&self, request_id: &str) -> Response {
        let mut response = (self.row().0, Json(self.problem(request_id))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match self {
            Self::Throttled { retry_after_seconds } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
            }
            Self::TusVersion => {
                headers.insert(tus::TUS_VERSION, HeaderValue::from_static(tus::VERSION));
            }
            Self::WrongOffset { offset } | Self::InsufficientStorage { offset: Some(offset) } => {
                headers.insert(tus::UPLOAD_OFFSET, HeaderValue::from(*offset));
            }
            Self::Changed { current: Some(current) } => {
                if let Ok(tag) = HeaderValue::try_from(&current.0) {
                    headers.insert(header::ETAG, tag);
                }
            }
            Self::RangeNotSatisfiable { size } => {
                if let Ok(value) = HeaderValue::try_from(format!("bytes */{size}")) {
                    headers.insert(header::CONTENT_RANGE, value);
                }
            }
            _ => {}
        }
        response
    }
}

/// The failure travels in the answer's extensions; the layer that knows the request's id writes the body.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.row().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What storage refuses, in HTTP. A field that cannot be stored is the sender's; everything else is ours and is logged
/// here, with its causes, as nobody hears of it otherwise.
impl From<duxue_storage::Error> for Failure {
    fn from(error: duxue_storage::Error) -> Self {
        use duxue_storage::Error as E;
        match error {
            E::Field { field, zh, en, .. } => Self::field(field, zh, en),
            E::Lost { .. } => Self::Conflict {
                field: None,
                text: Text::new("已被他人更改，请刷新后重试。", "Someone else changed it meanwhile; look again first."),
            },
            E::Unavailable(_) => {
                tracing::warn!(error = chain(&error), "the database does not answer");
                Self::Unavailable(Text::new(
                    "数据库暂时不可用，请稍后重试。",
                    "The database does not answer; try again soon.",
                ))
            }
            E::Corrupt { .. } | E::Database(_) | E::Secret(_) => {
                tracing::error!(error = chain(&error), "storage failed");
                Self::Internal
            }
        }
    }
}

/// Too many tries: come back at `until`.
pub(crate) fn throttled(until: Timestamp, now: Timestamp) -> Failure {
    let seconds = until.duration_since(now).as_secs().max(0).unsigned_abs() + 1;
    Failure::Throttled { retry_after_seconds: seconds }
}

/// An error and its causes, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of each, with the status and word that clients rely on.
    #[test]
    fn the_table_is_as_promised() {
        let text = || Text::new("一", "one");
        let table = [
            (Failure::NotSignedIn, 401, "not-signed-in"),
            (Failure::WrongCredentials, 401, "wrong-credentials"),
            (Failure::WrongCode, 401, "wrong-code"),
            (Failure::SecondFactorFirst, 403, "second-factor-first"),
            (Failure::Throttled { retry_after_seconds: 7 }, 429, "throttled"),
            (Failure::Forbidden, 403, "forbidden"),
            (Failure::BeyondToken, 403, "beyond-token"),
            (Failure::InPersonOnly, 403, "in-person-only"),
            (Failure::CrossSite, 403, "cross-site"),
            (Failure::NotFound, 404, "not-found"),
            (Failure::MethodNotAllowed, 405, "method-not-allowed"),
            (Failure::parameter("id", "一", "one"), 400, "bad-parameter"),
            (Failure::BadJson { detail: "x".into() }, 400, "bad-json"),
            (Failure::field("name", "一", "one"), 422, "invalid"),
            (Failure::Conflict { field: None, text: text() }, 409, "conflict"),
            (Failure::UnsupportedMediaType { wanted: "application/json" }, 415, "unsupported-media-type"),
            (Failure::TooLarge { limit: 1 }, 413, "too-large"),
            (Failure::RangeNotSatisfiable { size: 9 }, 416, "range-not-satisfiable"),
            (Failure::PreconditionFailed, 412, "precondition-failed"),
            (Failure::changed(None), 412, "changed"),
            (Failure::changed(Some(("\"a\"".into(), serde_json::json!({ "a": 1 })))), 412, "changed"),
            (Failure::UpgradeRequired, 426, "upgrade-required"),
            (Failure::TusVersion, 412, "tus-version"),
            (Failure::WrongOffset { offset: 7 }, 409, "wrong-offset"),
            (Failure::Locked, 423, "locked"),
            (Failure::ChecksumMismatch, 460, "checksum-mismatch"),
            (Failure::Gone, 410, "gone"),
            (Failure::Forgotten { until: 7 }, 410, "forgotten"),
            (Failure::InsufficientStorage { offset: None }, 507, "insufficient-storage"),
            (Failure::Unavailable(text()), 503, "unavailable"),
            (Failure::TimedOut, 504, "timed-out"),
            (Failure::Internal, 500, "internal"),
        ];
        for (failure, status, word) in table {
            let problem = failure.problem("r1");
            assert_eq!((problem.status, problem.kind.as_str()), (status, format!("urn:duxue:problem:{word}").as_str()));
            assert!(!problem.text.zh.is_empty() && problem.detail == problem.text.en && problem.request_id == "r1");
            let answer = failure.answer("r1");
            assert_eq!(answer.status().as_u16(), status);
            assert_eq!(answer.headers()["content-type"], "application/problem+json");
        }
    }

    #[test]
    fn a_throttled_client_hears_when_to_come_back_and_a_range_how_long_the_file_is() {
        let throttled = Failure::Throttled { retry_after_seconds: 7 }.answer("r");
        assert_eq!(throttled.headers()["retry-after"], "7");
        let range = Failure::RangeNotSatisfiable { size: 9 }.answer("r");
        assert_eq!(range.headers()["content-range"], "bytes */9");
    }

    #[test]
    fn a_single_field_stands_at_the_top_too() {
        let problem = Failure::Invalid(vec![FieldProblem::rule("present", "R7.3b", "一", "one")]).problem("r");
        assert_eq!((problem.field.as_deref(), problem.rule.as_deref()), (Some("present"), Some("R7.3b")));
        let two = vec![FieldProblem::shape("a", "一", "one"), FieldProblem::shape("b", "二", "two")];
        let problem = Failure::Invalid(two).problem("r");
        assert_eq!((problem.field, problem.errors.len()), (None, 2));
    }
}

//! The table: of each failure its status, its stable word and its sentence.

use axum::http::StatusCode;

use super::Failure;
use crate::dto::refs::Text;

/// tus 1.0.0, extension checksum: the status that HTTP itself does not name.
const CHECKSUM_MISMATCH: StatusCode = match StatusCode::from_u16(460) {
    Ok(status) => status,
    Err(_) => StatusCode::BAD_REQUEST,
};

impl Failure {
    /// The status, the stable word, and the sentence.
    pub(super) fn row(&self) -> (StatusCode, &'static str, &'static str, Text) {
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
}

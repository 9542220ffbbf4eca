//! What clients rely on.

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

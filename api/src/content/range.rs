//! What of a file a request wants: RFC 9110, sections 13 (conditional requests) and 14 (range requests). Pure.

use axum::http::{HeaderMap, Method, header};

/// What to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole file (200).
    Whole,
    /// Bytes `first..=last` (206).
    Part { first: u64, last: u64 },
    /// The client has it already (304).
    NotModified,
    /// The file is not the one that the client means (412).
    Another,
    /// Nothing of the range exists (416).
    Nothing,
}

/// Decides by method and headers. `etag` is the strong entity tag, with its quotes.
pub(super) fn wanted(method: &Method, headers: &HeaderMap, etag: &str, size: u64) -> Wanted {
    let text = |name: header::HeaderName| {
        let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(","))
    };
    if let Some(list) = text(header::IF_MATCH)
        && !matches(&list, etag, false)
    {
        return Wanted::Another;
    }
    if let Some(list) = text(header::IF_NONE_MATCH)
        && matches(&list, etag, true)
    {
        return Wanted::NotModified;
    }
    // 14.2: Range is defined for GET alone. 13.1.5: If-Range compares strongly; a date never equals our tag.
    let current = text(header::IF_RANGE).is_none_or(|tag| tag.trim() == etag);
    match text(header::RANGE) {
        Some(range) if *method == Method::GET && current => part(&range, size),
        _ => Wanted::Whole,
    }
}

/// Whether the list of entity tags names this one (13.1.1, 13.1.2); weakly, `W/` does not matter.
fn matches(list: &str, etag: &str, weakly: bool) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag == etag || (weakly && tag.strip_prefix("W/").is_some_and(|tag| tag == etag)))
}

/// A single byte range (14.1.2). What is of another unit, malformed, or several at once may be ignored (14.2), and is.
fn part(range: &str, size: u64) -> Wanted {
    let Some((unit, set)) = range.split_once('=') else { return Wanted::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Wanted::Whole;
    }
    let Some((first, last)) = set.trim().split_once('-') else { return Wanted::Whole };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => Wanted::Whole,
        (Some(first), _) if first >= size && (last.is_empty() || number(last).is_some()) => Wanted::Nothing,
        (Some(first), Some(last)) => Wanted::Part { first, last: last.min(size - 1) },
        (Some(first), None) if last.is_empty() => Wanted::Part { first, last: size - 1 },
        (None, Some(0)) if first.is_empty() => Wanted::Nothing,
        (None, Some(_)) if first.is_empty() && size == 0 => Wanted::Nothing,
        (None, Some(tail)) if first.is_empty() => Wanted::Part { first: size.saturating_sub(tail), last: size - 1 },
        _ => Wanted::Whole,
    }
}

/// Digits only; more than fit mean "past any end".
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, pairs: &[(&'static str, &str)]) -> Wanted {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        wanted(&method, &headers, "\"abc\"", 1000)
    }

    fn range(value: &str) -> Wanted {
        ask(Method::GET, &[("range", value)])
    }

    #[test]
    fn the_examples_of_rfc_9110() {
        assert_eq!(range("bytes=0-499"), Wanted::Part { first: 0, last: 499 });
        assert_eq!(range("bytes=500-999"), Wanted::Part { first: 500, last: 999 });
        assert_eq!(range("bytes=-500"), Wanted::Part { first: 500, last: 999 });
        assert_eq!(range("bytes=500-"), Wanted::Part { first: 500, last: 999 });
        assert_eq!(range("bytes=0-0"), Wanted::Part { first: 0, last: 0 });
    }

    #[test]
    fn ends_are_clipped_and_beyond_is_nothing() {
        assert_eq!(range("bytes=900-5000"), Wanted::Part { first: 900, last: 999 });
        assert_eq!(range("bytes=-5000"), Wanted::Part { first: 0, last: 999 });
        assert_eq!(range("bytes=0-99999999999999999999999"), Wanted::Part { first: 0, last: 999 });
        assert_eq!(range("bytes=1000-"), Wanted::Nothing);
        assert_eq!(range("bytes=1000-1001"), Wanted::Nothing);
        assert_eq!(range("bytes=-0"), Wanted::Nothing);
        assert_eq!(range("bytes=99999999999999999999999-"), Wanted::Nothing);
    }

    #[test]
    fn nonsense_and_several_ranges_are_ignored() {
        for value in
            ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=0-1", "bytes=0-1,3-4", "bytes=+1-2"]
        {
            assert_eq!(range(value), Wanted::Whole, "{value}");
        }
    }

    #[test]
    fn if_range_keeps_parts_of_two_files_apart() {
        let get = |tag: &str| ask(Method::GET, &[("range", "bytes=0-1"), ("if-range", tag)]);
        assert_eq!(get("\"abc\""), Wanted::Part { first: 0, last: 1 });
        assert_eq!(get("\"old\""), Wanted::Whole);
        assert_eq!(get("W/\"abc\""), Wanted::Whole);
        assert_eq!(get("Tue, 08 Oct 2024 00:00:00 GMT"), Wanted::Whole);
    }

    #[test]
    fn conditions_come_first_and_head_knows_no_range() {
        let first = ("range", "bytes=0-1");
        assert_eq!(ask(Method::GET, &[("if-none-match", "\"x\", W/\"abc\""), first]), Wanted::NotModified);
        assert_eq!(ask(Method::GET, &[("if-none-match", "*")]), Wanted::NotModified);
        assert_eq!(ask(Method::GET, &[("if-none-match", "\"x\""), first]), Wanted::Part { first: 0, last: 1 });
        assert_eq!(ask(Method::GET, &[("if-match", "\"x\""), first]), Wanted::Another);
        assert_eq!(ask(Method::GET, &[("if-match", "W/\"abc\"")]), Wanted::Another);
        assert_eq!(ask(Method::HEAD, &[first]), Wanted::Whole);
    }

    #[test]
    fn an_empty_file_has_no_part() {
        for value in ["bytes=0-", "bytes=-1", "bytes=0-0"] {
            assert_eq!(part(value, 0), Wanted::Nothing, "{value}");
        }
    }
}

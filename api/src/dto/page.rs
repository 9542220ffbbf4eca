//! A list answer.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Some of a list, and where the rest begins.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Give this as `before` to get the page after; null when there is none.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A list that is whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The `next` of the page before; the newest page without it.
    pub before: Option<String>,
}

/// Which day.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// The civil date in Asia/Shanghai, `YYYY-MM-DD`.
    #[param(value_type = String, format = Date)]
    pub date: jiff::civil::Date,
}

/// The most items of a page.
pub(crate) const PAGE: u32 = 100;

impl<T> Page<T> {
    /// A page of at most [`PAGE`]; `key` tells how the page after it is asked for.
    pub(crate) fn part(items: Vec<T>, key: impl Fn(&T) -> String) -> Self {
        let full = items.len() >= PAGE as usize;
        let next = items.last().filter(|_| full).map(key);
        Self { items, next }
    }
}

/// What `before` says.
pub(crate) fn before<K: std::str::FromStr>(text: Option<&str>) -> Result<Option<K>, crate::problem::Failure> {
    let wrong = || crate::problem::Failure::parameter("before", "分页参数不正确。", "`before` is the `next` of a page");
    text.map(|text| text.parse().map_err(|_| wrong())).transpose()
}

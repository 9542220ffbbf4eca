//! Single people: never seen, seen though absent, unknown, replaced, gone midway.

mod absent;
mod left;
mod strangers;

use crate::crosscheck::{FindingDraft, case::Case};

pub(in crate::crosscheck) fn all(case: &Case<'_>) -> Vec<FindingDraft> {
    if !case.samples.enough() {
        return Vec::new();
    }
    let mut drafts = absent::all(case);
    drafts.extend(strangers::unknown(case));
    drafts.extend(left::all(case));
    drafts
}

//! R9.1: whether a video that an institution handed in may be taken as evidence of a lesson.
//!
//! That it was taken in that lesson is the institution's word. So a person takes it, and this says only what stands against
//! it: what a person cannot see, or must not pass over.

use jiff::Timestamp;

use super::{RULE, VideoFacts, after, check};
use crate::{
    evidence::Exhibit,
    finding::{Finding, Record},
    ids::UploadId,
    policy::Policy,
    span::Span,
    text::Text,
};

/// What is known of a video that is to be taken.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// What was measured of it.
    pub video: &'a VideoFacts,
    /// When its first picture was taken, as its sender says.
    pub start: Timestamp,
    /// When it was announced: what it shows was over then.
    pub announced_at: Timestamp,
    /// The lesson that it is to be evidence of.
    pub lesson: Span,
    /// What counts of that day already, and is long enough: a day counts once.
    pub covered_by: &'a [Exhibit],
    /// How many times it was found to be like other footage, and nobody has decided yet.
    pub undecided: usize,
    /// The uploads and clips that are confirmed to show the same, as far as they count themselves: what is shown counts
    /// once.
    pub same_as: &'a [Exhibit],
}

/// What stands against taking it; empty when nothing does.
pub fn may_take(offer: &Offer<'_>, policy: &Policy) -> Vec<Finding> {
    let mut findings = check(offer.video, offer.start, Some(offer.lesson), policy);
    let mut against = |code, expected: Text, seen: Text, records: Vec<Record>| {
        findings.push(Finding::new(RULE, code, expected, seen).showing(records));
    };
    let ends = after(offer.start, offer.video.duration_ms);
    if ends > offer.announced_at {
        against(
            "not_taken_yet",
            Text::new("提交时录像已经结束", "a video that had ended when it was handed in"),
            Text::new(format!("按所称时间录像至 {ends}"), format!("by its claimed start it ends at {ends}")),
            Vec::new(),
        );
    }
    if !offer.covered_by.is_empty() {
        against(
            "day_covered",
            Text::new("一天只计一次视频资料", "one video counts a day"),
            Text::new("当天已有计入的视频资料", "there is one of that day already"),
            offer.covered_by.iter().map(|exhibit| exhibit.record()).collect(),
        );
    }
    if offer.undecided > 0 {
        let count = offer.undecided;
        against(
            "likeness_undecided",
            Text::new("先认定与其他录像是否相同", "a decision first whether it shows the same as other footage"),
            Text::new(format!("有 {count} 处相似尚未认定"), format!("{count} likenesses are undecided")),
            Vec::new(),
        );
    }
    if !offer.same_as.is_empty() {
        against(
            "counted_already",
            Text::new("同一录像只计一次", "the same footage counts once"),
            Text::new("已认定与计入的录像相同", "it was found to be the same as footage that counts"),
            offer.same_as.iter().map(|exhibit| exhibit.record()).collect(),
        );
    }
    findings
}

/// What of a day's evidence covers it, where `upload` itself is to be taken.
pub fn covering(
    upload: UploadId,
    lesson: Span,
    evidence: &[crate::evidence::EvidenceClip],
    policy: &Policy,
) -> Vec<Exhibit> {
    let day = crate::civil::date_of(lesson.start());
    let covers = |clip: &&crate::evidence::EvidenceClip| {
        clip.date() == day && clip.continuous_seconds >= policy.clip_min_seconds && clip.clip != Exhibit::Upload(upload)
    };
    evidence.iter().filter(covers).map(|clip| clip.clip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{evidence::EvidenceClip, ids::ClipId};
    use uuid::Uuid;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_728_349_200 + second).unwrap()
    }

    fn lesson() -> Span {
        Span::new(at(0), at(7200)).unwrap()
    }

    fn video() -> VideoFacts {
        VideoFacts {
            container: "mov".to_owned(),
            codec: "h264".to_owned(),
            width: 1280,
            height: 720,
            duration_ms: 1_500_000,
            holes: Vec::new(),
            samples: 150,
            dark: 0,
            frozen: 0,
        }
    }

    fn codes(change: impl FnOnce(&mut Offer<'_>)) -> Vec<String> {
        let video = video();
        let mut offer = Offer {
            video: &video,
            start: at(600),
            announced_at: at(9000),
            lesson: lesson(),
            covered_by: &[],
            undecided: 0,
            same_as: &[],
        };
        change(&mut offer);
        may_take(&offer, &Policy::default()).into_iter().map(|finding| finding.code).collect()
    }

    const CLIP: Exhibit = Exhibit::Clip(ClipId(Uuid::from_u128(1)));
    const UPLOAD: Exhibit = Exhibit::Upload(UploadId(Uuid::from_u128(2)));

    #[test]
    fn what_stands_against_it_is_named() {
        assert_eq!(codes(|_| {}), [""; 0]);
        assert_eq!(codes(|offer| offer.start = at(6001)), ["too_short"], "1199 s of the lesson");
        assert_eq!(codes(|offer| offer.start = at(6000)), [""; 0]);
        assert_eq!(codes(|offer| offer.start = at(-301)), ["too_short"]);
        assert_eq!(codes(|offer| offer.announced_at = at(2100)), [""; 0]);
        assert_eq!(codes(|offer| offer.announced_at = at(2099)), ["not_taken_yet"]);
        assert_eq!(codes(|offer| offer.covered_by = &[CLIP]), ["day_covered"]);
        assert_eq!(codes(|offer| offer.undecided = 1), ["likeness_undecided"]);
        assert_eq!(codes(|offer| offer.same_as = &[UPLOAD]), ["counted_already"]);
        let all = codes(|offer| {
            (offer.start, offer.announced_at, offer.undecided) = (at(7200), at(7200), 2);
            (offer.covered_by, offer.same_as) = (&[CLIP], &[CLIP, UPLOAD]);
        });
        assert_eq!(all.len(), 5, "everything at once: {all:?}");
    }

    #[test]
    fn a_day_is_covered_by_what_counts_of_it() {
        let upload = UploadId(Uuid::from_u128(2));
        let of =
            |clip, starts_at, continuous_seconds| EvidenceClip { clip, starts_at, continuous_seconds, doubt: None };
        let covering = |evidence: &[EvidenceClip]| super::covering(upload, lesson(), evidence, &Policy::default());
        assert_eq!(covering(&[of(CLIP, at(20_000), 1200)]), [CLIP], "another lesson of the same day");
        assert_eq!(covering(&[of(CLIP, at(0), 1199)]), [], "too short to count");
        assert_eq!(covering(&[of(CLIP, at(86_400), 1200)]), [], "another day");
        assert_eq!(covering(&[of(UPLOAD, at(0), 1200)]), [], "itself");
    }
}

//! A stretch of a camera's recording, taken out as one sealed film.

mod film;
mod sent;
pub mod take;

use duxue_rules::{civil, span::Span};
use jiff::{SignedDuration, Timestamp};

use crate::{dto::export::ExportQuery, edges::CutRefusal, problem::Failure};

/// The longest stretch that is taken out at once.
const MOST: SignedDuration = SignedDuration::from_mins(30);

/// The stretch that was asked for.
fn wanted(query: &ExportQuery) -> Result<Span, Failure> {
    let span = Span::new(query.from, query.until)
        .map_err(|_| Failure::parameter("until", "结束时间须晚于开始时间。", "it ends before it begins"))?;
    if span.duration() > MOST {
        let (zh, en) = ("一次最多导出 30 分钟。", "at most 30 minutes are taken out at once");
        return Err(Failure::parameter("until", zh, en));
    }
    Ok(span)
}

/// Why there is no film, in HTTP.
impl From<CutRefusal> for Failure {
    fn from(refusal: CutRefusal) -> Self {
        let clock = |at: Timestamp| format!("{} {}", civil::date_of(at), civil::time_of(at).strftime("%H:%M:%S"));
        match refusal {
            CutRefusal::Nothing => Self::conflict("该时段没有录像。", "Nothing is recorded of that time."),
            CutRefusal::FormatChanged { at } => Self::conflict(
                format!("摄像头的画面格式在 {} 变更，请分两段导出。", clock(at)),
                format!("The camera's picture format changed at {at}: take what is before and after it."),
            ),
            CutRefusal::ClockSetBack { at } => Self::conflict(
                format!("录像时钟在 {} 被回拨，请分两段导出。", clock(at)),
                format!("The recorder's clock was set back at {at}: take what is before and after it."),
            ),
            CutRefusal::Busy => {
                Self::unavailable("正在导出其他录像，请稍后重试。", "Others are taking recordings out; try again soon.")
            }
            CutRefusal::Failed => {
                Self::unavailable("录像暂时无法读取，请稍后重试。", "The recording cannot be read now; try again.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_hour_and_no_more_nor_less_than_nothing() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let ask = |from, until| wanted(&ExportQuery { from: at(from), until: at(until) });
        assert_eq!(ask(0, 1800).map(|span| span.duration()), Ok(MOST));
        for (from, until) in [(0, 1801), (10, 10), (10, 9)] {
            assert!(matches!(ask(from, until), Err(Failure::BadParameter { field, .. }) if field == "until"));
        }
    }
}

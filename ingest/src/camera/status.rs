//! A camera's status, kept by its actor and read by anyone.

use std::sync::{Mutex, MutexGuard, PoisonError};

use duxue_rules::camera::{CameraState, OutageCause};
use jiff::Timestamp;

use crate::{h264, media::StreamInfo, status::CameraStatus};

/// Over how long the bit rate is measured.
const RATE_WINDOW_US: i64 = 2_000_000;

pub(crate) struct StatusBoard {
    inner: Mutex<Board>,
}

struct Board {
    status: CameraStatus,
    window_began: Option<Timestamp>,
    window_bytes: u64,
}

impl StatusBoard {
    pub(crate) fn new(now: Timestamp) -> Self {
        let status = CameraStatus {
            state: CameraState::Connecting,
            cause: None,
            detail: None,
            since: now,
            last_frame_at: None,
            width: None,
            height: None,
            codec: None,
            bitrate_bps: 0,
            recording: false,
            recording_problem: None,
            frames: 0,
            dropped: 0,
            connections: 0,
            viewers: 0,
        };
        Self { inner: Mutex::new(Board { status, window_began: None, window_bytes: 0 }) }
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn read(&self, now: Timestamp, viewers: u32) -> CameraStatus {
        let mut status = self.board().status.clone();
        status.viewers = viewers;
        let silent =
            status.last_frame_at.is_none_or(|at| now.as_microsecond() - at.as_microsecond() > 2 * RATE_WINDOW_US);
        if silent {
            status.bitrate_bps = 0;
        }
        status
    }

    pub(super) fn arrived(&self, now: Timestamp, pictures: u64, bytes: usize, dropped: u64) {
        let mut board = self.board();
        board.status.frames += pictures;
        board.status.dropped = dropped;
        board.status.last_frame_at = Some(now);
        board.window_bytes += bytes as u64;
        let began = *board.window_began.get_or_insert(now);
        let elapsed = now.as_microsecond() - began.as_microsecond();
        if elapsed >= RATE_WINDOW_US {
            board.status.bitrate_bps = board.window_bytes * 8 * 1_000_000 / elapsed as u64;
            board.window_bytes = 0;
            board.window_began = Some(now);
        } else if elapsed < 0 {
            board.window_began = Some(now);
        }
    }

    pub(super) fn connected(&self, times: u64) {
        self.board().status.connections += times;
    }

    pub(super) fn described(&self, info: &StreamInfo) {
        let mut board = self.board();
        board.status.width = Some(info.width);
        board.status.height = Some(info.height);
        board.status.codec = Some(h264::codec_name(&info.codec_config));
    }

    pub(super) fn state(&self, now: Timestamp, state: CameraState, cause: Option<OutageCause>, detail: Option<String>) {
        let mut board = self.board();
        if board.status.state != state {
            board.status.since = now;
        }
        board.status.state = state;
        board.status.cause = cause;
        board.status.detail = detail;
        if state != CameraState::Live {
            board.window_began = None;
            board.window_bytes = 0;
        }
    }

    pub(super) fn recording(&self, on: bool, problem: Option<(OutageCause, String)>) {
        let mut board = self.board();
        board.status.recording = on;
        board.status.recording_problem = problem;
    }
}

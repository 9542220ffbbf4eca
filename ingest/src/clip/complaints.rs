//! What the decoder says only in its log: it conceals damaged pictures and passes them on as if they were sound.

use std::{
    cell::RefCell,
    sync::{
        Arc, Once,
        atomic::{AtomicU32, Ordering},
    },
};

use gstreamer as gst;

/// The log of FFmpeg's libraries inside GStreamer.
const CATEGORY: &str = "libav";

thread_local! {
    /// Whose pictures this thread decodes, and whether the present one was complained about.
    static LISTENER: RefCell<Option<(Arc<AtomicU32>, bool)>> = const { RefCell::new(None) };
}

/// From now on complaints are heard. Call once a decoder has been made, which is when its log exists.
pub(super) fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        if let Some(category) = gst::DebugCategory::get(CATEGORY)
            && category.threshold() < gst::DebugLevel::Error
        {
            category.set_threshold(gst::DebugLevel::Error);
        }
        gst::log::add_log_function(|category, level, _, _, _, _, _| {
            if level == gst::DebugLevel::Error && category.name() == CATEGORY {
                heard();
            }
        });
    });
}

/// This thread is about to decode a picture; each that is complained about counts one in `counter`.
pub(super) fn next_picture(counter: &Arc<AtomicU32>) {
    LISTENER.with_borrow_mut(|listener| *listener = Some((counter.clone(), false)));
}

fn heard() {
    LISTENER.with_borrow_mut(|listener| {
        if let Some((counter, complained)) = listener
            && !std::mem::replace(complained, true)
        {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    });
}

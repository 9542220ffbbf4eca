//! One viewer of live pictures: the socket, the watch, and how it ends.
//!
//! The watch is in the database and the audit log before the first picture is sent, and is closed however the viewer
//! leaves: by closing, vanishing, being too slow, losing their sign-in, or because the server stops.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use duxue_rules::{
    camera::{CameraState, OutageCause},
    ids::{CameraId, WatchId},
};
use duxue_storage::watch::{NewWatch, Watched};
use futures::{StreamExt, future::BoxFuture, stream::BoxStream};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tracing::Instrument;

use crate::{
    app::{Shared, new_id},
    dto::camera::{LiveMessage, Stream},
    edges::{Cameras, LiveEvent, LivePictures, LiveRefusal},
    extract::SignedIn,
    problem::{Failure, chain},
};

/// How often the camera's state is looked at, and a lost subscription tried again.
const LOOK: Duration = Duration::from_secs(1);
/// How often the viewer is pinged.
const PING: Duration = Duration::from_secs(10);
/// A viewer that has answered nothing for so long has vanished (a cable pulled, a lid closed).
const VANISHED: Duration = Duration::from_secs(30);
/// A message that cannot be handed over for so long: the viewer is too slow.
const SLOW: Duration = Duration::from_secs(10);
/// How often it is looked whether the viewer may still watch.
const RECHECK: Duration = Duration::from_secs(15);
/// How often closing a watch is tried while the database does not answer.
const CLOSE_TRIES: u32 = 10;

/// Why a watch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Left,
    Vanished,
    TooSlow,
    SignedOut,
    Refused,
    Stopped,
}

impl End {
    fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Vanished => "vanished",
            Self::TooSlow => "too_slow",
            Self::SignedOut => "signed_out",
            Self::Refused => "refused",
            Self::Stopped => "server_stopped",
        }
    }

    /// RFC 6455, 7.4.1, and the IANA registry for 1013.
    fn code(self) -> u16 {
        match self {
            Self::Left | Self::Vanished => close_code::NORMAL,
            Self::TooSlow => close_code::AGAIN,
            Self::SignedOut | Self::Refused => close_code::POLICY,
            Self::Stopped => close_code::AWAY,
        }
    }
}

/// Who watches what.
pub(super) struct Viewer {
    pub(super) app: Shared,
    pub(super) who: SignedIn,
    pub(super) camera: CameraId,
    pub(super) stream: Stream,
}

impl Viewer {
    /// The whole life of the socket.
    pub(super) async fn watch(self, mut socket: WebSocket) {
        let opened_at = self.app.now();
        let watch: WatchId = new_id(opened_at);
        let span = tracing::info_span!("watch", watch.id = %watch, camera.id = %self.camera, user.id = %self.who.id());
        async {
            if let Err(failure) = self.open(watch, opened_at).await {
                tracing::warn!(?failure, "a watch could not be logged, so nothing is shown");
                close(&mut socket, close_code::ERROR, "the watch could not be logged").await;
                return;
            }
            let end = self.show(&mut socket).await;
            close(&mut socket, end.code(), end.word()).await;
            self.close(watch, opened_at, end).await;
        }
        .instrument(span)
        .await;
    }

    async fn open(&self, id: WatchId, opened_at: Timestamp) -> Result<(), Failure> {
        let (camera, stream) = (self.camera, self.stream);
        let watch =
            NewWatch { id, user: self.who.id(), camera, what: Watched::Live, stream: Some(stream.into()), opened_at };
        let mut tx = self.app.store.begin().await?;
        tx.open_watch(&watch).await?;
        let detail = json!({ "watch": id, "stream": stream });
        tx.audit(self.who.did(opened_at, "open_watch", "camera", camera, detail));
        tx.commit().await?;
        Ok(())
    }

    /// Tries for a while: what stays open is closed at the next start.
    async fn close(&self, id: WatchId, opened_at: Timestamp, end: End) {
        for _ in 0..CLOSE_TRIES {
            let closed_at = self.app.now();
            let seconds = closed_at.duration_since(opened_at).as_secs_f64();
            let detail = json!({ "watch": id, "stream": self.stream, "seconds": seconds, "end": end.word() });
            let closed = async {
                let mut tx = self.app.store.begin().await?;
                tx.close_watch(id, closed_at).await?;
                tx.audit(self.who.did(closed_at, "close_watch", "camera", self.camera, detail));
                tx.commit().await
            };
            match closed.await {
                Ok(()) => return,
                Err(error) if error.is_passing() => {
                    tracing::warn!(error = chain(&error), "a watch cannot be closed yet");
                    tokio::time::sleep(LOOK).await;
                }
                Err(error) => {
                    tracing::error!(error = chain(&error), "a watch cannot be closed");
                    return;
                }
            }
        }
    }

    /// Sends pictures until there is a reason to stop.
    async fn show(&self, socket: &mut WebSocket) -> End {
        let cameras = self.app.cameras.clone();
        let mut screen = Screen { socket, app: &self.app, said: None };
        let mut pictures = Pictures::Wanted(cameras.live(self.camera, self.stream));
        let mut look = interval_at(Instant::now() + LOOK, LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut heard, mut pinged, mut rechecked) = (Instant::now(), Instant::now(), Instant::now());
        loop {
            let step = tokio::select! {
                biased;
                () = self.app.stop.cancelled() => return End::Stopped,
                message = screen.socket.recv() => match message {
                    None => return End::Left,
                    Some(Err(_)) => return End::Vanished,
                    Some(Ok(Message::Close(_))) => return End::Left,
                    Some(Ok(_)) => {
                        heard = Instant::now();
                        Ok(())
                    }
                },
                _ = look.tick() => {
                    if heard.elapsed() > VANISHED {
                        return End::Vanished;
                    }
                    if rechecked.elapsed() >= RECHECK {
                        rechecked = Instant::now();
                        if let Some(end) = self.recheck().await {
                            return end;
                        }
                    }
                    if matches!(pictures, Pictures::Lost) {
                        pictures = Pictures::Wanted(cameras.live(self.camera, self.stream));
                    }
                    let mut said = screen.state(cameras.as_ref(), self.camera).await;
                    if said.is_ok() && pinged.elapsed() >= PING {
                        pinged = Instant::now();
                        said = screen.put(Message::Ping(bytes::Bytes::new())).await;
                    }
                    said
                }
                news = pictures.next() => match news {
                    News::Begun(mime, init) => screen.begin(mime, init, cameras.as_ref(), self.camera).await,
                    News::Fragment(fragment) => screen.fragment(fragment).await,
                    News::Lagged(lost) => screen.say(&LiveMessage::Lagged { lost }).await,
                    News::Lost => screen.state(cameras.as_ref(), self.camera).await,
                    News::Refused(reason) => {
                        let said = screen.say(&LiveMessage::Refused { reason: reason.into() }).await;
                        Err(said.err().unwrap_or(End::Refused))
                    }
                },
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// Whether the viewer is still signed in and the camera still there. A database that does not answer ends nothing.
    async fn recheck(&self) -> Option<End> {
        let looked = async {
            let mut tx = self.app.store.read().await?;
            let signed_in = self.who.still_good(&mut tx, self.app.now()).await?;
            Ok::<_, duxue_storage::Error>((signed_in, tx.camera(self.camera).await?))
        };
        match looked.await {
            Err(_) => None,
            Ok((false, _)) => Some(End::SignedOut),
            Ok((true, camera)) => camera.is_none_or(|camera| camera.removed_at.is_some()).then_some(End::Refused),
        }
    }
}

/// The subscription.
enum Pictures<'a> {
    /// Asked for.
    Wanted(BoxFuture<'a, Result<LivePictures, LiveRefusal>>),
    /// Coming.
    Coming(BoxStream<'static, LiveEvent>),
    /// Gone, until the next look.
    Lost,
}

/// What the subscription brings.
enum News {
    Begun(String, bytes::Bytes),
    Fragment(crate::edges::LiveFragment),
    Lagged(u64),
    Lost,
    Refused(duxue_rules::Text),
}

impl Pictures<'_> {
    /// Never ready while [`Pictures::Lost`]. Dropping the future between two polls loses nothing.
    async fn next(&mut self) -> News {
        let news = match self {
            Self::Lost => std::future::pending().await,
            Self::Wanted(asked) => match asked.await {
                Ok(LivePictures { mime, init, events }) => {
                    *self = Self::Coming(events);
                    return News::Begun(mime, init);
                }
                Err(LiveRefusal::NotLive) => News::Lost,
                Err(LiveRefusal::Refused(reason)) => News::Refused(reason),
            },
            Self::Coming(events) => match events.next().await {
                Some(LiveEvent::Init { mime, init }) => return News::Begun(mime, init),
                Some(LiveEvent::Fragment(fragment)) => return News::Fragment(fragment),
                Some(LiveEvent::Lagged { lost }) => return News::Lagged(lost),
                None => News::Lost,
            },
        };
        *self = Self::Lost;
        news
    }
}

/// The viewer's end of it.
struct Screen<'a> {
    socket: &'a mut WebSocket,
    app: &'a Shared,
    said: Option<(CameraState, Option<OutageCause>)>,
}

impl Screen<'_> {
    async fn put(&mut self, message: Message) -> Result<(), End> {
        tokio::select! {
            biased;
            () = self.app.stop.cancelled() => Err(End::Stopped),
            sent = timeout(SLOW, self.socket.send(message)) => match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(_)) => Err(End::Vanished),
                Err(_) => Err(End::TooSlow),
            },
        }
    }

    async fn say(&mut self, message: &LiveMessage) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(|_| End::Refused)?;
        self.put(Message::Text(text.into())).await
    }

    async fn begin(
        &mut self,
        mime: String,
        init: bytes::Bytes,
        cameras: &dyn Cameras,
        camera: CameraId,
    ) -> Result<(), End> {
        let now = look(cameras, camera);
        self.said = Some(now);
        self.say(&LiveMessage::Init { mime, state: now.0.into() }).await?;
        self.put(Message::Binary(init)).await
    }

    async fn fragment(&mut self, fragment: crate::edges::LiveFragment) -> Result<(), End> {
        let crate::edges::LiveFragment { seq, key, arrival, data } = fragment;
        self.say(&LiveMessage::Fragment { seq, key, arrival }).await?;
        self.put(Message::Binary(data)).await
    }

    /// Says the camera's state if it is not what was said last.
    async fn state(&mut self, cameras: &dyn Cameras, camera: CameraId) -> Result<(), End> {
        let now = look(cameras, camera);
        if self.said == Some(now) {
            return Ok(());
        }
        self.said = Some(now);
        self.say(&LiveMessage::State { state: now.0.into(), cause: now.1.map(Into::into) }).await
    }
}

/// A camera that the recorder does not run is connecting, as far as a viewer is concerned.
fn look(cameras: &dyn Cameras, camera: CameraId) -> (CameraState, Option<OutageCause>) {
    cameras.status(camera).map_or((CameraState::Connecting, None), |status| (status.state, status.cause))
}

/// Says goodbye, if the other side still listens.
async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame { code, reason: reason.into() };
    let _gone = timeout(Duration::from_secs(1), socket.send(Message::Close(Some(frame)))).await;
}

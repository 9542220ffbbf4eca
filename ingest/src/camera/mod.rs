//! One actor a camera: it owns the connection, feeds recorder, viewers and analysis, and keeps the account.

pub(crate) mod link;
mod status;
pub(crate) mod sub;

use std::{collections::VecDeque, sync::Arc, time::Instant};

use duxue_rules::{
    camera::{CameraState, OutageCause},
    ids::CameraId,
};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use self::link::{Link, Network, Report, Step};
pub(crate) use self::status::StatusBoard;
use crate::{
    IngestEvent, KeyFrame,
    ledger::Ledger,
    live::{Hub, LinkState},
    media::StreamInfo,
    mp4::fragment::Fragment,
    record::{Disk, DiskReport, Recorder},
    source::SourceOrder,
    spec::CameraSpec,
    track::Output,
};

/// Events that wait for a slow receiver, per camera: a week of segments. Beyond, the oldest are dropped; their files stay and
/// are found by `list_segments`.
const OUTBOX_MAX: usize = 10_000;
/// How long stopping waits for the disk and for the receiver of events.
const STOP_PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// What the actor shares with the outside.
pub(crate) struct Ends {
    pub spec: watch::Receiver<Option<CameraSpec>>,
    pub status: Arc<StatusBoard>,
    pub hub: Arc<Hub>,
    pub keys: watch::Sender<Option<KeyFrame>>,
    pub events: mpsc::Sender<IngestEvent>,
    pub stop: CancellationToken,
    /// The actor that had this camera before; it finishes first.
    pub predecessor: Option<JoinHandle<()>>,
}

struct Actor {
    id: CameraId,
    network: Network,
    ends: Ends,
    link: Link,
    ledger: Ledger,
    recorder: Recorder,
    reports: mpsc::UnboundedReceiver<DiskReport>,
    outbox: VecDeque<IngestEvent>,
    info: Option<Arc<StreamInfo>>,
    link_state: CameraState,
    /// After a disk error, not before this.
    record_again_at: Option<Instant>,
}

/// Runs until the camera is removed or the process stops.
pub(crate) async fn run(spec: CameraSpec, network: Network, disk: Arc<Disk>, mut ends: Ends) {
    if let Some(predecessor) = ends.predecessor.take() {
        // It ends by itself; should it have panicked, that was logged.
        let _ = predecessor.await;
    }
    let now = (network.clock)();
    let (report, reports) = mpsc::unbounded_channel();
    let reason = if spec.enabled { OutageCause::Starting } else { OutageCause::Disabled };
    let mut actor = Actor {
        id: spec.id,
        link: Link::new(network.clone(), order(&spec, &network), seed(spec.id)),
        ledger: Ledger::new(spec.id, network.config.gap_max.as_micros() as i64, now, (reason, None)),
        recorder: disk.recorder(spec.id, report),
        network,
        ends,
        reports,
        outbox: VecDeque::new(),
        info: None,
        link_state: CameraState::Connecting,
        record_again_at: None,
    };
    actor.apply(&spec);
    actor.work(spec).await;
    actor.finish().await;
}

fn order(spec: &CameraSpec, network: &Network) -> SourceOrder {
    SourceOrder {
        url: spec.main.clone(),
        transport: spec.transport,
        connect_timeout: network.config.connect_timeout,
        clock: network.clock.clone(),
    }
}

/// Different for each camera, the same each time.
pub(crate) fn seed(id: CameraId) -> u64 {
    let (high, low) = id.0.as_u64_pair();
    high ^ low
}

impl Actor {
    async fn work(&mut self, mut spec: CameraSpec) {
        let events = self.ends.events.clone();
        loop {
            self.collect();
            tokio::select! {
                biased;
                () = self.ends.stop.cancelled() => return,
                changed = self.ends.spec.changed() => {
                    let wanted = self.ends.spec.borrow_and_update().clone();
                    let (Ok(()), Some(wanted)) = (changed, wanted) else { return };
                    if connects_differently(&spec, &wanted) {
                        self.apply(&wanted);
                    }
                    spec = wanted;
                }
                Some(report) = self.reports.recv() => self.on_disk(report),
                Ok(permit) = events.reserve(), if !self.outbox.is_empty() => {
                    if let Some(event) = self.outbox.pop_front() {
                        permit.send(event);
                    }
                }
                step = self.link.step() => self.on_step(step),
            }
        }
    }

    fn apply(&mut self, spec: &CameraSpec) {
        let step = if spec.enabled {
            tracing::info!(address = %spec.main, "connecting");
            self.link.want(order(spec, &self.network))
        } else {
            self.link.unwant()
        };
        self.on_step(step);
    }

    fn on_step(&mut self, step: Step) {
        if step.pictures > 0 {
            self.ends.status.arrived((self.network.clock)(), step.pictures, step.bytes, self.link.dropped());
        }
        if step.connections > 0 {
            self.ends.status.connected(step.connections);
        }
        for output in step.outputs {
            self.on_output(output);
        }
        for report in step.reports {
            self.on_report(report);
        }
    }

    fn on_output(&mut self, output: Output) {
        match output {
            Output::Stream(info) => {
                self.ends.status.described(&info);
                if let Err(error) = self.ends.hub.describe(&info, (self.network.clock)()) {
                    tracing::warn!(%error, "the stream cannot be shown");
                }
                self.info = Some(info);
            }
            Output::Key { at, info, data } => {
                self.ends.keys.send_replace(Some(KeyFrame { at, info, data }));
            }
            Output::Fragment { fragment, segment_due } => self.on_fragment(fragment, segment_due),
            Output::Break => {
                self.recorder.end();
                self.ends.hub.break_off();
            }
        }
    }

    fn on_fragment(&mut self, fragment: Fragment, segment_due: bool) {
        if let Err(error) = self.ends.hub.push(&fragment, 0) {
            tracing::warn!(%error, "a fragment cannot be shown");
        }
        let may_record = self.record_again_at.is_none_or(|at| Instant::now() >= at);
        if (segment_due || !self.recorder.is_open())
            && may_record
            && fragment.starts_with_key()
            && let Some(info) = &self.info
        {
            self.recorder.begin(info.clone());
            self.ledger.begun();
        }
        self.recorder.append(fragment);
    }

    fn on_report(&mut self, Report { state, cause, detail }: Report) {
        let now = (self.network.clock)();
        match (state, cause) {
            (CameraState::BackingOff | CameraState::Stalled | CameraState::Refused, Some(cause)) => {
                tracing::warn!(?state, ?cause, detail, "the camera gives no pictures");
                self.ledger.out(now, (cause, detail.clone()));
            }
            (state, _) => tracing::info!(?state, "camera"),
        }
        self.link_state = state;
        self.ends.status.state(now, state, cause, detail.clone());
        self.ends.hub.set_link(LinkState { state, cause, detail: detail.clone() });
        self.outbox.push_back(IngestEvent::StateChanged { camera: self.id, at: now, state, cause, detail });
    }

    fn on_disk(&mut self, report: DiskReport) {
        match report {
            DiskReport::Started { start } => {
                if self.record_again_at.take().is_some() {
                    tracing::info!("recording again");
                }
                self.ledger.started(start);
                self.ends.status.recording(true, None);
            }
            DiskReport::Done { segment, problem } => {
                let now = (self.network.clock)();
                self.ledger.done(now, segment);
                let idle = !self.ledger.is_waiting();
                if let Some(problem) = problem {
                    if self.record_again_at.is_none() {
                        tracing::error!(cause = ?problem.cause, detail = problem.detail, "recording stopped");
                    }
                    self.record_again_at = Some(Instant::now() + self.network.config.disk_retry);
                    if idle {
                        self.recorder.lost();
                        // While the camera itself is away, that is why nothing is recorded.
                        if self.link_state == CameraState::Live {
                            self.ledger.out(now, (problem.cause, Some(problem.detail.clone())));
                        }
                        self.ends.status.recording(false, Some((problem.cause, problem.detail)));
                    }
                } else if idle {
                    self.ends.status.recording(false, None);
                }
            }
        }
    }

    /// Moves the ledger's events to the outbox, which never grows without end.
    fn collect(&mut self) {
        self.outbox.extend(self.ledger.take_events());
        if self.outbox.len() > OUTBOX_MAX {
            let excess = self.outbox.len() - OUTBOX_MAX;
            tracing::error!(excess, "nobody takes the events of this camera; the oldest are dropped");
            self.outbox.drain(..excess);
        }
    }

    /// Closes the segment and the account, lets go of the camera, and sees the last events off.
    async fn finish(mut self) {
        let step = self.link.unwant();
        for output in step.outputs {
            self.on_output(output);
        }
        self.recorder.end();
        let disk = async {
            while self.ledger.is_waiting()
                && let Some(report) = self.reports.recv().await
            {
                self.on_disk(report);
            }
        };
        if timeout(STOP_PATIENCE, disk).await.is_err() {
            tracing::error!("the disk did not finish the open segment in time; it will be recovered at the next start");
        }
        self.ledger.close((self.network.clock)());
        self.collect();
        let outbox = std::mem::take(&mut self.outbox);
        let events = self.ends.events.clone();
        let farewell = async {
            for event in outbox {
                if events.send(event).await.is_err() {
                    return;
                }
            }
        };
        if timeout(STOP_PATIENCE, farewell).await.is_err() {
            tracing::error!("nobody took the last events of this camera");
        }
        self.ends.hub.close();
        self.link.shut().await;
        tracing::info!("camera let go");
    }
}

/// Whether a change of the spec needs a new connection of the main stream.
fn connects_differently(old: &CameraSpec, new: &CameraSpec) -> bool {
    old.main != new.main || old.transport != new.transport || old.enabled != new.enabled || old.revision != new.revision
}

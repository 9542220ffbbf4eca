//! The small stream: connected while somebody watches, let go a while after the last viewer left.

use std::{sync::Arc, time::Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{
    link::{Link, Network, Step, until},
    seed,
};
use crate::{
    live::{Hub, LinkState},
    source::SourceOrder,
    spec::CameraSpec,
    track::Output,
};

/// Runs until nobody has watched for a while, the camera's spec changes, or the process stops.
pub(crate) async fn run(
    spec: CameraSpec,
    network: Network,
    hub: Arc<Hub>,
    mut specs: watch::Receiver<Option<CameraSpec>>,
    stop: CancellationToken,
) {
    let Some(url) = spec.sub.clone() else { return hub.close() };
    let order = SourceOrder {
        url,
        transport: spec.transport,
        connect_timeout: network.config.connect_timeout,
        clock: network.clock.clone(),
    };
    let linger = network.config.sub_linger;
    let mut link = Link::new(network.clone(), order.clone(), seed(spec.id).rotate_left(17));
    let mut viewers = hub.viewers();
    take(&hub, &network, link.want(order));
    let mut left_at = Some(Instant::now());
    loop {
        match (*viewers.borrow_and_update() > 0, left_at) {
            (true, _) => left_at = None,
            (false, None) => left_at = Some(Instant::now()),
            (false, Some(_)) => {}
        }
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            changed = specs.changed() => {
                if changed.is_err() || specs.borrow_and_update().as_ref() != Some(&spec) {
                    break;
                }
            }
            _ = viewers.changed() => {}
            () = until(left_at.map(|left| left + linger)) => break,
            step = link.step() => take(&hub, &network, step),
        }
    }
    hub.close();
    link.shut().await;
}

fn take(hub: &Hub, network: &Network, step: Step) {
    for output in step.outputs {
        let done = match output {
            Output::Stream(info) => hub.describe(&info, (network.clock)()),
            Output::Fragment { fragment, .. } => hub.push(&fragment, 0),
            Output::Break => {
                hub.break_off();
                Ok(())
            }
            Output::Key { .. } => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "the sub-stream cannot be shown");
        }
    }
    for report in step.reports {
        hub.set_link(LinkState { state: report.state, cause: report.cause, detail: report.detail });
    }
}

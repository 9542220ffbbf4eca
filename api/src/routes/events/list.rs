//! `GET /events`

use std::{convert::Infallible, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{
        IntoResponse, Response,
        sse::{Event as Message, KeepAlive, Sse},
    },
};
use duxue_storage::{Tx, event::Event as Row};
use futures::{StreamExt, stream};

use crate::{
    app::Shared,
    dto::event::{Event, EventList, EventQuery, EventReset},
    extract::{Filter, SignedIn},
    problem::{Failure, chain},
    refusals::EventRefusals,
};

/// How often the log is looked at for a stream.
const PACE: Duration = Duration::from_secs(1);
/// So many looks apart it is asked whether the reader is still signed in.
const LOOKS: u32 = 30;
/// The most events of a look, and of a list.
const MOST: u32 = 200;

/// What happened to what one may read: a stream of server-sent events for `Accept: text/event-stream`, else a list.
///
/// Each message has the event's place as `id`, its type as `event` and the event as `data`. Whoever comes back with
/// `Last-Event-ID` gets what happened meanwhile; whoever comes back so late that events after that place were let go gets a
/// message `reset` first (`EventReset`), and a list is refused (410). A stream ends when the sign-in does, or the service
/// stops.
#[utoipa::path(
    get,
    path = "/events",
    tag = "Log",
    params(EventQuery),
    responses(
        (
            status = 200,
            description = "The stream, or the list.",
            content((EventList = "application/json"), (String = "text/event-stream")),
        ),
        EventRefusals,
    ),
)]
pub async fn list_events(
    State(app): State<Shared>,
    who: SignedIn,
    Filter(EventQuery { after }): Filter<EventQuery>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let streams = text(header::ACCEPT).is_some_and(|accepted| accepted.contains("text/event-stream"));
    if !streams {
        let mut tx = app.store.read().await?;
        if let Some(until) = missed(&mut tx, after).await? {
            return Err(Failure::Forgotten { until });
        }
        let rows = tx.events_after(after.unwrap_or(0), MOST).await?;
        let last = rows.last().map_or(after.unwrap_or(0), |row| row.seq);
        let items = rows.into_iter().filter(|row| hears(&who, row)).map(Event::from).collect();
        return Ok(Json(EventList { items, last }).into_response());
    }
    // HTML Living Standard, 9.2: a browser that lost the connection says where it was.
    let known = text(header::HeaderName::from_static("last-event-id")).and_then(|id| id.trim().parse().ok());
    let mut tx = app.store.read().await?;
    let known = known.or(after);
    let newest = tx.newest_event().await?;
    let missed = missed(&mut tx, known).await?;
    drop(tx);
    let after = known.filter(|_| missed.is_none()).unwrap_or(newest);
    let reset = missed.and_then(|until| reset(until, after));
    let listener = Listener { app: app.clone(), who, after, looks: 0 };
    let messages = stream::unfold(listener, Listener::look).flat_map(stream::iter);
    let messages =
        stream::iter([Ok::<_, Infallible>(Message::default().retry(Duration::from_secs(3)).comment("duxue"))])
            .chain(stream::iter(reset.map(Ok)))
            .chain(messages.map(Ok))
            .take_until(app.stop.clone().cancelled_owned());
    let headers = [(header::CACHE_CONTROL, "no-store"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, Sse::new(messages).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))).into_response())
}

/// Up to which place events were let go, if somebody who knows of those up to `known` has missed some. From the very
/// beginning nothing is missed: there the oldest that are left come first.
async fn missed(tx: &mut Tx, known: Option<i64>) -> Result<Option<i64>, Failure> {
    let until = tx.event_horizon().await?;
    Ok(known.is_some_and(|known| (1..until).contains(&known)).then_some(until))
}

/// A browser gives up for good on any answer but 200, and asks again from the place that the last message had: so it is told
/// within the stream, and from where it goes on.
fn reset(forgotten_until: i64, last: i64) -> Option<Message> {
    Message::default().id(last.to_string()).event("reset").json_data(EventReset { forgotten_until, last }).ok()
}

/// Whether this person may hear of it: exactly when they may read the thing.
fn hears(who: &SignedIn, row: &Row) -> bool {
    who.can(row.kind.reader(), row.institution)
}

/// Somebody who listens.
struct Listener {
    app: Shared,
    who: SignedIn,
    /// Up to where they have heard.
    after: i64,
    looks: u32,
}

impl Listener {
    /// What happened since the last look; `None` ends the stream. What fails is looked at again.
    async fn look(mut self) -> Option<(Vec<Message>, Self)> {
        if self.looks > 0 {
            tokio::time::sleep(PACE).await;
        }
        if self.looks.is_multiple_of(LOOKS) && !self.is_signed_in().await {
            return None;
        }
        self.looks = self.looks.wrapping_add(1);
        let rows = match self.rows().await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::debug!(error = chain(&error), "a listener's look failed");
                Vec::new()
            }
        };
        let mut messages = Vec::new();
        for row in rows {
            self.after = row.seq;
            if hears(&self.who, &row) {
                let (id, kind) = (row.seq.to_string(), row.kind.word());
                messages.extend(Message::default().id(id).event(kind).json_data(Event::from(row)));
            }
        }
        Some((messages, self))
    }

    async fn rows(&self) -> duxue_storage::Result<Vec<Row>> {
        self.app.store.read().await?.events_after(self.after, MOST).await
    }

    /// A database that does not answer signs nobody out.
    async fn is_signed_in(&self) -> bool {
        match self.app.store.read().await {
            Ok(mut tx) => !matches!(self.who.still_good(&mut tx, self.app.now()).await, Ok(false)),
            Err(_) => true,
        }
    }
}

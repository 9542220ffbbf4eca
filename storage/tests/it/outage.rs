//! PostgreSQL is cut off in the middle of work, by a server of this test's own, and work resumes.

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use duxue_rules::access::Role;
use duxue_storage::{DatabaseUrl, Error, Store};

use crate::{
    common::{id, new_postgres_database},
    postgres::Server,
    world::user,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_resumes_after_the_server_crashed() {
    // The common variable is not used, but its absence must fail here as well.
    crate::common::postgres_admin();
    let server = Server::start();
    let (url, ..) = new_postgres_database(&server.admin).await;
    let store = Store::connect(&DatabaseUrl::from_str(&url).unwrap(), true).await.unwrap();
    let [committed, half, after] = ["committed", "half", "after"].map(|name| user(name, Role::Auditor, None));

    let mut tx = store.begin().await.unwrap();
    tx.add_user(&committed).await.unwrap();
    tx.commit().await.unwrap();

    let mut cut = store.begin().await.unwrap();
    cut.add_user(&half).await.unwrap();
    server.control("crash");
    let error = cut.commit().await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    let error = store.begin().await.err().expect("there is no server");
    assert!(matches!(error, Error::Unavailable(_)), "{error:?}");

    server.control("start");
    // The same Store, as the reconcilers would: try again until it works.
    let limit = Instant::now() + Duration::from_secs(60);
    loop {
        let tried = async {
            let mut tx = store.begin().await?;
            tx.add_user(&after).await?;
            tx.commit().await
        };
        match tried.await {
            Ok(()) => break,
            Err(error) => assert!(error.is_passing() && Instant::now() < limit, "{error:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut tx = store.read().await.unwrap();
    assert!(tx.user(committed.id).await.unwrap().is_some(), "what was acknowledged is there");
    assert!(tx.user(half.id).await.unwrap().is_none(), "what was cut off is not");
    assert!(tx.user(after.id).await.unwrap().is_some());
    assert!(tx.user(id()).await.unwrap().is_none());
    drop(tx);
    store.close().await;
}

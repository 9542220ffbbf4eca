//! PostgreSQL goes away in the middle of recording, and so does duxue: what was recorded is there afterwards.

use crate::{
    house::{House, first_camera, simulator, wait_for},
    postgres::Server,
};

#[test]
fn killed_while_the_database_is_away_nothing_recorded_is_lost() {
    let simulator = simulator(1);
    let server = Server::start();
    let camera = first_camera(&simulator);
    let house = House::new(&format!(
        "database = '{}'\n[recording]\nsegment_seconds = 2\n[analysis]\nenabled = false\n{camera}",
        server.admin
    ));
    let service = house.serve();
    let whole = || house.recordings(".mp4").len();
    wait_for("two segments", || whole() >= 2);

    server.control("crash");
    let before = whole();
    wait_for("two more segments while the database is away", || whole() >= before + 2);
    wait_for("an open segment with something in it", || {
        house.recordings(".part").iter().any(|part| part.metadata().is_ok_and(|file| file.len() > 100_000))
    });
    service.kill();
    let recorded = house.recordings(".mp4");
    let open = house.recordings(".part");

    let refusal = house.refuses_to_start();
    assert!(refusal.contains("cannot be reached") && !refusal.contains("password@"), "{refusal}");

    server.control("start");
    let service = house.serve();
    let known = whole();
    wait_for("another segment", || whole() > known);
    service.stop();

    let now = house.recordings(".mp4");
    assert!(recorded.iter().all(|file| now.contains(file)), "a recorded segment is gone");
    assert_eq!(open.len(), 1);
    let recovered = open[0].with_extension("");
    assert!(now.contains(&recovered), "{} was not recovered", recovered.display());
    assert!(house.recordings(".part").is_empty());
    let said = house.check();
    assert!(said.contains(&format!("{} segments", now.len())), "{} files, but: {said}", now.len());
}

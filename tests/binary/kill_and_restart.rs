//! kill -9 at any moment, then restart: no row without a file, no file without a row, nothing half-written stays.

use std::path::PathBuf;

use crate::house::{House, first_camera, simulator, wait_for};

#[test]
fn killed_in_a_loop_nothing_disagrees() {
    let simulator = simulator(1);
    let camera = first_camera(&simulator);
    let house = House::new(&format!("[recording]\nsegment_seconds = 3\n[analysis]\nenabled = false\n{camera}"));

    for round in 0..3 {
        let whole_before = house.recordings(".mp4").len();
        let service = house.serve();
        wait_for("a finished segment and an open one with something in it", || {
            let open = house.recordings(".part");
            let started = open.iter().any(|part| part.metadata().is_ok_and(|file| file.len() > 200_000));
            started && house.recordings(".mp4").len() > whole_before
        });
        service.kill();
        assert!(!house.recordings(".part").is_empty(), "round {round} was not killed while a segment was open");
    }

    let service = house.serve();
    let known = house.recordings(".mp4").len();
    wait_for("recovery and a segment more", || house.recordings(".mp4").len() > known);
    service.stop();
    assert_eq!(house.recordings(".part"), Vec::<PathBuf>::new());
    house.check();
}

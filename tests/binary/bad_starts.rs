//! What keeps duxue from starting: one sentence on standard error that helps, exit code 1, and nothing changed.

use std::{fs, net::TcpListener};

use crate::house::House;

/// The one line that is said.
fn refusal(house: &House) -> String {
    let said = house.refuses_to_start();
    assert!(said.starts_with("duxue: ") && said.trim_end().lines().count() == 1, "{said}");
    said
}

#[test]
fn an_unknown_key_and_a_bad_value_are_named() {
    for (settings, words) in [
        ("[recording]\nkeep_dayz = 3", ["keep_dayz", "line 4"]),
        ("databse = 'x'", ["databse", "line 3"]),
        ("secure_cookie = 'perhaps'", ["boolean", "line 3"]),
        ("[analysis]\nsample_seconds = 0", ["sample_seconds", "at least 1"]),
        ("[policy]\nattendance_min_percent = 120", ["attendance_min_percent", "0 to 100"]),
        ("database = 'mysql://somebody:hunter2@192.0.2.1/x'", ["postgres://", "sqlite://"]),
    ] {
        let house = House::new(settings);
        let said = refusal(&house);
        assert!(words.iter().all(|word| said.contains(word)), "{settings}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    let house = House::new("");
    fs::remove_file(house.config()).unwrap();
    assert!(refusal(&house).contains("duxue.toml"));
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let house = House::at(&address, "");
    let said = refusal(&house);
    assert!(said.contains(&address) && said.contains("in use") && said.contains("listen"), "{said}");
    assert!(!house.data().exists());
}

#[test]
fn a_broken_database_is_told_and_kept() {
    let house = House::new("");
    fs::create_dir(house.data()).unwrap();
    let file = house.data().join("duxue.db");
    let garbage = b"this was a database once ".repeat(1_000);
    fs::write(&file, &garbage).unwrap();
    let said = refusal(&house);
    assert!(said.contains("damaged") && said.contains("backup"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), garbage);
}

#[test]
fn a_newer_database_is_told_and_kept() {
    let house = House::new("");
    house.add_user("wang", "manager", None);
    let file = house.data().join("duxue.db");
    let mut bytes = fs::read(&file).unwrap();
    let last = newest_migration(&bytes);
    // As SQLite stores them, both take six bytes, big end first.
    let (known, newer) = ((last as u64).to_be_bytes(), (last as u64 + 10_000_000_000).to_be_bytes());
    let places: Vec<usize> = (0..bytes.len() - 6).filter(|at| bytes[*at..at + 6] == known[2..]).collect();
    for at in &places {
        bytes[*at..at + 6].copy_from_slice(&newer[2..]);
    }
    assert!(!places.is_empty());
    fs::write(&file, &bytes).unwrap();
    let said = refusal(&house);
    assert!(said.contains("newer duxue") && said.contains(&(last + 10_000_000_000).to_string()), "{said}");
    assert_eq!(fs::read(&file).unwrap(), bytes);
}

/// The number of the last migration that storage has.
fn newest_migration(database: &[u8]) -> i64 {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("storage/migrations");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let last = names.filter_map(|name| name.split('_').next()?.parse::<i64>().ok()).max().unwrap();
    assert!(database.windows(6).any(|bytes| bytes == &(last as u64).to_be_bytes()[2..]));
    last
}

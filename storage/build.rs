//! Migrations are compiled in; cargo must know that they are.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}

//! Benchmarks against what a user would pick instead.
fn main() {}

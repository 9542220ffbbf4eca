//! bench/simulator

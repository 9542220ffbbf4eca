//! Workbooks to fill in for what can be imported.

pub mod show;

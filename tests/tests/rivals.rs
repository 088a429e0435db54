//! Migrations when they are not alone: several runs at once, as threads and as processes, other sessions in the way, and runs that are
//! killed where it hurts most. After each: every migration has run exactly once, or the next run brings it to its end.
//!
//! A run that is to be killed is this program again, told by its environment what to run and where to die.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod rivals {
    pub mod blocked;
    pub mod child;
    pub mod crash;
    pub mod doubt;
    pub mod journal;
    pub mod lists;
    pub mod many;
    pub mod progress;
    pub mod restart;
    pub mod stop;
    pub mod wait;
}

use std::process::ExitCode;

use ecto_tests::case::Case;
use ecto_tests::run_everywhere;

use rivals::{blocked, child, crash, doubt, journal, many, progress, restart, stop, wait};

fn main() -> ExitCode {
    if let Some(code) = child::play() {
        return code;
    }
    let cases: Vec<Case> = [
        many::CASES,
        wait::CASES,
        blocked::CASES,
        progress::CASES,
        stop::CASES,
        journal::CASES,
        crash::CASES,
        doubt::CASES,
        restart::CASES,
    ]
    .concat();
    run_everywhere("rivals", &cases)
}

//! Ctrl-C, and the request to end that a supervisor sends: the first one stops the run, the second one the program.

use std::sync::atomic::{AtomicBool, Ordering};

use ecto_core::migration::Interrupt;

/// What a program says that was stopped by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// Stops this run when a signal comes.
#[expect(clippy::exit, reason = "who asks twice does not want to wait for the database")]
pub fn stop(interrupt: Interrupt) {
    let asked = AtomicBool::new(false);
    listen(move || match asked.swap(true, Ordering::Relaxed) {
        false => interrupt.stop(),
        true => std::process::exit(INTERRUPTED.into()),
    });
}

/// Waits for another program, which gets the same signals.
pub fn wait() {
    listen(|| {});
}

fn listen(heard: impl FnMut() + Send + 'static) {
    // OK because a program that listens itself keeps its own way to end, and none is lost.
    let _ = ctrlc::try_set_handler(heard);
}

//! Calling a blocking driver from anywhere.
//!
//! The driver runs a small runtime of its own inside each call, and a runtime inside a runtime panics. So a call from a task steps out of its
//! runtime first: on one of many worker threads by telling tokio that this thread will block, on the only one by way of another thread.

use std::panic::resume_unwind;
use std::thread;

use tokio::runtime::{Handle, RuntimeFlavor};

/// Runs a call that blocks.
pub(super) fn blocking<T: Send>(call: impl FnOnce() -> T + Send) -> T {
    match Handle::try_current() {
        Err(_) => call(),
        Ok(handle) if handle.runtime_flavor() == RuntimeFlavor::MultiThread => tokio::task::block_in_place(call),
        Ok(_) => thread::scope(|scope| scope.spawn(call).join().unwrap_or_else(|panic| resume_unwind(panic))),
    }
}

/// Drops what blocks when it is dropped. Inside a runtime that happens on a thread of its own, which nobody waits for.
pub(super) fn drop_blocking<T: Send + 'static>(value: T) {
    if Handle::try_current().is_err() {
        drop(value);
        return;
    }
    // Without a thread the value is leaked with the closure: its socket stays open until the program ends, which is better than a panic.
    let kept = std::mem::ManuallyDrop::new(value);
    let _ = thread::Builder::new().name("ecto-close".into()).spawn(move || drop(std::mem::ManuallyDrop::into_inner(kept)));
}

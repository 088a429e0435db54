//! The derives as their users meet them: what compiles and runs, and the text of each compile error.
//!
//! The texts are those of one compiler, so they are only compared with that one.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]

use std::process::Command;

/// The compiler whose error texts are kept in `tests/macros`.
const PINNED: &str = "rustc 1.95.";

fn is_pinned() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs");
    version.stdout.starts_with(PINNED.as_bytes())
}

#[test]
fn derives() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/macros/*/pass/*.rs");
    if is_pinned() {
        cases.compile_fail("tests/macros/*/fail/*.rs");
    }
}

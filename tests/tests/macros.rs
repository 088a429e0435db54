//! The derives as their users meet them: what compiles and runs, and the text of each compile error.
//!
//! The texts are those of one compiler, so they are only compared with that one. Each mistake is a file of its own, named for it; its text is one error
//! of a few lines. To add one: write the file, run with `TRYBUILD=overwrite`, and read the text as a user would.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]

use std::path::Path;
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

/// At least so many mistakes are kept.
const FEWEST: usize = 200;
/// A text has at most so many lines,
const MOST_LINES: usize = 14;
/// and half of them have fewer bytes than this.
const MEDIAN: usize = 400;

/// The texts that are longer, or more than one error, because of what the compiler adds of its own. No bound or attribute of ours changes these:
/// a new mistake belongs here only if that was tried.
const LONG: &[(&str, &str)] = &[
    ("changeset/fail/format_of_another_schema", MISMATCH),
    ("changeset/fail/number_by_a_range", MISMATCH),
    ("changeset/fail/number_of_another_type", "the compiler also explains how `1.5` makes the whole a rule for floats"),
    ("changeset/fail/unknown_field", "the compiler shows the struct, and the line with the name that was meant"),
    ("changeset/fail/without_record", "a derive cannot see which other derives there are, and uses what another one makes in two ways"),
    ("migrations/fail/not_a_migration", "the compiler shows the struct that lacks the impl, and the bound"),
    ("preload/fail/into_rows_not_mutable", MISMATCH),
    ("preload/fail/with_a_query_of_another_schema", MISMATCH),
    ("preload/fail/with_a_select", MISMATCH),
    ("projection/fail/field_type", PROJECTION),
    ("projection/fail/null_into_a_field", PROJECTION),
    ("projection/fail/value_in_a_field", PROJECTION),
    ("query/fail/and_by_operator", "each side of `&&` is a mismatch of its own, and so is their result"),
    ("query/fail/function_over_joins", MISMATCH),
    ("query/fail/joined_preload_of_a_selection", "the compiler shows where the schema that is selected stands, and the bound"),
    ("query/fail/ninth_source", "the compiler shows the where-clause of `join`, and writes the eight sources out"),
    ("query/fail/text_moved", "the compiler's own advice to borrow, with the line"),
    ("query/fail/union_of_two_types", MISMATCH),
    ("repo/fail/insert_of_a_struct", MISMATCH),
    ("repo/fail/key_of_another_width", "the compiler's own advice to convert, with the line"),
    ("repo/fail/query_not_borrowed", "the compiler's own advice to borrow, with the line"),
    ("repo/fail/update_without_set", MISMATCH),
    ("schema/fail/column_type", "also an error of the handle, which holds the column; a derive cannot see whose type it is"),
    ("schema/fail/target_not_schema", "the constant of the foreign key is looked for in what is no schema"),
    ("sql_type/fail/inner_type", "also an error of what the inner type is compared by"),
    ("sql_type/fail/not_clone", "each of four impls asks for `Clone`, and a derive cannot see whether it is derived"),
];
const MISMATCH: &str = "a mismatch of an argument: the compiler writes both types out and shows the method";
const PROJECTION: &str = "the impl of the derive is shown, because its field decides";

/// Each text as (name, text).
fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/macros");
    let topics = std::fs::read_dir(&root).expect("the mistakes stand here").filter_map(|topic| topic.ok().map(|topic| topic.path()));
    let files = topics
        .filter_map(|topic| std::fs::read_dir(topic.join("fail")).ok())
        .flatten()
        .filter_map(|file| file.ok().map(|file| file.path()));
    let kept = files.filter(|file| file.extension().is_some_and(|extension| extension == "stderr"));
    let named = kept.map(|file| {
        let name = file.strip_prefix(&root).expect("it stands in there").with_extension("").to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(&file).expect("a text"))
    });
    let mut all: Vec<_> = named.collect();
    all.sort();
    all
}

fn is_long(text: &str) -> bool {
    let errors = text.lines().filter(|line| line.starts_with("error")).count();
    errors != 1 || text.trim_end().lines().count() > MOST_LINES
}

#[test]
fn a_mistake_is_one_error_of_a_few_lines() {
    let texts = texts();
    let known = |name: &str| LONG.iter().any(|(long, _)| *long == name);
    let wrong: Vec<_> = texts.iter().filter(|(name, text)| is_long(text) != known(name)).map(|(name, _)| name.as_str()).collect();
    assert!(wrong.is_empty(), "longer than {MOST_LINES} lines or not one error, or not so any more though listed in LONG: {wrong:?}");
    let gone: Vec<_> = LONG.iter().filter(|(long, _)| !texts.iter().any(|(name, _)| name == long)).collect();
    assert!(gone.is_empty(), "listed in LONG, but there is no such text: {gone:?}");
}

#[test]
fn half_of_all_mistakes_are_told_in_few_words() {
    let mut sizes: Vec<usize> = texts().iter().map(|(_, text)| text.len()).collect();
    sizes.sort_unstable();
    assert!(sizes.len() >= FEWEST, "there are only {} mistakes", sizes.len());
    assert!(sizes[sizes.len() / 2] < MEDIAN, "the median is {} bytes: shorten what is long, not what is short", sizes[sizes.len() / 2]);
}

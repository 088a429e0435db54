//! Checks on ourselves: what the compiler and clippy do not hold.
//!
//! Each test is one rule of this project, and its failure says where the rule is broken and what to do. The rules read the
//! sources as text, so they need no database, and none of them may be silenced from inside a source file except where the
//! rule itself names the way.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test fails by panicking, and says why on the terminal")]

mod house {
    pub mod catalogue;
    pub mod defects;
    pub mod docs;
    pub mod layers;
    pub mod shape;
    pub mod source;
    pub mod words;
}

use house::source::Tree;
use house::{catalogue, defects, docs, layers, shape, words};

/// Fails with one line for each finding.
#[track_caller]
fn none(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{} times: {rule}\n  {}\n", findings.len(), findings.join("\n  "));
}

#[test]
fn a_module_imports_only_lower_layers() {
    none(
        "an import points up, or to a module that this one may not know. Move the shared part down, or pass it in; docs/architecture.md has the order",
        layers::upward_imports(&Tree::of("ecto-core/src")),
    );
}

#[test]
fn a_module_names_others_from_the_root() {
    none(
        "across modules write `crate::module::`, so that the order of layers can be checked",
        layers::hidden_imports(&Tree::of("ecto-core/src")),
    );
}

#[test]
fn the_databases_do_not_know_each_other() {
    none(
        "an adapter's folder names the other database: what both need belongs to the port or to `sql`",
        layers::sibling_adapters(&Tree::of("ecto-core/src")),
    );
}

#[test]
fn the_macros_depend_on_no_crate_of_ours() {
    none(
        "the macros may name `ecto_core::__private` in what they generate, and nothing else",
        layers::macro_crate(&Tree::of("ecto-macros")),
    );
}

#[test]
fn the_command_line_stays_at_the_door() {
    none("ecto-cli reaches the library only through `migration`, `adapter` and `repo`", layers::command_line(&Tree::of("ecto-cli/src")));
}

#[test]
fn no_file_swells() {
    let (over, near) = shape::long_files(&Tree::of_all());
    for line in near {
        eprintln!("near the limit: {line}");
    }
    none("a file has more than 400 lines of code: split it by duty", over);
}

#[test]
fn no_wall_of_generics() {
    none("more than three type parameters: put them behind a trait or a struct", shape::generic_walls(&Tree::of_all()));
}

#[test]
fn no_database_is_named_outside_its_folder() {
    none(
        "a database's name outside its folder: ask a capability or the dialect (lines with `cfg(` are allowed)",
        words::database_names(&Tree::of("ecto-core/src")),
    );
}

#[test]
fn only_the_writer_knows_sea_query() {
    none("`sea_query` belongs to adapter/sql alone: go through SqlWriter", words::sea_query(&Tree::of("ecto-core/src")));
}

#[test]
fn nothing_panics() {
    none(
        "a panic where a typed error is due. Where it is provably right: `#[expect(clippy::.., reason = \"..\")]` above it",
        words::panics(&Tree::of_libraries()),
    );
}

#[test]
fn libraries_do_not_talk() {
    none("a library prints, exits or reads the environment", words::talk(&Tree::of_libraries()));
}

#[test]
fn error_texts_have_one_style() {
    none("error texts begin in lower case and end without a full stop", words::error_texts(&Tree::of_libraries()));
}

#[test]
fn the_command_line_writes_no_sql() {
    none("SQL text in ecto-cli: the library writes SQL, the command calls it", words::sql_in_commands(&Tree::of("ecto-cli/src")));
}

#[test]
fn docs_name_only_what_exists() {
    none(
        "a path in the docs does not exist: correct it (an application's own files stand under `src/` or `migrations/`)",
        docs::dead_paths(),
    );
}

#[test]
fn examples_run() {
    none("an example is ignored: let it run, or say why on its fence: ```ignore (reason)", docs::ignored_examples(&Tree::of_libraries()));
}

#[test]
fn decisions_are_numbered_without_gaps() {
    none("docs/decisions/ counts from 0001 without gaps, and its index in docs/README.md lists each", docs::decisions());
}

#[test]
fn what_went_wrong_elsewhere_has_its_test() {
    none("docs/defects.md names a test that is not there: name the one that holds it, or say `later:` and with what", defects::unproved());
}

#[test]
fn every_chapter_is_compiled() {
    none("a chapter of the guide is not compiled: add its line to docs/lib.rs", catalogue::uncompiled_chapters());
}

#[test]
fn the_readme_and_ci_run_the_same_commands() {
    none("`.ci/run` must call each command of README.md as it stands there", docs::commands_without_ci());
}

#[test]
fn every_clause_validation_and_command_is_documented() {
    none("the guide does not name it: add it to the chapter where a reader would look", catalogue::undocumented());
}

#[test]
fn every_call_of_a_repo_is_told_with_its_line() {
    none(
        "a call of `Repo` that sends statements has `#[track_caller]`, and so has all below it down to `run`; tests/src/case/location.rs runs each",
        catalogue::untold_calls(),
    );
}

#[test]
fn every_clause_and_validation_has_an_example() {
    none("the file has no example that runs: add one to the docs of its method", catalogue::without_example());
}

//! The guide, one module for each chapter, so that every example in it is compiled and run by the test command.
//!
//! The chapters are the files below `docs/guide/`; what they say is written there, for readers of the files.

pub mod blog;
pub mod forum;

macro_rules! chapters {
    ($($chapter:ident: $file:literal),* $(,)?) => {$(
        #[doc = include_str!($file)]
        pub mod $chapter {}
    )*};
}

chapters! {
    readme: "../README.md",
    getting_started: "guide/getting-started.md",
    schemas: "guide/schemas.md",
    changesets: "guide/changesets.md",
    queries: "guide/queries.md",
    joins: "guide/joins.md",
    aggregates: "guide/aggregates.md",
    associations: "guide/associations.md",
    preloads: "guide/preloads.md",
    repo: "guide/repo.md",
    migrations: "guide/migrations.md",
    sqlite_alterations: "guide/sqlite-alterations.md",
    command_line: "guide/command-line.md",
    testing: "guide/testing.md",
}

//! The guide, one module for each chapter, so that every example in it is compiled and run by the test command.
//!
//! The chapters are the files below `docs/guide/`; what they say is written there, for readers of the files.

macro_rules! chapters {
    ($($chapter:ident: $file:literal),* $(,)?) => {$(
        #[doc = include_str!($file)]
        pub mod $chapter {}
    )*};
}

chapters! {
    schemas: "guide/schemas.md",
    changesets: "guide/changesets.md",
    migrations: "guide/migrations.md",
    command_line: "guide/command-line.md",
}

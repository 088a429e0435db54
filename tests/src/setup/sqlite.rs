//! SQLite: a file of its own for each case.

use std::any::Any;
use std::error::Error;

use super::Setup;

/// Files in temporary folders.
pub struct Sqlite;

impl Setup for Sqlite {
    fn database(&self) -> &'static str {
        "SQLite"
    }

    fn words(&self) -> &'static str {
        "key=INTEGER PRIMARY KEY; boolean=INTEGER; false=0; smallint=INTEGER; integer=INTEGER; bigint=INTEGER; single=REAL;  \
         double=REAL; text=TEXT; bytes=BLOB; date=TEXT; time=TEXT; naive=TEXT; instant=TEXT; uuid=TEXT; decimal=TEXT;  \
         json=TEXT; 1=?1; 2=?2"
    }

    fn empty_database(&self) -> Result<(String, Box<dyn Any + Send + Sync>), Box<dyn Error + Send + Sync>> {
        let folder = tempfile::tempdir()?;
        Ok((format!("sqlite://{}", folder.path().join("case.db").display()), Box::new(folder)))
    }
}

//! The file with the data: where it is, and its rows as they stand in it.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};

/// A row as the file has it: `{"ArtistId": 1, "Name": "AC/DC"}`. Where there is no value, a text is empty and anything else `null`.
pub type Object = Map<String, Value>;

/// Names the file.
const NAMED: &str = "ECTO_TEST_CHINOOK";

/// All tables.
pub struct Data(Map<String, Value>);

impl Data {
    /// Reads the file.
    pub fn read() -> Result<Self, Box<dyn Error>> {
        // Of a relative path what counts is where the workspace is, and not in which of its folders cargo runs a test.
        let path = env::var_os(NAMED).map_or_else(beside, |named| workspace().join(named));
        let text = fs::read_to_string(&path).map_err(|error| format!("{}, by {NAMED} or beside the workspace: {error}", path.display()))?;
        Ok(Data(serde_json::from_str(&text)?))
    }

    /// The tables, in the order in which one refers only to those before it, with their rows.
    pub fn tables(&self) -> impl Iterator<Item = (&str, Vec<&Object>)> {
        self.0.iter().map(|(table, _)| (table.as_str(), self.rows(table)))
    }

    /// The rows of one table.
    pub fn rows(&self, table: &str) -> Vec<&Object> {
        let rows = self.0.get(table).and_then(Value::as_array).unwrap_or_else(|| panic!("the file has a table {table}"));
        rows.iter().map(|row| row.as_object().expect("a row is an object")).collect()
    }
}

/// Why nothing can be tested here. A file that was named and is not there is no such reason, but a failure.
pub fn reason_to_ignore() -> Option<&'static str> {
    let is_there = env::var_os(NAMED).is_some() || beside().exists();
    (!is_there).then_some("no data: ECTO_TEST_CHINOOK names no chinook.json, and there is no shared/data/chinook beside the workspace")
}

fn beside() -> PathBuf {
    workspace().join("../shared/data/chinook/chinook.json")
}

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

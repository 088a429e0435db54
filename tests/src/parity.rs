//! The table of Ecto's rows in docs/ecto-parity.md, held against what cases and transcripts have proved.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// One line of the table.
#[derive(Debug, PartialEq)]
struct Row {
    id: String,
    state: State,
    /// For a row that is here: who proves it, or the files whose unit tests name the row. Otherwise the reason.
    proof: String,
}

impl Row {
    /// Is it marked as proved by this one? They stand before what is missing: `suite, transcripts; the rest comes later`.
    fn is_by(&self, prover: &str) -> bool {
        self.proof.split(';').next().is_some_and(|first| first.split(',').any(|word| word.trim() == prover))
    }
}

/// Who proves rows by cases that have them as data, by the word of the table. Each says what it proved, database by database.
pub const PROVERS: [&str; 3] = ["suite", "transcripts", "rivals"];

/// How far a row is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// It holds, on every database.
    Done,
    /// Part of it holds; the rest is named.
    Partly,
    /// It belongs to a later version.
    Later,
    /// It has no counterpart here.
    NotApplicable,
}

/// Says what was proved, and where the table disagrees, after all cases of one prover passed on one database. `true` if it agrees.
#[must_use]
pub fn report(prover: &str, database: &str, proved: &BTreeSet<&str>) -> bool {
    println!("ids on {database}: {}", proved.iter().copied().collect::<Vec<_>>().join(" "));
    let disagreements = disagreements(prover, database, proved);
    for disagreement in &disagreements {
        eprintln!("docs/ecto-parity.md: {disagreement}");
    }
    disagreements.is_empty()
}

fn disagreements(prover: &str, database: &str, proved: &BTreeSet<&str>) -> Vec<String> {
    match read() {
        Ok(rows) => compare(&rows, prover, database, proved),
        Err(error) => vec![error],
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn read() -> Result<Vec<Row>, String> {
    let text = fs::read_to_string(root().join("docs/ecto-parity.md")).map_err(|error| format!("docs/ecto-parity.md: {error}"))?;
    parse(&text)
}

/// Lines of the form `| C-53 | what | done | suite |`; all others are text.
fn parse(text: &str) -> Result<Vec<Row>, String> {
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        if !is_id(cells[0]) {
            continue;
        }
        let [id, _, state, proof] = cells[..] else { return Err(format!("docs/ecto-parity.md: expected four cells in `{line}`")) };
        let state = state_of(state).ok_or_else(|| format!("docs/ecto-parity.md: `{state}` is no state, in row {id}"))?;
        if rows.iter().any(|row| row.id == id) {
            return Err(format!("docs/ecto-parity.md: row {id} stands twice"));
        }
        rows.push(Row { id: id.to_owned(), state, proof: proof.to_owned() });
    }
    Ok(rows)
}

fn is_id(cell: &str) -> bool {
    cell.split_once('-').is_some_and(|(letter, number)| {
        letter.len() == 1
            && letter.starts_with(|first: char| first.is_ascii_uppercase())
            && number.len() == 2
            && number.parse::<u8>().is_ok()
    })
}

fn state_of(text: &str) -> Option<State> {
    match text {
        "done" => Some(State::Done),
        "partly" => Some(State::Partly),
        "later" => Some(State::Later),
        "not applicable" => Some(State::NotApplicable),
        _ => None,
    }
}

fn compare(rows: &[Row], prover: &str, database: &str, proved: &BTreeSet<&str>) -> Vec<String> {
    let unknown = proved
        .iter()
        .filter(|id| rows.iter().all(|row| row.id != **id))
        .map(|id| format!("a case proves {id}, which is no row of the table"));
    unknown.chain(rows.iter().filter_map(|row| disagreement(row, prover, database, proved))).collect()
}

fn disagreement(row: &Row, prover: &str, database: &str, proved: &BTreeSet<&str>) -> Option<String> {
    let id = &row.id;
    let is_here = matches!(row.state, State::Done | State::Partly);
    match (is_here, proved.contains(id.as_str())) {
        (false, true) => Some(format!("{id} was proved on {database}, but is not marked done")),
        (true, false) if row.is_by(prover) => Some(format!("{id} is marked as proved by {prover}, but no case proved it on {database}")),
        (true, _) => missing_proof(row),
        (false, false) if row.proof.is_empty() => Some(format!("{id} is not here, and no reason is given")),
        (false, false) => None,
    }
}

/// The files in backticks that do not name the row.
fn missing_proof(row: &Row) -> Option<String> {
    if PROVERS.iter().any(|prover| row.is_by(prover)) {
        return None;
    }
    let files: Vec<&str> = row.proof.split('`').skip(1).step_by(2).filter(|word| word.contains('/')).collect();
    let silent = files.iter().find(|file| !fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(&row.id)));
    match silent {
        Some(file) => Some(format!("{} is marked as proved by {file}, which does not name it", row.id)),
        None if files.is_empty() => {
            Some(format!("{} is marked as here, but names no proof: one of {}, or a file in backticks", row.id, PROVERS.join(", ")))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Parity\n| row | what | state | proof |\n|---|---|---|---|\n| C-53 | required | done | suite |\n| C-54 | format | done | `tests/src/parity.rs` |\n| C-55 | inclusion | later | no reason yet |\n";

    fn found(table: &str, proved: &[&str]) -> Vec<String> {
        compare(&parse(table).expect("a table"), "suite", "SQLite", &proved.iter().copied().collect())
    }

    #[test]
    fn the_table_and_the_suite_agree_or_say_where_not() {
        assert_eq!(found(TABLE, &["C-53"]), Vec::<String>::new());
        assert_eq!(found(TABLE, &[]), ["C-53 is marked as proved by suite, but no case proved it on SQLite"]);
        assert_eq!(found(TABLE, &["C-53", "C-55"]), ["C-55 was proved on SQLite, but is not marked done"]);
        assert_eq!(found(TABLE, &["C-53", "Q-99"]), ["a case proves Q-99, which is no row of the table"]);
    }

    /// Each asks only of what is marked as its own; but what it proves must be marked as here, whoever else proves it.
    #[test]
    fn several_may_prove_a_row() {
        let table = TABLE.replace("done | suite", "done | suite, transcripts; more");
        let by = |prover, proved: &[&str]| compare(&parse(&table).expect("a table"), prover, "SQLite", &proved.iter().copied().collect());
        assert_eq!(by("transcripts", &["C-53"]), Vec::<String>::new());
        assert_eq!(by("transcripts", &[]), ["C-53 is marked as proved by transcripts, but no case proved it on SQLite"]);
        assert_eq!(by("rivals", &["C-54"]), Vec::<String>::new());
        assert_eq!(by("rivals", &["C-55"]), ["C-55 was proved on SQLite, but is not marked done"]);
    }

    #[test]
    fn a_proof_outside_the_suite_must_name_its_row() {
        let table = TABLE.replace("tests/src/parity.rs", "tests/Cargo.toml");
        assert_eq!(found(&table, &["C-53"]), ["C-54 is marked as proved by tests/Cargo.toml, which does not name it"]);
    }

    #[test]
    fn a_table_that_cannot_be_read_says_where() {
        assert!(parse("| C-01 | a | perhaps | x |").is_err_and(|error| error.contains("perhaps")));
        assert!(parse("| C-01 | a | done |").is_err_and(|error| error.contains("four cells")));
        assert!(parse("| C-01 | a | done | suite |\n| C-01 | a | done | suite |").is_err_and(|error| error.contains("twice")));
    }
}

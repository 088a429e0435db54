//! The text of one SQL migration: its options, the way there and the way back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lexer::{Piece, pieces, split};
use crate::capability::Syntax;
use crate::ddl::{Op, Origin, Raw, Statement};
use crate::error::{Error, MigrationError, Result};
use crate::migration::MigrationOptions;

/// A SQL migration, cut into statements.
#[derive(Debug, PartialEq)]
pub(in crate::migration) struct SqlFile {
    pub options: MigrationOptions,
    pub up: Vec<Op>,
    /// `None` if the file does not say how to go back.
    pub down: Option<Vec<Op>>,
}

impl SqlFile {
    /// Both directions from one file, or the way back from a file of its own.
    pub fn parse(up: &(PathBuf, String), down: Option<&(PathBuf, String)>, syntax: &Syntax) -> Result<SqlFile> {
        let (path, text) = up;
        let mut file = SqlFile { options: MigrationOptions::new(), up: Vec::new(), down: None };
        for piece in pieces(text, syntax).map_err(|error| located(error, path))? {
            file.take(piece, path)?;
        }
        let Some((down_path, down_text)) = down else { return Ok(file) };
        if file.down.is_some() {
            return Err(MigrationError::TwoWaysBack { file: path.display().to_string() }.into());
        }
        file.down = Some(Vec::new());
        for piece in pieces(down_text, syntax).map_err(|error| located(error, down_path))? {
            file.take(piece, down_path)?;
        }
        Ok(file)
    }

    /// The statements of a text that was recorded when a version was applied.
    pub fn recorded(text: &str, syntax: &Syntax) -> Result<Vec<Op>> {
        let op = |sql: &str| Op::Execute(Raw { up: sql.into(), down: None });
        Ok(split(text, syntax)?.into_iter().map(op).collect())
    }

    fn take(&mut self, piece: Piece<'_>, path: &Path) -> Result<()> {
        let place = |line| format!("{}:{line}", path.display());
        match piece {
            Piece::Statement { sql, line } => {
                let list = self.down.as_mut().unwrap_or(&mut self.up);
                let origin = Origin { file: path.to_owned(), line, number: list.len() + 1 };
                list.push(Op::Execute(Raw { up: Statement { sql: sql.to_owned(), origin: Some(origin) }, down: None }));
                Ok(())
            }
            Piece::Down { line } if self.down.is_some() => Err(MigrationError::SecondDown { place: place(line) }.into()),
            Piece::Down { .. } => {
                self.down = Some(Vec::new());
                Ok(())
            }
            Piece::Options { line, .. } if !self.up.is_empty() || self.down.is_some() => {
                Err(MigrationError::LateOptions { place: place(line) }.into())
            }
            Piece::Options { text, line } => text.split(',').try_for_each(|option| {
                set(&mut self.options, option.trim())
                    .ok_or_else(|| MigrationError::UnknownOption { place: place(line), option: option.trim().to_owned() }.into())
            }),
        }
    }
}

fn located(error: MigrationError, path: &Path) -> Error {
    match error {
        MigrationError::Unclosed { what, line } => MigrationError::UnclosedIn { place: format!("{}:{line}", path.display()), what }.into(),
        other => other.into(),
    }
}

/// `transaction = off`, `lock_timeout = 5s` and the like. `None` if it is nothing that is known.
fn set(options: &mut MigrationOptions, option: &str) -> Option<()> {
    let (name, value) = option.split_once('=')?;
    match (name.trim(), value.trim()) {
        ("transaction", "off") => options.transaction = false,
        ("transaction", "on") => options.transaction = true,
        ("lock", "off") => options.lock = false,
        ("lock", "on") => options.lock = true,
        ("retry", "off") => options.retry = Some(false),
        ("retry", "on") => options.retry = Some(true),
        ("timeout", value) => options.timeout = Some(duration(value)?),
        ("lock_timeout", value) => options.lock_timeout = Some(duration(value)?),
        _ => return None,
    }
    Some(())
}

/// `5s`, `500ms`, `1min`.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let number: u64 = text[..digits].parse().ok()?;
    match text[digits..].trim() {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "min" => Some(Duration::from_secs(number.checked_mul(60)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYNTAX: Syntax =
        Syntax { dollar_and_escape_strings: true, nested_comments: true, bracket_and_backtick_names: false, lower_case_names: true };

    fn parse(text: &str) -> Result<SqlFile> {
        SqlFile::parse(&("m/1_x.sql".into(), text.into()), None, &SYNTAX)
    }

    fn texts(ops: &[Op]) -> Vec<String> {
        ops.iter()
            .map(|op| match op {
                Op::Execute(Raw { up: Statement { sql, origin: Some(origin) }, .. }) => format!("{}:{} {sql}", origin.line, origin.number),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_line_opens_the_way_back() {
        let file = parse("A;\nB;\n-- down\nC;\n").unwrap();
        assert_eq!(texts(&file.up), ["1:1 A", "2:2 B"]);
        assert_eq!(texts(&file.down.unwrap()), ["4:1 C"]);
        assert_eq!(parse("A").unwrap().down, None);
        assert_eq!(parse("A\n-- down").unwrap().down, Some(vec![]));
    }

    #[test]
    fn options_stand_at_the_top() {
        let file = parse("-- ecto: transaction = off, lock_timeout = 500ms\nA").unwrap();
        assert_eq!(file.options, MigrationOptions::new().transaction(false).lock_timeout(Duration::from_millis(500)));
        let file = parse("-- ecto: lock = off, retry = off, timeout = 1min\nA").unwrap();
        assert_eq!(file.options, MigrationOptions::new().lock(false).retry(false).timeout(Duration::from_mins(1)));
        for (text, message) in [
            ("A;\n-- ecto: transaction = off", "m/1_x.sql:2: options stand after the first statement"),
            ("-- ecto: transction = off", "m/1_x.sql:1: the option `transction = off` is not known"),
            ("-- ecto: lock_timeout = soon", "m/1_x.sql:1: the option `lock_timeout = soon` is not known"),
            ("A\n-- down\n-- down", "m/1_x.sql:3: a second line `-- down`"),
            ("A;\nB 'x", "m/1_x.sql:2: a string is never closed"),
        ] {
            assert_eq!(parse(text).unwrap_err().message(), message);
        }
    }
}

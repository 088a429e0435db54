//! Cuts SQL text into statements, so that they can be sent one by one and errors can name their line.
//!
//! It knows what may hide a semicolon, and nothing else of the language: strings, quoted names, dollar quotes, comments,
//! parentheses, and the bodies of triggers and functions (`BEGIN … END`). Everything it passes on is a slice of the text as written.

use crate::capability::Syntax;
use crate::error::MigrationError;

/// What the text is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// A statement, without the semicolon and without comments before it. `line` is that of its first word.
    Statement { sql: &'t str, line: usize },
    /// A line `-- down`.
    Down { line: usize },
    /// A line `-- ecto: …`, without these words.
    Options { text: &'t str, line: usize },
}

/// How many words of a statement are looked at to see whether it has a body: `CREATE OR REPLACE TEMP TRIGGER`.
const HEAD: usize = 6;

/// All pieces, in order.
pub(super) fn pieces<'t>(text: &'t str, syntax: &Syntax) -> Result<Vec<Piece<'t>>, MigrationError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lexer = Lexer { text, syntax, at: 0, start: None, depth: 0, body: 0, words: Vec::new(), pieces: Vec::new() };
    while let Some(next) = lexer.peek(0) {
        lexer.advance(next)?;
    }
    lexer.finish()
}

/// The statements of a text alone.
pub(in crate::migration) fn split<'t>(text: &'t str, syntax: &Syntax) -> Result<Vec<&'t str>, MigrationError> {
    let statement = |piece| match piece {
        Piece::Statement { sql, .. } => Some(sql),
        Piece::Down { .. } | Piece::Options { .. } => None,
    };
    Ok(pieces(text, syntax)?.into_iter().filter_map(statement).collect())
}

/// Would this statement end the transaction that it stands in? Says by which word.
pub(in crate::migration) fn ends_transaction(sql: &str) -> Option<&'static str> {
    let first = sql.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or_default();
    ["BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT"].into_iter().find(|word| first.eq_ignore_ascii_case(word))
}

struct Lexer<'t, 's> {
    text: &'t str,
    syntax: &'s Syntax,
    /// The byte that comes next.
    at: usize,
    /// Where the statement began that is being read.
    start: Option<usize>,
    /// Open parentheses.
    depth: usize,
    /// Open `BEGIN` and `CASE` of a body.
    body: usize,
    /// The first words of the statement, in upper case.
    words: Vec<String>,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Lexer<'t, '_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].bytes().filter(|byte| *byte == b'\n').count() + 1
    }

    /// Reads one thing, whatever it is.
    fn advance(&mut self, next: u8) -> Result<(), MigrationError> {
        match (next, self.peek(1)) {
            (b'-', Some(b'-')) => {
                self.line_comment();
                return Ok(());
            }
            (b'/', Some(b'*')) => return self.block_comment(),
            (byte, _) if byte.is_ascii_whitespace() => {
                self.at += 1;
                return Ok(());
            }
            (b';', _) if self.depth == 0 && self.body == 0 => {
                self.end_statement();
                self.at += 1;
                return Ok(());
            }
            _ => {}
        }
        self.start.get_or_insert(self.at);
        self.token(next)
    }

    fn token(&mut self, next: u8) -> Result<(), MigrationError> {
        let names = self.syntax.bracket_and_backtick_names;
        match next {
            b'\'' => self.quoted(b'\'', false),
            b'"' => self.quoted(b'"', false),
            b'`' if names => self.quoted(b'`', false),
            b'[' if names => self.bracketed(),
            b'$' if self.syntax.dollar_and_escape_strings => self.dollar(),
            byte if is_word(byte) => self.word(),
            b'(' => self.step(|lexer| lexer.depth += 1),
            b')' => self.step(|lexer| lexer.depth = lexer.depth.saturating_sub(1)),
            _ => self.step(|_| {}),
        }
    }

    fn step(&mut self, change: impl FnOnce(&mut Self)) -> Result<(), MigrationError> {
        change(self);
        self.at += 1;
        Ok(())
    }

    fn end_statement(&mut self) {
        if let Some(start) = self.start.take() {
            let piece = Piece::Statement { sql: self.text[start..self.at].trim_end(), line: self.line(start) };
            self.pieces.push(piece);
        }
        (self.depth, self.body) = (0, 0);
        self.words.clear();
    }

    fn line_comment(&mut self) {
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let words = rest[..length].trim_start_matches('-').trim();
        let alone = self.text[..self.at].rsplit('\n').next().is_some_and(|before| before.trim().is_empty());
        let line = self.line(self.at);
        if alone && self.depth == 0 && self.body == 0 {
            if words.eq_ignore_ascii_case("down") {
                self.end_statement();
                self.pieces.push(Piece::Down { line });
            } else if let Some(text) = words.strip_prefix("ecto:") {
                self.pieces.push(Piece::Options { text: text.trim(), line });
            }
        }
        self.at += length;
    }

    fn block_comment(&mut self) -> Result<(), MigrationError> {
        let opened = self.at;
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) if depth == 0 || self.syntax.nested_comments => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return Err(self.unclosed(opened, "comment")),
            }
        }
    }

    /// `'it''s'`; with `escapes` also `'it\'s'`.
    fn quoted(&mut self, quote: u8, escapes: bool) -> Result<(), MigrationError> {
        let opened = self.at;
        self.at += 1;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'\\'), Some(_)) if escapes => self.at += 2,
                (Some(byte), Some(next)) if byte == quote && next == quote => self.at += 2,
                (Some(byte), _) if byte == quote => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return Err(self.unclosed(opened, if quote == b'\'' { "string" } else { "quoted name" })),
            }
        }
    }

    fn bracketed(&mut self) -> Result<(), MigrationError> {
        match self.text[self.at..].find(']') {
            Some(length) => {
                self.at += length + 1;
                Ok(())
            }
            None => Err(self.unclosed(self.at, "quoted name")),
        }
    }

    /// `$tag$ … $tag$`, or a lone `$` as in `$1`.
    fn dollar(&mut self) -> Result<(), MigrationError> {
        let rest = &self.text[self.at..];
        let tag = rest[1..].find('$').map(|length| &rest[..length + 2]);
        let Some(tag) = tag.filter(|tag| is_tag(&tag[1..tag.len() - 1])) else {
            return self.step(|_| {});
        };
        match rest[tag.len()..].find(tag) {
            Some(length) => {
                self.at += length + 2 * tag.len();
                Ok(())
            }
            None => Err(self.unclosed(self.at, "dollar-quoted string")),
        }
    }

    fn word(&mut self) -> Result<(), MigrationError> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !is_word(byte) && byte != b'$').unwrap_or(rest.len());
        let word = &rest[..length];
        if self.syntax.dollar_and_escape_strings && word.eq_ignore_ascii_case("e") && self.peek(length) == Some(b'\'') {
            self.at += length;
            return self.quoted(b'\'', true);
        }
        self.body_word(&word.to_ascii_uppercase());
        self.at += length;
        Ok(())
    }

    /// In a body `CASE` and `BEGIN` open, `END` closes. A body begins only where a statement can have one: else `BEGIN` and `END` are transactions.
    fn body_word(&mut self, word: &str) {
        match word {
            "BEGIN" if self.body > 0 || self.opens_body() => self.body += 1,
            "CASE" if self.body > 0 => self.body += 1,
            "END" => self.body = self.body.saturating_sub(1),
            _ => {}
        }
        if self.words.len() < HEAD {
            self.words.push(word.to_owned());
        }
    }

    fn opens_body(&self) -> bool {
        let creates = self.words.first().is_some_and(|word| word == "CREATE");
        let has = |names: &[&str]| self.words.iter().any(|word| names.contains(&word.as_str()));
        let rest = self.text[self.at..].get("BEGIN".len()..).unwrap_or_default().trim_start();
        let atomic = rest.get(.."ATOMIC".len()).is_some_and(|word| word.eq_ignore_ascii_case("atomic"));
        creates && (has(&["TRIGGER"]) || (atomic && has(&["FUNCTION", "PROCEDURE"])))
    }

    fn finish(mut self) -> Result<Vec<Piece<'t>>, MigrationError> {
        match self.start {
            Some(start) if self.body > 0 => Err(self.unclosed(start, "body (`BEGIN` without `END`)")),
            _ => {
                self.end_statement();
                Ok(self.pieces)
            }
        }
    }

    fn unclosed(&self, opened: usize, what: &'static str) -> MigrationError {
        MigrationError::Unclosed { what, line: self.line(opened) }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn is_tag(tag: &str) -> bool {
    tag.bytes().all(is_word) && !tag.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests;

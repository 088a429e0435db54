//! The significant tokens of a text, read from left to right.

use super::token::{Span, Token, TokenKind, unquoted};
use crate::error::StructureError;

pub(super) type Parsed<T> = Result<T, StructureError>;

/// The words that are no names unless they are quoted, sorted. SQLite takes all its other keywords for names where one is due.
pub(super) const RESERVED: &[&str] = &[
    "ADD",
    "ALL",
    "ALTER",
    "AND",
    "AS",
    "AUTOINCREMENT",
    "BETWEEN",
    "CASE",
    "CHECK",
    "COLLATE",
    "COMMIT",
    "CONSTRAINT",
    "CREATE",
    "DEFAULT",
    "DEFERRABLE",
    "DELETE",
    "DISTINCT",
    "DROP",
    "ELSE",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "FOREIGN",
    "FROM",
    "GROUP",
    "HAVING",
    "IN",
    "INDEX",
    "INSERT",
    "INTERSECT",
    "INTO",
    "IS",
    "ISNULL",
    "JOIN",
    "LIMIT",
    "NOT",
    "NOTHING",
    "NOTNULL",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "PRIMARY",
    "REFERENCES",
    "RETURNING",
    "SELECT",
    "SET",
    "TABLE",
    "THEN",
    "TO",
    "TRANSACTION",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
];

/// Names, but no words of a type.
const ONLY_NAMES: [&str; 8] = ["CROSS", "FULL", "INDEXED", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT"];

/// A name, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub text: String,
    pub span: Span,
}

/// A part of the text, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub text: String,
    pub span: Span,
}

pub(super) struct Cursor<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(sql: &'a str, tokens: &[Token]) -> Self {
        Cursor { sql, tokens: tokens.iter().copied().filter(|token| token.is_significant()).collect(), at: 0 }
    }

    pub(super) fn peek(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    /// The word that stands so many tokens ahead.
    fn word(&self, ahead: usize) -> Option<&'a str> {
        let token = self.tokens.get(self.at + ahead).filter(|token| token.kind == TokenKind::Word)?;
        Some(token.span.of(self.sql))
    }

    /// Do these words follow?
    pub(super) fn sees(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    }

    /// Takes the words, if all of them follow.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let sees = self.sees(words);
        if sees {
            self.at += words.len();
        }
        sees
    }

    pub(super) fn need(&mut self, word: &'static str) -> Parsed<()> {
        if self.eat(&[word]) { Ok(()) } else { Err(self.lacks(word)) }
    }

    pub(super) fn eat_kind(&mut self, kind: TokenKind) -> bool {
        let sees = self.peek() == Some(kind);
        self.at += usize::from(sees);
        sees
    }

    pub(super) fn need_kind(&mut self, kind: TokenKind, expected: &'static str) -> Parsed<()> {
        if self.eat_kind(kind) { Ok(()) } else { Err(self.lacks(expected)) }
    }

    pub(super) fn eat_operator(&mut self, operator: &str) -> bool {
        let sees = self.tokens.get(self.at).is_some_and(|token| token.span.of(self.sql) == operator);
        self.at += usize::from(sees);
        sees
    }

    /// Where the next token begins.
    pub(super) fn here(&self) -> usize {
        self.tokens.get(self.at).map_or(self.sql.len(), |token| token.span.start)
    }

    /// Where the last token ended.
    pub(super) fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map_or(0, |token| token.span.end)
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span { start, end: self.end() }
    }

    pub(super) fn part(&self, start: usize) -> Part {
        let span = self.since(start);
        Part { text: span.of(self.sql).to_owned(), span }
    }

    /// Ends a column or a constraint here?
    pub(super) fn at_end_of_item(&self) -> bool {
        matches!(self.peek(), None | Some(TokenKind::Comma | TokenKind::Close))
    }

    pub(super) fn name(&mut self, expected: &'static str) -> Parsed<Name> {
        match self.tokens.get(self.at) {
            Some(token) if is_name(self.sql, *token) => {
                self.at += 1;
                Ok(Name { text: unquoted(token.span.of(self.sql)), span: token.span })
            }
            _ => Err(self.lacks(expected)),
        }
    }

    /// Can the next token be a word of a type?
    pub(super) fn sees_type(&self) -> bool {
        self.tokens.get(self.at).is_some_and(|token| is_name(self.sql, *token))
            && self.word(0).is_none_or(|word| !ONLY_NAMES.iter().any(|other| other.eq_ignore_ascii_case(word)))
    }

    /// What stands in parentheses, without them.
    pub(super) fn parentheses(&mut self) -> Parsed<Part> {
        self.need_kind(TokenKind::Open, "`(`")?;
        let start = self.end();
        let mut depth = 1;
        while let Some(token) = self.tokens.get(self.at) {
            if token.kind == TokenKind::Illegal {
                return Err(self.lacks("an expression"));
            }
            depth += i32::from(token.kind == TokenKind::Open) - i32::from(token.kind == TokenKind::Close);
            self.at += 1;
            if depth == 0 {
                let span = Span { start, end: token.span.start };
                return Ok(Part { text: span.of(self.sql).to_owned(), span });
            }
        }
        Err(self.lacks("`)`"))
    }

    /// What should have stood here.
    pub(super) fn lacks(&self, expected: &'static str) -> StructureError {
        let at = self.here();
        let near = self.sql.get(at..).unwrap_or_default().chars().take(30).collect();
        StructureError::NotUnderstood { expected, at, near }
    }
}

/// Can the token be a name? SQLite takes texts for names, too.
fn is_name(sql: &str, token: Token) -> bool {
    let is_free = || RESERVED.binary_search(&token.span.of(sql).to_ascii_uppercase().as_str()).is_err();
    matches!(token.kind, TokenKind::Quoted | TokenKind::Text) || (token.kind == TokenKind::Word && is_free())
}

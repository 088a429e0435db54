//! Columns, with all that stands behind them.

use super::constraint::{self, Constraint, Generated, Kind, PrimaryKey};
use super::cursor::{Cursor, Name, Parsed, Part};
use super::token::{Span, TokenKind, tokens, unquoted};

/// One column of a table's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnText {
    pub name: Name,
    pub sql_type: Option<Part>,
    pub constraints: Vec<Constraint>,
    pub span: Span,
}

impl ColumnText {
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name.text.eq_ignore_ascii_case(name)
    }

    /// The type as SQLite understands it: `"INTEGER"` in quotes is INTEGER, too.
    pub(crate) fn declared_type(&self) -> Option<String> {
        let text = &self.sql_type.as_ref()?.text;
        let is_quote = |c: char| matches!(c, '"' | '\'' | '`' | '[');
        let inner = text.get(1..text.len() - 1).filter(|inner| text.starts_with(is_quote) && !inner.contains(is_quote));
        // Where more than one part is in quotes, the first of them is all that it reads.
        let first = || tokens(text).first().map(|token| unquoted(token.span.of(text))).filter(|_| text.starts_with(is_quote));
        inner.map(str::to_owned).or_else(first).or_else(|| Some(text.clone()))
    }

    /// Does it say `NOT NULL`? SQLite also refuses NULL in keys of tables that are STRICT or have no rowid.
    pub(crate) fn not_null(&self) -> bool {
        self.constraints.iter().any(|constraint| constraint.kind == Kind::NotNull)
    }

    /// The default as it was written, with its parentheses. The last one counts.
    pub(crate) fn default(&self) -> Option<&str> {
        self.constraints.iter().rev().find_map(|constraint| {
            let Kind::Default { value } = &constraint.kind else { return None };
            Some(value.text.as_str())
        })
    }

    pub(crate) fn collation(&self) -> Option<&str> {
        self.constraints.iter().rev().find_map(|constraint| {
            let Kind::Collate { name } = &constraint.kind else { return None };
            Some(name.as_str())
        })
    }

    pub(crate) fn generated(&self) -> Option<&Generated> {
        self.constraints.iter().find_map(|constraint| {
            let Kind::Generated(generated) = &constraint.kind else { return None };
            Some(generated)
        })
    }
}

pub(super) fn column(cursor: &mut Cursor<'_>) -> Parsed<ColumnText> {
    let name = cursor.name("a column")?;
    let sql_type = data_type(cursor)?;
    let mut constraints: Vec<Constraint> = Vec::new();
    while !cursor.at_end_of_item() {
        let constraint = constraint::named(cursor, |cursor| clause(cursor, &name.text))?;
        let has_key = constraints.iter().any(|before| matches!(before.kind, Kind::ForeignKey(_)));
        // SQLite would give it to the key of some column before.
        if constraint.kind == Kind::Deferral && !has_key {
            return Err(cursor.lacks("a foreign key before DEFERRABLE"));
        }
        constraints.push(constraint);
    }
    let span = cursor.since(name.span.start);
    Ok(ColumnText { name, sql_type, constraints, span })
}

/// Words, and up to two numbers in parentheses.
fn data_type(cursor: &mut Cursor<'_>) -> Parsed<Option<Part>> {
    let start = cursor.here();
    let mut has_words = false;
    // SQLite itself reads these two as words of the type and takes them off again.
    while cursor.sees_type() && !cursor.sees(&["GENERATED", "ALWAYS"]) {
        cursor.name("a type")?;
        has_words = true;
    }
    if !has_words {
        return Ok(None);
    }
    if cursor.eat_kind(TokenKind::Open) {
        signed(cursor)?;
        if cursor.eat_kind(TokenKind::Comma) {
            signed(cursor)?;
        }
        cursor.need_kind(TokenKind::Close, "`)`")?;
    }
    Ok(Some(cursor.part(start)))
}

fn signed(cursor: &mut Cursor<'_>) -> Parsed<()> {
    if !cursor.eat_operator("-") {
        cursor.eat_operator("+");
    }
    cursor.need_kind(TokenKind::Number, "a number")
}

/// What follows the names of a constraint of a column.
fn clause(cursor: &mut Cursor<'_>, column: &str) -> Parsed<Kind> {
    if cursor.eat(&["PRIMARY", "KEY"]) {
        return key(cursor, column).map(Kind::PrimaryKey);
    }
    if cursor.eat(&["NOT", "NULL"]) {
        constraint::conflict(cursor)?;
        return Ok(Kind::NotNull);
    }
    if cursor.eat(&["NULL"]) {
        constraint::conflict(cursor)?;
        return Ok(Kind::Null);
    }
    if cursor.eat(&["UNIQUE"]) {
        constraint::conflict(cursor)?;
        return Ok(Kind::Unique { columns: vec![column.to_owned()] });
    }
    if cursor.eat(&["CHECK"]) {
        return Ok(Kind::Check { expression: cursor.parentheses()? });
    }
    if cursor.eat(&["DEFAULT"]) {
        return Ok(Kind::Default { value: default(cursor)? });
    }
    if cursor.eat(&["COLLATE"]) {
        return Ok(Kind::Collate { name: constraint::collation(cursor)? });
    }
    if cursor.eat(&["REFERENCES"]) {
        return constraint::references(cursor, vec![column.to_owned()]);
    }
    if cursor.eat(&["GENERATED", "ALWAYS", "AS"]) || cursor.eat(&["AS"]) {
        let expression = cursor.parentheses()?;
        let stored = cursor.eat(&["STORED"]);
        if !stored {
            cursor.eat(&["VIRTUAL"]);
        }
        return Ok(Kind::Generated(Generated { expression, stored }));
    }
    if constraint::deferral(cursor)? { Ok(Kind::Deferral) } else { Err(cursor.lacks("a constraint of the column, `,` or `)`")) }
}

fn key(cursor: &mut Cursor<'_>, column: &str) -> Parsed<PrimaryKey> {
    let descending = !cursor.eat(&["ASC"]) && cursor.eat(&["DESC"]);
    let conflict = constraint::conflict(cursor)?;
    let autoincrement_at = cursor.end();
    let autoincrement = constraint::autoincrement(cursor);
    Ok(PrimaryKey { columns: vec![column.to_owned()], descending, list: None, conflict, autoincrement, autoincrement_at })
}

fn default(cursor: &mut Cursor<'_>) -> Parsed<Part> {
    let start = cursor.here();
    if cursor.peek() == Some(TokenKind::Open) {
        cursor.parentheses()?;
        return Ok(cursor.part(start));
    }
    let signed = cursor.eat_operator("-") || cursor.eat_operator("+");
    let literals = [TokenKind::Number, TokenKind::Text, TokenKind::Blob];
    let taken = literals.iter().any(|kind| cursor.eat_kind(*kind)) || cursor.eat(&["NULL"]) || is_clock(cursor);
    if !taken {
        if signed {
            return Err(cursor.lacks("a number"));
        }
        if !cursor.sees_type() && !cursor.sees(&["INDEXED"]) {
            return Err(cursor.lacks("a value"));
        }
        cursor.name("a value")?;
    }
    Ok(cursor.part(start))
}

fn is_clock(cursor: &mut Cursor<'_>) -> bool {
    ["CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME"].iter().any(|clock| cursor.eat(&[clock]))
}

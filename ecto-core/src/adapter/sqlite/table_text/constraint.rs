//! Constraints, of a column or of the whole table.

use super::cursor::{Cursor, Parsed, Part};
use super::token::{Span, TokenKind};

/// One constraint, or one of the clauses that SQLite counts among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Constraint {
    /// The last of its names: SQLite permits several in a row.
    pub name: Option<String>,
    pub kind: Kind,
    /// Without its names.
    pub body: Span,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    PrimaryKey(PrimaryKey),
    Unique {
        columns: Vec<String>,
    },
    /// What stands between the parentheses.
    Check {
        expression: Part,
    },
    ForeignKey(ForeignKey),
    NotNull,
    /// It means nothing.
    Null,
    /// The value as it was written, with its parentheses.
    Default {
        value: Part,
    },
    Collate {
        name: String,
    },
    Generated(Generated),
    /// When the foreign key before it is checked.
    Deferral,
    /// A name of nothing.
    Bare,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrimaryKey {
    pub columns: Vec<String>,
    /// `PRIMARY KEY DESC`, behind a column.
    pub descending: bool,
    /// Where the columns stand, if it belongs to the table.
    pub list: Option<Span>,
    /// `ON CONFLICT ...`
    pub conflict: Option<Part>,
    pub autoincrement: Option<Span>,
    /// Where that word may stand.
    pub autoincrement_at: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForeignKey {
    pub columns: Vec<String>,
    pub parent: String,
    /// Empty if they are the primary key of the parent.
    pub parent_columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Generated {
    pub expression: Part,
    pub stored: bool,
}

impl Kind {
    /// What it is, for a reader.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Kind::PrimaryKey(_) => "the primary key",
            Kind::Unique { .. } => "a unique constraint",
            Kind::Check { .. } => "a check",
            Kind::ForeignKey(_) => "a foreign key",
            Kind::NotNull => "a NOT NULL",
            Kind::Null => "a NULL",
            Kind::Default { .. } => "a default",
            Kind::Collate { .. } => "a collation",
            Kind::Generated(_) => "a generated expression",
            Kind::Deferral => "a DEFERRABLE",
            Kind::Bare => "nothing",
        }
    }

    /// Is it a constraint as users understand the word?
    pub(super) fn is_droppable(&self) -> bool {
        match self {
            Kind::PrimaryKey(_) | Kind::Unique { .. } | Kind::Check { .. } | Kind::ForeignKey(_) => true,
            Kind::NotNull | Kind::Null | Kind::Default { .. } | Kind::Collate { .. } | Kind::Generated(_) | Kind::Deferral | Kind::Bare => {
                false
            }
        }
    }
}

impl Constraint {
    /// What it computes from columns.
    pub(super) fn expression(&self) -> Option<&Part> {
        match &self.kind {
            Kind::Check { expression } | Kind::Generated(Generated { expression, .. }) => Some(expression),
            Kind::PrimaryKey(_)
            | Kind::Unique { .. }
            | Kind::ForeignKey(_)
            | Kind::NotNull
            | Kind::Null
            | Kind::Default { .. }
            | Kind::Collate { .. }
            | Kind::Deferral
            | Kind::Bare => None,
        }
    }
}

/// One constraint; `kind` reads what follows its names.
pub(super) fn named(cursor: &mut Cursor<'_>, kind: impl FnOnce(&mut Cursor<'_>) -> Parsed<Kind>) -> Parsed<Constraint> {
    let start = cursor.here();
    let mut name = None;
    while cursor.eat(&["CONSTRAINT"]) {
        name = Some(cursor.name("the name of a constraint")?.text);
    }
    if name.is_some() && cursor.at_end_of_item() {
        let end = cursor.end();
        return Ok(Constraint { name, kind: Kind::Bare, body: Span { start: end, end }, span: Span { start, end } });
    }
    let body = cursor.here();
    let kind = kind(cursor)?;
    Ok(Constraint { name, kind, body: cursor.since(body), span: cursor.since(start) })
}

/// What follows the names of a constraint of the table.
pub(super) fn of_table(cursor: &mut Cursor<'_>) -> Parsed<Kind> {
    if cursor.eat(&["PRIMARY", "KEY"]) {
        return table_key(cursor).map(Kind::PrimaryKey);
    }
    if cursor.eat(&["UNIQUE"]) {
        cursor.need_kind(TokenKind::Open, "`(`")?;
        let columns = key_columns(cursor)?;
        cursor.need_kind(TokenKind::Close, "`,` or `)`")?;
        conflict(cursor)?;
        return Ok(Kind::Unique { columns });
    }
    if cursor.eat(&["CHECK"]) {
        let expression = cursor.parentheses()?;
        conflict(cursor)?;
        return Ok(Kind::Check { expression });
    }
    if cursor.eat(&["FOREIGN", "KEY"]) {
        cursor.need_kind(TokenKind::Open, "`(`")?;
        let columns = key_columns(cursor)?;
        cursor.need_kind(TokenKind::Close, "`,` or `)`")?;
        cursor.need("REFERENCES")?;
        return references(cursor, columns);
    }
    Err(cursor.lacks("a constraint of the table"))
}

fn table_key(cursor: &mut Cursor<'_>) -> Parsed<PrimaryKey> {
    cursor.need_kind(TokenKind::Open, "`(`")?;
    let start = cursor.here();
    let columns = key_columns(cursor)?;
    let list = cursor.since(start);
    let autoincrement = autoincrement(cursor);
    cursor.need_kind(TokenKind::Close, "`,` or `)`")?;
    let conflict = conflict(cursor)?;
    Ok(PrimaryKey { columns, descending: false, list: Some(list), conflict, autoincrement, autoincrement_at: list.end })
}

pub(super) fn autoincrement(cursor: &mut Cursor<'_>) -> Option<Span> {
    let start = cursor.here();
    cursor.eat(&["AUTOINCREMENT"]).then(|| cursor.since(start))
}

/// The columns of a key, each with its collation and direction. SQLite permits parentheses around a column.
fn key_columns(cursor: &mut Cursor<'_>) -> Parsed<Vec<String>> {
    let mut columns = Vec::new();
    loop {
        let mut depth = 0_usize;
        while cursor.eat_kind(TokenKind::Open) {
            depth += 1;
        }
        columns.push(cursor.name("a column")?.text);
        loop {
            if cursor.eat(&["COLLATE"]) {
                collation(cursor)?;
            } else if depth > 0 && cursor.eat_kind(TokenKind::Close) {
                depth -= 1;
            } else {
                break;
            }
        }
        if depth > 0 {
            return Err(cursor.lacks("`)`"));
        }
        if !cursor.eat(&["ASC"]) {
            cursor.eat(&["DESC"]);
        }
        if !cursor.eat_kind(TokenKind::Comma) {
            return Ok(columns);
        }
    }
}

pub(super) fn collation(cursor: &mut Cursor<'_>) -> Parsed<String> {
    if cursor.sees_type() { cursor.name("a collation").map(|name| name.text) } else { Err(cursor.lacks("a collation")) }
}

/// `ON CONFLICT ...`, if it is there.
pub(super) fn conflict(cursor: &mut Cursor<'_>) -> Parsed<Option<Part>> {
    let start = cursor.here();
    if !cursor.eat(&["ON", "CONFLICT"]) {
        return Ok(None);
    }
    if ["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"].iter().any(|way| cursor.eat(&[way])) {
        return Ok(Some(cursor.part(start)));
    }
    Err(cursor.lacks("what to do on a conflict"))
}

/// What follows `REFERENCES`.
pub(super) fn references(cursor: &mut Cursor<'_>, columns: Vec<String>) -> Parsed<Kind> {
    let parent = cursor.name("the table that is referred to")?.text;
    let mut parent_columns = Vec::new();
    if cursor.eat_kind(TokenKind::Open) {
        parent_columns = key_columns(cursor)?;
        cursor.need_kind(TokenKind::Close, "`,` or `)`")?;
    }
    loop {
        if cursor.eat(&["MATCH"]) {
            cursor.name("a way to match")?;
        } else if cursor.eat(&["ON", "DELETE"]) || cursor.eat(&["ON", "UPDATE"]) || cursor.eat(&["ON", "INSERT"]) {
            let actions: [&[&str]; 5] = [&["SET", "NULL"], &["SET", "DEFAULT"], &["CASCADE"], &["RESTRICT"], &["NO", "ACTION"]];
            if !actions.iter().any(|action| cursor.eat(action)) {
                return Err(cursor.lacks("an action"));
            }
        } else {
            break;
        }
    }
    deferral(cursor)?;
    Ok(Kind::ForeignKey(ForeignKey { columns, parent, parent_columns }))
}

/// `[NOT] DEFERRABLE [INITIALLY ...]`; whether it was there.
pub(super) fn deferral(cursor: &mut Cursor<'_>) -> Parsed<bool> {
    if !cursor.eat(&["NOT", "DEFERRABLE"]) && !cursor.eat(&["DEFERRABLE"]) {
        return Ok(false);
    }
    if cursor.eat(&["INITIALLY"]) && !cursor.eat(&["DEFERRED"]) && !cursor.eat(&["IMMEDIATE"]) {
        return Err(cursor.lacks("DEFERRED or IMMEDIATE"));
    }
    Ok(true)
}

//! The options of a column, said behind its name and type.

use crate::ddl::{Check, Column, ColumnKind, Generated, Literal, Type};

/// A column while it is being described.
#[derive(Debug)]
pub struct ColumnDraft {
    pub(super) column: Column,
    pub(super) action: Action,
    /// For a modified column: makes what it was from what it shall be.
    pub(super) from: Option<From>,
}

/// What a closure does with a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Add,
    AddIfNotExists,
    Modify,
    Remove,
    RemoveNamed,
    RemoveIfExists,
}

/// What a modified column was.
#[derive(Debug)]
pub(super) enum From {
    /// Of this type; all else that is said of the new one was so before (G-30).
    Type(Box<ColumnKind>),
    /// All that was said of it.
    Column(Box<Column>),
}

impl ColumnDraft {
    pub(super) fn new(column: Column, action: Action) -> Self {
        ColumnDraft { column, action, from: None }
    }

    /// It is never NULL.
    pub fn not_null(&mut self) -> &mut Self {
        self.column.null = Some(false);
        self
    }

    /// It may be NULL: what a new column is anyway, and a way to say so of a modified one.
    pub fn nullable(&mut self) -> &mut Self {
        self.column.null = Some(true);
        self
    }

    /// What it holds where a row does not say.
    pub fn default(&mut self, value: impl Into<Literal>) -> &mut Self {
        self.column.default = Some(value.into());
        self
    }

    /// The same as an expression that the database evaluates for each row: SQL, written as it is.
    pub fn default_sql(&mut self, expression: impl Into<String>) -> &mut Self {
        self.default(Literal::Expression(expression.into()))
    }

    /// Where a row does not say, it is NULL: takes a default away from a modified column.
    pub fn no_default(&mut self) -> &mut Self {
        self.default(Literal::Null)
    }

    /// It is the primary key, or part of it. The table then gets no `id`.
    pub fn primary_key(&mut self) -> &mut Self {
        self.column.primary_key = true;
        self
    }

    /// The longest text, in characters.
    pub fn size(&mut self, characters: u32) -> &mut Self {
        self.column.size = Some(characters);
        self
    }

    /// Digits in all for a decimal; digits of a second for times.
    pub fn precision(&mut self, digits: u32) -> &mut Self {
        self.column.precision = Some(digits);
        self
    }

    /// Digits behind the point of a decimal. Needs a precision.
    pub fn scale(&mut self, digits: u32) -> &mut Self {
        self.column.scale = Some(digits);
        self
    }

    /// A condition that it must meet, with the name that violations are told apart by: SQL, written as it is.
    pub fn check(&mut self, name: impl Into<String>, expression: impl Into<String>) -> &mut Self {
        self.column.check = Some(Check { name: name.into(), expression: expression.into() });
        self
    }

    /// By which rules its text is compared, in the database's own name.
    pub fn collation(&mut self, name: impl Into<String>) -> &mut Self {
        self.column.collation = Some(name.into());
        self
    }

    /// Always holds this expression, stored: SQL, written as it is.
    pub fn generated(&mut self, expression: impl Into<String>) -> &mut Self {
        self.column.generated = Some(Generated::Stored(expression.into()));
        self
    }

    /// Always holds this expression, evaluated when it is read: SQL, written as it is.
    pub fn generated_virtually(&mut self, expression: impl Into<String>) -> &mut Self {
        self.column.generated = Some(Generated::Virtual(expression.into()));
        self
    }

    /// The first number of a [`Type::Identity`].
    pub fn start_value(&mut self, number: i64) -> &mut Self {
        self.column.start_value = Some(number);
        self
    }

    /// The step from one number of a [`Type::Identity`] to the next.
    pub fn increment(&mut self, step: i64) -> &mut Self {
        self.column.increment = Some(step);
        self
    }

    /// A remark that the database keeps.
    pub fn comment(&mut self, text: impl Into<String>) -> &mut Self {
        self.column.comment = Some(text.into());
        self
    }

    /// How a modified column makes its new values from the old ones: SQL, written as it is. By default the database converts them.
    pub fn using(&mut self, expression: impl Into<String>) -> &mut Self {
        self.column.using = Some(expression.into());
        self
    }

    /// What the rows that are there hold instead of NULL, before a column is `not_null`. In `alter_table`.
    pub fn backfill(&mut self, value: impl Into<Literal>) -> &mut Self {
        self.column.backfill = Some(value.into());
        self
    }

    /// Of which type a modified column was: gives it a way back. All else that is said of it stays as it is on the way back, too.
    pub fn from(&mut self, kind: impl Into<ColumnKind>) -> &mut Self {
        self.from = Some(From::Type(Box::new(kind.into())));
        self
    }

    /// What a modified column was, in full: `t.modify("age", Type::Integer).not_null().from_with(Type::Integer, |was| { was.nullable(); })`.
    pub fn from_with(&mut self, kind: impl Into<ColumnKind>, describe: impl FnOnce(&mut ColumnDraft)) -> &mut Self {
        let mut was = ColumnDraft::new(Column::new(self.column.name.clone(), kind), Action::Modify);
        describe(&mut was);
        self.from = Some(From::Column(Box::new(was.column)));
        self
    }

    /// What it was, once all is said.
    pub(super) fn was(&self) -> Option<Column> {
        match self.from.as_ref()? {
            From::Column(column) => Some((**column).clone()),
            From::Type(kind) => {
                let Column { kind, reference, .. } = Column::new("", (**kind).clone());
                let keeps = kind == self.column.kind || kind == Type::Decimal;
                let [size, precision, scale] =
                    [self.column.size, self.column.precision, self.column.scale].map(|digits| digits.filter(|_| keeps));
                Some(Column { kind, reference, size, precision, scale, using: None, backfill: None, ..self.column.clone() })
            }
        }
    }
}

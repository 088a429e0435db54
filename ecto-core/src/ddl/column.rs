//! One column: its type, what it may hold, what it holds when nothing is said.

use super::constraint::FOREIGN_COLUMNS;
use super::{Enumeration, Reference, TableName};
use crate::error::{DdlError, Result};

/// What a column holds. Each database writes it in its own words; the guide has the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// Text of ordinary length: `varchar(255)` where the database counts, or as long as [`Column::size`] says.
    String,
    /// Text of any length.
    Text,
    /// A whole number of 32 bits.
    Integer,
    /// A whole number of 64 bits: what refers to an `id` has this type.
    BigInteger,
    /// A whole number of 16 bits.
    SmallInteger,
    /// A 32-bit number that the database counts up by itself. Only for keys.
    Serial,
    /// A 64-bit number that the database counts up by itself. Only for keys; the `id` that every table gets is one.
    BigSerial,
    /// True or false.
    Boolean,
    /// A floating-point number of 64 bits.
    Float,
    /// An exact number; see [`Column::precision`] and [`Column::scale`].
    Decimal,
    /// Bytes.
    Binary,
    /// A day.
    Date,
    /// A time of day, in microseconds.
    Time,
    /// A date and time without a zone, in microseconds.
    NaiveDateTime,
    /// A point in time, in microseconds.
    UtcDateTime,
    /// A JSON document, also what an embedded schema is stored in.
    Json,
    /// A UUID.
    Uuid,
    /// A span of time.
    Duration,
    /// A 64-bit number that the database counts up by itself, as the SQL standard has it. Only for keys.
    Identity,
    /// One of few named values.
    Enum(Enumeration),
    /// A list of values of one type, where the database has such.
    Array(Box<Type>),
    /// A type of the database's own, written as it is: `Type::Custom("citext".into())`.
    Custom(String),
}

impl Type {
    /// One of few named values; `create_enum` with the same name and values makes the type where the database has such.
    #[must_use]
    pub fn enumeration<V: Into<String>>(name: impl Into<TableName>, values: impl IntoIterator<Item = V>) -> Type {
        Type::Enum(Enumeration::new(name, values))
    }

    /// Does the database count it up by itself?
    #[must_use]
    pub fn is_serial(&self) -> bool {
        matches!(self, Type::Serial | Type::BigSerial | Type::Identity)
    }

    /// The type of the values: for a column that refers to this one, or that was counted up before and will be.
    pub(crate) fn of_referring(&self) -> Type {
        match self {
            Type::Serial => Type::Integer,
            Type::BigSerial | Type::Identity => Type::BigInteger,
            other => other.clone(),
        }
    }

    fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        if let Some(enumeration) = self.as_enumeration() {
            enumeration.name.collect_names(names);
        }
    }

    /// The enum of a column, or of the elements of its list.
    pub(crate) fn as_enumeration(&self) -> Option<&Enumeration> {
        let mut kind = self;
        while let Type::Array(element) = kind {
            kind = element;
        }
        if let Type::Enum(enumeration) = kind { Some(enumeration) } else { None }
    }

    fn takes_precision(&self) -> bool {
        matches!(self, Type::Decimal | Type::Time | Type::NaiveDateTime | Type::UtcDateTime | Type::Duration | Type::Custom(_))
    }

    fn reason_against(&self) -> Option<&'static str> {
        self.as_enumeration().and_then(Enumeration::reason_against)
    }

    fn takes_size(&self) -> bool {
        matches!(self, Type::String | Type::Binary | Type::Custom(_))
    }
}

/// What stands behind a column's name: a type, or a reference to another table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum ColumnKind {
    Plain(Type),
    Reference(Reference),
}

impl From<Type> for ColumnKind {
    fn from(kind: Type) -> Self {
        ColumnKind::Plain(kind)
    }
}

impl From<Reference> for ColumnKind {
    fn from(reference: Reference) -> Self {
        ColumnKind::Reference(reference)
    }
}

/// A value that stands in the SQL text: a default.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum Literal {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    Json(serde_json::Value),
    /// SQL that the database evaluates for each row, written as it is.
    Expression(String),
}

macro_rules! literal_from {
    ($($from:ty => $variant:ident $(($into:ty))?),* $(,)?) => {$(
        impl From<$from> for Literal {
            fn from(value: $from) -> Self {
                Literal::$variant($(<$into>::from)?(value))
            }
        }
    )*};
}
literal_from!(
    bool => Bool(bool), i16 => Integer(i64), i32 => Integer(i64), i64 => Integer(i64), f32 => Float(f64), f64 => Float(f64),
    &str => Text(String), String => Text(String), Vec<u8> => Bytes(Vec<u8>), serde_json::Value => Json(serde_json::Value),
);

/// A condition that every row must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Check {
    pub name: String,
    /// SQL, written as it is.
    pub expression: String,
}

/// How a column is filled by an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Generated {
    /// When the row is written: SQL, written as it is.
    Stored(String),
    /// When the row is read.
    Virtual(String),
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds; for a reference the type of the column referred to.
    pub kind: Type,
    /// The other table it refers to.
    pub reference: Option<Box<Reference>>,
    /// The longest text, in characters.
    pub size: Option<u32>,
    /// Digits in all for a decimal; digits of a second for times.
    pub precision: Option<u32>,
    /// Digits behind the point of a decimal.
    pub scale: Option<u32>,
    /// May it be NULL? `None` is the database's own choice for a new column, and "as it was" for a changed one.
    pub null: Option<bool>,
    /// What it holds where a row does not say. `None` is no default for a new column, and "as it was" for a changed one.
    pub default: Option<Literal>,
    /// Is it (part of) the primary key?
    pub primary_key: bool,
    /// What its value must meet.
    pub check: Option<Check>,
    /// By which rules its text is compared, in the database's own name.
    pub collation: Option<String>,
    /// The expression that fills it.
    pub generated: Option<Generated>,
    /// Of a [`Type::Identity`]: the first number.
    pub start_value: Option<i64>,
    /// Of a [`Type::Identity`]: the step from one number to the next.
    pub increment: Option<i64>,
    /// A remark that the database keeps.
    pub comment: Option<String>,
    /// For a changed type, an expression that makes the new value from the old one: SQL, written as it is.
    pub using: Option<String>,
    /// What rows that are there hold instead of NULL, before the column refuses it.
    pub backfill: Option<Literal>,
}

impl Column {
    /// A column of this type, and nothing else said.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: impl Into<ColumnKind>) -> Self {
        let (kind, reference) = match kind.into() {
            ColumnKind::Plain(kind) => (kind, None),
            ColumnKind::Reference(reference) => (reference.kind.of_referring(), Some(Box::new(reference))),
        };
        Column {
            name: name.into(),
            kind,
            reference,
            size: None,
            precision: None,
            scale: None,
            null: None,
            default: None,
            primary_key: false,
            check: None,
            collation: None,
            generated: None,
            start_value: None,
            increment: None,
            comment: None,
            using: None,
            backfill: None,
        }
    }

    /// The name of its foreign key: given, or by table and column (G-50).
    #[must_use]
    pub fn foreign_key_name(&self, table: &TableName) -> Option<String> {
        self.reference.as_ref().map(|reference| reference.name_on(table, &self.name))
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        names.push(&self.name);
        names.extend(self.check.as_ref().map(|check| check.name.as_str()));
        names.extend(self.collation.as_deref());
        self.kind.collect_names(names);
        if let Some(reference) = &self.reference {
            reference.collect_names(names);
        }
    }

    pub(super) fn refuse(&self, table: &TableName, reason: &'static str) -> Result<()> {
        Err(DdlError::Column { table: table.to_string(), column: self.name.clone(), reason }.into())
    }

    /// What belongs to a column only when its table is there.
    pub(super) fn check_new(&self, table: &TableName) -> Result<()> {
        match self.backfill {
            Some(_) => self.refuse(table, "`backfill` fills rows that are there: it is for `alter_table`"),
            None => self.check_added(table),
        }
    }

    /// What belongs to a column only when it is changed.
    pub(super) fn check_added(&self, table: &TableName) -> Result<()> {
        match self {
            Column { using: Some(_), .. } => self.refuse(table, "`using` makes a new value from an old one: it is for `modify`"),
            Column { backfill: Some(_), primary_key: true, .. } => self.refuse(table, "a key is not filled with one value"),
            _ => self.check_backfill(table),
        }
    }

    fn check_backfill(&self, table: &TableName) -> Result<()> {
        match self {
            Column { backfill: Some(_), null, .. } if *null != Some(false) => self.refuse(table, "`backfill` goes with `not_null`"),
            Column { backfill: Some(Literal::Null), .. } => self.refuse(table, "`backfill` needs a value that is not NULL"),
            _ => Ok(()),
        }
    }

    /// What belongs to a column only when it is made.
    pub(super) fn check_modify(&self, table: &TableName) -> Result<()> {
        match self {
            Column { primary_key: true, .. } => self.refuse(table, "a column cannot become a primary key by `modify`"),
            Column { generated: Some(_), .. } => self.refuse(table, "a column cannot become generated by `modify`"),
            Column { check: Some(_), .. } => self.refuse(table, "a check of an existing column is a constraint: `create_check`"),
            _ => self.check_backfill(table),
        }
    }

    pub(super) fn check(&self, table: &TableName) -> Result<()> {
        let refuse = |reason: &'static str| self.refuse(table, reason);
        match self {
            Column { kind: Type::Custom(name), .. } if name.eq_ignore_ascii_case("datetime") => {
                Err(DdlError::AmbiguousType { table: table.to_string(), column: self.name.clone() }.into())
            }
            Column { start_value: Some(_), kind, .. } | Column { increment: Some(_), kind, .. } if *kind != Type::Identity => {
                refuse("only an identity has a start and an increment")
            }
            Column { increment: Some(0), .. } => refuse("an increment of 0 counts nothing"),
            Column { scale: Some(_), precision: None, .. } => refuse("a scale needs a precision"),
            Column { scale: Some(_), kind, .. } if *kind != Type::Decimal => refuse("only a decimal has a scale"),
            Column { precision: Some(_), kind, .. } if !kind.takes_precision() => refuse("its type has no precision"),
            Column { size: Some(_), kind, .. } if !kind.takes_size() => refuse("its type has no size"),
            Column { generated: Some(_), default: Some(_), .. } => refuse("what is generated cannot have a default"),
            Column { primary_key: true, null: Some(true), .. } => refuse("a primary key cannot be null"),
            Column { default: Some(Literal::Text(text)), .. } if text.contains('\0') => refuse("its default contains the character NUL"),
            Column { default: Some(Literal::Float(value)), .. } if !value.is_finite() => refuse("its default is not a number"),
            Column { reference: Some(reference), name, .. } if reference.names_foreign_columns(name) => refuse(FOREIGN_COLUMNS),
            Column { default: Some(_), kind, .. } if kind.is_serial() => refuse("what the database counts up cannot have a default"),
            Column { kind, .. } => kind.reason_against().map_or(Ok(()), refuse),
        }
    }
}

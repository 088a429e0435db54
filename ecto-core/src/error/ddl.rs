//! Texts of `ddl`: changes of structure that make no sense, cannot be undone, or are beyond a database.

/// What can be wrong with a change of structure.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DdlError {
    #[error("a name is empty")]
    EmptyName,
    #[error("the name `{name}` contains the character NUL")]
    NameWithNul { name: String },
    #[error("the name `{name}` has {length} bytes, and {database} cuts names after {limit}")]
    NameTooLong { name: String, length: usize, limit: usize, database: &'static str },
    #[error("a statement contains the character NUL")]
    SqlWithNul,
    #[error("table `{table}` has no columns")]
    NoColumns { table: String },
    #[error("table `{table}` is new: it has no comment that could be changed")]
    OnlyThere { table: String },
    #[error("table `{table}` is there already: it takes only columns and a comment")]
    OnlyNew { table: String },
    #[error("column `{column}` of table `{table}`: {reason}")]
    Column { table: String, column: String, reason: &'static str },
    #[error("index `{index}`: {reason}")]
    Index { index: String, reason: &'static str },
    #[error("enum `{name}`: {reason}")]
    Enumeration { name: String, reason: &'static str },
    #[error("column `{column}` of table `{table}`: `datetime` can mean two things")]
    AmbiguousType { table: String, column: String },
    #[error("constraint `{constraint}`: {reason}")]
    Constraint { constraint: String, reason: &'static str },
    #[error("{operation} cannot be undone by itself")]
    Irreversible { operation: String, remedy: Option<&'static str> },
    #[error("{operation}: {database} {}", lack.reason())]
    Unsupported { operation: String, database: &'static str, lack: Lack },
}

impl DdlError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            DdlError::NameTooLong { .. } => Some("two long names could become the same one: give a shorter one with `name`".into()),
            DdlError::Irreversible { remedy: Some(remedy), .. } => Some(format!("{remedy}, or write `up` and `down` instead of `change`")),
            DdlError::Irreversible { remedy: None, .. } => Some("write `up` and `down` instead of `change`".into()),
            DdlError::Unsupported { lack, .. } => Some(lack.remedy().into()),
            DdlError::OnlyNew { .. } => Some("checks are added by `create_check`; keys and options belong to a new table".into()),
            DdlError::OnlyThere { .. } => Some("say it by `comment`".into()),
            DdlError::AmbiguousType { .. } => {
                Some("write `Type::UtcDateTime` for a point in time, or `Type::NaiveDateTime` for one without a zone".into())
            }
            DdlError::EmptyName
            | DdlError::NameWithNul { .. }
            | DdlError::SqlWithNul
            | DdlError::NoColumns { .. }
            | DdlError::Column { .. }
            | DdlError::Index { .. }
            | DdlError::Enumeration { .. }
            | DdlError::Constraint { .. } => None,
        }
    }
}

/// What a database cannot do to its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each has its text below")]
pub enum Lack {
    Prefix,
    CommentEnd,
    VirtualColumn,
    IdentityOption,
    Unlogged,
    Array,
    SerialOutsideKey,
    PartialAction,
    Exclusion,
    Unvalidated,
    IndexOption,
    IndexMethod,
    UniqueInclude,
    NullsOrder,
}

impl Lack {
    fn reason(self) -> &'static str {
        match self {
            Lack::Prefix => "has no named schemas inside a database",
            Lack::CommentEnd => "keeps comments in its SQL, which `*/` ends",
            Lack::VirtualColumn => "stores every generated column",
            Lack::IdentityOption => "counts from 1 up by 1, always",
            Lack::Unlogged => "writes every table to its log",
            Lack::Array => "has no lists",
            Lack::SerialOutsideKey => "counts up only a key of one column",
            Lack::PartialAction => "sets all columns of a foreign key or none",
            Lack::Exclusion => "has no exclusion constraints",
            Lack::Unvalidated => "checks the rows that are there, always",
            Lack::IndexOption => "has neither `only` nor `options` for indexes",
            Lack::IndexMethod => "has indexes of one kind, `btree`",
            Lack::UniqueInclude => "cannot carry columns along in a unique index",
            Lack::NullsOrder => "sorts NULLs as the least value in every index",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Lack::Prefix => "leave out the prefix, or use a database file for each",
            Lack::CommentEnd => "write the comment without `*/`",
            Lack::VirtualColumn => "store it: `generated`",
            Lack::IdentityOption => "leave out `start_value` and `increment`",
            Lack::Unlogged => "make it a plain table",
            Lack::Array => "store a list as `Type::Json`",
            Lack::SerialOutsideKey => "make it the primary key, or a plain `Type::BigInteger`",
            Lack::PartialAction => "use `OnDelete::NilifyAll` or `OnDelete::DefaultAll`",
            Lack::Exclusion => "use a unique index, or a trigger by `execute`",
            Lack::Unvalidated => "leave `validate` on",
            Lack::IndexOption => "leave the option out; `only_where` and expressions are there",
            Lack::IndexMethod => "leave `using` out",
            Lack::UniqueInclude => "make a second index, which is not unique, with the further columns",
            Lack::NullsOrder => "leave the place of NULLs out, or sort by `c IS NULL` first: `IndexPart::expression`",
        }
    }
}

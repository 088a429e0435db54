//! Foreign keys: a column, or several, that must have their like in another table.

use super::{TableName, Type};

/// What becomes of a row when the row that it refers to is deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnDelete {
    /// The deletion is refused at the end of the statement.
    #[default]
    Nothing,
    /// The deletion is refused at once.
    Restrict,
    /// It is deleted too.
    DeleteAll,
    /// All columns of the foreign key become NULL.
    NilifyAll,
    /// These columns of the foreign key become NULL.
    Nilify(Vec<String>),
    /// All columns of the foreign key get their default.
    DefaultAll,
    /// These columns of the foreign key get their default.
    Default(Vec<String>),
}

/// What becomes of a row when the key that it refers to changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnUpdate {
    /// The change is refused at the end of the statement.
    #[default]
    Nothing,
    /// The change is refused at once.
    Restrict,
    /// It follows.
    UpdateAll,
    /// It becomes NULL.
    NilifyAll,
    /// It gets its default.
    DefaultAll,
}

/// What a foreign key of several columns demands of a row in which some of them are NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the variants say it")]
pub enum Match {
    /// Nothing: one NULL is enough.
    #[default]
    Simple,
    /// All of them are NULL, or none is.
    Full,
}

/// When a foreign key is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deferrable {
    /// At the end of each statement, always.
    #[default]
    No,
    /// The same, unless a transaction defers it.
    Immediate,
    /// When the transaction is committed.
    Deferred,
}

/// What a column refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The other table.
    pub table: TableName,
    /// Its column; `id` unless said.
    pub column: String,
    /// The type of that column; [`Type::BigInteger`] unless said.
    pub kind: Type,
    /// Further columns of a composite key: one here, one there.
    pub with: Vec<(String, String)>,
    /// The name of the constraint; `table_column_fkey` unless said.
    pub name: Option<String>,
    /// What happens when the other row is deleted.
    pub on_delete: OnDelete,
    /// What happens when the other key changes.
    pub on_update: OnUpdate,
    /// What it demands where some columns are NULL.
    pub matching: Match,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// Are the rows that are there already checked?
    pub validate: bool,
}

/// A reference to the `id` of a table, for [`add`](crate::migration::TableDraft::add):
/// `t.add("author_id", references("users").on_delete(OnDelete::DeleteAll))`.
#[must_use]
pub fn references(table: impl Into<TableName>) -> Reference {
    Reference {
        table: table.into(),
        column: "id".into(),
        kind: Type::BigInteger,
        with: Vec::new(),
        name: None,
        on_delete: OnDelete::default(),
        on_update: OnUpdate::default(),
        matching: Match::default(),
        deferrable: Deferrable::default(),
        validate: true,
    }
}

impl Reference {
    /// Another column than `id`.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = column.into();
        self
    }

    /// The type of the column referred to: `of_type(Type::Uuid)` for UUID keys.
    #[must_use]
    pub fn of_type(mut self, kind: Type) -> Self {
        self.kind = kind;
        self
    }

    /// One more pair of columns of a composite key: `here` refers to `there`.
    #[must_use]
    pub fn with(mut self, here: impl Into<String>, there: impl Into<String>) -> Self {
        self.with.push((here.into(), there.into()));
        self
    }

    /// The name of the constraint.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What happens when the other row is deleted.
    #[must_use]
    pub fn on_delete(mut self, action: OnDelete) -> Self {
        self.on_delete = action;
        self
    }

    /// What happens when the other key changes.
    #[must_use]
    pub fn on_update(mut self, action: OnUpdate) -> Self {
        self.on_update = action;
        self
    }

    /// Of a composite key all columns are NULL, or none is.
    #[must_use]
    pub fn match_full(mut self) -> Self {
        self.matching = Match::Full;
        self
    }

    /// When it is checked: `deferrable(Deferrable::Deferred)` waits until the transaction is committed.
    #[must_use]
    pub fn deferrable(mut self, when: Deferrable) -> Self {
        self.deferrable = when;
        self
    }

    /// Holds for new rows only, until [`validate_constraint`](crate::migration::Change::validate_constraint) checks the others.
    #[must_use]
    pub fn not_valid(mut self) -> Self {
        self.validate = false;
        self
    }

    /// Its columns in the table that refers, when the first is `column`.
    pub(crate) fn columns_here<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        std::iter::once(column).chain(self.with.iter().map(|(here, _)| here.as_str()))
    }

    /// An action may name only columns of the key.
    pub(super) fn names_foreign_columns(&self, column: &str) -> bool {
        match &self.on_delete {
            OnDelete::Nilify(columns) | OnDelete::Default(columns) => {
                columns.is_empty() || columns.iter().any(|named| self.columns_here(column).all(|here| here != named))
            }
            OnDelete::Nothing | OnDelete::Restrict | OnDelete::DeleteAll | OnDelete::NilifyAll | OnDelete::DefaultAll => false,
        }
    }

    pub(crate) fn name_on(&self, table: &TableName, column: &str) -> String {
        self.name.clone().unwrap_or_else(|| format!("{}_{column}_fkey", table.name))
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        self.table.collect_names(names);
        names.push(&self.column);
        names.extend(self.with.iter().flat_map(|(here, there)| [here.as_str(), there.as_str()]));
        names.extend(self.name.as_deref());
        match &self.on_delete {
            OnDelete::Nilify(columns) | OnDelete::Default(columns) => names.extend(columns.iter().map(String::as_str)),
            OnDelete::Nothing | OnDelete::Restrict | OnDelete::DeleteAll | OnDelete::NilifyAll | OnDelete::DefaultAll => {}
        }
    }
}

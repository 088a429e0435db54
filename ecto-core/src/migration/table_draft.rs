//! The columns of a table, said inside the closure of `create_table` or `alter_table`.

use super::column_draft::{Action, ColumnDraft};
use crate::ddl::{Alteration, Check, Column, ColumnKind, CreateTable, Reference, TableKind, TableName, Type, references};
use crate::error::{DdlError, Error, Result};

/// A table while it is being described.
#[derive(Debug, Default)]
pub struct TableDraft {
    columns: Vec<ColumnDraft>,
    checks: Vec<Check>,
    without_key: bool,
    comment: Option<String>,
    /// What it was before, in a table that is there.
    comment_from: Option<String>,
    options: Option<String>,
    kind: TableKind,
}

/// Most tables have no more columns: they need not move while they are described.
const USUAL_COLUMNS: usize = 8;

impl TableDraft {
    pub(super) fn new() -> Self {
        TableDraft { columns: Vec::with_capacity(USUAL_COLUMNS), ..TableDraft::default() }
    }

    /// Adds a column. Options follow: `.not_null().default(0)`.
    pub fn add(&mut self, name: impl Into<String>, kind: impl Into<ColumnKind>) -> &mut ColumnDraft {
        self.draft(Column::new(name, kind), Action::Add)
    }

    /// Adds a column if there is none of this name. In `alter_table`; has no way back.
    pub fn add_if_not_exists(&mut self, name: impl Into<String>, kind: impl Into<ColumnKind>) -> &mut ColumnDraft {
        self.draft(Column::new(name, kind), Action::AddIfNotExists)
    }

    /// What a column refers to: `t.add("author_id", t.references("users"))`. The same as [`references`].
    #[must_use]
    pub fn references(&self, table: impl Into<TableName>) -> Reference {
        references(table)
    }

    /// Adds `inserted_at` and `updated_at`, points in time that are never NULL, which `#[schema(timestamps)]` fills.
    pub fn timestamps(&mut self) {
        self.timestamps_of(Type::UtcDateTime);
    }

    /// The same of another type.
    pub fn timestamps_of(&mut self, kind: Type) {
        for name in ["inserted_at", "updated_at"] {
            self.add(name, kind.clone()).not_null();
        }
    }

    /// The key, instead of `id`: `t.primary_key("id", Type::Uuid)`. For a key of several columns, say it of each of them.
    pub fn primary_key(&mut self, name: impl Into<String>, kind: impl Into<ColumnKind>) -> &mut ColumnDraft {
        self.add(name, kind).primary_key()
    }

    /// The table has no key.
    pub fn no_primary_key(&mut self) {
        self.without_key = true;
    }

    /// A condition over several columns, with the name that violations are told apart by: SQL, written as it is.
    pub fn check(&mut self, name: impl Into<String>, expression: impl Into<String>) {
        self.checks.push(Check { name: name.into(), expression: expression.into() });
    }

    /// A remark that the database keeps; an empty one takes it away. In `alter_table` it has no way back, but
    /// [`change_comment`](TableDraft::change_comment) has.
    pub fn comment(&mut self, text: impl Into<String>) {
        self.comment = Some(text.into());
    }

    /// Changes the remark, and says what it was: the way back puts that there again. In `alter_table`.
    pub fn change_comment(&mut self, from: impl Into<String>, to: impl Into<String>) {
        self.comment_from = Some(from.into());
        self.comment(to);
    }

    /// SQL behind the closing parenthesis, written as it is: `STRICT`, `PARTITION BY …`. In `create_table`.
    pub fn options(&mut self, sql: impl Into<String>) {
        self.options = Some(sql.into());
    }

    /// Its rows are not written to the log, where the database can: faster, and lost in a crash. In `create_table`.
    pub fn unlogged(&mut self) {
        self.kind = TableKind::Unlogged;
    }

    /// It is seen by this session alone, and goes with it. In `create_table`.
    pub fn temporary(&mut self) {
        self.kind = TableKind::Temporary;
    }

    /// Changes a column: its type, and what is said behind it. What is not said stays as it is. Only with
    /// [`from`](ColumnDraft::from) it has a way back. In `alter_table`.
    pub fn modify(&mut self, name: impl Into<String>, kind: impl Into<ColumnKind>) -> &mut ColumnDraft {
        self.draft(Column::new(name, kind), Action::Modify)
    }

    /// Removes a column with what it holds. Has no way back; [`remove_of`](TableDraft::remove_of) has. In `alter_table`.
    pub fn remove(&mut self, name: impl Into<String>) {
        self.draft(Column::new(name, Type::Text), Action::RemoveNamed);
    }

    /// Removes a column, and says what it was: the way back adds it again, empty. In `alter_table`.
    pub fn remove_of(&mut self, name: impl Into<String>, kind: impl Into<ColumnKind>) -> &mut ColumnDraft {
        self.draft(Column::new(name, kind), Action::Remove)
    }

    /// Removes a column if it is there. Has no way back. In `alter_table`.
    pub fn remove_if_exists(&mut self, name: impl Into<String>) {
        self.draft(Column::new(name, Type::Text), Action::RemoveIfExists);
    }

    fn draft(&mut self, column: Column, action: Action) -> &mut ColumnDraft {
        self.columns.push_mut(ColumnDraft::new(column, action))
    }

    /// The table that was described, and the first mistake in it.
    pub(super) fn into_table(self, table: TableName) -> (CreateTable, Option<Error>) {
        let misplaced = self.columns.iter().find(|draft| draft.action != Action::Add || draft.from.is_some());
        let misplaced = misplaced.map(|draft| refuse(&table, &draft.column, "a new table takes only `add`"));
        let misplaced = misplaced.or_else(|| self.comment_from.is_some().then(|| DdlError::OnlyThere { table: table.to_string() }.into()));
        let needs_key = !self.without_key && self.columns.iter().all(|draft| !draft.column.primary_key);
        let key = needs_key.then(|| Column { primary_key: true, ..Column::new("id", Type::BigSerial) });
        let mut columns = Vec::with_capacity(self.columns.len() + 1);
        columns.extend(key);
        columns.extend(self.columns.into_iter().map(|draft| draft.column));
        let described = CreateTable {
            checks: self.checks,
            comment: self.comment,
            options: self.options,
            kind: self.kind,
            ..CreateTable::new(table, columns)
        };
        (described, misplaced)
    }

    /// The alterations that were described, in order.
    pub(super) fn into_alterations(self, table: &TableName) -> Result<Vec<Alteration>> {
        let plain = self.kind == TableKind::Plain;
        if !plain || !self.checks.is_empty() || self.options.is_some() || self.without_key {
            return Err(DdlError::OnlyNew { table: table.to_string() }.into());
        }
        let comment = self.comment.map(|to| Alteration::Comment { to, from: self.comment_from });
        self.columns.into_iter().map(|draft| alteration(table, draft)).chain(comment.map(Ok)).collect()
    }
}

fn alteration(table: &TableName, draft: ColumnDraft) -> Result<Alteration> {
    let from = draft.was();
    let column = draft.column;
    match draft.action {
        Action::Modify => Ok(Alteration::Modify { to: column, from }),
        _ if from.is_some() => Err(refuse(table, &column, "`from` is for `modify`")),
        Action::Add => Ok(Alteration::Add(column)),
        Action::AddIfNotExists => Ok(Alteration::AddIfNotExists(column)),
        Action::Remove => Ok(Alteration::Remove(column)),
        Action::RemoveNamed => Ok(Alteration::RemoveNamed(column.name)),
        Action::RemoveIfExists => Ok(Alteration::RemoveIfExists(column.name)),
    }
}

fn refuse(table: &TableName, column: &Column, reason: &'static str) -> Error {
    DdlError::Column { table: table.to_string(), column: column.name.clone(), reason }.into()
}

//! The options of an index, said behind its name.

use crate::ddl::Index;

/// An index while it is being described.
#[derive(Debug)]
pub struct IndexDraft {
    pub(super) index: Index,
    /// `IF NOT EXISTS`, or `IF EXISTS`.
    pub(super) conditional: bool,
    pub(super) removes: bool,
    pub(super) cascade: bool,
}

impl IndexDraft {
    pub(super) fn create(index: Index) -> Self {
        IndexDraft { index, conditional: false, removes: false, cascade: false }
    }

    pub(super) fn remove(index: Index) -> Self {
        IndexDraft { index, conditional: false, removes: true, cascade: false }
    }

    /// Another name than `table_column_index`.
    pub fn name(&mut self, name: impl Into<String>) -> &mut Self {
        self.index.name = name.into();
        self
    }

    /// No two rows have the same values.
    pub fn unique(&mut self) -> &mut Self {
        self.index.unique = true;
        self
    }

    /// Only rows that meet this are in it: SQL, written as it is.
    pub fn only_where(&mut self, condition: impl Into<String>) -> &mut Self {
        self.index.condition = Some(condition.into());
        self
    }

    /// Made where there is none yet, or dropped where there is one.
    pub fn conditionally(&mut self) -> &mut Self {
        self.conditional = true;
        self
    }

    /// By this method, in the database's own word: `gin`.
    pub fn using(&mut self, method: impl Into<String>) -> &mut Self {
        self.index.using = Some(method.into());
        self
    }

    /// Carries these columns along without sorting by them.
    pub fn include<N: Into<String>>(&mut self, columns: impl IntoIterator<Item = N>) -> &mut Self {
        self.index.include = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Are two NULLs different? `false`: only one row may have it.
    pub fn nulls_distinct(&mut self, distinct: bool) -> &mut Self {
        self.index.nulls_distinct = Some(distinct);
        self
    }

    /// Without blocking writers; the migration then runs without a transaction.
    pub fn concurrently(&mut self) -> &mut Self {
        self.index.concurrently = true;
        self
    }

    /// Drops the foreign keys along that refer to its columns, and needed it. For an index that is dropped.
    pub fn cascade(&mut self) -> &mut Self {
        self.cascade = true;
        self
    }

    /// On the table alone, not on its partitions.
    pub fn only(&mut self) -> &mut Self {
        self.index.only = true;
        self
    }

    /// SQL between the columns and the condition, written as it is: `WITH (fillfactor = 70)`.
    pub fn options(&mut self, sql: impl Into<String>) -> &mut Self {
        self.index.options = Some(sql.into());
        self
    }

    /// A remark that the database keeps.
    pub fn comment(&mut self, text: impl Into<String>) -> &mut Self {
        self.index.comment = Some(text.into());
        self
    }
}

//! What the changes to one table come to: in place, if all of them can be made so, and otherwise by one rebuild.

use super::super::catalogue::Table;
use super::super::dependants::Dependants;
use super::super::rows::Demand;
use super::super::table_text::{Edit, TableText};
use crate::adapter::Connection;
use crate::adapter::sql::ddl::quote;
use crate::ddl::TableName;
use crate::error::Result;

/// Since when `NOT NULL` is set and dropped in place, and checks are.
pub(super) const ALTERS_CHECKS: i32 = 3_053_000;
/// Since when a foreign key is dropped in place, if it has a name.
pub(super) const DROPS_KEYS: i32 = 3_054_000;
/// Since when a column is dropped in place without damage.
pub(super) const DROPS_COLUMNS: i32 = 3_035_005;
/// Since when a new column's check is held against the rows.
pub(super) const CHECKS_ROWS: i32 = 3_037_000;

/// The way from one definition of a table to another.
pub(in crate::adapter::sqlite) struct Plan {
    pub table: TableName,
    /// Of this session alone, which is only altered in place.
    pub temporary: bool,
    pub old: TableText,
    pub new: TableText,
    pub edits: Vec<Edit>,
    /// The statements that make all changes in place; none if that is not possible.
    pub native: Option<Vec<String>>,
    /// What columns hold that do not hold what they did: SQL over the old columns.
    pub values: Vec<(String, String)>,
    /// Columns that are new, even if one of the same name was there before.
    pub fresh: Vec<String>,
    pub demands: Vec<Demand>,
    pub dependants: Dependants,
    /// Of the library.
    pub version: i32,
}

impl Plan {
    pub(in crate::adapter::sqlite) fn new(found: &Table, version: i32, connection: &mut dyn Connection) -> Result<Self> {
        let old = TableText::parse(&found.sql)?;
        Ok(Plan {
            table: TableName::new(&found.name),
            temporary: found.temporary,
            new: old.clone(),
            old,
            edits: Vec::new(),
            native: Some(Vec::new()),
            values: Vec::new(),
            fresh: Vec::new(),
            demands: Vec::new(),
            dependants: Dependants::of(connection, &found.name)?,
            version,
        })
    }

    /// Changes the text; only a rebuild brings it about.
    pub(in crate::adapter::sqlite) fn edit(&mut self, edit: Edit) -> Result<()> {
        self.native = None;
        self.edit_text(edit)
    }

    /// Changes the text; this statement brings it about, if there is one.
    pub(super) fn edit_by(&mut self, edit: Edit, statement: Option<String>) -> Result<()> {
        self.add_statements(statement.map(|statement| vec![statement]));
        self.edit_text(edit)
    }

    fn edit_text(&mut self, edit: Edit) -> Result<()> {
        let sql = self.new.edit(std::slice::from_ref(&edit))?;
        self.new = TableText::parse(&sql)?;
        self.edits.push(edit);
        Ok(())
    }

    pub(super) fn add_statements(&mut self, statements: Option<Vec<String>>) {
        self.native = match (self.native.take(), statements) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            (None, _) | (_, None) => None,
        };
    }

    pub(super) fn alter(&self, action: &str) -> String {
        format!("ALTER TABLE {} {action}", quote(&self.table.name))
    }

    /// What a column will hold, as SQL over the columns that are there.
    pub(in crate::adapter::sqlite) fn value(&self, column: &str) -> String {
        let changed = self.values.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(column));
        changed.map_or_else(|| quote(column), |(_, value)| value.clone())
    }

    pub(in crate::adapter::sqlite) fn set_value(&mut self, column: &str, value: String) {
        self.forget_value(column);
        self.values.push((column.to_owned(), value));
    }

    pub(super) fn forget_value(&mut self, column: &str) {
        self.values.retain(|(name, _)| !name.eq_ignore_ascii_case(column));
    }

    pub(in crate::adapter::sqlite) fn is_fresh(&self, column: &str) -> bool {
        self.fresh.iter().any(|name| name.eq_ignore_ascii_case(column))
    }
}

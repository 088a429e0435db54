//! What is dropped with what depends on it: with a table foreign keys of other tables, and views; with an index foreign keys. All rows of
//! other tables stay.

use super::super::baseline::{self, Broken, Use};
use super::super::catalogue;
use super::super::table_text::{Edit, ForeignKey, Kind};
use super::plan::Plan;
use super::{Alterations, constraints, keeps_keys};
use crate::adapter::sql::ddl::quote;
use crate::adapter::{Connection, Emit};
use crate::ddl::Index;
use crate::error::Result;

impl Alterations<'_> {
    /// The statements drop this table.
    pub(super) fn drop_with_dependants(
        &mut self,
        table: &str,
        statements: &[String],
        connection: &mut dyn Connection,
        emit: Emit<'_>,
    ) -> Result<()> {
        for child in children(table, connection)? {
            let mut plan = self.plan(&child, connection)?;
            drop_keys(&mut plan, |key| key.parent.eq_ignore_ascii_case(table))?;
            self.carry_out(&plan, connection, &mut *emit)?;
        }
        let before = baseline::broken(connection)?;
        self.in_place(statements, connection, &mut *emit)?;
        drop_views(&before, connection, emit)?;
        // A trigger of another table that needs this one cannot go: what it does would not be done any more.
        baseline::compare_broken(&before, &baseline::broken(connection)?)
    }

    /// The statements drop this index, which made a key of its columns.
    pub(super) fn drop_with_keys(
        &mut self,
        index: &Index,
        statements: &[String],
        connection: &mut dyn Connection,
        emit: Emit<'_>,
    ) -> Result<()> {
        let parent = &index.table.name;
        let columns = catalogue::texts(connection, "SELECT name FROM pragma_index_info(?1)", &[&index.name])?;
        let before = baseline::mismatches(connection, parent)?;
        self.in_place(statements, connection, &mut *emit)?;
        let lost = baseline::mismatches(connection, parent)?;
        for (child, _) in lost.iter().filter(|(child, _)| before.iter().all(|(known, _)| known != child)) {
            let mut plan = self.plan(child, connection)?;
            drop_keys(&mut plan, |key| key.parent.eq_ignore_ascii_case(parent) && same_set(&key.parent_columns, &columns))?;
            self.carry_out(&plan, connection, &mut *emit)?;
        }
        keeps_keys(parent, &before, connection)
    }
}

fn same_set(left: &[String], right: &[String]) -> bool {
    let is_in = |name: &String, all: &[String]| all.iter().any(|other| other.eq_ignore_ascii_case(name));
    left.len() == right.len() && left.iter().all(|name| is_in(name, right))
}

/// The other tables that refer to the one that a statement means which names it, each once.
pub(super) fn children(table: &str, connection: &mut dyn Connection) -> Result<Vec<String>> {
    let temporary = "SELECT 1 FROM sqlite_temp_schema WHERE name = ?1 COLLATE NOCASE";
    if !catalogue::rows(connection, temporary, &[table])?.is_empty() || !catalogue::exists(connection, table)? {
        return Ok(Vec::new());
    }
    let mut children: Vec<String> = catalogue::keys_to(connection, table)?.into_iter().map(|key| key.child).collect();
    children.retain(|child| !child.eq_ignore_ascii_case(table));
    children.dedup();
    Ok(children)
}

/// All such foreign keys, with or without a name.
fn drop_keys(plan: &mut Plan, is_such: impl Fn(&ForeignKey) -> bool) -> Result<()> {
    loop {
        let key = plan.new.constraints().find_map(|found| match &found.kind {
            Kind::ForeignKey(key) if is_such(key) => Some((found.name.clone(), key.clone())),
            _ => None,
        });
        match key {
            Some((Some(name), _)) => constraints::drop_named(plan, &name)?,
            Some((None, key)) => plan.edit(Edit::DropForeignKey { columns: key.columns, parent: key.parent })?,
            None => return Ok(()),
        }
    }
}

/// A view that does not work any more was one of the table, or of such a view.
fn drop_views(before: &Broken, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
    let broken = baseline::broken(connection)?;
    let unreadable = broken.keys().filter(|broken| broken.1 == Use::Read && !before.contains_key(*broken));
    unreadable.into_iter().try_for_each(|(view, _)| emit(connection, &format!("DROP VIEW {}", quote(view))))
}

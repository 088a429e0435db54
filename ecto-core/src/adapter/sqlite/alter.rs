//! The changes of one migration: each in place where SQLite can do that without harm, and otherwise by making the table anew.
//!
//! A rebuild drops the old table. With foreign keys on that would delete or change the rows of other tables that refer to it, in
//! silence; they can be switched off only outside a transaction. So they are off from before the migration's transaction to its end, if
//! it may need a rebuild, and the rows are checked before it is committed.

mod cascade;
mod columns;
mod constraints;
mod place;
mod plan;

pub(super) use plan::Plan;

use super::baseline::{self, Baseline};
use super::catalogue::{self, pragma};
use super::dependants::renamed_index;
use super::table_text::Edit;
use super::{SqliteAdapter, enumeration, rebuild};
use crate::adapter::sql::ddl::quote;
use crate::adapter::{Alter, Connection, Emit, Step, TransactionMode, Written};
use crate::ddl::{AddConstraint, DropConstraint, DropTable, Index, Op, TableName};
use crate::error::{Result, StructureError};

/// The work of one migration.
pub(super) struct Alterations<'a> {
    adapter: &'a SqliteAdapter,
    version: i32,
    /// Are foreign keys off meanwhile?
    window: bool,
    /// Is nothing changed that was there, so that nothing can break?
    only_adds: bool,
    /// Tables that go: those that refer to themselves need the window, too.
    dropped: Vec<TableName>,
    settings: Option<Settings>,
    baseline: Option<Baseline>,
}

/// What the session was told before.
struct Settings {
    foreign_keys: i64,
    legacy_alter_table: i64,
}

impl<'a> Alterations<'a> {
    pub(super) fn new(adapter: &'a SqliteAdapter, changes: &[Written], version: i32) -> Self {
        let ops = || changes.iter().map(|change| &change.op);
        let window = ops().any(|op| place::may_rebuild(op, version));
        let dropped = ops().filter_map(|op| if let Op::DropTable(drop) = op { Some(drop.table.clone()) } else { None });
        let only_adds = ops().all(|op| matches!(op, Op::CreateTable(_) | Op::CreateIndex(_) | Op::CreateEnum(_) | Op::CreateView(_)));
        Alterations { adapter, version, window, only_adds, dropped: dropped.collect(), settings: None, baseline: None }
    }

    /// Outside a transaction a rebuild has one of its own.
    fn alone(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let outcome = self.enter(connection, &mut *emit).and_then(|()| {
            connection.step(Step::Begin(TransactionMode::Write))?;
            self.begun(connection)?;
            self.change(changes, connection, &mut *emit)?;
            self.verify(connection)?;
            connection.step(Step::Commit)
        });
        if outcome.is_err() && connection.in_transaction() {
            // OK because the outcome says already what went wrong.
            let _ = connection.step(Step::Rollback);
        }
        let left = self.leave(connection, emit);
        self.baseline = None;
        outcome.and(left)
    }

    fn change(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let Some(Written { op: first, statements }) = changes.first() else { return Ok(()) };
        match first {
            Op::AlterTable { .. } | Op::AddConstraint(_) | Op::DropConstraint(_) | Op::AddEnumValue(_) | Op::RenameEnumValue { .. } => {
                self.tables(changes, connection, emit)
            }
            Op::RenameTable { from, to } => {
                self.in_place(statements, connection, emit)?;
                if let Some(baseline) = &mut self.baseline {
                    baseline.rename(&from.name, &to.name);
                }
                Ok(())
            }
            Op::RenameIndex { index, to } => rename_index(index, to, connection, emit),
            Op::DropTable(drop) if drop.cascade => self.drop_with_dependants(&drop.table.name, statements, connection, emit),
            Op::DropTable(drop) => {
                refuse_parent(drop, connection)?;
                self.in_place(statements, connection, emit)
            }
            Op::DropIndex(drop) if drop.cascade => self.drop_with_keys(&drop.index, statements, connection, emit),
            Op::DropIndex(drop) => {
                let parent = &drop.index.table.name;
                let before = baseline::mismatches(connection, parent)?;
                self.in_place(statements, connection, emit)?;
                keeps_keys(parent, &before, connection)
            }
            Op::CreateTable(_)
            | Op::RenameColumn { .. }
            | Op::CreateIndex(_)
            | Op::ValidateConstraint { .. }
            | Op::CreateEnum(_)
            | Op::DropEnum(_)
            | Op::CreateView(_)
            | Op::DropView(_)
            | Op::CreatePrefix(_)
            | Op::DropPrefix(_)
            | Op::Execute(_) => self.in_place(statements, connection, emit),
        }
    }

    /// All changes to one table, and to all tables that have one of the enums.
    fn tables(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let ops: Vec<&Op> = changes.iter().map(|change| &change.op).collect();
        let own = ops.iter().copied().find_map(altered);
        let is_own = |name: &str| own.is_some_and(|own| own.name.eq_ignore_ascii_case(name));
        if let Some(table) = own {
            self.table(&table.name, &ops, connection, &mut *emit)?;
        }
        for table in enumeration::tables(&ops, connection)?.iter().filter(|name| !is_own(name)) {
            let values: Vec<&Op> = ops.iter().copied().filter(|op| altered(op).is_none()).collect();
            self.table(table, &values, connection, &mut *emit)?;
        }
        Ok(())
    }

    fn table(&mut self, table: &str, ops: &[&Op], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let mut plan = self.plan(table, connection)?;
        for op in ops {
            if let Op::AlterTable { alterations, .. } = op {
                columns::all(&mut plan, alterations)?;
            } else if let Op::AddConstraint(add) = op {
                constraints::add(&mut plan, add)?;
            } else if let Op::DropConstraint(drop) = op {
                constraints::drop(&mut plan, drop)?;
            } else {
                enumeration::change(&mut plan, op)?;
            }
        }
        self.carry_out(&plan, connection, emit)
    }

    fn plan(&self, table: &str, connection: &mut dyn Connection) -> Result<Plan> {
        Plan::new(&catalogue::table(connection, table)?, self.version, connection)
    }

    fn carry_out(&mut self, plan: &Plan, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let name = &plan.table.name;
        let broken = baseline::broken(connection)?;
        let mismatches = baseline::mismatches(connection, name)?;
        for demand in &plan.demands {
            demand.check(&plan.old, connection)?;
        }
        match &plan.native {
            Some(statements) => self.in_place(statements, connection, emit)?,
            None => rebuild::run(plan, self.adapter, connection, emit)?,
        }
        keeps_keys(name, &mismatches, connection)?;
        baseline::compare_broken(&broken, &baseline::broken(connection)?)
    }

    /// A view or a trigger that was broken before, of whatever table, would keep SQLite from altering any.
    fn in_place(&self, statements: &[String], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        const OVERLOOKS: i32 = 3_038_000;
        for sql in statements {
            let overlooked = sql.starts_with("ALTER") && self.version >= OVERLOOKS && !baseline::broken(connection)?.is_empty();
            if !overlooked {
                emit(connection, sql)?;
                continue;
            }
            emit(connection, "PRAGMA writable_schema = ON")?;
            let outcome = emit(connection, sql);
            emit(connection, "PRAGMA writable_schema = OFF")?;
            outcome?;
        }
        Ok(())
    }
}

impl Alter for Alterations<'_> {
    fn enter(&mut self, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        for table in &self.dropped {
            let keys = catalogue::keys_to(connection, &table.name)?;
            self.window |= keys.iter().any(|key| key.child.eq_ignore_ascii_case(&table.name));
        }
        if !self.window {
            return Ok(());
        }
        if connection.in_transaction() {
            return Err(StructureError::InsideTransaction.into());
        }
        let foreign_keys = pragma(connection, "foreign_keys")?;
        self.settings = Some(Settings { foreign_keys, legacy_alter_table: pragma(connection, "legacy_alter_table")? });
        emit(connection, "PRAGMA foreign_keys = OFF")?;
        refuse_keys(connection)
    }

    fn begun(&mut self, connection: &mut dyn Connection) -> Result<()> {
        if self.only_adds {
            return Ok(());
        }
        self.baseline = Some(Baseline::of(connection, self.window)?);
        Ok(())
    }

    /// Those of one table. Between them may stand those of enums, which any table may have.
    fn together(&self, changes: &[Written]) -> usize {
        let own = changes.iter().find_map(|change| altered(&change.op));
        let belongs = |change: &&Written| match altered(&change.op) {
            Some(table) => own.is_some_and(|own| own.name.eq_ignore_ascii_case(&table.name)),
            None => enumeration::changes(&change.op).is_some(),
        };
        changes.iter().take_while(belongs).count().max(1)
    }

    fn apply(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        match connection.in_transaction() || !changes.iter().any(|change| place::may_rebuild(&change.op, self.version)) {
            true => self.change(changes, connection, emit),
            false => self.alone(changes, connection, emit),
        }
    }

    fn verify(&mut self, connection: &mut dyn Connection) -> Result<()> {
        self.baseline.as_ref().map_or(Ok(()), |baseline| baseline.compare(connection, self.window))
    }

    fn leave(&mut self, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
        let Some(settings) = self.settings.take() else { return Ok(()) };
        let back = [("foreign_keys", settings.foreign_keys), ("legacy_alter_table", settings.legacy_alter_table)];
        for (name, value) in back {
            if name == "foreign_keys" || pragma(connection, name)? != value {
                emit(connection, &format!("PRAGMA {name} = {value}"))?;
            }
            if pragma(connection, name)? != value {
                return Err(StructureError::SettingLost { name, value }.into());
            }
        }
        Ok(())
    }
}

/// The table whose text a change is about.
fn altered(op: &Op) -> Option<&TableName> {
    let (Op::AlterTable { table, .. } | Op::AddConstraint(AddConstraint { table, .. }) | Op::DropConstraint(DropConstraint { table, .. })) =
        op
    else {
        return None;
    };
    Some(table)
}

/// # Errors
/// When foreign keys are on: they cannot be switched off any more.
pub(super) fn refuse_keys(connection: &mut dyn Connection) -> Result<()> {
    if pragma(connection, "foreign_keys")? == 0 { Ok(()) } else { Err(StructureError::InsideTransaction.into()) }
}

/// The keys that other tables refer to are still keys.
fn keeps_keys(parent: &str, before: &[(String, String)], connection: &mut dyn Connection) -> Result<()> {
    let now = baseline::mismatches(connection, parent)?;
    match now.into_iter().find(|(child, _)| before.iter().all(|(known, _)| known != child)) {
        Some((child, message)) => Err(StructureError::LostKey { child, parent: parent.to_owned(), message }.into()),
        None => Ok(()),
    }
}

/// SQLite would delete the rows of a table before it drops it, and with them those that refer to it.
fn refuse_parent(drop: &DropTable, connection: &mut dyn Connection) -> Result<()> {
    let table = &drop.table.name;
    match cascade::children(table, connection)?.into_iter().next() {
        Some(child) => Err(StructureError::ReferredTo { table: table.clone(), child }.into()),
        None => Ok(()),
    }
}

/// The index is made again under its new name, as it was written.
fn rename_index(index: &Index, to: &str, connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()> {
    let missing = || StructureError::NoIndex { index: index.name.clone() };
    let sql = "SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND name = ?1 COLLATE NOCASE AND sql IS NOT NULL";
    let old = catalogue::texts(connection, sql, &[&index.name])?.into_iter().next().ok_or_else(missing)?;
    let new = renamed_index(&old, &quote(to)).ok_or_else(missing)?;
    emit(connection, &format!("DROP INDEX {}", quote(&index.name)))?;
    emit(connection, &new)
}

/// Replaces the text of a plan for the time in which the table has another name.
pub(super) fn under_name(plan: &Plan, name: &str) -> Result<String> {
    Ok(plan.new.edit(&[Edit::Unqualify, Edit::RenameTable { to: quote(name) }])?)
}

//! Does the new definition mean what it should? It is tried in a database of its own, before any row is touched.

use super::super::alter::Plan;
use super::super::catalogue::{integer, rows, text};
use super::super::table_text::{Edit, TableText};
use crate::adapter::Connection;
use crate::adapter::sql::ddl::quote;
use crate::error::{Result, StructureError};

/// Compares what the database makes of the old and the new definition with what was to be changed.
///
/// # Errors
/// What is different without having been asked for.
pub(super) fn check(plan: &Plan, nowhere: &mut dyn Connection) -> Result<()> {
    nowhere.script("PRAGMA foreign_keys = OFF")?;
    let old = Meaning::of(&plan.old, nowhere)?;
    let new = Meaning::of(&plan.new, nowhere)?;
    let broken = |what: String| Err(StructureError::Unpromised { table: plan.table.name.clone(), what }.into());
    if let Some(what) = new.differs_from_text(&plan.new) {
        return broken(what);
    }
    for column in &new.columns {
        let before = old.columns.iter().find(|before| before.name.eq_ignore_ascii_case(&column.name));
        if let Some(before) = before.filter(|_| !plan.is_fresh(&column.name))
            && let Some(what) = column.differs_from(before, &plan.edits)
        {
            return broken(format!("{what} of column `{}`", column.name));
        }
    }
    if !plan.edits.iter().any(may_change_keys) && old.keys != new.keys {
        return broken("its foreign keys".into());
    }
    Ok(())
}

/// What the database says of a table.
struct Meaning {
    columns: Vec<Column>,
    /// Without their numbers.
    keys: Vec<Vec<String>>,
    key_count: usize,
    strict: bool,
    without_rowid: bool,
}

struct Column {
    name: String,
    sql_type: String,
    not_null: bool,
    default: String,
    /// Its place in the primary key.
    key: i64,
    hidden: i64,
}

impl Meaning {
    fn of(table: &TableText, nowhere: &mut dyn Connection) -> Result<Self> {
        nowhere.script(table.sql())?;
        let name = table.name();
        let columns = rows(nowhere, "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)", &[name])?;
        let columns = columns.iter().map(|row| Column {
            name: text(&row[0]),
            sql_type: text(&row[1]),
            not_null: integer(&row[2]) == Some(1),
            default: text(&row[3]),
            key: integer(&row[4]).unwrap_or_default(),
            hidden: integer(&row[5]).unwrap_or_default(),
        });
        let columns = columns.collect();
        let keys = "SELECT \"table\", \"from\", \"to\", on_update, on_delete, \"match\", seq FROM pragma_foreign_key_list(?1)";
        let keys: Vec<Vec<String>> = rows(nowhere, keys, &[name])?.iter().map(|row| row.iter().map(text).collect()).collect();
        let flags = rows(nowhere, "SELECT strict, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1", &[name])?;
        let flag = |at: usize| flags.first().and_then(|row| row.get(at)).and_then(integer) == Some(1);
        let (strict, without_rowid) = (flag(0), flag(1));
        nowhere.script(&format!("DROP TABLE {}", quote(name)))?;
        let key_count = keys.iter().filter(|key| key.last().is_some_and(|place| place == "0")).count();
        Ok(Meaning { columns, keys, key_count, strict, without_rowid })
    }

    /// Was the text understood as the database understands it?
    fn differs_from_text(&self, table: &TableText) -> Option<String> {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        if names != table.columns().iter().map(|column| column.name.text.as_str()).collect::<Vec<_>>() {
            return Some("its columns".into());
        }
        for (column, written) in self.columns.iter().zip(table.columns()) {
            let sql_type = written.sql_type.as_ref().map_or("", |found| found.text.as_str());
            if !same_words(&column.sql_type, sql_type) {
                return Some(format!("the type of column `{}`", column.name));
            }
        }
        let mut key: Vec<(i64, &str)> =
            self.columns.iter().filter(|column| column.key > 0).map(|column| (column.key, column.name.as_str())).collect();
        key.sort_unstable();
        let written = table.primary_key().map(|key| key.columns.clone()).unwrap_or_default();
        let same_key = key.len() == written.len() && key.iter().zip(&written).all(|((_, this), that)| this.eq_ignore_ascii_case(that));
        match () {
            () if !same_key => Some("its primary key".into()),
            () if self.key_count != table.foreign_keys().count() => Some("its foreign keys".into()),
            () if self.strict != table.strict() || self.without_rowid != table.without_rowid() => Some("its options".into()),
            () => None,
        }
    }
}

impl Column {
    fn differs_from(&self, before: &Column, edits: &[Edit]) -> Option<&'static str> {
        let is_own = |column: &String| column.eq_ignore_ascii_case(&self.name);
        let edited = |is_it: &dyn Fn(&Edit) -> bool| edits.iter().any(is_it);
        let retyped = edited(&|edit| matches!(edit, Edit::SetType { column, .. } if is_own(column)));
        let required = edited(&|edit| matches!(edit, Edit::SetNotNull { column, .. } if is_own(column)));
        let defaulted = edited(&|edit| matches!(edit, Edit::SetDefault { column, .. } if is_own(column)));
        match () {
            () if !retyped && self.sql_type != before.sql_type => Some("the type"),
            () if !required && self.not_null != before.not_null && !edits.iter().any(may_change_key) => Some("whether it may be NULL"),
            () if !defaulted && self.default != before.default => Some("the default"),
            () if self.hidden != before.hidden => Some("how it is generated"),
            () if self.key != before.key && !edits.iter().any(may_change_key) => Some("its place in the key"),
            () => None,
        }
    }
}

/// The primary key: by name, or by a constraint whose text is not ours.
fn may_change_key(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::SetPrimaryKey { .. }
            | Edit::DropPrimaryKey
            | Edit::DropConstraint { .. }
            | Edit::AddTableConstraint { .. }
            | Edit::AddColumn { .. }
            | Edit::DropColumn { .. }
            | Edit::SetWithoutRowid(_)
            | Edit::SetStrict(_)
    )
}

fn may_change_keys(edit: &Edit) -> bool {
    matches!(
        edit,
        Edit::DropForeignKey { .. }
            | Edit::DropConstraint { .. }
            | Edit::ReplaceConstraint { .. }
            | Edit::AddTableConstraint { .. }
            | Edit::AddColumnConstraint { .. }
            | Edit::AddColumn { .. }
            | Edit::DropColumn { .. }
    )
}

fn same_words(left: &str, right: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_ascii_lowercase).collect::<Vec<_>>();
    words(left) == words(right)
}

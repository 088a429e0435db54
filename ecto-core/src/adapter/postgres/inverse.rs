//! What undoes a change, from what the catalogue says before it is made.

mod column;
mod constraint;
mod table;

use crate::adapter::ask::text;
use crate::adapter::sql::ddl::{quote, quote_table, string};
use crate::adapter::{Connection, Remark, Understood};
use crate::ddl::{AddEnumValue, Alteration, DropIndex, Facet, Index, Op, TableName};
use crate::error::Result;

/// The statements, or `None` where the catalogue does not tell enough.
type Inverse = Result<Option<Vec<String>>>;

pub(super) fn inverse(change: &Understood, connection: &mut dyn Connection) -> Inverse {
    match change {
        Understood::Op(op) => of_op(op, connection),
        Understood::Comment(remark) => comment(remark, connection),
    }
}

fn of_op(op: &Op, connection: &mut dyn Connection) -> Inverse {
    match op {
        Op::CreateTable(create) => {
            unless(create.if_not_exists && exists(&create.table, connection)?, || format!("DROP TABLE {}", quote_table(&create.table)))
        }
        Op::DropTable(drop) => match exists(&drop.table, connection)? {
            true => table::definition(&drop.table, connection),
            false => nothing(),
        },
        Op::RenameTable { from, to } => one(format!("ALTER TABLE {} RENAME TO {}", quote_table(to), quote(&from.name))),
        Op::AlterTable { table, alterations } => {
            let mut statements = Vec::new();
            for alteration in alterations.iter().rev() {
                let Some(inverse) = of_alteration(table, alteration, connection)? else { return Ok(None) };
                statements.extend(inverse);
            }
            Ok(Some(statements))
        }
        Op::RenameColumn { table, from, to } => {
            one(format!("ALTER TABLE {} RENAME COLUMN {} TO {}", quote_table(table), quote(to), quote(from)))
        }
        Op::CreateIndex(create) => {
            let name = index_name(&create.index);
            let concurrently = if create.index.concurrently { " CONCURRENTLY" } else { "" };
            unless(create.if_not_exists && exists(&name, connection)?, || format!("DROP INDEX{concurrently} {}", quote_table(&name)))
        }
        Op::DropIndex(drop) => dropped_index(drop, connection),
        Op::RenameIndex { index, to } => {
            let renamed = TableName { name: to.clone(), ..index_name(index) };
            one(format!("ALTER INDEX {} RENAME TO {}", quote_table(&renamed), quote(&index.name)))
        }
        Op::AddConstraint(add) => constraint::added(add, connection),
        Op::DropConstraint(drop) => constraint::dropped(&drop.table, &drop.name, connection),
        Op::ValidateConstraint { table, name } => constraint::validated(table, name, connection),
        Op::CreateEnum(new) => one(format!("DROP TYPE {}", quote_table(&new.name))),
        Op::DropEnum(drop) => dropped_enum(&drop.name, connection),
        Op::RenameEnumValue { name, from, to } => {
            one(format!("ALTER TYPE {} RENAME VALUE {} TO {}", quote_table(name), string(to), string(from)))
        }
        Op::CreateView(view) => one(format!("DROP VIEW {}", quote_table(&view.name))),
        Op::DropView(drop) => dropped_view(&drop.name, connection),
        Op::CreatePrefix(name) => one(format!("DROP SCHEMA {}", quote(name))),
        Op::DropPrefix(name) => one(format!("CREATE SCHEMA {}", quote(name))),
        Op::AddEnumValue(AddEnumValue { .. }) | Op::Execute(_) => Ok(None),
    }
}

fn of_alteration(table: &TableName, alteration: &Alteration, connection: &mut dyn Connection) -> Inverse {
    match alteration {
        Alteration::Add(added) => one(column::alter(table, &format!("DROP COLUMN {}", quote(&added.name)))),
        Alteration::AddIfNotExists(added) => {
            let there = column::read(table, &added.name, connection)?.is_some();
            unless(there, || column::alter(table, &format!("DROP COLUMN {}", quote(&added.name))))
        }
        Alteration::Remove(removed) => column::removed(table, &removed.name, connection),
        Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => column::removed(table, name, connection),
        Alteration::Set(change) => {
            let Some(was) = column::read(table, &change.column, connection)? else { return nothing() };
            let action = match &change.to {
                Facet::Null(_) => was.null(),
                Facet::Default(_) => was.default(),
                Facet::Type { sql, .. } => was.kind(sql, connection)?,
            };
            one(column::alter(table, &format!("ALTER COLUMN {} {action}", quote(&change.column))))
        }
        // It says itself how it was, or nobody knows all that it changes.
        Alteration::Modify { .. } | Alteration::Comment { .. } => Ok(None),
    }
}

fn one(statement: String) -> Inverse {
    Ok(Some(vec![statement]))
}

/// What is not there before a change does not come back after it.
fn nothing() -> Inverse {
    Ok(Some(Vec::new()))
}

fn unless(there: bool, statement: impl FnOnce() -> String) -> Inverse {
    if there { nothing() } else { one(statement()) }
}

/// The relation of this name, as an expression; NULL if there is none.
fn relation(name: &TableName) -> String {
    format!("to_regclass({})", string(&quote_table(name)))
}

fn exists(name: &TableName, connection: &mut dyn Connection) -> Result<bool> {
    Ok(text(connection, &format!("SELECT {}::text", relation(name)))?.is_some())
}

/// An index is where its table is.
fn index_name(index: &Index) -> TableName {
    TableName { prefix: index.table.prefix.clone(), name: index.name.clone() }
}

fn dropped_index(drop: &DropIndex, connection: &mut dyn Connection) -> Inverse {
    let definition = text(connection, &format!("SELECT pg_get_indexdef({})", relation(&index_name(&drop.index))))?;
    let Some(definition) = definition else { return nothing() };
    one(match drop.index.concurrently {
        true => definition.replacen(" INDEX ", " INDEX CONCURRENTLY ", 1),
        false => definition,
    })
}

fn dropped_enum(name: &TableName, connection: &mut dyn Connection) -> Inverse {
    let labels = text(
        connection,
        &format!(
            "SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_catalog.pg_enum \
             WHERE enumtypid = to_regtype({})",
            string(&quote_table(name))
        ),
    )?;
    // A type of another kind.
    let Some(labels) = labels else { return Ok(None) };
    one(format!("CREATE TYPE {} AS ENUM ({labels})", quote_table(name)))
}

/// One whose rights, options and remarks nobody touched.
fn dropped_view(name: &TableName, connection: &mut dyn Connection) -> Inverse {
    let query = text(
        connection,
        &format!(
            "SELECT pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c WHERE c.oid = {} AND c.relkind = 'v' AND c.relacl IS NULL \
             AND c.reloptions IS NULL AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = c.oid) \
             AND NOT EXISTS (SELECT FROM pg_catalog.pg_description WHERE objoid = c.oid AND classoid = 'pg_class'::regclass)",
            relation(name)
        ),
    )?;
    let Some(query) = query else { return Ok(None) };
    one(format!("CREATE VIEW {} AS {}", quote_table(name), query.trim().trim_end_matches(';')))
}

fn comment(remark: &Remark, connection: &mut dyn Connection) -> Inverse {
    let quoted = |path: &[String]| path.iter().map(|word| quote(word)).collect::<Vec<_>>().join(".");
    let name = quoted(&remark.path);
    let was = match (remark.on, remark.path.split_last()) {
        ("COLUMN", Some((column, table))) => format!(
            "SELECT col_description(attrelid, attnum) FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass({}) AND attname = {}",
            string(&quoted(table)),
            string(column)
        ),
        ("TYPE", _) => format!("SELECT obj_description(to_regtype({}), 'pg_type')", string(&name)),
        ("SCHEMA", _) => format!("SELECT obj_description(to_regnamespace({}), 'pg_namespace')", string(&name)),
        _ => format!("SELECT obj_description(to_regclass({}), 'pg_class')", string(&name)),
    };
    let was = text(connection, &was)?.map_or_else(|| "NULL".to_owned(), |text| string(&text));
    one(format!("COMMENT ON {} {name} IS {was}", remark.on))
}

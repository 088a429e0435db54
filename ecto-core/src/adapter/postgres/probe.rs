//! What became of a change that was begun outside of a transaction: the catalogue tells.

use super::PostgresDdl;
use crate::adapter::sql::ddl::{quote, quote_table, string, write};
use crate::adapter::{Connection, Probe, Step, TransactionMode, ask};
use crate::ddl::{CreateIndex, DropIndex, Index, Op, TableName};
use crate::error::Result;

/// Where the same index is made, to see how the server writes it.
const TWIN: &str = "ecto_twin";

/// Looks what became of it.
pub(super) fn probe(op: &Op, connection: &mut dyn Connection) -> Result<Probe> {
    match op {
        Op::CreateIndex(create) => created(&name_of(&create.index), create.index.concurrently, Some(create), connection),
        Op::DropIndex(DropIndex { index, .. }) => dropped(&name_of(index), connection),
        Op::Execute(raw) => as_written(&raw.up.sql, connection),
        // All others stand in a transaction, and are never in doubt.
        Op::CreateTable(_)
        | Op::DropTable(_)
        | Op::RenameTable { .. }
        | Op::AlterTable { .. }
        | Op::RenameColumn { .. }
        | Op::RenameIndex { .. }
        | Op::AddConstraint(_)
        | Op::DropConstraint(_)
        | Op::ValidateConstraint { .. }
        | Op::CreateEnum(_)
        | Op::DropEnum(_)
        | Op::AddEnumValue(_)
        | Op::RenameEnumValue { .. }
        | Op::CreateView(_)
        | Op::DropView(_)
        | Op::CreatePrefix(_)
        | Op::DropPrefix(_) => Ok(Probe::Unknown),
    }
}

fn name_of(index: &Index) -> String {
    quote_table(&TableName { prefix: index.table.prefix.clone(), name: index.name.clone() })
}

fn again() -> Probe {
    Probe::Redo(Vec::new())
}

/// An index that was being made, by its name as SQL writes it. Without `create` the name is all that is known.
fn created(name: &str, concurrently: bool, create: Option<&CreateIndex>, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid AND p.pid <> pg_backend_pid()) \
         THEN 'running' WHEN i.indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_index i WHERE i.indexrelid = to_regclass({})",
        string(name)
    );
    Ok(match (ask::text(connection, &sql)?.as_deref(), create) {
        (Some("running"), _) => Probe::Running,
        (Some("invalid"), _) => Probe::Redo(vec![format!("DROP INDEX {}{name}", if concurrently { "CONCURRENTLY " } else { "" })]),
        (Some(_), Some(create)) if !is_same(name, create, connection)? => Probe::Unknown,
        (Some(_), _) => Probe::Done,
        (None, _) => again(),
    })
}

/// Is the index that is there the one that was to be made? The same one is made on an empty table of the same shape, and both are compared
/// as the server writes them.
fn is_same(name: &str, create: &CreateIndex, connection: &mut dyn Connection) -> Result<bool> {
    if connection.in_transaction() {
        return Ok(true);
    }
    connection.step(Step::Begin(TransactionMode::Write))?;
    let same = compare(name, create, connection);
    connection.step(Step::Rollback)?;
    same
}

fn compare(name: &str, create: &CreateIndex, connection: &mut dyn Connection) -> Result<bool> {
    let twin = TableName { prefix: Some("pg_temp".into()), name: TWIN.into() };
    let mut other = create.clone();
    other.if_not_exists = false;
    (other.index.concurrently, other.index.only, other.index.comment) = (false, false, None);
    other.index.name = format!("{TWIN}_index");
    other.index.table = twin.clone();
    connection.script(&format!("CREATE TEMPORARY TABLE {} (LIKE {})", quote(TWIN), quote_table(&create.index.table)))?;
    for sql in write(&Op::CreateIndex(other), &PostgresDdl)? {
        connection.script(&sql)?;
    }
    let definition = |name: &str| {
        format!(
            "(SELECT i.indisunique::text || substring(pg_get_indexdef(i.indexrelid) FROM ' USING .*') FROM pg_index i \
             WHERE i.indexrelid = to_regclass({}))",
            string(name)
        )
    };
    let twin_index = quote_table(&TableName { name: format!("{TWIN}_index"), ..twin });
    let sql = format!("SELECT '' WHERE {} = {}", definition(name), definition(&twin_index));
    Ok(ask::text(connection, &sql)?.is_some())
}

fn dropped(name: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let there = ask::text(connection, &format!("SELECT '' WHERE to_regclass({}) IS NOT NULL", string(name)))?;
    Ok(if there.is_some() { again() } else { Probe::Done })
}

/// Statements as written, of which the first words tell.
fn as_written(sql: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let lower = sql.to_ascii_lowercase();
    let (lower, words) = (words(&lower), words(sql));
    let at = |word: &str| lower.iter().position(|known| *known == word);
    // The word behind these, and behind the words that may follow them.
    let behind = |at: usize| {
        let optional = |word: &&str| ["if", "not", "exists", "only"].contains(word);
        at + 1 + lower.iter().skip(at + 1).take_while(|word| optional(word)).count()
    };
    let name = |at: usize| words.get(at).copied().unwrap_or_default();
    match (lower.as_slice(), at("concurrently")) {
        (["create", "index", ..] | ["create", "unique", "index", ..], Some(at)) if lower.get(behind(at)) != Some(&"on") => {
            created(name(behind(at)), true, None, connection)
        }
        (["drop", "index", ..], Some(at)) => dropped(name(behind(at)), connection),
        (["reindex", ..], Some(at)) => leftovers(name(at + 1), connection),
        (["alter", "type", kind, "add", "value", ..], _) => {
            let _ = kind;
            added(name(2), name(behind(4)), connection)
        }
        // To do these twice is to do them once.
        (["alter", "table", .., "validate", "constraint", _] | ["vacuum" | "analyze", ..] | ["refresh", ..], _) => Ok(again()),
        _ => Ok(Probe::Unknown),
    }
}

/// Cut at blanks and at what stands around names; quoted names stay whole if they hold no blank.
fn words(sql: &str) -> Vec<&str> {
    sql.split(|letter: char| letter.is_whitespace() || "(;,)".contains(letter)).filter(|word| !word.is_empty()).collect()
}

/// An index being rebuilt leaves its half-made copy, or the old one, under a name of its own.
fn leftovers(name: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!(
        "SELECT 'DROP INDEX CONCURRENTLY ' || i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
         WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN \
         (SELECT to_regclass({name}) UNION SELECT o.indrelid FROM pg_index o WHERE o.indexrelid = to_regclass({name}))",
        name = string(name)
    );
    let drops = ask::texts(connection, &sql)?;
    Ok(Probe::Redo(drops.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect()))
}

fn added(kind: &str, value: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!("SELECT '' FROM pg_enum WHERE enumtypid = to_regtype({}) AND enumlabel = {value}", string(kind));
    if !(value.len() > 1 && value.starts_with('\'') && value.ends_with('\'')) {
        return Ok(Probe::Unknown);
    }
    Ok(if ask::text(connection, &sql)?.is_some() { Probe::Done } else { again() })
}

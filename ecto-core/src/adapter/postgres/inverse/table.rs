//! Tables that are dropped: columns, constraints, indexes and comments of one that has nothing else.

use super::column::read_all;
use super::{Inverse, relation};
use crate::adapter::Connection;
use crate::adapter::ask::{self, text};
use crate::adapter::sql::ddl::{quote_table, string};
use crate::ddl::TableName;
use crate::error::Result;

/// The statements that make it again, without its rows.
pub(super) fn definition(table: &TableName, connection: &mut dyn Connection) -> Inverse {
    if !is_simple(table, connection)? {
        return Ok(None);
    }
    let columns = read_all(table, None, connection)?;
    let Some(definitions) = columns.iter().map(|column| column.definition()).collect::<Option<Vec<_>>>() else { return Ok(None) };
    let mut statements = vec![format!("CREATE TABLE {} ({})", quote_table(table), definitions.join(", "))];
    statements.extend(ask::column(connection, &rest(table))?);
    statements.extend(columns.iter().filter_map(|column| column.comment(table)));
    Ok(Some(statements))
}

/// Has it nothing but what can be read here? Not: rights, storage options, partitions, parents, triggers, rules, policies, publications.
fn is_simple(table: &TableName, connection: &mut dyn Connection) -> Result<bool> {
    let simple = format!(
        "SELECT 'x' FROM pg_catalog.pg_class c WHERE c.oid = {} AND c.relkind = 'r' AND NOT c.relispartition AND c.relpersistence = 'p' \
         AND c.relacl IS NULL AND c.reloptions IS NULL AND c.reltablespace = 0 AND NOT c.relrowsecurity AND c.reloftype = 0 \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE c.oid IN (inhrelid, inhparent)) \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal) \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE ev_class = c.oid) \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = c.oid) \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_statistic_ext WHERE stxrelid = c.oid) \
         AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication_rel WHERE prrelid = c.oid)",
        relation(table)
    );
    Ok(text(connection, &simple)?.is_some())
}

/// Constraints, indexes that belong to none, and comments on the table, on them and on constraints.
fn rest(table: &TableName) -> String {
    let [oid, name] = [relation(table), string(&quote_table(table))];
    let backed = "EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))";
    format!(
        "SELECT statement FROM (\
         SELECT 1 + (contype = 'f')::int, conname::text, \
         'ALTER TABLE ' || {name} || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) \
         FROM pg_catalog.pg_constraint WHERE conrelid = {oid} AND contype IN ('p', 'u', 'x', 'c', 'f') \
         UNION ALL SELECT 3, indexrelid::regclass::text, pg_get_indexdef(indexrelid) \
         FROM pg_catalog.pg_index i WHERE indrelid = {oid} AND NOT {backed} \
         UNION ALL SELECT 4, '', 'COMMENT ON TABLE ' || {name} || ' IS ' || quote_literal(description) \
         FROM pg_catalog.pg_description WHERE objoid = {oid} AND classoid = 'pg_class'::regclass AND objsubid = 0 \
         UNION ALL SELECT 5, indexrelid::regclass::text, 'COMMENT ON INDEX ' || indexrelid::regclass || ' IS ' || quote_literal(description) \
         FROM pg_catalog.pg_index JOIN pg_catalog.pg_description ON objoid = indexrelid AND classoid = 'pg_class'::regclass WHERE indrelid = {oid} \
         UNION ALL SELECT 6, conname::text, \
         'COMMENT ON CONSTRAINT ' || quote_ident(conname) || ' ON ' || {name} || ' IS ' || quote_literal(description) \
         FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_description ON objoid = k.oid AND classoid = 'pg_constraint'::regclass \
         WHERE conrelid = {oid}) AS parts (place, name, statement) ORDER BY place, name"
    )
}

//! Columns: how they are before they are changed or removed.

use super::{Inverse, nothing, relation};
use crate::adapter::Connection;
use crate::adapter::ask::{text, texts};
use crate::adapter::sql::ddl::{quote, quote_table, string};
use crate::ddl::TableName;
use crate::error::Result;

/// A column, in the words of the catalogue.
pub(super) struct Described {
    name: String,
    kind: String,
    not_null: bool,
    default: Option<String>,
    /// Empty, `a` for always or `d` for by default.
    identity: String,
    /// Empty, or `s` for stored.
    generated: String,
    collation: Option<String>,
    /// The sequence that belongs to it: is it one that nobody changed?
    counted: Option<bool>,
    comment: Option<String>,
}

/// All columns of a table, in their order, or the one of this name.
pub(super) fn read_all(table: &TableName, only: Option<&str>, connection: &mut dyn Connection) -> Result<Vec<Described>> {
    let condition = only.map(|name| format!(" AND a.attname = {}", string(name))).unwrap_or_default();
    let sequence = format!("pg_get_serial_sequence({}, a.attname)", string(&quote_table(table)));
    let rows = texts(
        connection,
        &format!(
            "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, pg_get_expr(d.adbin, d.adrelid), \
             a.attidentity::text, a.attgenerated::text, \
             CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(n.nspname) || '.' || quote_ident(c.collname) END, \
             CASE WHEN a.attidentity = '' AND d.adbin IS NULL THEN NULL ELSE \
             (SELECT (seqstart = 1 AND seqincrement = 1 AND seqmin = 1 AND seqcache = 1 AND NOT seqcycle \
             AND s.relname = left(r.relname || '_' || a.attname || '_seq', 63))::text FROM pg_catalog.pg_sequence \
             JOIN pg_catalog.pg_class s ON s.oid = seqrelid WHERE seqrelid = {sequence}::regclass) END, \
             col_description(a.attrelid, a.attnum) \
             FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
             JOIN pg_catalog.pg_class r ON r.oid = a.attrelid \
             LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
             LEFT JOIN pg_catalog.pg_collation c ON c.oid = a.attcollation LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace \
             WHERE a.attrelid = {} AND a.attnum > 0 AND NOT a.attisdropped{condition} ORDER BY a.attnum",
            relation(table)
        ),
    )?;
    Ok(rows.into_iter().filter_map(described).collect())
}

pub(super) fn read(table: &TableName, name: &str, connection: &mut dyn Connection) -> Result<Option<Described>> {
    Ok(read_all(table, Some(name), connection)?.pop())
}

fn described(row: Vec<Option<String>>) -> Option<Described> {
    let mut cells = row.into_iter();
    let mut cell = || cells.next().flatten();
    let [name, kind, not_null] = [cell()?, cell()?, cell()?];
    let [default, identity, generated, collation, counted, comment] = [cell(), cell(), cell(), cell(), cell(), cell()];
    Some(Described {
        name,
        kind,
        not_null: not_null == "true",
        default,
        identity: identity.unwrap_or_default(),
        generated: generated.unwrap_or_default(),
        collation,
        counted: counted.map(|simple| simple == "true"),
        comment,
    })
}

impl Described {
    pub fn null(&self) -> String {
        if self.not_null { "SET NOT NULL".into() } else { "DROP NOT NULL".into() }
    }

    pub fn default(&self) -> String {
        self.default.as_ref().map_or_else(|| "DROP DEFAULT".into(), |default| format!("SET DEFAULT {default}"))
    }

    /// Back from a type. What the database would not convert by itself, is cast.
    pub fn kind(&self, from: &str, connection: &mut dyn Connection) -> Result<String> {
        let converts = text(
            connection,
            &format!(
                "SELECT 'x' WHERE to_regtype({from}) = to_regtype({to}) OR EXISTS (SELECT FROM pg_catalog.pg_cast \
                 WHERE castsource = to_regtype({from}) AND casttarget = to_regtype({to}) AND castcontext <> 'e')",
                from = string(from),
                to = string(&self.kind)
            ),
        )?;
        let using = match converts {
            Some(_) => String::new(),
            None => format!(" USING {}::{}", quote(&self.name), self.kind),
        };
        Ok(format!("TYPE {}{}{using}", self.kind, self.collate()))
    }

    fn collate(&self) -> String {
        self.collation.as_ref().map(|name| format!(" COLLATE {name}")).unwrap_or_default()
    }

    /// As it stands in a table's description. `None` if that would not be all of it.
    pub fn definition(&self) -> Option<String> {
        let serial = match (self.kind.as_str(), self.counted) {
            (_, None) => None,
            (_, Some(false)) => return None,
            (_, Some(true)) if !self.identity.is_empty() => None,
            ("smallint", Some(true)) => Some("smallserial"),
            ("integer", Some(true)) => Some("serial"),
            ("bigint", Some(true)) => Some("bigserial"),
            (_, Some(true)) => return None,
        };
        let value = match (self.identity.as_str(), self.generated.as_str(), &self.default, serial) {
            ("a", _, _, _) => " GENERATED ALWAYS AS IDENTITY".to_owned(),
            ("d", _, _, _) => " GENERATED BY DEFAULT AS IDENTITY".to_owned(),
            (_, "s", Some(expression), _) => format!(" GENERATED ALWAYS AS ({expression}) STORED"),
            (_, "", Some(default), None) => format!(" DEFAULT {default}"),
            (_, "", _, _) => String::new(),
            _ => return None,
        };
        let null = if self.not_null { " NOT NULL" } else { "" };
        Some(format!("{} {}{}{value}{null}", quote(&self.name), serial.unwrap_or(&self.kind), self.collate()))
    }

    pub fn comment(&self, table: &TableName) -> Option<String> {
        let text = string(self.comment.as_ref()?);
        Some(format!("COMMENT ON COLUMN {}.{} IS {text}", quote_table(table), quote(&self.name)))
    }
}

pub(super) fn alter(table: &TableName, action: &str) -> String {
    format!("ALTER TABLE {} {action}", quote_table(table))
}

/// The column, empty, and what goes with it: constraints and indexes. `None` if anything else depends on it.
pub(super) fn removed(table: &TableName, name: &str, connection: &mut dyn Connection) -> Inverse {
    let Some(column) = read(table, name, connection)? else { return nothing() };
    let Some(definition) = column.definition() else { return Ok(None) };
    let dependants = texts(connection, &dependants(table, name))?;
    let mut statements = vec![alter(table, &format!("ADD COLUMN {definition}"))];
    for row in dependants {
        match row.into_iter().next().flatten() {
            Some(statement) if statement.is_empty() => {}
            Some(statement) => statements.push(statement),
            None => return Ok(None),
        }
    }
    statements.extend(column.comment(table));
    Ok(Some(statements))
}

/// A row for each object that depends on a column: the statement that makes it again, nothing for what comes by itself, NULL for what
/// cannot be made again from here. Keys come before what may refer to them.
fn dependants(table: &TableName, column: &str) -> String {
    let [relation, table, column] =
        [relation(table), string(&format!("ALTER TABLE {} ADD CONSTRAINT ", quote_table(table))), string(column)];
    format!(
        "SELECT CASE d.classid \
         WHEN 'pg_attrdef'::regclass THEN (SELECT '' FROM pg_catalog.pg_attrdef WHERE oid = d.objid AND adrelid = {relation} AND adnum = a.attnum) \
         WHEN 'pg_constraint'::regclass THEN (SELECT CASE WHEN contype = 'n' THEN '' WHEN conrelid = {relation} \
         THEN {table} || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) END FROM pg_catalog.pg_constraint WHERE oid = d.objid) \
         WHEN 'pg_class'::regclass THEN (SELECT CASE relkind WHEN 'i' THEN pg_get_indexdef(oid) WHEN 'S' THEN '' END \
         FROM pg_catalog.pg_class WHERE oid = d.objid) END \
         FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_depend d \
         ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum \
         WHERE a.attrelid = {relation} AND a.attname = {column} GROUP BY d.classid, d.objid, a.attnum \
         ORDER BY d.classid = 'pg_class'::regclass, d.objid"
    )
}

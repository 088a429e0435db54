//! Statements as written, of which the first words tell what they are. All others are in doubt.

use super::{again, created, dropped};
use crate::adapter::sql::ddl::string;
use crate::adapter::{Connection, Probe, ask};
use crate::error::Result;

/// Looks what became of it.
pub(super) fn probe(sql: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let words = words(sql);
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
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
        (
            ["reindex", .., kind @ ("index" | "table" | "schema" | "database"), _]
            | ["reindex", .., kind @ ("index" | "table" | "schema" | "database"), "concurrently", _],
            Some(_),
        ) => rebuilt(kind, name(words.len() - 1), connection),
        (["alter", "type", _, "add", "value", ..], _) => added(name(2), name(behind(4)), connection),
        (["alter", "table", .., "validate", "constraint", _], _) => validated(name(behind(1)), name(words.len() - 1), connection),
        (["alter", "table", .., "detach", "partition", _] | ["alter", "table", .., "detach", "partition", _, "concurrently"], _) => {
            let partition = at("partition").map_or("", |at| name(at + 1));
            detached(sql, name(behind(1)), partition, connection)
        }
        // To do these twice is to do them once.
        (["vacuum" | "analyze", ..] | ["refresh", ..], _) => Ok(again()),
        _ => Ok(Probe::Unknown),
    }
}

/// Cut at blanks and at what stands around names; what is quoted stays whole.
fn words(sql: &str) -> Vec<&str> {
    let mut quote = None;
    let is_between = |letter: char| {
        match quote {
            Some(open) if open == letter => quote = None,
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            Some(_) | None => {}
        }
        quote.is_none() && (letter.is_whitespace() || "(;,)".contains(letter))
    };
    sql.split(is_between).filter(|word| !word.is_empty()).collect()
}

/// An index being rebuilt leaves its half-made copy, or the old one, under a name of its own: on the table, or on where the table keeps
/// what is too long for its rows.
fn rebuilt(kind: &str, name: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let name = string(name);
    let tables = match kind {
        "schema" => format!("SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace({name})"),
        "database" => "SELECT oid FROM pg_class".to_owned(),
        _ => format!("SELECT to_regclass({name})::oid UNION SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass({name})"),
    };
    let tables =
        format!("WITH t(oid) AS ({tables}), a(oid) AS (SELECT oid FROM t UNION SELECT reltoastrelid FROM pg_class c JOIN t USING (oid))");
    let running = "SELECT '' FROM pg_stat_progress_create_index WHERE datname = current_database() AND pid <> pg_backend_pid() \
                   AND command LIKE 'REINDEX%' AND relid IN (SELECT oid FROM a)";
    if ask::any(connection, &format!("{tables} {running}"))? {
        return Ok(Probe::Running);
    }
    let drops = "SELECT 'DROP INDEX CONCURRENTLY ' || i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                 WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND i.indrelid IN (SELECT oid FROM a)";
    Ok(Probe::Redo(ask::column(connection, &format!("{tables} {drops}"))?))
}

fn added(kind: &str, value: &str, connection: &mut dyn Connection) -> Result<Probe> {
    if !(value.len() > 1 && value.starts_with('\'') && value.ends_with('\'')) {
        return Ok(Probe::Unknown);
    }
    let sql = format!("SELECT '' FROM pg_enum WHERE enumtypid = to_regtype({}) AND enumlabel = {value}", string(kind));
    Ok(if ask::any(connection, &sql)? { Probe::Done } else { again() })
}

/// The name as the catalogue keeps it: without quotes, and folded if there were none.
fn in_catalogue(name: &str) -> String {
    format!("(parse_ident({}))[1]", string(name))
}

fn validated(table: &str, constraint: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let sql = format!(
        "SELECT '' FROM pg_constraint WHERE conrelid = to_regclass({}) AND conname = {} AND convalidated",
        string(table),
        in_catalogue(constraint)
    );
    Ok(if ask::any(connection, &sql)? { Probe::Done } else { again() })
}

/// Done concurrently it is two transactions. Between them the partition is marked, and a second statement of that kind is refused: the way
/// on has a word of its own.
fn detached(sql: &str, table: &str, partition: &str, connection: &mut dyn Connection) -> Result<Probe> {
    let running = format!(
        "SELECT '' FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' \
         AND left(query, 1000) = left({}, 1000)",
        string(sql)
    );
    if ask::any(connection, &running)? {
        return Ok(Probe::Running);
    }
    // Version 14 has both the column and the statement; to ask for the row as a whole does no harm before.
    let state = format!(
        "SELECT CASE WHEN i IS NULL THEN 'apart' WHEN to_jsonb(i) ->> 'inhdetachpending' = 'true' THEN 'pending' ELSE 'part' END \
         FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = to_regclass({}) WHERE c.oid = to_regclass({})",
        string(table),
        string(partition)
    );
    Ok(match ask::text(connection, &state)?.as_deref() {
        Some("apart") => Probe::Done,
        Some("pending") => Probe::Finish(vec![format!("ALTER TABLE {table} DETACH PARTITION {partition} FINALIZE")]),
        Some(_) => again(),
        None => Probe::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_quoted_stays_whole() {
        let sql = "ALTER TYPE \"My mood\" ADD VALUE 'on hold, it''s' BEFORE 'sad';";
        assert_eq!(words(sql), ["ALTER", "TYPE", "\"My mood\"", "ADD", "VALUE", "'on hold, it''s'", "BEFORE", "'sad'"]);
        assert_eq!(words("REINDEX (VERBOSE, CONCURRENTLY) INDEX a"), ["REINDEX", "VERBOSE", "CONCURRENTLY", "INDEX", "a"]);
    }
}

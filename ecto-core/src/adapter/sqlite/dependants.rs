//! What mentions a column, and would not work without it.

use super::catalogue::{self, Key, Made};
use super::table_text::{TableText, TokenKind, mentions, tokens, unquoted};
use crate::adapter::Connection;
use crate::error::{Result, StructureError};

/// All that could depend on the columns of one table.
pub(super) struct Dependants {
    indexes: Vec<Made>,
    triggers: Vec<Made>,
    /// Views and triggers anywhere.
    programs: Vec<Made>,
    /// Foreign keys of other tables.
    children: Vec<Key>,
}

impl Dependants {
    pub(super) fn of(connection: &mut dyn Connection, table: &str) -> Result<Self> {
        let children = catalogue::keys_to(connection, table)?;
        Ok(Dependants {
            indexes: catalogue::indexes(connection, table)?,
            triggers: catalogue::triggers(connection, table)?,
            programs: catalogue::programs(connection)?,
            children: children.into_iter().filter(|key| !key.child.eq_ignore_ascii_case(table)).collect(),
        })
    }

    /// May the column go?
    ///
    /// # Errors
    /// When something needs it that the database would not miss before it is used.
    pub(super) fn release(&self, text: &TableText, column: &str) -> Result<()> {
        let in_use = |by: String| StructureError::ColumnInUse { table: text.name().to_owned(), column: column.to_owned(), by };
        let is_it = |name: &String| name.eq_ignore_ascii_case(column);
        let is_key = text.primary_key().is_some_and(|key| key.columns.iter().any(is_it));
        if let Some(child) = self.children.iter().find(|key| key.to.iter().any(is_it) || (key.to.is_empty() && is_key)) {
            return Err(in_use(format!("a foreign key of table `{}`", child.child)).into());
        }
        if let Some(index) = self.indexes.iter().find(|index| mentions(behind_name(&index.sql), column)) {
            return Err(in_use(format!("index `{}`", index.name)).into());
        }
        match self.triggers.iter().find(|trigger| is_update_of(&trigger.sql, column)) {
            Some(trigger) => Err(in_use(format!("trigger `{}`", trigger.name)).into()),
            None => Ok(()),
        }
    }

    /// Does any view or trigger name it, or something else that is called so?
    pub(super) fn are_silent_about(&self, column: &str) -> bool {
        !self.programs.iter().any(|program| mentions(&program.sql, column))
    }
}

/// What an index is made of.
fn behind_name(sql: &str) -> &str {
    let open = tokens(sql).into_iter().find(|token| token.kind == TokenKind::Open);
    open.and_then(|open| sql.get(open.span.start..)).unwrap_or(sql)
}

/// `UPDATE OF column`: without it the trigger would never run again, and nobody would say so.
fn is_update_of(sql: &str, column: &str) -> bool {
    let words: Vec<&str> = tokens(sql).into_iter().filter(|token| token.is_significant()).map(|token| token.span.of(sql)).collect();
    let update = words.windows(2).position(|pair| pair[0].eq_ignore_ascii_case("update") && pair[1].eq_ignore_ascii_case("of"));
    let Some(start) = update else { return false };
    let columns = words[start + 2..].iter().take_while(|word| !word.eq_ignore_ascii_case("on"));
    columns.into_iter().any(|word| unquoted(word).eq_ignore_ascii_case(column))
}

/// The text of an index under another name.
pub(super) fn renamed_index(sql: &str, to: &str) -> Option<String> {
    let all: Vec<_> = tokens(sql).into_iter().filter(|token| token.is_significant()).collect();
    let index = all.iter().position(|token| token.span.of(sql).eq_ignore_ascii_case("index"))?;
    let mut name = all.get(index + 1)?;
    if name.span.of(sql).eq_ignore_ascii_case("if") {
        name = all.get(index + 4)?;
    }
    Some(format!("{}{to}{}", sql.get(..name.span.start)?, sql.get(name.span.end..)?))
}

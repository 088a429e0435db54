//! The primary key, and the options of the table that depend on it.

use super::TableText;
use super::constraint::PrimaryKey;
use super::parse::TableOption;
use super::splice::Splices;
use super::token::Span;
use crate::error::StructureError;

impl TableText {
    pub(super) fn key_error(&self, reason: &'static str) -> StructureError {
        StructureError::Key { table: self.name.text.clone(), reason }
    }

    pub(super) fn drop_key(&self, splices: &mut Splices) -> Result<(), StructureError> {
        let found = self.key()?;
        if self.without_rowid() {
            return Err(self.key_error("a table without rowid needs its primary key"));
        }
        self.remove(found, splices);
        Ok(())
    }

    /// Another primary key keeps the name of the old one and its `ON CONFLICT`, but does not count up.
    pub(super) fn set_key(&self, columns: &[String], splices: &mut Splices) -> Result<(), StructureError> {
        if columns.is_empty() {
            return Err(self.key_error("a primary key needs a column"));
        }
        let names: Vec<&str> =
            columns.iter().map(|name| Ok(self.column(name)?.name.span.of(&self.sql))).collect::<Result<_, StructureError>>()?;
        let names = names.join(", ");
        let Some(key) = self.primary_key() else {
            self.add_constraint(&format!("PRIMARY KEY ({names})"), splices);
            return Ok(());
        };
        if is_of(key, columns) {
            return Ok(());
        }
        if let Some(list) = key.list {
            splices.replace(Span { start: list.start, end: key.autoincrement.map_or(list.end, |word| word.end) }, names);
            return Ok(());
        }
        let found = self.key()?;
        let named = Span { start: found.constraint.span.start, end: found.constraint.body.start }.of(&self.sql);
        let conflict = key.conflict.as_ref().map(|conflict| format!(" {}", conflict.text)).unwrap_or_default();
        self.add_constraint(&format!("{named}PRIMARY KEY ({names}){conflict}"), splices);
        self.remove(found, splices);
        Ok(())
    }

    pub(super) fn set_autoincrement(&self, on: bool, splices: &mut Splices) -> Result<(), StructureError> {
        let key = self.primary_key();
        match key.and_then(|key| key.autoincrement) {
            Some(word) if !on => splices.remove(self.with_space(word)),
            None if on => match key.filter(|_| self.rowid_alias().is_some()) {
                Some(key) => self.insert_words(key.autoincrement_at, "AUTOINCREMENT", splices),
                None => return Err(self.key_error("only a primary key that is one INTEGER column, in a table with rowid, counts up")),
            },
            Some(_) | None => {}
        }
        Ok(())
    }

    pub(super) fn set_without_rowid(&self, on: bool, splices: &mut Splices) -> Result<(), StructureError> {
        if on && self.primary_key().is_none() {
            return Err(self.key_error("a table without rowid needs a primary key"));
        }
        if on && self.autoincrement() {
            return Err(self.key_error("a table without rowid cannot count up: take AUTOINCREMENT away first"));
        }
        self.set_option(TableOption::WithoutRowid, on, splices);
        Ok(())
    }

    pub(super) fn set_option(&self, option: TableOption, on: bool, splices: &mut Splices) {
        let word = match option {
            TableOption::Strict => "STRICT",
            TableOption::WithoutRowid => "WITHOUT ROWID",
        };
        match (self.options.last(), self.option(option)) {
            (_, Some(span)) if !on => self.remove_item(span, splices),
            (Some((_, last)), None) if on => splices.insert(last.end, format!(", {word}")),
            (None, None) if on => splices.insert(self.end, format!(" {word}")),
            (_, _) => {}
        }
    }
}

/// Are these its columns, in this order?
fn is_of(key: &PrimaryKey, columns: &[String]) -> bool {
    key.columns.len() == columns.len() && key.columns.iter().zip(columns).all(|(this, that)| this.eq_ignore_ascii_case(that))
}

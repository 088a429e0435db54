//! What one write sends: the changes that may be written, and what is generated beside them.

use crate::query::Verb;
use crate::schema::{Autogenerate, FieldMeta, Known, SchemaMeta, Writable, now};
use crate::types::Value;

/// The values of one write.
pub(super) struct Pending<'c> {
    meta: &'static SchemaMeta,
    verb: Verb,
    changes: &'c [(u16, Value)],
    generated: Vec<(u16, Value)>,
}

impl<'c> Pending<'c> {
    pub(super) fn new(meta: &'static SchemaMeta, verb: Verb, changes: &'c [(u16, Value)], generated: Vec<(u16, Value)>) -> Self {
        Pending { meta, verb, changes, generated }
    }

    fn each(&self) -> impl Iterator<Item = (u16, &Value)> {
        self.changes.iter().chain(&self.generated).map(|(field, value)| (*field, value))
    }

    fn field(&self, index: u16) -> Option<&'static FieldMeta> {
        self.meta.fields.get(usize::from(index))
    }

    /// S-23: a change of a field that this verb may not write is left out.
    fn is_writable(&self, index: u16) -> bool {
        self.field(index).is_some_and(|field| match field.writable {
            Writable::Always => true,
            Writable::Insert => self.verb == Verb::Insert,
            Writable::Never => false,
        })
    }

    /// The fields and values that have a column, in the order of the fields: the same fields make the same statement, however they were changed.
    pub(super) fn sent(&self) -> Vec<(u16, &Value)> {
        let has_column = |index: u16| self.field(index).is_some_and(|field| !field.is_virtual);
        let mut sent: Vec<_> = self.each().filter(|(index, _)| has_column(*index) && self.is_writable(*index)).collect();
        sent.sort_unstable_by_key(|(index, _)| *index);
        sent
    }

    /// What is known of the row when it is written.
    pub(super) fn known(&self) -> Known {
        let mut known = Known::new(self.meta.fields.len());
        for (index, value) in self.each() {
            let is_read_back = self.field(index).is_some_and(|field| field.read_after_writes);
            if self.is_writable(index) && !is_read_back {
                known.put(index, value.clone());
            }
        }
        known
    }

    /// The values that the struct gets.
    pub(super) fn into_written(self) -> Vec<(u16, Value)> {
        let written = self.each().filter(|(index, _)| self.is_writable(*index));
        written.map(|(index, value)| (index, value.clone())).collect()
    }
}

fn is_changed(changes: &[(u16, Value)], index: u16) -> bool {
    changes.iter().any(|(changed, _)| *changed == index)
}

/// What an insert fills: declared defaults, and what fills itself. All clocks show one time (S-19, S-32).
pub(super) fn generated_at_insert(meta: &SchemaMeta, changes: &[(u16, Value)]) -> Vec<(u16, Value)> {
    let mut clock = None;
    let mut time = || *clock.get_or_insert_with(now);
    let absent = (0..).zip(meta.fields).filter(|(index, field)| !field.is_virtual && !is_changed(changes, *index));
    let filled = absent.filter_map(|(index, field)| {
        let value = match field.autogenerate {
            Some(Autogenerate::Database) => None,
            Some(Autogenerate::Insert(make)) => Some(make()),
            Some(Autogenerate::InsertedAt(at) | Autogenerate::UpdatedAt(at)) => Some(at(time())),
            None => field.default.map(|default| default()),
        };
        value.map(|value| (index, value))
    });
    filled.collect()
}

/// What an update fills: `updated_at`, if something else changes (S-33).
pub(super) fn generated_at_update(meta: &SchemaMeta, changes: &[(u16, Value)]) -> Vec<(u16, Value)> {
    let is_written =
        |index: u16| meta.fields.get(usize::from(index)).is_some_and(|field| !field.is_virtual && field.writable == Writable::Always);
    if !changes.iter().any(|(index, _)| is_written(*index)) {
        return Vec::new();
    }
    let absent = (0..).zip(meta.fields).filter(|(index, _)| !is_changed(changes, *index));
    let filled = absent.filter_map(|(index, field)| match field.autogenerate {
        Some(Autogenerate::UpdatedAt(at)) => Some((index, at(now()))),
        _ => None,
    });
    filled.collect()
}

//! What one write sends: the changes that may be written, and what is generated beside them.

use smallvec::SmallVec;

use crate::query::Verb;
use crate::schema::{Autogenerate, FieldMeta, Known, SchemaMeta, Writable, now};
use crate::types::Value;

/// Fields with their values, each once.
pub(super) type Fields = SmallVec<[(u16, Value); 4]>;

/// The fields and values of a write that have a column, in the order of the fields: the same fields make the same statement, however they were changed.
pub(super) fn sent<'c>(
    meta: &SchemaMeta,
    verb: Verb,
    changes: &'c [(u16, Value)],
    generated: &'c [(u16, Value)],
) -> SmallVec<[(u16, &'c Value); 8]> {
    let all = changes.iter().chain(generated).filter(|(index, _)| is_sent(meta, verb, *index));
    let mut sent: SmallVec<_> = all.map(|(index, value)| (*index, value)).collect();
    sent.sort_unstable_by_key(|(index, _)| *index);
    sent
}

/// S-23: a change of a field that this verb may not write is left out.
pub(super) fn is_writable(meta: &SchemaMeta, verb: Verb, index: u16) -> bool {
    field(meta, index).is_some_and(|field| match field.writable {
        Writable::Always => true,
        Writable::Insert => verb == Verb::Insert,
        Writable::Never => false,
    })
}

/// The same, of a field that has a column.
pub(super) fn is_sent(meta: &SchemaMeta, verb: Verb, index: u16) -> bool {
    field(meta, index).is_some_and(|field| !field.is_virtual) && is_writable(meta, verb, index)
}

fn field(meta: &SchemaMeta, index: u16) -> Option<&'static FieldMeta> {
    meta.fields.get(usize::from(index))
}

/// What is known of a new row when it has been written; what came back goes over what was sent.
pub(super) fn known(meta: &SchemaMeta, changes: impl Iterator<Item = (u16, Value)>, mut generated: Fields, mut returned: Fields) -> Known {
    let mut known = Known::new(meta.fields.len());
    for (index, value) in changes {
        if is_writable(meta, Verb::Insert, index) {
            known.put(index, value);
        }
    }
    // One after the other, and drained: a chain of iterators over inline lists would move them first.
    generated.drain(..).filter(|(index, _)| is_writable(meta, Verb::Insert, *index)).for_each(|(index, value)| known.put(index, value));
    returned.drain(..).for_each(|(index, value)| known.put(index, value));
    known
}

fn is_changed(changes: &[(u16, Value)], index: u16) -> bool {
    changes.iter().any(|(changed, _)| *changed == index)
}

/// What an insert fills: declared defaults, and what fills itself. All clocks show one time (S-19, S-32).
pub(super) fn generated_at_insert(meta: &SchemaMeta, changes: &[(u16, Value)]) -> Fields {
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
pub(super) fn generated_at_update(meta: &SchemaMeta, changes: &[(u16, Value)]) -> Fields {
    let is_written =
        |index: u16| meta.fields.get(usize::from(index)).is_some_and(|field| !field.is_virtual && field.writable == Writable::Always);
    if !changes.iter().any(|(index, _)| is_written(*index)) {
        return Fields::new();
    }
    let absent = (0..).zip(meta.fields).filter(|(index, _)| !is_changed(changes, *index));
    let filled = absent.filter_map(|(index, field)| match field.autogenerate {
        Some(Autogenerate::UpdatedAt(at)) => Some((index, at(now()))),
        _ => None,
    });
    filled.collect()
}

//! The part of a changeset that does not know its schema's type: fields are numbers, values are [`Value`]s.

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{Action, Constraint, FieldError, Params};
use crate::error::ChangesetError;
use crate::schema::{FieldMeta, Record, SchemaMeta};
use crate::types::Value;

/// The values of a row by the numbers of its fields: [`Record`], as an object.
pub(super) trait Row {
    fn field_value(&self, field: u16) -> Value;
}

impl<S: Record> Row for S {
    fn field_value(&self, field: u16) -> Value {
        self.value(field)
    }
}

/// The row behind a changeset; `None` of a new one.
pub(super) type Data<'a> = Option<&'a dyn Row>;

#[derive(Clone)]
pub(super) struct State {
    pub(super) meta: &'static SchemaMeta,
    /// One entry a field at the most, in the order of the first change of each.
    pub(super) changes: SmallVec<[(u16, Value); 4]>,
    /// Newest block first; inside a block, in the order in which the fields were listed.
    pub(super) errors: Vec<FieldError>,
    pub(super) constraints: SmallVec<[Constraint; 1]>,
    pub(super) params: Option<Params>,
    /// Params that were no map: not valid, and no field to blame.
    pub(super) refused: bool,
    pub(super) action: Option<Action>,
    rare: Option<Box<Rare>>,
}

/// What few changesets have. Apart, because a changeset is moved at every call of the chain that builds it.
#[derive(Clone, Default)]
pub(super) struct Rare {
    /// What the code that built the changeset got wrong; the first one is kept.
    pub(super) mistake: Option<ChangesetError>,
    pub(super) filters: Vec<(u16, Value)>,
    /// Texts that count as absent; `None` is the empty text alone.
    pub(super) empty_values: Option<EmptyValues>,
}

pub(super) type EmptyValues = Arc<[Cow<'static, str>]>;

impl State {
    pub(super) fn new(meta: &'static SchemaMeta) -> Self {
        State {
            meta,
            changes: SmallVec::new(),
            errors: Vec::new(),
            constraints: SmallVec::new(),
            params: None,
            refused: false,
            action: None,
            rare: None,
        }
    }

    pub(super) fn rare(&self) -> Option<&Rare> {
        self.rare.as_deref()
    }

    pub(super) fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    pub(super) fn take_rare(&mut self) -> Rare {
        self.rare.take().map_or_else(Rare::default, |rare| *rare)
    }

    pub(super) fn empty_values(&self) -> Option<&EmptyValues> {
        self.rare().and_then(|rare| rare.empty_values.as_ref())
    }

    pub(super) fn mistake(&self) -> Option<&ChangesetError> {
        self.rare().and_then(|rare| rare.mistake.as_ref())
    }

    pub(super) fn is_valid(&self) -> bool {
        self.errors.is_empty() && !self.refused && self.mistake().is_none()
    }

    pub(super) fn field(&self, field: u16) -> &'static FieldMeta {
        // OK because numbers come from typed constants of this schema, or from its own reflection.
        &self.meta.fields[usize::from(field)]
    }

    #[inline]
    pub(super) fn change(&self, field: u16) -> Option<&Value> {
        self.changes.iter().find(|change| change.0 == field).map(|change| &change.1)
    }

    /// Records a change, whatever the field was before.
    pub(super) fn record(&mut self, field: u16, value: Value) {
        match self.changes.iter_mut().find(|change| change.0 == field) {
            Some(change) => change.1 = value,
            None => self.changes.push((field, value)),
        }
    }

    pub(super) fn forget(&mut self, field: u16) -> Option<Value> {
        let at = self.changes.iter().position(|change| change.0 == field)?;
        Some(self.changes.remove(at).1)
    }

    /// C-21: a value that the data has already is no change, and takes back an earlier one.
    pub(super) fn put(&mut self, data: Data<'_>, field: u16, value: Value) {
        if self.base(data, field) == value {
            self.forget(field);
        } else {
            self.record(field, value);
        }
    }

    /// The value under the changes: of the data, or the declared default of a new row.
    pub(super) fn base(&self, data: Data<'_>, field: u16) -> Value {
        match (data, self.field(field).default) {
            (Some(row), _) => row.field_value(field),
            (None, Some(default)) => default(),
            (None, None) => Value::Null,
        }
    }

    /// Is this the value of the field as it stands? An earlier change counts (C-07).
    pub(super) fn is_current(&self, data: Data<'_>, field: u16, value: &Value) -> bool {
        match (self.change(field), data, self.field(field).default) {
            (Some(change), ..) => change == value,
            (None, None, None) => value.is_null(),
            (None, ..) => self.base(data, field) == *value,
        }
    }

    /// Would the field be NULL or an empty text?
    pub(super) fn is_missing(&self, data: Data<'_>, field: u16) -> bool {
        match self.change(field) {
            Some(change) => self.is_blank(change),
            None => self.is_blank(&self.base(data, field)),
        }
    }

    /// Nothing is trimmed here: a blank text that was cast is NULL by now, one that was put was put on purpose.
    fn is_blank(&self, value: &Value) -> bool {
        match (value, self.empty_values()) {
            (Value::Null, _) => true,
            (Value::Text(text), None) => text.is_empty(),
            (Value::Text(text), Some(values)) => values.contains(text),
            _ => false,
        }
    }

    pub(super) fn has_error(&self, name: &str) -> bool {
        self.errors.iter().any(|error| error.field() == name)
    }

    #[cold]
    pub(super) fn add_error(&mut self, error: FieldError) {
        self.errors.insert(0, error);
    }

    /// Adds errors that belong together, in their order, before the older ones.
    pub(super) fn add_block(&mut self, block: Vec<FieldError>) {
        self.errors.splice(0..0, block);
    }

    #[cold]
    pub(super) fn add_mistake(&mut self, error: ChangesetError) {
        self.rare_mut().mistake.get_or_insert(error);
    }

    /// Everything that a value to insert says.
    pub(super) fn take_all(&mut self, row: &dyn Row) {
        for (index, field) in (0..).zip(self.meta.fields) {
            let value = row.field_value(index);
            // NULL is said aloud where being silent would mean the declared default.
            let is_silent = if value.is_null() { field.default.is_none() } else { is_generated(field) && is_unset(&value) };
            if !is_silent {
                self.record(index, value);
            }
        }
    }

    /// What an insert cannot do without, and nothing else fills.
    pub(super) fn require_present(&mut self) {
        let mut missing = Vec::new();
        for (index, field) in (0..).zip(self.meta.fields) {
            if self.change(index).is_none() && !field.may_be_absent() && !self.has_error(field.name) {
                missing.push(FieldError::required(field.name));
            }
        }
        self.add_block(missing);
    }
}

fn is_generated(field: &FieldMeta) -> bool {
    field.autogenerate.is_some() || field.read_after_writes
}

/// Is it what a field holds that nobody filled in? Meant for generated fields, where such a value has no meaning of its own.
fn is_unset(value: &Value) -> bool {
    match value {
        Value::I16(x) => *x == 0,
        Value::I32(x) => *x == 0,
        Value::I64(x) => *x == 0,
        Value::Text(x) => x.is_empty(),
        Value::Bytes(x) => x.is_empty(),
        Value::Uuid(x) => *x == [0; 16],
        Value::DateTime(x) => x.timestamp_micros() == 0,
        Value::NaiveDateTime(x) => x.and_utc().timestamp_micros() == 0,
        other => other.is_null(),
    }
}

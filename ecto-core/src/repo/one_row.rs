//! What is done with a single row: read by its key, inserted, updated, deleted.

use smallvec::SmallVec;

use super::Repo;
use crate::adapter::outline::on_row;
use crate::adapter::{Command, Outline, Role, Sink};
use crate::error::Result;
use crate::query::{Statement, Verb};
use crate::schema::SchemaMeta;
use crate::types::{Param, Value};

/// What is done with one row, and its parameters, borrowed from the changeset.
pub(super) struct OneRow<'v> {
    meta: &'static SchemaMeta,
    shape: Shape,
    params: SmallVec<[Param<'v>; 8]>,
}

enum Shape {
    Outline(Outline),
    /// What an outline cannot say: a NULL in a key, filters beside the key, very many fields.
    Whole(Box<Statement>),
}

impl<'v> OneRow<'v> {
    /// An insert of these values that returns every column it does not send.
    pub(super) fn insert(meta: &'static SchemaMeta, sent: &[(u16, &'v Value)]) -> Self {
        OneRow::new(Verb::Insert, meta, &[], sent)
    }

    /// The row of this key.
    pub(super) fn of_key(meta: &'static SchemaMeta, key: &'v [Value]) -> Self {
        OneRow::keyed(Verb::Select, meta, key, &[], &[])
    }

    /// A write of the row of this key, while it still holds what the filters say.
    pub(super) fn keyed(
        verb: Verb,
        meta: &'static SchemaMeta,
        key: &'v [Value],
        filters: &'v [(u16, Value)],
        sent: &[(u16, &'v Value)],
    ) -> Self {
        let key = meta.key.iter().copied().zip(key);
        let kept: SmallVec<[(u16, &Value); 4]> = key.chain(filters.iter().map(|(field, value)| (*field, value))).collect();
        OneRow::new(verb, meta, &kept, sent)
    }

    fn new(verb: Verb, meta: &'static SchemaMeta, kept: &[(u16, &'v Value)], sent: &[(u16, &'v Value)]) -> Self {
        let is_plain = kept.iter().map(|(field, _)| field).eq(meta.key) || verb == Verb::Insert;
        let has_null = kept.iter().any(|(_, value)| value.is_null());
        let fields = || sent.iter().map(|(field, _)| *field);
        let shape = match Outline::new(verb, meta, fields()) {
            Some(outline) if is_plain && !has_null => Shape::Outline(outline),
            _ => {
                let kept = kept.iter().map(|(field, value)| (*field, value.is_null()));
                Shape::Whole(Box::new(on_row(Statement::new(verb, meta), kept, fields())))
            }
        };
        let params = kept.iter().filter(|(_, value)| !value.is_null()).chain(sent).map(|(_, value)| value.as_param()).collect();
        OneRow { meta, shape, params }
    }

    /// Its table.
    pub(super) fn meta(&self) -> &'static SchemaMeta {
        self.meta
    }

    /// The fields that come back.
    pub(super) fn returned(&self) -> SmallVec<[u16; 8]> {
        let of = |statement: &Statement| statement.select.tokens.iter().map(|token| token.arg).collect();
        match &self.shape {
            Shape::Outline(outline) => outline.returned().collect(),
            Shape::Whole(statement) => of(statement),
        }
    }
}

impl Repo {
    /// Runs what is done with one row.
    #[track_caller]
    pub(super) fn run_one(&self, role: Role, row: &OneRow<'_>, sink: &mut dyn Sink) -> Result<u64> {
        match &row.shape {
            Shape::Outline(outline) if self.options.prefix.is_none() => self.run(role, Command::Outline(*outline, &row.params), sink),
            Shape::Outline(outline) => self.run(role, Command::Given(&self.placed(&outline.statement()), &row.params), sink),
            Shape::Whole(statement) => self.run(role, Command::Given(&self.placed(statement), &row.params), sink),
        }
    }
}

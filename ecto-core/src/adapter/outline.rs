//! A statement on one row of a table, in a few words.
//!
//! Rows are read by their key and written one by one more often than anything else, and where the database is in the same process, building such a
//! statement, hashing it and comparing it cost as much as running it. An outline says all of it, so it is looked up instead, and written out
//! only where nothing is kept for it.

use std::hash::Hasher;

use crate::query::{At, Op, Statement, Token, Verb};
use crate::schema::SchemaMeta;

/// A read, an update or a deletion of the row whose key has these values, none of them NULL; or an insert of one row.
///
/// Its parameters are the key, then a value for each field that is sent, in the order of the fields.
#[derive(Debug, Clone, Copy)]
pub struct Outline {
    verb: Verb,
    meta: &'static SchemaMeta,
    /// A bit for each field that is sent.
    sent: u64,
}

impl Outline {
    /// None if a field has too high a number: the statement is then made as any other.
    #[must_use]
    pub fn new(verb: Verb, meta: &'static SchemaMeta, sent: impl IntoIterator<Item = u16>) -> Option<Self> {
        let bit = |field: u16| 1_u64.checked_shl(u32::from(field));
        let sent = sent.into_iter().try_fold(0, |sent, field| Some(sent | bit(field)?))?;
        Some(Outline { verb, meta, sent })
    }

    /// What it does.
    #[must_use]
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// Its table.
    #[must_use]
    pub fn meta(&self) -> &'static SchemaMeta {
        self.meta
    }

    /// Written out, without its parameters.
    #[must_use]
    pub fn statement(&self) -> Statement {
        let kept = if self.verb == Verb::Insert { &[] } else { self.meta.key };
        // OK because a struct has fewer than 65 536 fields.
        let sent = (0..self.meta.fields.len() as u16).filter(|field| self.sends(*field));
        on_row(Statement::new(self.verb, self.meta), kept.iter().map(|field| (*field, false)), sent)
    }

    /// The fields that come back.
    pub fn returned(&self) -> impl Iterator<Item = u16> {
        let outline = *self;
        returned(self.verb, self.meta, move |field| outline.sends(field))
    }

    fn sends(&self, field: u16) -> bool {
        self.sent.checked_shr(u32::from(field)).is_some_and(|bits| bits & 1 == 1)
    }

    #[inline]
    pub(super) fn hash(&self, hasher: &mut impl Hasher) {
        hasher.write_usize(std::ptr::from_ref(self.meta).addr());
        hasher.write_u64(self.sent);
        hasher.write_u8(self.verb as u8);
    }
}

impl PartialEq for Outline {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.meta, other.meta) && self.sent == other.sent && self.verb == other.verb
    }
}

/// A statement on the row in which these fields have a value, or, where that is said, are NULL; it sends these fields. An insert returns what it
/// does not send, and both writes return what the database may change of it.
#[must_use]
pub fn on_row(mut statement: Statement, kept: impl IntoIterator<Item = (u16, bool)>, sent: impl IntoIterator<Item = u16>) -> Statement {
    let (verb, meta) = (statement.verb, statement.root());
    for (field, is_null) in kept {
        keep_equal(&mut statement, field, is_null);
    }
    let mut all = Vec::new();
    for field in sent {
        assign(&mut statement, field);
        all.push(field);
    }
    let returned = returned(verb, meta, |field| all.contains(&field));
    statement.select.tokens.extend(returned.map(|field| Token::with(Op::Returned, field)));
    statement
}

fn returned(verb: Verb, meta: &'static SchemaMeta, is_sent: impl Fn(u16) -> bool) -> impl Iterator<Item = u16> {
    meta.columns().filter(move |field| match verb {
        Verb::Select | Verb::Delete => false,
        Verb::Insert if !is_sent(*field) => true,
        Verb::Insert | Verb::Update => meta.fields[usize::from(*field)].read_after_writes,
    })
}

fn keep_equal(statement: &mut Statement, field: u16, is_null: bool) {
    let Some(meta) = statement.root().fields.get(usize::from(field)) else { return };
    let body = &mut statement.body;
    body.push(Token::column(At::ROOT, field));
    if is_null {
        body.push(Token::new(Op::IsNull));
    } else {
        body.push(Token::param(meta.kind));
        body.push(Token::new(Op::Eq));
    }
    body.push(Token::new(Op::Where));
}

/// Writes into this field, whose value is apart.
pub fn assign(statement: &mut Statement, field: u16) {
    if let Some(meta) = statement.root().fields.get(usize::from(field)) {
        statement.body.push(Token::param(meta.kind));
        statement.body.push(Token::with(Op::Set, field));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::FieldMeta;
    use crate::types::{ColumnType, SqlType};

    static META: SchemaMeta = SchemaMeta { name: "Page", table: "pages", fields: &FIELDS, key: &[0], relations: &[] };
    static FIELDS: [FieldMeta; 3] = {
        const TEXT: ColumnType = <String as SqlType>::COLUMN;
        [FieldMeta::new("id", TEXT).primary_key(), FieldMeta::new("text", TEXT), FieldMeta::new("changed", TEXT).read_back()]
    };

    fn returned(statement: &Statement) -> Vec<u16> {
        statement.select.tokens.iter().map(|token| token.arg).collect()
    }

    #[test]
    fn outlines_are_equal_where_their_statements_are() {
        let outline = |verb, sent: &[u16]| Outline::new(verb, &META, sent.iter().copied()).unwrap();
        let all = [outline(Verb::Select, &[]), outline(Verb::Delete, &[]), outline(Verb::Update, &[1]), outline(Verb::Update, &[1, 2])];
        for (at, a) in all.iter().enumerate() {
            for (other, b) in all.iter().enumerate() {
                assert_eq!(a == b, at == other);
                assert_eq!(a.statement().same_shape(&b.statement()), at == other);
            }
        }
    }

    #[test]
    fn a_write_returns_what_was_not_said_of_the_row() {
        let insert = Outline::new(Verb::Insert, &META, [1]).unwrap().statement();
        assert_eq!(returned(&insert), [0, 2]);
        let update = Outline::new(Verb::Update, &META, [1, 2]).unwrap().statement();
        assert_eq!(returned(&update), [2]);
        assert!(returned(&Outline::new(Verb::Delete, &META, []).unwrap().statement()).is_empty());
    }

    #[test]
    fn a_field_of_too_high_a_number_has_no_outline() {
        assert!(Outline::new(Verb::Insert, &META, [63]).is_some());
        assert!(Outline::new(Verb::Insert, &META, [64]).is_none());
    }
}

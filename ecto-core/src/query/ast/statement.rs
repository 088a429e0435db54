//! A whole statement: its clauses as tokens, and what every statement has once.

use std::hash::Hasher;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{Extra, Op, Raw, Token, Tokens};
use crate::schema::SchemaMeta;
use crate::types::Value;

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Verb {
    Select,
    Insert,
    Update,
    Delete,
}

/// A lock on the rows that a query reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each name says it")]
pub enum RowLock {
    Update,
    Share,
}

/// For what a limit holds, if it does not hold for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// For each value of this column. Of a table on the way, it is selected behind everything else.
    pub column: Token,
    /// A row that an owner reaches on several ways counts once.
    pub once: bool,
}

/// The number of the first table that no closure receives: behind the eight that one can.
pub const VIA: u8 = 8;

/// A whole statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What it does.
    pub verb: Verb,
    /// How many queries enclose it.
    pub level: u8,
    /// `SELECT DISTINCT`.
    pub distinct: bool,
    /// A handle of another query was used in it: it is refused.
    pub is_foreign: bool,
    /// `FOR UPDATE` and its kin.
    pub lock: Option<RowLock>,
    /// Queries that sources are read from, instead of their tables, by the numbers of these sources. Their columns go by the names of the schema's.
    pub queries: Vec<(u8, Arc<Statement>)>,
    /// The root, then each joined source that closures receive.
    pub sources: SmallVec<[&'static SchemaMeta; 4]>,
    /// The tables that an association passes on its way, which no closure receives: their numbers begin at [`VIA`].
    pub via: Vec<&'static SchemaMeta>,
    /// Every clause, in the order in which they were called; for an insert the columns it takes. Three joins and four filters fit in place.
    pub body: Tokens<32, 4>,
    /// What is selected, or what a write returns. Empty in a SELECT: every column of the root.
    pub select: Tokens<8, 2>,
    /// At most so many rows: a parameter behind all others of this statement, then the offset.
    pub limit: Option<Value>,
    /// After so many rows.
    pub offset: Option<Value>,
    /// Limit and offset hold for each owner, instead of for the whole: a preload's "three of each".
    pub per: Option<Per>,
    /// The named schema of every table here.
    pub prefix: Option<Arc<str>>,
}

impl Statement {
    /// A statement on one table, without clauses.
    #[inline(never)]
    #[must_use]
    pub fn new(verb: Verb, root: &'static SchemaMeta) -> Self {
        let mut sources = SmallVec::new();
        sources.push(root);
        Statement {
            verb,
            level: 0,
            distinct: false,
            is_foreign: false,
            lock: None,
            queries: Vec::new(),
            sources,
            via: Vec::new(),
            body: Tokens { tokens: SmallVec::new(), params: SmallVec::new(), extras: Vec::new() },
            select: Tokens { tokens: SmallVec::new(), params: SmallVec::new(), extras: Vec::new() },
            limit: None,
            offset: None,
            per: None,
            prefix: None,
        }
    }

    /// The table that it reads or writes first.
    #[must_use]
    pub fn root(&self) -> &'static SchemaMeta {
        self.sources[0]
    }

    /// Is it made of whole queries, by `UNION` or its kin?
    #[must_use]
    pub fn is_combined(&self) -> bool {
        self.body.tokens.first().is_some_and(|token| token.op == Op::Combine)
    }

    /// A query over the rows of another one.
    #[must_use]
    pub fn over(inner: Statement) -> Self {
        let mut statement = Statement::new(Verb::Select, inner.root());
        statement.level = inner.level;
        statement.prefix.clone_from(&inner.prefix);
        statement.queries.push((0, Arc::new(inner)));
        statement
    }

    /// Appends a clause and what it takes.
    #[inline(never)]
    pub fn clause(&mut self, operand: Raw, clause: Token) {
        self.body.append(operand);
        self.body.push(clause);
    }

    /// Appends a join of `source` on `condition`.
    #[inline(never)]
    pub fn join(&mut self, condition: Raw, kind: Op, source: &'static SchemaMeta) {
        // OK because a query has at most eight of these, by type.
        self.clause(condition, Token::joining(kind, self.sources.len() as u8));
        self.sources.push(source);
    }

    /// Appends a join of a table that no closure receives.
    pub fn join_via(&mut self, condition: Raw, kind: Op, source: &'static SchemaMeta) {
        self.clause(condition, Token::joining(kind, self.next_via()));
        self.via.push(source);
    }

    /// The number of the next table that no closure receives. Too many of them are refused before the statement is written.
    #[must_use]
    pub fn next_via(&self) -> u8 {
        VIA.saturating_add(u8::try_from(self.via.len()).unwrap_or(u8::MAX))
    }

    /// Appends a join of the rows of a query, which go by the names of `source`.
    pub fn join_query(&mut self, condition: Raw, kind: Op, source: &'static SchemaMeta, query: Statement) {
        // OK because a query has at most eight of these, by type.
        self.queries.push((self.sources.len() as u8, Arc::new(query)));
        self.join(condition, kind, source);
    }

    /// Is the root read from a query?
    #[must_use]
    pub fn reads_query(&self) -> bool {
        self.queries.first().is_some_and(|(binding, _)| *binding == 0)
    }

    /// The source of this number.
    #[must_use]
    pub fn source(&self, binding: usize) -> Option<&'static SchemaMeta> {
        match binding.checked_sub(usize::from(VIA)) {
            Some(on_the_way) => self.via.get(on_the_way).copied(),
            None => self.sources.get(binding).copied(),
        }
    }

    /// Do both have the same SQL text, whatever their parameters?
    #[must_use]
    pub fn same_shape(&self, other: &Self) -> bool {
        self.verb == other.verb
            && self.level == other.level
            && self.distinct == other.distinct
            && self.is_foreign == other.is_foreign
            && self.lock == other.lock
            && self.limit.is_some() == other.limit.is_some()
            && self.offset.is_some() == other.offset.is_some()
            && self.per == other.per
            && self.prefix == other.prefix
            && self.queries.len() == other.queries.len()
            && self.queries.iter().zip(&other.queries).all(|(a, b)| a.0 == b.0 && a.1.same_shape(&b.1))
            && same_tables(&self.sources, &other.sources)
            && same_tables(&self.via, &other.via)
            && self.body.same_shape(&other.body)
            && self.select.same_shape(&other.select)
    }

    /// Hashes what [`same_shape`](Statement::same_shape) compares.
    #[inline]
    pub fn hash_shape(&self, hasher: &mut impl Hasher) {
        let flags = self.verb as u32
            | u32::from(self.level) << 4
            | u32::from(self.distinct) << 8
            | u32::from(self.limit.is_some()) << 9
            | u32::from(self.offset.is_some()) << 10
            | u32::from(self.lock.is_some()) << 11
            | u32::from(self.is_foreign) << 12;
        hasher.write_u32(flags);
        if let Some(per) = self.per {
            hasher.write_u64(u64::from(per.column.bits()) | u64::from(per.once) << 32);
        }
        for source in self.sources.iter().chain(&self.via) {
            hasher.write_usize(std::ptr::from_ref::<SchemaMeta>(source).addr());
        }
        if let Some(prefix) = &self.prefix {
            hasher.write(prefix.as_bytes());
        }
        for (_, query) in &self.queries {
            query.hash_shape(hasher);
        }
        self.body.hash_shape(hasher);
        self.select.hash_shape(hasher);
    }

    /// The statement without its parameters: what a cache keeps.
    #[must_use]
    pub fn shape(&self) -> Self {
        Statement {
            queries: self.queries.iter().map(|(binding, query)| (*binding, Arc::new(query.shape()))).collect(),
            body: self.body.without_params(),
            select: self.select.without_params(),
            ..self.clone()
        }
    }

    /// Each parameter in the order of the numbers that the SQL text gives them.
    pub fn each_param<'a>(&'a self, each: &mut dyn FnMut(&'a Value)) {
        self.body.each_param(each);
        self.select.each_param(each);
        for (_, query) in &self.queries {
            query.each_param(each);
        }
        self.bounds().for_each(each);
    }

    /// The limit and the offset, whose numbers come after all others of this statement.
    pub fn bounds(&self) -> impl Iterator<Item = &Value> {
        self.limit.iter().chain(&self.offset)
    }

    /// Says in which named schema the tables are, here and in subqueries that do not say it.
    pub fn place(&mut self, prefix: &Arc<str>) {
        self.prefix.get_or_insert_with(|| Arc::clone(prefix));
        for (_, query) in &mut self.queries {
            Arc::make_mut(query).place(prefix);
        }
        for extra in self.body.extras.iter_mut().chain(&mut self.select.extras) {
            if let Extra::Statement(nested) = extra {
                Arc::make_mut(nested).place(prefix);
            }
        }
    }

    /// A query made outside is being extended or used inside the closure of another one: moves it below that.
    pub fn relevel(&mut self, from: u8, by: u8) {
        self.body.relevel(from, by);
        self.select.relevel(from, by);
        self.per = self.per.map(|per| Per { column: per.column.relevelled(from, by), ..per });
        for (_, query) in &mut self.queries {
            Arc::make_mut(query).relevel(from, by);
        }
        if self.level >= from {
            self.level += by;
        }
    }
}

fn same_tables(a: &[&'static SchemaMeta], b: &[&'static SchemaMeta]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| std::ptr::eq(*a, *b))
}

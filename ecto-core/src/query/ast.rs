//! The statement behind every typed query and write: data that knows nothing.
//!
//! An expression is a postfix list of six-byte [`Token`]s with its parameters apart, so that it is built without
//! allocating, and hashed and compared in tens of nanoseconds: each connection keeps a cache from the shape of a statement (everything but its
//! parameters) to its SQL text. `adapter/sql` walks the tokens with a stack; nobody else needs to read them.

use std::hash::Hasher;
use std::sync::Arc;

use smallvec::SmallVec;

use super::At;
use crate::schema::SchemaMeta;
use crate::types::{Kind, Value};

/// What a token does. Operands stand before their operator; a clause takes the expressions before it off the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "those without a word of their own are the SQL of their name")]
pub enum Op {
    // Operands.
    /// A column: `at` is the source, `arg` the number of the field.
    Column,
    /// The next parameter: `arg` is its [`Kind`].
    Param,
    /// The next parameter, a list: `arg` is the [`Kind`] of its elements.
    ListParam,
    /// A literal from `extras`.
    Literal,
    True,
    False,
    /// `COUNT(*)`.
    CountAll,
    // One operand.
    Not,
    IsNull,
    IsNotNull,
    Negate,
    /// `arg` is the [`Kind`].
    Cast,
    /// An aggregate: `arg` is 1 if it is DISTINCT.
    Count,
    Sum,
    Avg,
    Min,
    Max,
    // Two operands.
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    /// NULL equals NULL.
    Same,
    Like,
    Ilike,
    And,
    Or,
    Add,
    Sub,
    Mul,
    Div,
    /// A value, and a list parameter.
    InList,
    /// An aggregate, and its condition.
    Filter,
    // Any number of operands.
    /// `arg` is their number.
    Coalesce,
    /// The text is in `extras`, `arg` is the number of its placeholders.
    Fragment,
    // Subqueries, from `extras`.
    /// A value.
    InQuery,
    Exists,
    Scalar,
    // Clauses.
    Where,
    GroupBy,
    Having,
    /// `arg` says where NULLs stand: 0 as the database does, 1 first, 2 last.
    Asc,
    Desc,
    /// A condition: joins the next source.
    Join,
    LeftJoin,
    RightJoin,
    FullJoin,
    /// A query from `extras`, combined with those before it: `arg` is a [`Combination`](super::Combination). Where there is one, all clauses are.
    Combine,
    /// A value for the column `arg` of the source `at`.
    Set,
    // What is selected or returned.
    /// An expression.
    Item,
    /// All columns of the source `at`.
    Row,
    /// The column `arg` of the root, without a qualifier: what an insert takes, and what a write returns.
    Returned,
}

/// A word of a statement, small and `Copy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it does.
    pub op: Op,
    /// Which source it speaks of, where it does.
    pub at: At,
    /// See [`Op`].
    pub arg: u16,
}

impl Token {
    /// A token that needs nothing else.
    #[inline]
    #[must_use]
    pub const fn new(op: Op) -> Self {
        Token { op, at: At::ROOT, arg: 0 }
    }

    /// A token with an argument.
    #[inline]
    #[must_use]
    pub const fn with(op: Op, arg: u16) -> Self {
        Token { op, at: At::ROOT, arg }
    }

    /// A column of a source.
    #[inline]
    #[must_use]
    pub const fn column(at: At, field: u16) -> Self {
        Token { op: Op::Column, at, arg: field }
    }

    /// A parameter.
    #[inline]
    #[must_use]
    pub const fn param(kind: Kind) -> Self {
        Token { op: Op::Param, at: At::ROOT, arg: kind as u16 }
    }

    #[inline]
    const fn bits(self) -> u32 {
        self.op as u32 | (self.at.place() as u32) << 8 | (self.arg as u32) << 16
    }
}

/// What does not fit into a token.
#[derive(Debug, Clone)]
pub enum Extra {
    /// The text of a fragment, with `?` for its operands.
    Text(&'static str),
    /// A value that is written into the text.
    Literal(Value),
    /// A subquery.
    Statement(Arc<Statement>),
}

/// An expression or a run of clauses.
#[derive(Debug, Clone, Default)]
pub struct Tokens<const N: usize> {
    /// In postfix order.
    pub tokens: SmallVec<[Token; N]>,
    /// One for each [`Op::Param`] and [`Op::ListParam`], in order.
    pub params: SmallVec<[Value; 2]>,
    /// One for each token that needs it, in order.
    pub extras: Vec<Extra>,
}

/// An expression on its way into a statement.
pub type Raw = Tokens<8>;

impl<const N: usize> Tokens<N> {
    /// One token.
    #[inline(never)]
    #[must_use]
    pub fn of(token: Token) -> Self {
        let mut raw = Tokens { tokens: SmallVec::new(), params: SmallVec::new(), extras: Vec::new() };
        raw.tokens.push(token);
        raw
    }

    /// Appends one token.
    #[inline(never)]
    pub fn push(&mut self, token: Token) {
        self.tokens.push(token);
    }

    /// Appends a parameter.
    #[inline(never)]
    pub fn push_param(&mut self, kind: Kind, value: Value) {
        self.tokens.push(Token::param(kind));
        self.params.push(value);
    }

    /// Appends a value that is written into the text.
    #[inline(never)]
    pub fn push_literal(&mut self, value: Value) {
        match value {
            Value::Bool(true) => self.tokens.push(Token::new(Op::True)),
            Value::Bool(false) => self.tokens.push(Token::new(Op::False)),
            value => {
                self.tokens.push(Token::new(Op::Literal));
                self.extras.push(Extra::Literal(value));
            }
        }
    }

    /// Appends an expression.
    #[inline(never)]
    pub fn append<const M: usize>(&mut self, other: Tokens<M>) {
        self.tokens.extend_from_slice(&other.tokens);
        if !other.params.is_empty() {
            self.params.extend(other.params);
        }
        if !other.extras.is_empty() {
            self.extras.extend(other.extras);
        }
    }

    fn same_shape(&self, other: &Self) -> bool {
        self.tokens == other.tokens
            && self.extras.len() == other.extras.len()
            && self.extras.iter().zip(&other.extras).all(|(a, b)| a.same_shape(b))
    }

    #[inline]
    fn hash_shape(&self, hasher: &mut impl Hasher) {
        let mut pairs = self.tokens.chunks_exact(2);
        for pair in pairs.by_ref() {
            hasher.write_u64(u64::from(pair[0].bits()) | u64::from(pair[1].bits()) << 32);
        }
        // The length keeps a trailing token apart from a pair with an empty half.
        let last = pairs.remainder().first().map_or(0, |token| token.bits());
        hasher.write_u64(u64::from(last) | (self.tokens.len() as u64) << 32);
        for extra in &self.extras {
            extra.hash_shape(hasher);
        }
    }

    fn without_params(&self) -> Self {
        Tokens { tokens: self.tokens.clone(), params: SmallVec::new(), extras: self.extras.iter().map(Extra::without_params).collect() }
    }

    /// The parameters in the order of their numbers: first these, then those of each subquery.
    fn each_param<'a>(&'a self, each: &mut dyn FnMut(&'a Value)) {
        self.params.iter().for_each(&mut *each);
        for extra in &self.extras {
            if let Extra::Statement(statement) = extra {
                statement.each_param(each);
            }
        }
    }

    /// Moves every column from level `from` on `by` levels down, here and in subqueries.
    fn relevel(&mut self, from: u8, by: u8) {
        for token in &mut self.tokens {
            if matches!(token.op, Op::Column | Op::Row) && token.at.level() >= from {
                token.at = token.at.deeper(by);
            }
        }
        for extra in &mut self.extras {
            if let Extra::Statement(statement) = extra {
                Arc::make_mut(statement).relevel(from, by);
            }
        }
    }
}

impl Extra {
    fn same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Extra::Text(a), Extra::Text(b)) => a == b,
            (Extra::Literal(a), Extra::Literal(b)) => a == b,
            (Extra::Statement(a), Extra::Statement(b)) => a.same_shape(b),
            _ => false,
        }
    }

    fn hash_shape(&self, hasher: &mut impl Hasher) {
        match self {
            Extra::Text(text) => hasher.write(text.as_bytes()),
            Extra::Literal(Value::Text(text)) => hasher.write(text.as_bytes()),
            // Equal hashes are told apart by `same_shape`.
            Extra::Literal(_) => hasher.write_u8(1),
            Extra::Statement(statement) => statement.hash_shape(hasher),
        }
    }

    fn without_params(&self) -> Self {
        match self {
            Extra::Statement(statement) => Extra::Statement(Arc::new(statement.shape())),
            other => other.clone(),
        }
    }
}

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
    /// A query that the root is read from, instead of its table. Its columns go by the names of the root's.
    pub from: Option<Arc<Statement>>,
    /// The root, then each joined source.
    pub sources: SmallVec<[&'static SchemaMeta; 4]>,
    /// Every clause, in the order in which they were called; for an insert the columns it takes.
    pub body: Tokens<24>,
    /// What is selected, or what a write returns. Empty in a SELECT: every column of the root.
    pub select: Tokens<8>,
    /// At most so many rows: a parameter behind all others of this statement, then the offset.
    pub limit: Option<Value>,
    /// After so many rows.
    pub offset: Option<Value>,
    /// Limit and offset hold for each value of this field of the root, instead of for the whole: a preload's "three of each".
    pub per: Option<u16>,
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
            from: None,
            sources,
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
        statement.from = Some(Arc::new(inner));
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
        self.clause(condition, Token::new(kind));
        self.sources.push(source);
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
            && match (&self.from, &other.from) {
                (Some(a), Some(b)) => a.same_shape(b),
                (None, None) => true,
                _ => false,
            }
            && self.sources.len() == other.sources.len()
            && self.sources.iter().zip(&other.sources).all(|(a, b)| std::ptr::eq(*a, *b))
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
        if let Some(field) = self.per {
            hasher.write_u16(field);
        }
        for source in &self.sources {
            hasher.write_usize(std::ptr::from_ref::<SchemaMeta>(source).addr());
        }
        if let Some(prefix) = &self.prefix {
            hasher.write(prefix.as_bytes());
        }
        if let Some(from) = &self.from {
            from.hash_shape(hasher);
        }
        self.body.hash_shape(hasher);
        self.select.hash_shape(hasher);
    }

    /// The statement without its parameters: what a cache keeps.
    #[must_use]
    pub fn shape(&self) -> Self {
        Statement {
            from: self.from.as_ref().map(|from| Arc::new(from.shape())),
            body: self.body.without_params(),
            select: self.select.without_params(),
            ..self.clone()
        }
    }

    /// Each parameter in the order of the numbers that the SQL text gives them.
    pub fn each_param<'a>(&'a self, each: &mut dyn FnMut(&'a Value)) {
        self.body.each_param(each);
        self.select.each_param(each);
        if let Some(from) = &self.from {
            from.each_param(each);
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
        if let Some(from) = &mut self.from {
            Arc::make_mut(from).place(prefix);
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
        if let Some(source) = &mut self.from {
            Arc::make_mut(source).relevel(from, by);
        }
        if self.level >= from {
            self.level += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_six_bytes() {
        assert_eq!(size_of::<Token>(), 6);
    }
}

//! A run of tokens with what they stand for: parameters, texts, and queries inside.

use std::hash::Hasher;
use std::sync::Arc;

use smallvec::SmallVec;

use super::{Op, Statement, Token};
use crate::types::{Kind, Value};

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

/// An expression or a run of clauses: so many tokens and so many parameters need no allocation.
#[derive(Debug, Clone, Default)]
pub struct Tokens<const N: usize, const P: usize> {
    /// In postfix order.
    pub tokens: SmallVec<[Token; N]>,
    /// One for each [`Op::Param`] and [`Op::ListParam`], in order.
    pub params: SmallVec<[Value; P]>,
    /// One for each token that needs it, in order.
    pub extras: Vec<Extra>,
}

/// An expression on its way into a statement.
pub type Raw = Tokens<8, 2>;

impl<const N: usize, const P: usize> Tokens<N, P> {
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
    pub fn append<const M: usize, const Q: usize>(&mut self, other: Tokens<M, Q>) {
        self.tokens.extend_from_slice(&other.tokens);
        if !other.params.is_empty() {
            self.params.extend(other.params);
        }
        if !other.extras.is_empty() {
            self.extras.extend(other.extras);
        }
    }

    pub(super) fn same_shape(&self, other: &Self) -> bool {
        self.tokens == other.tokens
            && self.extras.len() == other.extras.len()
            && self.extras.iter().zip(&other.extras).all(|(a, b)| a.same_shape(b))
    }

    #[inline]
    pub(super) fn hash_shape(&self, hasher: &mut impl Hasher) {
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

    pub(super) fn without_params(&self) -> Self {
        Tokens { tokens: self.tokens.clone(), params: SmallVec::new(), extras: self.extras.iter().map(Extra::without_params).collect() }
    }

    /// The parameters in the order of their numbers: first these, then those of each subquery.
    pub(crate) fn each_param<'a>(&'a self, each: &mut dyn FnMut(&'a Value)) {
        self.params.iter().for_each(&mut *each);
        for extra in &self.extras {
            if let Extra::Statement(statement) = extra {
                statement.each_param(each);
            }
        }
    }

    /// Moves every column from level `from` on `by` levels down, here and in subqueries.
    pub(super) fn relevel(&mut self, from: u8, by: u8) {
        for token in &mut self.tokens {
            *token = token.relevelled(from, by);
        }
        for extra in &mut self.extras {
            if let Extra::Statement(statement) = extra {
                Arc::make_mut(statement).relevel(from, by);
            }
        }
    }
}

impl Extra {
    pub(super) fn same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Extra::Text(a), Extra::Text(b)) => a == b,
            (Extra::Literal(a), Extra::Literal(b)) => a == b,
            (Extra::Statement(a), Extra::Statement(b)) => a.same_shape(b),
            _ => false,
        }
    }

    pub(super) fn hash_shape(&self, hasher: &mut impl Hasher) {
        match self {
            Extra::Text(text) => hasher.write(text.as_bytes()),
            Extra::Literal(Value::Text(text)) => hasher.write(text.as_bytes()),
            // Equal hashes are told apart by `same_shape`.
            Extra::Literal(_) => hasher.write_u8(1),
            Extra::Statement(statement) => statement.hash_shape(hasher),
        }
    }

    pub(super) fn without_params(&self) -> Self {
        match self {
            Extra::Statement(statement) => Extra::Statement(Arc::new(statement.shape())),
            other => other.clone(),
        }
    }
}

//! Which number each parameter has.
//!
//! The numbers follow [`Statement::each_param`](crate::query::Statement::each_param): the parameters of a run of tokens come first, then those of each
//! subquery in it. The adapter binds in that order, so nothing is permuted when a cached text is used again.

use super::list;
use crate::query::Tokens;
use crate::types::Value;

/// Where the parameters of one run of tokens stand.
#[derive(Debug)]
pub struct Numbering {
    own: usize,
    nested: usize,
    expands_lists: bool,
}

impl Numbering {
    /// The run begins behind `before` parameters.
    pub fn new<const N: usize, const P: usize>(tokens: &Tokens<N, P>, before: usize, expands_lists: bool) -> Self {
        let width = |value| width(value, expands_lists);
        // The rows of a bulk insert are not in the statement: it has a token for each column and no value.
        let own: usize = if tokens.params.is_empty() {
            tokens.tokens.iter().filter(|token| token.op == crate::query::Op::Param).count()
        } else {
            tokens.params.iter().map(width).sum()
        };
        Numbering { own: before, nested: before + own, expands_lists }
    }

    /// The number of the next parameter of this run, counted from 1.
    pub fn next(&mut self) -> usize {
        self.own += 1;
        self.own
    }

    /// The numbers of the next parameter, which is a list.
    pub fn next_list(&mut self, value: Option<&Value>) -> std::ops::Range<usize> {
        let first = self.own + 1;
        self.own += match value {
            Some(value) => width(value, self.expands_lists),
            None => 1,
        };
        first..self.own + 1
    }

    /// How many parameters stand before the next subquery.
    pub fn before_nested(&self) -> usize {
        self.nested
    }

    /// A subquery has been written, and ended with this many parameters.
    pub fn nested_ended(&mut self, end: usize) {
        self.nested = end;
    }

    /// How many parameters there are when the run has ended.
    pub fn end(&self) -> usize {
        self.nested
    }
}

/// How many parameters a value takes.
fn width(value: &Value, expands_lists: bool) -> usize {
    if expands_lists { list::width(value) } else { 1 }
}

/// How many parameters a run of tokens has, with those of the subqueries in it.
pub fn count<const N: usize, const P: usize>(tokens: &Tokens<N, P>, expands_lists: bool) -> usize {
    let mut count = 0;
    tokens.each_param(&mut |value| count += width(value, expands_lists));
    count
}

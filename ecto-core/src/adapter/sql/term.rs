//! An expression on the stack: its tree, and what its neighbours must know of it.

use sea_query::Expr;

use crate::types::Kind;

/// One entry of the stack.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) tree: Expr,
    /// The kind of its value, where it is known.
    pub(super) kind: Option<Kind>,
    /// Is it a parameter that nothing has given a type yet?
    pub(super) bare: bool,
    /// A cast that it still needs, once nothing more can be attached to it (`FILTER` goes inside).
    pub(super) pending: Option<&'static str>,
}

impl Term {
    pub(super) fn new(tree: Expr, kind: Option<Kind>) -> Self {
        Term { tree, kind, bare: false, pending: None }
    }

    pub(super) fn param(tree: Expr, kind: Option<Kind>) -> Self {
        Term { bare: true, ..Term::new(tree, kind) }
    }

    pub(super) fn condition(tree: Expr) -> Self {
        Term::new(tree, Some(Kind::Bool))
    }
}

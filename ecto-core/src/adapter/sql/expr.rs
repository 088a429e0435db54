//! Expressions: one walk over the tokens, a tree for each operator.

use sea_query::{Alias, BinOper, Expr, ExprTrait, Func, IntoIden, SelectStatement};

use super::Dialect;
use super::list::ListShape;
use super::literal::literal;
use super::numbering::Numbering;
use super::param::numbered;
use super::source::{Scope, find};
use super::term::Term;
use crate::error::{QueryError, Result};
use crate::query::{Extra, Op, Statement, Token, Tokens};
use crate::types::{Kind, Value};

/// What a walk needs to know, and the queries around the place where it is.
pub(super) struct Writer<'a> {
    pub(super) dialect: &'a dyn Dialect,
    pub(super) scopes: Vec<Scope<'a>>,
    /// Are what is selected now compared, to find what is equal? Then decimals that are texts compare as numbers.
    pub(super) compares_items: bool,
}

/// A walk over one run of tokens.
pub(super) struct Walk<'w, 'a> {
    pub(super) writer: &'w mut Writer<'a>,
    stack: Vec<Term>,
    numbering: Numbering,
    params: std::slice::Iter<'a, Value>,
    extras: std::slice::Iter<'a, Extra>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Walks over a run of tokens whose parameters stand behind `before` others; each clause is handed over, with the walk to take its
    /// operands from. Returns how many parameters there are then.
    pub(super) fn over<const N: usize, const P: usize>(
        writer: &'w mut Writer<'a>,
        tokens: &'a Tokens<N, P>,
        before: usize,
        clause: &mut dyn FnMut(&mut Walk<'_, 'a>, Token) -> Result<()>,
    ) -> Result<usize> {
        let numbering = Numbering::new(tokens, before, !writer.dialect.capabilities().array_params);
        let mut walk = Walk { writer, stack: Vec::new(), numbering, params: tokens.params.iter(), extras: tokens.extras.iter() };
        for token in &tokens.tokens {
            match walk.term(*token)? {
                Some(term) => walk.stack.push(term),
                None => clause(&mut walk, *token)?,
            }
        }
        Ok(walk.numbering.end())
    }

    fn dialect(&self) -> &'a dyn Dialect {
        self.writer.dialect
    }

    fn pop(&mut self) -> Result<Term> {
        self.stack.pop().ok_or_else(|| QueryError::Malformed.into())
    }

    /// The operand of a clause, finished.
    pub(super) fn take(&mut self) -> Result<Expr> {
        let term = self.pop()?;
        Ok(self.finish(term))
    }

    /// The operand of a clause, as it goes into an assignment, whose column gives a parameter its type.
    pub(super) fn take_value(&mut self) -> Result<Expr> {
        let term = self.pop()?;
        Ok(if term.bare { term.tree } else { self.finish(term) })
    }

    /// The operand of an order or a group: decimals that are texts compare as numbers.
    pub(super) fn take_key(&mut self) -> Result<Expr> {
        let term = self.pop()?;
        let exact = self.is_text_decimal(&term);
        let tree = self.finish(term);
        Ok(if exact { self.writer.collated(tree) } else { tree })
    }

    /// The term that a token makes; none if it is a clause.
    fn term(&mut self, token: Token) -> Result<Option<Term>> {
        Ok(Some(match token.op {
            Op::Column => self.column(token)?,
            Op::Param => self.param(token),
            Op::ListParam => return self.list_param(token).map(Some),
            Op::Literal => self.literal()?,
            Op::True => Term::condition(Expr::Constant(true.into())),
            Op::False => Term::condition(Expr::Constant(false.into())),
            Op::CountAll => Term::new(Expr::cust("COUNT(*)"), Some(Kind::I64)),
            Op::Not => Term::condition(self.take()?.not()),
            Op::IsNull => Term::condition(self.take()?.is_null()),
            Op::IsNotNull => Term::condition(self.take()?.is_not_null()),
            Op::Negate => self.negate()?,
            Op::Cast => self.cast(token)?,
            Op::Count | Op::Sum | Op::Avg | Op::Min | Op::Max => self.aggregate(token)?,
            Op::Eq | Op::Ne | Op::Gt | Op::Ge | Op::Lt | Op::Le | Op::Same | Op::Like | Op::Ilike => self.compare(token.op)?,
            Op::And | Op::Or => self.logic(token.op)?,
            Op::Add | Op::Sub | Op::Mul | Op::Div => self.arithmetic(token.op)?,
            Op::InList => self.in_list()?,
            Op::Filter => self.filter()?,
            Op::Coalesce => self.coalesce(usize::from(token.arg))?,
            Op::Fragment => self.fragment(usize::from(token.arg))?,
            Op::InQuery | Op::Exists | Op::Scalar => self.subquery(token.op)?,
            Op::Where | Op::GroupBy | Op::Having | Op::Asc | Op::Desc | Op::Join | Op::LeftJoin | Op::RightJoin | Op::FullJoin => {
                return Ok(None);
            }
            Op::Combine | Op::Set | Op::Item | Op::Row | Op::Returned => return Ok(None),
        }))
    }

    fn column(&mut self, token: Token) -> Result<Term> {
        let scope = find(&self.writer.scopes, token.at).ok_or(QueryError::ForeignHandle)?;
        let binding = usize::from(token.at.binding());
        let tree = scope.column(binding, token.arg).ok_or(QueryError::ForeignHandle)?;
        let field = scope.statement.source(binding).and_then(|source| source.fields.get(usize::from(token.arg)));
        Ok(Term::new(tree, field.map(|field| field.kind)))
    }

    fn param(&mut self, token: Token) -> Term {
        self.params.next();
        Term::param(numbered(self.numbering.next()), Kind::from_index(token.arg))
    }

    /// A list parameter is taken apart by the `InList` behind it: it goes on the stack as the whole right side.
    fn list_param(&mut self, token: Token) -> Result<Term> {
        let value = self.params.next();
        let numbers = self.numbering.next_list(value);
        let kind = Kind::from_index(token.arg);
        if self.dialect().capabilities().array_params {
            return Ok(Term::param(Func::cust("ANY").arg(numbered(numbers.start)).into(), kind));
        }
        let Some(Value::List(list)) = value else { return Err(QueryError::Malformed.into()) };
        Ok(Term::new(
            match ListShape::of(list.len()) {
                ListShape::Empty | ListShape::Expanded(_) => Expr::tuple(numbers.map(numbered)),
                // sea-query puts the parentheses; a second pair would make it a scalar, which is the first element alone.
                ListShape::Json => Expr::cust(format!("SELECT value FROM json_each({}{})", self.dialect().placeholder(), numbers.start)),
            },
            kind,
        ))
    }

    fn literal(&mut self) -> Result<Term> {
        match self.extras.next() {
            Some(Extra::Literal(value)) => Ok(Term::new(Expr::cust(literal(value, self.dialect())), value.kind())),
            _ => Err(QueryError::Malformed.into()),
        }
    }

    fn negate(&mut self) -> Result<Term> {
        let term = self.pop()?;
        let kind = term.kind;
        if self.is_text_decimal(&term) {
            return Ok(Term::new(self.call("ecto_decimal_neg", [term]), kind));
        }
        let tree = self.finish(term);
        Ok(Term::new(self.writer.template("(-?)", [tree]), kind))
    }

    fn cast(&mut self, token: Token) -> Result<Term> {
        let term = self.pop()?;
        let Some(kind) = Kind::from_index(token.arg) else { return Err(QueryError::Malformed.into()) };
        let tree = if term.bare { term.tree } else { self.finish(term) };
        Ok(Term::new(self.cast_to(tree, self.dialect().cast_type(kind)), Some(kind)))
    }

    fn compare(&mut self, op: Op) -> Result<Term> {
        let (left, right) = self.pair()?;
        let exact = self.is_text_decimal(&left) || self.is_text_decimal(&right);
        let (left, right) = self.settle(left, right);
        let left = if exact { self.writer.collated(left) } else { left };
        if op == Op::Ilike && self.dialect().ilike().is_none() {
            return Ok(Term::condition(Expr::expr(Func::lower(left)).binary(BinOper::Like, Func::lower(right))));
        }
        let operator = match op {
            Op::Ne => BinOper::NotEqual,
            Op::Gt => BinOper::GreaterThan,
            Op::Ge => BinOper::GreaterThanOrEqual,
            Op::Lt => BinOper::SmallerThan,
            Op::Le => BinOper::SmallerThanOrEqual,
            Op::Like => BinOper::Like,
            Op::Ilike => BinOper::Custom(self.dialect().ilike().unwrap_or("LIKE")),
            Op::Same => BinOper::Custom("IS NOT DISTINCT FROM"),
            _ => BinOper::Equal,
        };
        Ok(Term::condition(left.binary(operator, right)))
    }

    fn logic(&mut self, op: Op) -> Result<Term> {
        let (left, right) = self.pair()?;
        let (left, right) = (self.finish(left), self.finish(right));
        Ok(Term::condition(if op == Op::And { left.and(right) } else { left.or(right) }))
    }

    fn arithmetic(&mut self, op: Op) -> Result<Term> {
        let (left, right) = self.pair()?;
        let kind = left.kind.or(right.kind);
        let (operator, function) = match op {
            Op::Add => (BinOper::Add, "ecto_decimal_add"),
            Op::Sub => (BinOper::Sub, "ecto_decimal_sub"),
            Op::Mul => (BinOper::Mul, "ecto_decimal_mul"),
            _ => (BinOper::Div, "ecto_decimal_div"),
        };
        if self.is_text_decimal(&left) || self.is_text_decimal(&right) {
            return Ok(Term::new(self.call(function, [left, right]), kind));
        }
        let (left, right) = self.settle(left, right);
        Ok(Term::new(left.binary(operator, right), kind))
    }

    fn in_list(&mut self) -> Result<Term> {
        let (left, right) = self.pair()?;
        // nothing is in an empty list, not even NULL. sea-query would send two parameters that nobody binds.
        if matches!(&right.tree, Expr::Tuple(items) if items.is_empty()) {
            return Ok(Term::condition(Expr::Constant(false.into())));
        }
        let exact = self.is_text_decimal(&left);
        let left = self.finish(left);
        let left = if exact { self.writer.collated(left) } else { left };
        let operator = if self.dialect().capabilities().array_params { BinOper::Equal } else { BinOper::In };
        Ok(Term::condition(left.binary(operator, right.tree)))
    }

    fn filter(&mut self) -> Result<Term> {
        let (aggregate, condition) = self.pair()?;
        let condition = self.finish(condition);
        Ok(Term { tree: self.writer.template("? FILTER (WHERE ?)", [aggregate.tree, condition]), ..aggregate })
    }

    fn coalesce(&mut self, count: usize) -> Result<Term> {
        let terms = self.several(count)?;
        let kind = terms.iter().find_map(|term| term.kind);
        Ok(Term::new(self.call("COALESCE", terms), kind))
    }

    fn fragment(&mut self, count: usize) -> Result<Term> {
        let Some(Extra::Text(text)) = self.extras.next() else { return Err(QueryError::Malformed.into()) };
        let operands = self.several(count)?.into_iter().map(|term| self.finish(term)).collect::<Vec<_>>();
        Ok(Term::new(self.writer.template(text, operands), None))
    }

    /// The next query of those inside this run of tokens.
    pub(super) fn nested(&mut self) -> Result<(&'a Statement, SelectStatement)> {
        let Some(Extra::Statement(statement)) = self.extras.next() else { return Err(QueryError::Malformed.into()) };
        let (tree, end) = self.writer.select(statement, self.numbering.before_nested())?;
        self.numbering.nested_ended(end);
        Ok((statement, tree))
    }

    fn subquery(&mut self, op: Op) -> Result<Term> {
        let (statement, tree) = self.nested()?;
        Ok(match op {
            Op::InQuery => Term::condition(self.take_key()?.in_subquery(tree)),
            Op::Exists => Term::condition(Expr::exists(tree)),
            _ => Term::new(Expr::SubQuery(None, Box::new(tree.into())), selected_kind(statement)),
        })
    }

    fn aggregate(&mut self, token: Token) -> Result<Term> {
        let term = self.pop()?;
        let (kind, exact) = (term.kind, self.is_text_decimal(&term));
        let operand = self.finish(term);
        let operand = match (token.arg == 1, exact) {
            (true, true) => self.writer.template("DISTINCT ? COLLATE ECTO_DECIMAL", [operand]),
            (true, false) => self.writer.template("DISTINCT ?", [operand]),
            (false, _) => operand,
        };
        let dialect = self.dialect();
        let (name, exact_name, pending, result) = match token.op {
            Op::Sum => ("SUM", "ecto_decimal_sum", kind.and_then(|kind| dialect.sum_type(kind)), kind),
            Op::Avg => ("AVG", "ecto_decimal_avg", kind.and_then(|kind| dialect.mean_type(kind)), mean_kind(kind)),
            Op::Min => ("MIN", "ecto_decimal_min", None, kind),
            Op::Max => ("MAX", "ecto_decimal_max", None, kind),
            _ => ("COUNT", "COUNT", None, Some(Kind::I64)),
        };
        let name = if exact { exact_name } else { name };
        Ok(Term { pending, ..Term::new(Func::cust(Alias::new(name)).arg(operand).into(), result) })
    }

    /// The two operands of an operator, in the order in which they were written.
    fn pair(&mut self) -> Result<(Term, Term)> {
        let right = self.pop()?;
        Ok((self.pop()?, right))
    }

    fn several(&mut self, count: usize) -> Result<Vec<Term>> {
        let first = self.stack.len().checked_sub(count).ok_or(QueryError::Malformed)?;
        Ok(self.stack.split_off(first))
    }

    /// Both sides of an operator. A parameter takes its type from the other side, unless that is one too.
    fn settle(&self, left: Term, right: Term) -> (Expr, Expr) {
        match (left.bare, right.bare) {
            (true, false) => (left.tree, self.finish(right)),
            (false, true) => (self.finish(left), right.tree),
            _ => (self.finish(left), self.finish(right)),
        }
    }

    /// The tree of a term to which nothing more will be attached.
    fn finish(&self, term: Term) -> Expr {
        match (term.pending, term.kind) {
            (Some(to), _) => self.cast_to(term.tree, to),
            (None, Some(kind)) if term.bare && self.dialect().types_params() => self.cast_to(term.tree, self.dialect().cast_type(kind)),
            _ => term.tree,
        }
    }

    fn cast_to(&self, tree: Expr, to: &'static str) -> Expr {
        Func::cast_as(tree, Alias::new(to)).into()
    }

    fn call(&self, name: &'static str, terms: impl IntoIterator<Item = Term>) -> Expr {
        Func::cust(Alias::new(name).into_iden()).args(terms.into_iter().map(|term| self.finish(term)).collect::<Vec<_>>()).into()
    }

    /// Is it a decimal, of a database that keeps decimals as texts?
    fn is_text_decimal(&self, term: &Term) -> bool {
        term.kind == Some(Kind::Decimal) && !self.dialect().has_decimals()
    }
}

/// A mean of decimals is a decimal, of anything else a float.
fn mean_kind(kind: Option<Kind>) -> Option<Kind> {
    match kind {
        Some(Kind::Decimal) => kind,
        _ => Some(Kind::F64),
    }
}

/// The kind of the only item of a query, if it is a column.
fn selected_kind(statement: &Statement) -> Option<Kind> {
    match statement.select.tokens.as_slice() {
        [Token { op: Op::Column, at, arg }, _] if at.level() == statement.level => {
            let source = statement.source(usize::from(at.binding()))?;
            source.fields.get(usize::from(*arg)).map(|field| field.kind)
        }
        _ => None,
    }
}

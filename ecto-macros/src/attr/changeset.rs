//! `#[changeset(..)]` on a field.

use proc_macro2::{Span, TokenTree};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Token, parenthesized};

use super::{each_item, flag, once, text, value};
use crate::ctxt::Ctxt;
use crate::{suggest, symbol};

/// One rule of a field.
pub struct Rule {
    pub span: Span,
    pub kind: RuleKind,
    /// In place of the usual message.
    pub message: Option<LitStr>,
}

/// What a rule asks.
pub enum RuleKind {
    Cast,
    Required,
    Format(LitStr),
    Length(Vec<(Ident, Expr)>),
    Number(Vec<(Ident, Expr)>),
    Inclusion(Expr),
    Exclusion(Expr),
    Confirmation,
    Acceptance,
    /// The name of the constraint, where it is not the usual one.
    Unique(Option<LitStr>),
    ForeignKey(Option<LitStr>),
    Check(LitStr),
}

/// Every rule that stands on a field.
pub fn rules(ctxt: &Ctxt, attrs: &[Attribute]) -> Vec<Rule> {
    attrs.iter().flat_map(|attr| list(ctxt, attr)).collect()
}

/// The rules of one `#[changeset(..)]`, whose message is for the one rule beside it.
fn list(ctxt: &Ctxt, attr: &Attribute) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut message = None;
    each_item(ctxt, std::slice::from_ref(attr), (symbol::CHANGESET, symbol::ON_CHANGESET_FIELD), |name, item| {
        if name == symbol::MESSAGE {
            return once(&mut message, item, text(item)?);
        }
        let kind = rule(name, item)?;
        rules.push(Rule { span: item.path.span(), kind, message: None });
        Ok(())
    });
    if let Some(message) = message {
        give(ctxt, message, &mut rules);
    }
    rules
}

/// ```text
/// #[changeset(required, format = "@", message = "is no address")]
/// ```
fn give(ctxt: &Ctxt, message: LitStr, rules: &mut [Rule]) {
    let mut speaking = rules.iter_mut().filter(|rule| !matches!(rule.kind, RuleKind::Cast));
    match (speaking.next(), speaking.next()) {
        (Some(rule), None) => rule.message = Some(message),
        _ => ctxt.error(message, "a message is for one rule: give that rule a `#[changeset(..)]` of its own, with the message in it"),
    }
}

fn rule(name: &str, item: &ParseNestedMeta<'_>) -> syn::Result<RuleKind> {
    Ok(match name {
        symbol::CAST => flag(item).map(|_| RuleKind::Cast)?,
        symbol::REQUIRED => flag(item).map(|_| RuleKind::Required)?,
        symbol::FORMAT => RuleKind::Format(pattern(item)?),
        symbol::LENGTH => RuleKind::Length(bounds(item, symbol::LENGTHS)?),
        symbol::NUMBER => RuleKind::Number(bounds(item, symbol::NUMBERS)?),
        symbol::INCLUSION => RuleKind::Inclusion(value(item)?),
        symbol::EXCLUSION => RuleKind::Exclusion(value(item)?),
        symbol::CONFIRMATION => flag(item).map(|_| RuleKind::Confirmation)?,
        symbol::ACCEPTANCE => flag(item).map(|_| RuleKind::Acceptance)?,
        symbol::UNIQUE => RuleKind::Unique(optional_name(item)?),
        symbol::FOREIGN_KEY => RuleKind::ForeignKey(optional_name(item)?),
        _ => RuleKind::Check(text(item)?),
    })
}

/// A regular expression, read here so that a wrong one does not compile.
fn pattern(item: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    let pattern = text(item)?;
    match regex_syntax::parse(&pattern.value()) {
        Ok(_) => Ok(pattern),
        Err(error) => Err(syn::Error::new_spanned(&pattern, format_args!("not a regular expression: {}", reason(&error)))),
    }
}

/// The error without the drawing of where it is.
fn reason(error: &regex_syntax::Error) -> String {
    match error {
        regex_syntax::Error::Parse(error) => error.kind().to_string(),
        regex_syntax::Error::Translate(error) => error.kind().to_string(),
        other => other.to_string(),
    }
}

/// `(min = 2, max = 100)`
fn bounds(item: &ParseNestedMeta<'_>, known: &[&str]) -> syn::Result<Vec<(Ident, Expr)>> {
    let expected = || item.error(format_args!("expected at least one of `{}`", known.join("`, `")));
    let ahead = item.input.fork();
    let inside;
    parenthesized!(inside in ahead);
    if inside.is_empty() {
        item.input.parse::<TokenTree>()?;
        return Err(expected());
    }
    let mut found: Vec<(Ident, Expr)> = Vec::new();
    item.parse_nested_meta(|part| {
        let name = part.path.get_ident().map(Ident::to_string).unwrap_or_default();
        if !known.contains(&name.as_str()) {
            return Err(part.error(suggest::unknown("bound", &name, known)));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(part.error("given twice"));
        }
        found.push((part.path.require_ident()?.clone(), number(&part)?));
        Ok(())
    })?;
    Ok(found)
}

/// ```text
/// #[changeset(length(min = "3"))]
/// ```
fn number(part: &ParseNestedMeta<'_>) -> syn::Result<Expr> {
    match value(part)? {
        Expr::Lit(ExprLit { lit: lit @ (Lit::Str(_) | Lit::Char(_) | Lit::Bool(_)), .. }) => {
            Err(syn::Error::new_spanned(lit, "expected a number"))
        }
        number => Ok(number),
    }
}

fn optional_name(item: &ParseNestedMeta<'_>) -> syn::Result<Option<LitStr>> {
    if item.input.peek(Token![=]) { text(item).map(Some) } else { flag(item).map(|_| None) }
}

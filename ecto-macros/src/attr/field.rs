//! `#[schema(..)]` on a field.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, Ident, LitStr, Token};

use super::{each_item, flag, once, text, value};
use crate::ctxt::Ctxt;
use crate::{suggest, symbol};

/// What stands on a field. A flag is the place where it was set.
#[derive(Default)]
pub struct FieldAttr {
    pub source: Option<LitStr>,
    pub default: Option<Expr>,
    pub is_virtual: Option<Span>,
    pub redact: Option<Span>,
    pub read_after_writes: Option<Span>,
    pub primary_key: Option<Span>,
    pub autogenerate: Option<Autogenerate>,
    pub writable: Option<(Writable, Span)>,
    pub association: Option<(AssociationKind, Span)>,
    pub foreign_key: Option<Ident>,
    pub references: Option<Ident>,
}

/// `autogenerate`, or `autogenerate = function`.
pub struct Autogenerate {
    pub span: Span,
    pub function: Option<Expr>,
}

/// `writable = ".."`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Writable {
    Always,
    Insert,
    Never,
}

/// The kinds of associations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AssociationKind {
    HasMany,
    HasOne,
    BelongsTo,
}

impl AssociationKind {
    /// The type that a field of this kind has.
    pub fn container(self) -> &'static str {
        match self {
            AssociationKind::HasMany => "HasMany",
            AssociationKind::HasOne => "HasOne",
            AssociationKind::BelongsTo => "BelongsTo",
        }
    }

    /// The attribute that names this kind.
    pub fn attribute(self) -> &'static str {
        match self {
            AssociationKind::HasMany => symbol::HAS_MANY,
            AssociationKind::HasOne => symbol::HAS_ONE,
            AssociationKind::BelongsTo => symbol::BELONGS_TO,
        }
    }
}

impl FieldAttr {
    /// Reads those of `known` that stand on a field.
    pub fn parse(ctxt: &Ctxt, attrs: &[Attribute], known: &[&str]) -> Self {
        let mut found = FieldAttr::default();
        each_item(ctxt, attrs, (symbol::SCHEMA, known), |name, item| found.take(name, item));
        found
    }

    fn take(&mut self, name: &str, item: &ParseNestedMeta<'_>) -> syn::Result<()> {
        match name {
            symbol::SOURCE => once(&mut self.source, item, text(item)?),
            symbol::DEFAULT => once(&mut self.default, item, value(item)?),
            symbol::VIRTUAL => once(&mut self.is_virtual, item, flag(item)?),
            symbol::REDACT => once(&mut self.redact, item, flag(item)?),
            symbol::READ_AFTER_WRITES => once(&mut self.read_after_writes, item, flag(item)?),
            symbol::PRIMARY_KEY => once(&mut self.primary_key, item, flag(item)?),
            symbol::AUTOGENERATE => once(&mut self.autogenerate, item, autogenerate(item)?),
            symbol::WRITABLE => once(&mut self.writable, item, writable(item)?),
            symbol::HAS_MANY => once(&mut self.association, item, (AssociationKind::HasMany, flag(item)?)),
            symbol::HAS_ONE => once(&mut self.association, item, (AssociationKind::HasOne, flag(item)?)),
            symbol::BELONGS_TO => once(&mut self.association, item, (AssociationKind::BelongsTo, flag(item)?)),
            symbol::FOREIGN_KEY => once(&mut self.foreign_key, item, value(item)?),
            _ => once(&mut self.references, item, value(item)?),
        }
    }
}

fn autogenerate(item: &ParseNestedMeta<'_>) -> syn::Result<Autogenerate> {
    let function = if item.input.peek(Token![=]) { Some(value(item)?) } else { None };
    Ok(Autogenerate { span: syn::spanned::Spanned::span(&item.path), function })
}

fn writable(item: &ParseNestedMeta<'_>) -> syn::Result<(Writable, Span)> {
    let word = text(item)?;
    let found = match word.value().as_str() {
        "always" => Writable::Always,
        "insert" => Writable::Insert,
        "never" => Writable::Never,
        other => return Err(syn::Error::new_spanned(&word, suggest::unknown("value", other, &["always", "insert", "never"]))),
    };
    Ok((found, word.span()))
}

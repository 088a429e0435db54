//! `#[schema(..)]` on a field.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Ident, LitStr, Path, Token, parenthesized};

use super::{each_item, flag, once, text, text_of, value};
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
    pub join_through: Option<JoinTable>,
    pub join_keys: Option<(Ident, Ident)>,
    pub through: Option<Through>,
}

/// `join_through = "posts_tags"`, or `join_through = PostTag`.
#[derive(Clone)]
pub enum JoinTable {
    Named(LitStr),
    Schema(Path),
}

/// `through(User::posts, Post::comments)`.
pub struct Through {
    pub span: Span,
    pub steps: Vec<Path>,
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
    ManyToMany,
}

impl AssociationKind {
    /// The type that a field of this kind has.
    pub fn container(self) -> &'static str {
        match self {
            AssociationKind::HasMany | AssociationKind::ManyToMany => "HasMany",
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
            AssociationKind::ManyToMany => symbol::MANY_TO_MANY,
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
            symbol::MANY_TO_MANY => once(&mut self.association, item, (AssociationKind::ManyToMany, flag(item)?)),
            symbol::JOIN_THROUGH => once(&mut self.join_through, item, join_table(item)?),
            symbol::JOIN_KEYS => once(&mut self.join_keys, item, join_keys(item)?),
            symbol::THROUGH => once(&mut self.through, item, through(item)?),
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

fn join_table(item: &ParseNestedMeta<'_>) -> syn::Result<JoinTable> {
    let input = item.value()?;
    if input.peek(LitStr) { text_of(input).map(JoinTable::Named) } else { input.call(Path::parse_mod_style).map(JoinTable::Schema) }
}

/// `(post_id, tag_id)`: the key of the owner, then that of the rows.
fn join_keys(item: &ParseNestedMeta<'_>) -> syn::Result<(Ident, Ident)> {
    let input = item.value()?;
    let list;
    let paren = parenthesized!(list in input);
    let mut keys = Punctuated::<Ident, Token![,]>::parse_terminated(&list)?.into_iter();
    match (keys.next(), keys.next(), keys.next()) {
        (Some(owner), Some(related), None) => Ok((owner, related)),
        _ => Err(syn::Error::new(paren.span.join(), "expected two columns: the key of this schema, then that of the other one")),
    }
}

fn through(item: &ParseNestedMeta<'_>) -> syn::Result<Through> {
    let list;
    parenthesized!(list in item.input);
    let steps = Punctuated::<Path, Token![,]>::parse_terminated_with(&list, Path::parse_mod_style)?.into_iter().collect();
    Ok(Through { span: syn::spanned::Spanned::span(&item.path), steps })
}

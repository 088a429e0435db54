//! `#[schema(..)]` on a struct.

use syn::meta::ParseNestedMeta;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitBool, LitStr, Path, Token, parenthesized};

use super::{each_item, once, text, value};
use crate::ctxt::Ctxt;
use crate::{suggest, symbol};

/// What stands on a struct.
#[derive(Default)]
pub struct SchemaAttr {
    pub table: Option<LitStr>,
    pub timestamps: Option<Timestamps>,
    pub primary_key: Option<Vec<Ident>>,
    pub consts: Option<Ident>,
    pub krate: Option<Path>,
}

/// `timestamps`, or `timestamps(inserted_at = created, updated_at = false)`.
pub struct Timestamps {
    /// The field with this duty; `None` where there is none.
    pub inserted_at: Option<Ident>,
    pub updated_at: Option<Ident>,
}

impl SchemaAttr {
    /// Reads those of `known` that stand on a struct.
    pub fn parse(ctxt: &Ctxt, attrs: &[Attribute], known: &[&str]) -> Self {
        let mut found = SchemaAttr::default();
        each_item(ctxt, attrs, (symbol::SCHEMA, known), |name, item| match name {
            symbol::TABLE => once(&mut found.table, item, text(item)?),
            symbol::TIMESTAMPS => once(&mut found.timestamps, item, Timestamps::parse(item)?),
            symbol::PRIMARY_KEY => once(&mut found.primary_key, item, names(item)?),
            symbol::CONSTS => once(&mut found.consts, item, value(item)?),
            _ => once(&mut found.krate, item, item.value()?.call(Path::parse_mod_style)?),
        });
        found
    }
}

/// `(a, b)` behind `=`, or one name.
fn names(item: &ParseNestedMeta<'_>) -> syn::Result<Vec<Ident>> {
    let input = item.value()?;
    if !input.peek(syn::token::Paren) {
        return Ok(vec![input.parse()?]);
    }
    let list;
    parenthesized!(list in input);
    Ok(Punctuated::<Ident, Token![,]>::parse_terminated(&list)?.into_iter().collect())
}

impl Timestamps {
    fn parse(item: &ParseNestedMeta<'_>) -> syn::Result<Self> {
        let span = syn::spanned::Spanned::span(&item.path);
        let mut found =
            Timestamps { inserted_at: Some(Ident::new(symbol::INSERTED_AT, span)), updated_at: Some(Ident::new(symbol::UPDATED_AT, span)) };
        if item.input.peek(syn::token::Paren) {
            item.parse_nested_meta(|part| {
                let slot = match part.path.get_ident().map(Ident::to_string).unwrap_or_default().as_str() {
                    symbol::INSERTED_AT => &mut found.inserted_at,
                    symbol::UPDATED_AT => &mut found.updated_at,
                    other => return Err(part.error(suggest::unknown("timestamp", other, &[symbol::INSERTED_AT, symbol::UPDATED_AT]))),
                };
                *slot = field_or_none(&part)?;
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// The name of a field, or `false`.
fn field_or_none(part: &ParseNestedMeta<'_>) -> syn::Result<Option<Ident>> {
    let input = part.value()?;
    if !input.peek(LitBool) {
        return input.parse().map(Some);
    }
    let no: LitBool = input.parse()?;
    if no.value { Err(syn::Error::new_spanned(no, "expected the name of a field, or `false`")) } else { Ok(None) }
}

//! `#[sql_type(..)]` on an enum, its variants, or a newtype; and `#[projection(..)]`, which only names the crate.

use syn::{Attribute, Ident, LitStr, Path, parse_quote};

use super::{each_item, once, text};
use crate::ctxt::Ctxt;
use crate::rename::Rule;
use crate::symbol;

/// The path to ecto-core that stands in `#[list(crate = ..)]`, where nothing else may stand.
pub fn only_crate(ctxt: &Ctxt, attrs: &[Attribute], list: &str) -> Path {
    let mut krate = None;
    each_item(ctxt, attrs, (list, &[symbol::CRATE]), |_, item| once(&mut krate, item, item.value()?.call(Path::parse_mod_style)?));
    krate.unwrap_or_else(|| parse_quote!(::ecto_core))
}

/// What stands on an enum.
pub struct EnumAttr {
    pub krate: Path,
    pub rename_all: Rule,
}

impl EnumAttr {
    pub fn parse(ctxt: &Ctxt, attrs: &[Attribute]) -> Self {
        let (mut krate, mut rule) = (None, None);
        each_item(ctxt, attrs, (symbol::SQL_TYPE, symbol::ON_ENUM), |name, item| match name {
            symbol::CRATE => once(&mut krate, item, item.value()?.call(Path::parse_mod_style)?),
            _ => once(&mut rule, item, Rule::parse(&text(item)?)?),
        });
        EnumAttr { krate: krate.unwrap_or_else(|| parse_quote!(::ecto_core)), rename_all: rule.unwrap_or(Rule::Snake) }
    }
}

/// The name under which a variant is stored, if one was given.
pub fn renamed(ctxt: &Ctxt, variant: &syn::Variant) -> Option<LitStr> {
    let mut name = None;
    each_item(ctxt, &variant.attrs, (symbol::SQL_TYPE, &[symbol::RENAME]), |_, item| once(&mut name, item, text(item)?));
    name
}

/// The name of an enum's value in Rust.
pub fn plain_name(ident: &Ident) -> String {
    syn::ext::IdentExt::unraw(ident).to_string()
}

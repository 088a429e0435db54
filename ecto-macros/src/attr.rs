//! Attributes as the user wrote them -> typed attributes. What they mean together is for `check` and `ast`.

pub mod changeset;
pub mod field;
pub mod schema;
pub mod sql_type;

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Token};

use crate::ctxt::Ctxt;
use crate::suggest;

/// Hands each item of the lists `#[list(item, item = .., item(..))]` to `take`, if its name is one of `known`.
pub fn each_item(
    ctxt: &Ctxt,
    attrs: &[Attribute],
    (list, known): (&str, &[&str]),
    mut take: impl FnMut(&str, &ParseNestedMeta<'_>) -> syn::Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(list)) {
        let parsed = attr.parse_nested_meta(|item| {
            let name = item.path.get_ident().map(Ident::to_string).unwrap_or_default();
            if known.contains(&name.as_str()) {
                return take(&name, &item);
            }
            ctxt.error(&item.path, suggest::unknown(&format!("attribute in `#[{list}(..)]`:"), &name, known));
            skip_value(item.input)
        });
        if let Err(error) = parsed {
            ctxt.push(error);
        }
    }
}

/// Passes over the `= value` or the `(..)` of an item that is not known, so that the rest of the list is read too.
fn skip_value(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// Keeps the value of an item that may be given once.
pub fn once<T>(slot: &mut Option<T>, item: &ParseNestedMeta<'_>, value: T) -> syn::Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(item.error("given twice")),
    }
}

/// The place of an item that is only a word.
pub fn flag(item: &ParseNestedMeta<'_>) -> syn::Result<Span> {
    if item.input.is_empty() || item.input.peek(Token![,]) {
        return Ok(syn::spanned::Spanned::span(&item.path));
    }
    Err(item.error("takes no value"))
}

/// The text behind `=`.
pub fn text(item: &ParseNestedMeta<'_>) -> syn::Result<LitStr> {
    text_of(item.value()?)
}

/// A text that is not empty.
pub fn text_of(input: ParseStream<'_>) -> syn::Result<LitStr> {
    match input.parse::<LitStr>() {
        Ok(text) if !text.value().is_empty() => Ok(text),
        Ok(text) => Err(syn::Error::new_spanned(text, "expected a text that is not empty")),
        Err(error) => Err(syn::Error::new(error.span(), "expected a text in quotes")),
    }
}

/// What stands behind `=`.
pub fn value<T: Parse>(item: &ParseNestedMeta<'_>) -> syn::Result<T> {
    item.value()?.parse()
}

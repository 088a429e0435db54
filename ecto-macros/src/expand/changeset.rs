//! `derive(Changeset)`: the calls that the attributes of the fields stand for, in one function.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Ident, LitStr, Path, parse_quote};

use crate::ast::declared::{container, fields};
use crate::attr::changeset::{Rule, RuleKind, rules};
use crate::attr::schema::SchemaAttr;
use crate::check::{last_name, without_option};
use crate::ctxt::Ctxt;
use crate::symbol;

/// A tuple of fields has at most so many; longer lists are tuples of tuples.
const TUPLE: usize = 12;

/// A struct with `derive(Changeset)`.
pub struct Rules<'a> {
    ident: &'a Ident,
    krate: Path,
    holder: Ident,
    fields: Vec<(&'a Ident, Vec<Rule>)>,
}

impl<'a> Rules<'a> {
    pub fn parse(ctxt: &Ctxt, input: &'a DeriveInput) -> Option<Self> {
        let (krate, consts) = beside(input);
        let named = fields(ctxt, input, "Changeset")?;
        let mut found = Vec::new();
        let mut is_marked = false;
        for field in named {
            let Some(ident) = &field.ident else { continue };
            let rules = rules(ctxt, &field.attrs);
            is_marked |= field.attrs.iter().any(|attr| attr.path().is_ident(symbol::CHANGESET));
            if !rules.is_empty() && container(&field.ty, &input.ident).is_some() {
                ctxt.error(ident, format_args!("`#[changeset(..)]` is for columns; `{ident}` is an association"));
            } else if !rules.is_empty() {
                each_once(ctxt, &rules);
                found.push((ident, rules.into_iter().filter(|rule| fits(ctxt, field, rule)).collect()));
            }
        }
        if !is_marked {
            ctxt.error(
                &input.ident,
                "`derive(Changeset)` would cast nothing: mark the fields that a user may send with `#[changeset(cast)]`",
            );
        }
        Some(Rules { ident: &input.ident, krate, holder: consts.unwrap_or_else(|| input.ident.clone()), fields: found })
    }

    pub fn krate(&self) -> &Path {
        &self.krate
    }

    pub fn expand(&self) -> TokenStream {
        let ident = self.ident;
        let first = |rules: &[Rule]| rules.first().map_or_else(Span::call_site, |rule| rule.span);
        let cast = self.list(self.fields.iter().map(|(field, rules)| (first(rules), *field)).collect());
        let required = self.required();
        let calls = self.each_rule().filter_map(|(field, rule)| self.call(field, rule));
        quote! {
            #[automatically_derived]
            impl #ident {
                /// The changeset that the attributes of the fields describe: casts the marked fields, then validates them.
                pub fn changeset(
                    base: impl ::core::convert::Into<__ecto::Changeset<#ident>>,
                    params: impl ::core::convert::Into<__ecto::Params>,
                ) -> __ecto::Changeset<#ident> {
                    // Apart, so that it is compiled once and not for each type of params.
                    fn apply(base: __ecto::Changeset<#ident>, params: __ecto::Params) -> __ecto::Changeset<#ident> {
                        base.cast(params, #cast) #required #(#calls)*
                    }
                    apply(base.into(), params.into())
                }
            }
        }
    }

    fn each_rule(&self) -> impl Iterator<Item = (&'a Ident, &Rule)> {
        self.fields.iter().flat_map(|(field, rules)| rules.iter().map(move |rule| (*field, rule)))
    }

    /// One call for all required fields that have no message of their own.
    fn required(&self) -> Option<TokenStream> {
        let plain = self.each_rule().filter(|(_, rule)| matches!(rule.kind, RuleKind::Required) && rule.message.is_none());
        let fields: Vec<_> = plain.map(|(field, rule)| (rule.span, field)).collect();
        (!fields.is_empty()).then(|| {
            let list = self.list(fields);
            quote!(.validate_required(#list))
        })
    }

    /// Fields as a tuple, or as a tuple of tuples.
    fn list(&self, fields: Vec<(Span, &Ident)>) -> TokenStream {
        let mut parts: Vec<_> = fields.into_iter().map(|(span, field)| self.constant(field, span)).collect();
        while parts.len() > TUPLE {
            parts = parts.chunks(TUPLE).map(|some| quote!((#(#some,)*))).collect();
        }
        quote!((#(#parts,)*))
    }

    /// `User::email`, at the place that an error shall be shown.
    fn constant(&self, field: &Ident, span: Span) -> TokenStream {
        let holder = Ident::new(&self.holder.to_string(), span);
        let mut field = field.clone();
        field.set_span(span);
        quote_spanned!(span=> #holder::#field)
    }

    fn call(&self, field: &Ident, rule: &Rule) -> Option<TokenStream> {
        let span = rule.span;
        let constant = self.constant(field, span);
        let message = rule.message.as_ref();
        let with = message.map(|message| quote!(.message(#message)));
        Some(match &rule.kind {
            RuleKind::Cast => return None,
            RuleKind::Required => {
                let message = message?;
                quote_spanned!(span=> .validate_required_with(#constant, #message))
            }
            RuleKind::Format(pattern) => quote_spanned!(span=> .validate_format(#constant, __ecto::format(#pattern)#with)),
            RuleKind::Length(bounds) => {
                let bounds = bounds.iter().map(|(bound, value)| quote!(.#bound(#value)));
                quote_spanned!(span=> .validate_length(#constant, __ecto::length()#(#bounds)*#with))
            }
            RuleKind::Number(bounds) => {
                let bounds = bounds.iter().map(|(bound, value)| quote!(.#bound(#value)));
                quote_spanned!(span=> .validate_number(#constant, __ecto::number()#(#bounds)*#with))
            }
            RuleKind::Inclusion(choices) => choice(("validate_inclusion", span), &quote!(#constant, #choices), message),
            RuleKind::Exclusion(choices) => choice(("validate_exclusion", span), &quote!(#constant, #choices), message),
            RuleKind::Confirmation => choice(("validate_confirmation", span), &constant, message),
            RuleKind::Acceptance => choice(("validate_acceptance", span), &constant, message),
            RuleKind::Unique(name) => constraint(("unique_constraint", span), &constant, name.as_ref(), message),
            RuleKind::ForeignKey(name) => constraint(("foreign_key_constraint", span), &constant, name.as_ref(), message),
            RuleKind::Check(name) => constraint(("check_constraint", span), &constant, Some(name), message),
        })
    }
}

/// A validation that takes its message as its last argument.
fn choice((method, span): (&str, Span), arguments: &TokenStream, message: Option<&LitStr>) -> TokenStream {
    match message {
        None => {
            let method = Ident::new(method, span);
            quote_spanned!(span=> .#method(#arguments))
        }
        Some(message) => {
            let method = Ident::new(&format!("{method}_with"), span);
            quote_spanned!(span=> .#method(#arguments, #message))
        }
    }
}

/// A constraint, with options if there are any.
fn constraint((method, span): (&str, Span), field: &TokenStream, name: Option<&LitStr>, message: Option<&LitStr>) -> TokenStream {
    if name.is_none() && message.is_none() {
        let method = Ident::new(method, span);
        return quote_spanned!(span=> .#method(#field));
    }
    let method = Ident::new(&format!("{method}_with"), span);
    let name = name.map(|name| quote!(.name(#name)));
    let message = message.map(|message| quote!(.message(#message)));
    quote_spanned!(span=> .#method(#field, __ecto::constraint()#name #message))
}

/// What `#[schema(..)]` says of the crate and of the constants; its errors are those of the derive beside this one.
fn beside(input: &DeriveInput) -> (Path, Option<Ident>) {
    let ignored = Ctxt::new();
    let attr = SchemaAttr::parse(&ignored, &input.attrs, symbol::ON_SCHEMA);
    drop(ignored.check());
    (attr.krate.unwrap_or_else(|| parse_quote!(::ecto_core)), attr.consts)
}

/// Numbers, and what has neither a length nor a format.
const NUMBERS: &[&str] = &["i16", "i32", "i64", "f32", "f64"];
const NO_NUMBERS: &[&str] = &["String", "Vec", "bool"];

/// Can the type have such a rule, as far as its name says? The types of a user's own are for the compiler.
///
/// ```text
/// struct User { #[changeset(number(greater_than = 0))] name: String }
/// ```
fn fits(ctxt: &Ctxt, field: &syn::Field, rule: &Rule) -> bool {
    let Some(name) = last_name(without_option(&field.ty)) else { return true };
    let is = |known: &[&str]| known.iter().any(|known| name == known);
    let wanted = match rule.kind {
        RuleKind::Number(_) if is(NO_NUMBERS) => "`number` is for numbers",
        RuleKind::Format(_) if is(NUMBERS) || (is(NO_NUMBERS) && name != "String") => "`format` is for texts",
        RuleKind::Length(_) if is(NUMBERS) || (is(NO_NUMBERS) && name != "String" && name != "Vec") => "`length` is for texts and bytes",
        _ => return true,
    };
    ctxt.push(syn::Error::new(rule.span, format_args!("{wanted}, and this field is a `{name}`")));
    false
}

/// ```text
/// struct User { #[changeset(required, required)] name: String }
/// ```
fn each_once(ctxt: &Ctxt, rules: &[Rule]) {
    for (at, rule) in rules.iter().enumerate() {
        let same = |other: &Rule| std::mem::discriminant(&other.kind) == std::mem::discriminant(&rule.kind);
        if !matches!(rule.kind, RuleKind::Check(_)) && rules[..at].iter().any(same) {
            ctxt.push(syn::Error::new(rule.span, "given twice"));
        }
    }
}

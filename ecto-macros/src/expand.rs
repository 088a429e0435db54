//! Runs the expanders, and wraps what they give in one hidden const.

mod build;
mod changeset;
mod columns;
mod consts;
mod from_row;
mod meta;
mod projection;
mod record;
mod relation;
mod sql_type;
mod table;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path};

use crate::ast::Schema;
use crate::ast::resolve::{Derive, resolve};
use crate::ctxt::Ctxt;
use crate::dummy;

/// `derive(Schema)`
pub fn schema(input: &DeriveInput) -> TokenStream {
    resolved(input, Derive::Schema, |schema| {
        let impls = [
            record::expand(schema),
            from_row::expand(schema),
            table::expand(schema),
            columns::expand(schema),
            consts::expand(schema),
            relation::checks(schema),
        ];
        let hidden = hidden(&schema.krate, impls.into_iter().collect());
        let (handle, consts) = (columns::holder(schema), consts::holder(schema));
        quote!(#handle #consts #hidden)
    })
}

/// `derive(Record)`
pub fn record(input: &DeriveInput) -> TokenStream {
    resolved(input, Derive::Record, |schema| {
        let impls = [record::expand(schema), consts::expand(schema)];
        let hidden = hidden(&schema.krate, impls.into_iter().collect());
        let consts = consts::holder(schema);
        quote!(#consts #hidden)
    })
}

/// `derive(Changeset)`
pub fn changeset(input: &DeriveInput) -> TokenStream {
    let ctxt = Ctxt::new();
    let out = changeset::Rules::parse(&ctxt, input).map(|rules| hidden(rules.krate(), rules.expand()));
    with_errors(ctxt, out)
}

/// `derive(SqlType)`
pub fn sql_type(input: &DeriveInput) -> TokenStream {
    let ctxt = Ctxt::new();
    let impls = sql_type::expand(&ctxt, input).map(|(krate, impls)| hidden(&krate, impls));
    with_errors(ctxt, impls)
}

/// `derive(Projection)`
pub fn projection(input: &DeriveInput) -> TokenStream {
    let ctxt = Ctxt::new();
    let projection = projection::Projection::parse(&ctxt, input);
    let out = projection.map(|projection| {
        let (select, impls) = (projection.select_struct(), hidden(projection.krate(), projection.impls()));
        quote!(#select #impls)
    });
    with_errors(ctxt, out)
}

/// The errors, if any, before what could be expanded all the same.
fn with_errors(ctxt: Ctxt, expansion: Option<TokenStream>) -> TokenStream {
    let errors = ctxt.check().err().map(|errors| errors.to_compile_error());
    quote!(#errors #expansion)
}

/// The expansion of what was understood; after errors, of its bare fields.
fn resolved(input: &DeriveInput, derive: Derive, expand: impl FnOnce(&Schema) -> TokenStream) -> TokenStream {
    let ctxt = Ctxt::new();
    let schema = resolve(&ctxt, input, derive);
    match (ctxt.check(), schema) {
        (Ok(()), schema) => schema.as_ref().map(expand).unwrap_or_default(),
        (Err(errors), schema) => {
            let mut out = errors.to_compile_error();
            out.extend(schema.map(dummy::plain).as_ref().map(expand));
            out
        }
    }
}

/// A block of its own, where `__ecto` is the hidden module of ecto-core: the expansion names nothing else.
fn hidden(krate: &Path, impls: TokenStream) -> TokenStream {
    quote! {
        #[allow(clippy::all, clippy::pedantic, unused_qualifications, reason = "generated: what the user has imported and which lints hold is not known here")]
        const _: () = {
            use #krate::__private as __ecto;
            #impls
        };
    }
}

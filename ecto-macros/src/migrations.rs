//! `migrations!`: declares the modules of migrations and lists what is in them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Error, Ident, Path, Result, Token};

/// What stands between the braces: perhaps `crate = path;`, then the modules.
struct Input {
    library: Path,
    modules: Punctuated<Ident, Token![,]>,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        Ok(Input { library: library(input)?, modules: Punctuated::parse_terminated(input)? })
    }
}

/// Perhaps `crate = path;`: what the library is called here.
pub fn library(input: ParseStream<'_>) -> Result<Path> {
    if input.parse::<Option<Token![crate]>>()?.is_none() {
        return Ok(syn::parse_quote!(::ecto_core));
    }
    input.parse::<Token![=]>()?;
    let path = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok(path)
}

/// A version, if it can be one.
pub fn version(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten().filter(|version| *version > 0)
}

/// One module: `v20261122093000_create_users` is version 20261122093000, named `create_users`, and holds `CreateUsers`.
struct Module<'a> {
    ident: &'a Ident,
    version: i64,
    name: String,
}

impl<'a> Module<'a> {
    fn of(ident: &'a Ident) -> Result<Self> {
        let text = ident.to_string();
        let parts = text.strip_prefix('v').and_then(|rest| rest.split_once('_')).filter(|(_, name)| !name.is_empty());
        let number = parts.and_then(|(digits, _)| version(digits));
        match (number, parts) {
            (Some(version), Some((_, name))) => Ok(Module { ident, version, name: name.to_owned() }),
            _ => Err(Error::new(ident.span(), "expected a module named `v`, a version, `_` and words: `v20261122093000_create_users`")),
        }
    }

    fn structure(&self) -> Ident {
        let words = self.name.split('_').map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        });
        // The module's own place, so that a missing struct is shown there.
        format_ident!("{}", words.collect::<String>(), span = self.ident.span())
    }
}

/// The modules, and a function `all` that lists their migrations.
pub fn expand(input: TokenStream) -> TokenStream {
    syn::parse2::<Input>(input).and_then(|input| declare(&input)).unwrap_or_else(|error| error.to_compile_error())
}

fn declare(input: &Input) -> Result<TokenStream> {
    let library = &input.library;
    let mut errors: Option<Error> = None;
    let mut declarations = TokenStream::new();
    let mut additions = TokenStream::new();
    for ident in &input.modules {
        match Module::of(ident) {
            Ok(module) => {
                let (version, name, structure) = (module.version, &module.name, module.structure());
                declarations.extend(quote!(pub mod #ident;));
                additions.extend(quote!(.add(#version, #name, #ident::#structure)));
            }
            Err(error) => match &mut errors {
                Some(all) => all.combine(error),
                None => errors = Some(error),
            },
        }
    }
    match errors {
        Some(errors) => Err(errors),
        None => Ok(quote! {
            #declarations

            /// All migrations of this folder.
            #[must_use]
            pub fn all() -> #library::__private::Migrations {
                #library::__private::Migrations::new() #additions
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_says_version_name_and_struct() {
        let text = expand(quote!(v20261122093000_create_users, v2_add_x)).to_string();
        assert!(text.contains("pub mod v20261122093000_create_users ;"), "{text}");
        assert!(text.contains(". add (20261122093000i64 , \"create_users\" , v20261122093000_create_users :: CreateUsers)"), "{text}");
        assert!(text.contains(". add (2i64 , \"add_x\" , v2_add_x :: AddX)"), "{text}");
    }

    #[test]
    fn the_library_may_have_another_name() {
        assert!(expand(quote!(crate = my::library; v1_x)).to_string().contains("my :: library :: __private :: Migrations :: new"));
    }

    #[test]
    fn every_wrong_name_is_said() {
        let text = expand(quote!(create_users, v_x, v0_x, v1_, v99999999999999999999_x)).to_string();
        assert_eq!(text.matches("compile_error").count(), 5, "{text}");
    }
}

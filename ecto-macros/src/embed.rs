//! `embed_migrations!`: the SQL files of a folder, compiled into the program.

use std::path::{Path as FilePath, PathBuf};
use std::{env, fs, io};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result};

/// What stands between the parentheses: perhaps `crate = path;`, then the folder.
struct Input {
    library: Path,
    folder: LitStr,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let library = crate::migrations::library(input)?;
        let folder = if input.is_empty() { LitStr::new("migrations", Span::call_site()) } else { input.parse()? };
        Ok(Input { library, folder })
    }
}

/// An expression that makes the list.
pub fn expand(input: TokenStream) -> TokenStream {
    syn::parse2::<Input>(input).and_then(|input| embed(&input)).unwrap_or_else(|error| error.to_compile_error())
}

fn embed(input: &Input) -> Result<TokenStream> {
    // Paths are those of the package, as in `include!` they would be those of the file.
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let folder = package.join(input.folder.value());
    let fault = |text: String| Error::new(input.folder.span(), text);
    let unreadable = |error: io::Error| fault(format!("cannot read the folder `{}`: {error}", folder.display()));
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    let mut additions = TokenStream::new();
    for path in paths {
        additions.extend(addition(&path).map_err(fault)?);
    }
    let library = &input.library;
    Ok(quote!(#library::__private::Migrations::new() #additions))
}

/// The call that adds what is at this path; none if it is no migration.
fn addition(path: &FilePath) -> std::result::Result<Option<TokenStream>, String> {
    if path.is_dir() {
        let Some((version, name)) = parts(path) else { return Ok(None) };
        let [up, down] = ["up.sql", "down.sql"].map(|file| path.join(file));
        if !up.exists() {
            return Err(format!("`{}` has no file `up.sql`", path.display()));
        }
        let down = match down.exists() {
            true => {
                let file = included(&down)?;
                quote!(::core::option::Option::Some(#file))
            }
            false => quote!(::core::option::Option::None),
        };
        let up = included(&up)?;
        return Ok(Some(quote!(.add_sql(#version, #name, #up, #down))));
    }
    if path.extension().is_none_or(|extension| extension != "sql") {
        return Ok(None);
    }
    let (version, name) = parts(path).ok_or_else(|| format!("`{}` is not named like a migration: VERSION_name.sql", path.display()))?;
    let up = included(path)?;
    Ok(Some(quote!(.add_sql(#version, #name, #up, ::core::option::Option::None))))
}

/// The name of a file, for errors, and its text.
fn included(path: &FilePath) -> std::result::Result<TokenStream, String> {
    let text = path.to_str().ok_or_else(|| format!("`{}` is no text", path.display()))?;
    let shown: Vec<&str> = path.iter().filter_map(|part| part.to_str()).collect();
    let shown = shown.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join("/");
    Ok(quote!((#shown, ::core::include_str!(#text))))
}

/// `20261122093000_create_users` -> version and name.
fn parts(path: &FilePath) -> Option<(i64, String)> {
    let (version, name) = path.file_stem()?.to_str()?.split_once('_')?;
    crate::migrations::version(version).filter(|_| !name.is_empty()).map(|version| (version, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_becomes_a_list() {
        let folder = env::temp_dir().join(format!("ecto_embed_{}", std::process::id()));
        fs::create_dir_all(folder.join("3_c")).unwrap();
        for (file, text) in [("2_b.sql", "B"), ("1_a.sql", "A"), ("3_c/up.sql", "C"), ("3_c/down.sql", "D"), ("README.md", "")] {
            fs::write(folder.join(file), text).unwrap();
        }
        let path = folder.to_str().unwrap();
        let text = expand(quote!(#path)).to_string();
        let places = ["add_sql (1i64 , \"a\"", "add_sql (2i64 , \"b\"", "add_sql (3i64 , \"c\""].map(|call| text.find(call).unwrap());
        assert!(places.is_sorted(), "{text}");
        assert!(text.contains("3_c/down.sql"), "{text}");
        fs::write(folder.join("users.sql"), "").unwrap();
        let text = expand(quote!(#path)).to_string();
        assert!(text.contains("users.sql` is not named like a migration"), "{text}");
        fs::remove_dir_all(&folder).unwrap();
        assert!(expand(quote!(#path)).to_string().contains("cannot read the folder"));
    }
}

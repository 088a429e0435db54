//! The derives of ecto-core. Use them through it: `use ecto_core::prelude::*;`.
//!
//! Each parses, checks and expands; what the expansion does is ordinary code of ecto-core, which it calls. Errors are
//! gathered and shown together, each on the tokens that it speaks of.

mod ast;
mod attr;
mod check;
mod ctxt;
mod dummy;
mod embed;
mod expand;
mod migrations;
mod rename;
mod suggest;
mod symbol;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// A struct that has a table: reflection, loading, the handles of queries, and one constant for each field and association.
#[proc_macro_derive(Schema, attributes(schema))]
pub fn derive_schema(input: TokenStream) -> TokenStream {
    expand::schema(&parse_macro_input!(input as DeriveInput)).into()
}

/// A struct without a table, whose fields a changeset can speak of: a form.
#[proc_macro_derive(Record, attributes(schema))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    expand::record(&parse_macro_input!(input as DeriveInput)).into()
}

/// `changeset(base, params)`, beside `derive(Schema)` or `derive(Record)`: what the fields' `#[changeset(..)]` say, as calls.
#[proc_macro_derive(Changeset, attributes(changeset))]
pub fn derive_changeset(input: TokenStream) -> TokenStream {
    expand::changeset(&parse_macro_input!(input as DeriveInput)).into()
}

/// A column type of one's own: an enum without fields, stored by name, or a struct around another column type.
#[proc_macro_derive(SqlType, attributes(sql_type))]
pub fn derive_sql_type(input: TokenStream) -> TokenStream {
    expand::sql_type(&parse_macro_input!(input as DeriveInput)).into()
}

/// A struct that rows of a select are read into, and the struct `..Cols` that such a select returns.
#[proc_macro_derive(Projection, attributes(projection))]
pub fn derive_projection(input: TokenStream) -> TokenStream {
    expand::projection(&parse_macro_input!(input as DeriveInput)).into()
}

/// Declares the migrations of a folder: in `src/migrations.rs`, one name for each file of `src/migrations/`, which
/// `ecto gen migration` keeps up.
///
/// `migrations! { v20261122093000_create_users }` declares the module, takes the version and the name from it, and expects in it
/// `pub struct CreateUsers` with `impl Migration`. The function `all()` lists them:
/// `ecto_cli::main(App::new().migrations(migrations::all()))`. Where `ecto_core` has another name: `migrations! { crate = my::name; … }`.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    migrations::expand(input.into()).into()
}

/// The SQL migrations of a folder of the package, compiled into the program: `embed_migrations!("migrations")`, or `embed_migrations!()` for
/// the folder of this name. An expression of the type `Migrations`, for `repo.migrate(&embed_migrations!())` at the start of the program.
///
/// Files are named as for the command line: `VERSION_name.sql`, or a folder `VERSION_name` with `up.sql` and `down.sql`. A changed file
/// is compiled in again; of a new one cargo hears only where a build script says `cargo:rerun-if-changed=migrations`.
#[proc_macro]
pub fn embed_migrations(input: TokenStream) -> TokenStream {
    embed::expand(input.into()).into()
}

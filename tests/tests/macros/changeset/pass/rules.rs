//! Every attribute of a changeset, on a schema and on a form without a table.
#![deny(warnings, missing_docs)]

use std::collections::HashMap;

use ecto_core::changeset::{Changeset, Params};
use ecto_core::schema::{BelongsTo, Record as _};
use ecto_core::{Changeset, Record, Schema};

/// A team.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "teams", consts = TeamFields)]
pub struct Team {
    id: i64,
    #[changeset(required)]
    name: String,
}

impl Team {
    /// Does not clash with the constant, which stands on `TeamFields`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// A user.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "users")]
pub struct User {
    id: i64,
    #[changeset(required, length(min = 2, max = 100))]
    name: String,
    #[changeset(required, unique)]
    #[changeset(format = "@", message = "is no address")]
    email: String,
    #[changeset(number(greater_than = 0, less_than = 150), check = "age_is_sane")]
    age: Option<i32>,
    #[changeset(inclusion = ["guest", "admin"], exclusion = ["root"])]
    #[schema(default = "guest")]
    role: String,
    #[schema(virtual, redact)]
    #[changeset(cast, confirmation, length(is = 8))]
    password: Option<String>,
    #[changeset(foreign_key)]
    team_id: Option<i64>,
    team: BelongsTo<Team>,
    secret: Option<String>,
}

/// A form.
#[derive(Record, Changeset, Debug, Clone, PartialEq)]
pub struct SignUp {
    #[changeset(required)]
    #[changeset(unique = "by_name", message = "is someone else")]
    name: String,
    #[changeset(acceptance)]
    #[schema(default = false)]
    terms: bool,
    #[changeset(cast)] a: i64,
    #[changeset(cast)] b: i64,
    #[changeset(cast)] c: i64,
    #[changeset(cast)] d: i64,
    #[changeset(cast)] e: i64,
    #[changeset(cast)] f: i64,
    #[changeset(cast)] g: i64,
    #[changeset(cast)] h: i64,
    #[changeset(cast)] i: i64,
    #[changeset(cast)] j: i64,
    #[changeset(cast)] k: i64,
    #[changeset(cast)] l: i64,
}

fn errors<S: ecto_core::schema::Record>(changeset: &Changeset<S>) -> Vec<(String, String)> {
    let mut all: Vec<_> = changeset.errors().iter().map(|error| (error.field().to_owned(), error.text())).collect();
    all.sort();
    all
}

fn main() {
    let good = [("name", "Al"), ("email", "al@x"), ("age", "7"), ("role", "admin"), ("team_id", "3"), ("secret", "x")];
    let changeset = User::changeset(Changeset::new(), HashMap::from(good));
    assert!(changeset.is_valid(), "{:?}", errors(&changeset));
    assert_eq!(changeset.changes().len(), 5, "`secret` is not cast");
    let constraints: Vec<_> = changeset.constraints().iter().map(|one| one.name(User::META).into_owned()).collect();
    assert_eq!(constraints, ["users_email_index", "age_is_sane", "users_team_id_fkey"]);

    let bad = [("name", "A"), ("email", "x"), ("age", "150"), ("role", "root"), ("password", "short"), ("password_confirmation", "y")];
    let changeset = User::changeset(Changeset::new(), HashMap::from(bad));
    let found = errors(&changeset);
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["age", "email", "name", "password", "password_confirmation", "role", "role"], "{found:?}");
    assert_eq!(found[1].1, "is no address");

    let team = Team { id: 1, name: "x".into() };
    assert_eq!(team.name(), "x");
    assert_eq!(errors(&Team::changeset(team, HashMap::from([("name", " ")]))), [("name".into(), "can't be blank".into())]);

    let form = SignUp::changeset(Changeset::new(), Params::from_form("name=Al&terms=true&l=3"));
    assert!(form.is_valid(), "{:?}", errors(&form));
    assert_eq!(form.changes().len(), 3);
    assert_eq!(errors(&SignUp::changeset(Changeset::new(), Params::from_form("name=Al")))[0].0, "terms");
    assert_eq!(TeamFields::name.index(), 1);
}

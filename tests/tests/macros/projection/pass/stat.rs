//! Rows of a select, read into a struct of one's own.
#![deny(warnings, missing_docs)]

use ecto_core::query::{Query, count};
use ecto_core::schema::HasMany;
use ecto_core::types::FromRow;
use ecto_core::{Projection, Schema};

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    age: Option<i32>,
    posts: HasMany<Post>,
}

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

/// How much each has written.
#[derive(Projection, Debug, PartialEq)]
pub struct Stat {
    name: String,
    posts: i64,
    age: Option<i32>,
    /// Takes a column that is never NULL too.
    same: Option<String>,
    last: Option<Post>,
}

fn stats() -> Query<(User, ecto_core::query::Maybe<Post>), Stat> {
    User::query().left_join(|u| u.posts).select(|(u, p)| StatCols { name: u.name, posts: count(), age: u.age, same: u.name, last: p })
}

fn main() {
    let _ = stats();
    assert_eq!(Stat::WIDTH, 6);
}

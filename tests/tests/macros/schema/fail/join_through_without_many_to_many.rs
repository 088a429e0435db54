#![allow(dead_code)]
use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    #[schema(join_through = "posts_tags")]
    tags: HasMany<Tag>,
}

#[derive(Schema)]
#[schema(table = "tags")]
struct Tag {
    id: i64,
}

fn main() {}

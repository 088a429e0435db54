#![allow(dead_code)]
use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
pub struct User {
    pub id: i64,
    pub name: String,
    pub age: Option<i32>,
    pub confirmed: bool,
    pub posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
pub struct Post {
    pub id: i64,
    pub user_id: i64,
    pub title: String,
    pub published: bool,
}

#[path = "../models.rs"]
mod models;
#[allow(unused_imports)]
use ecto_core::prelude::*;
#[allow(unused_imports)]
use models::{Post, User};

fn main() {
    let _: Query<_, String> = User::query().left_join(|u| u.posts).select(|(_, p)| p.title);
}

#[path = "../models.rs"]
mod models;
#[allow(unused_imports)]
use ecto_core::prelude::*;
#[allow(unused_imports)]
use models::{Post, User};

fn main() {
    let _ = User::query().select(|u| u.name).union(Post::query().select(|p| p.id));
}

#[path = "../models.rs"]
mod models;
#[allow(unused_imports)]
use ecto_core::prelude::*;
#[allow(unused_imports)]
use models::{Post, User};

fn main() {
    let _ = User::query().filter(|u| u.age.like("1%"));
}

//! The first table.

use ecto_core::prelude::*;

/// Users, each with an email of their own.
pub struct CreateUsers;

impl Migration for CreateUsers {
    fn change(&self, m: &mut Change) {
        m.create_table("users", |t| {
            t.add("name", Type::String).not_null();
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer);
            t.add("confirmed", Type::Boolean).default(false);
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
    }
}

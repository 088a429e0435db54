//! What is added must be a migration.

use ecto_core::prelude::*;

struct CreateUsers;

fn main() {
    let _ = Migrations::new().add(1, "create_users", CreateUsers);
}

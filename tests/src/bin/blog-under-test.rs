//! An application with migrations compiled into it, for the transcripts.

use std::process::ExitCode;

use ecto_core::prelude::*;

struct CreateUsers;

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

struct CreatePosts;

impl Migration for CreatePosts {
    fn change(&self, m: &mut Change) {
        m.create_table("posts", |t| {
            t.add("author_id", t.references("users").on_delete(OnDelete::DeleteAll)).not_null();
            t.add("title", Type::String).size(80);
        });
        m.alter_table("users", |t| {
            t.add("post_id", references("posts"));
        });
        m.rename_column("users", "name", "full_name");
    }
}

struct ForgetAge;

impl Migration for ForgetAge {
    fn change(&self, m: &mut Change) {
        m.alter_table("users", |t| t.remove("age"));
    }
}

fn main() -> ExitCode {
    let migrations = Migrations::new()
        .add(20_200_101_000_001, "create_users", CreateUsers)
        .add(20_200_101_000_002, "create_posts", CreatePosts)
        .add(20_200_101_000_003, "forget_age", ForgetAge);
    ecto_cli::main(ecto_cli::App::new().migrations(migrations))
}

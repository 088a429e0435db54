//! The migrations, oldest first.

ecto_core::migrations! {
    v20200101000001_create_users,
    v20200101000002_create_posts,
    v20200101000003_forget_age,
}

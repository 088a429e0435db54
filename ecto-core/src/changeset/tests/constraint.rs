//! C-64, C-65, C-66, C-67, C-68, C-69, C-70, C-72: declarations, and which of them a violation means.

use serde_json::json;

use super::*;
use crate::error::{Violation, ViolationKind};
use crate::schema::{BelongsTo, HasMany, HasOne};

fn violation(kind: ViolationKind, name: Option<&str>, table: Option<&str>, columns: &[&str]) -> Violation {
    Violation {
        kind,
        name: name.map(str::to_owned),
        table: table.map(str::to_owned),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
    }
}

/// The error that a violation becomes.
fn refused(mut changeset: Changeset<User>, violation: &Violation) -> Option<FieldError> {
    let found = matching(changeset.constraints(), violation, User::META)?.clone();
    changeset.add_constraint_error(&found, violation.name.as_deref());
    changeset.errors().first().cloned()
}

fn named(kind: ViolationKind, name: &str) -> Violation {
    violation(kind, Some(name), Some("users"), &[])
}

fn columns(kind: ViolationKind, columns: &[&str]) -> Violation {
    violation(kind, None, Some("users"), columns)
}

#[test]
fn c_64_to_c_69_usual_names_texts_and_codes() {
    use ViolationKind::{Check, Exclusion, ForeignKey, Unique};
    for (changeset, kind, name, field, code, text) in [
        (new().unique_constraint(User::email), Unique, "users_mail_index", "email", "unique", "has already been taken"),
        (new().unique_constraint((User::name, User::email)), Unique, "users_name_mail_index", "name", "unique", "has already been taken"),
        (new().foreign_key_constraint(User::age), ForeignKey, "users_age_fkey", "age", "foreign", "does not exist"),
        (new().check_constraint(User::age, "adult"), Check, "adult", "age", "check", "is invalid"),
        (new().exclusion_constraint(User::age), Exclusion, "users_age_exclusion", "age", "exclusion", "violates an exclusion constraint"),
    ] {
        let error = refused(changeset.clone(), &named(kind, name)).unwrap();
        assert_eq!((error.field(), error.code(), error.text().as_str()), (field, code, text));
        assert_eq!(error.param("constraint_name"), Some(&json!(name)));
        assert_eq!(refused(changeset.clone(), &named(kind, "another")), None);
        assert_eq!(refused(changeset, &named(ViolationKind::NotNull, name)), None, "of another kind");
    }
}

#[test]
fn c_64_options() {
    let options = || constraint().name("users_email_key").message("is in use").error_on(User::name);
    let error = refused(new().unique_constraint_with(User::email, options()), &named(ViolationKind::Unique, "users_email_key")).unwrap();
    assert_eq!((error.field(), error.text().as_str()), ("name", "is in use"));
    let usual = new().unique_constraint_with(User::email, options());
    assert_eq!(refused(usual, &named(ViolationKind::Unique, "users_mail_index")), None);
}

#[test]
fn c_70_names_match_whole_or_by_an_end() {
    let declared = |how: Match| new().unique_constraint_with(User::email, constraint().name("email_key").match_by(how));
    let found = |how, name| refused(declared(how), &named(ViolationKind::Unique, name)).is_some();
    assert!(found(Match::Exact, "email_key") && !found(Match::Exact, "p1_email_key"));
    assert!(found(Match::Suffix, "p1_email_key") && !found(Match::Suffix, "email_key_1"));
    assert!(found(Match::Prefix, "email_key_1") && !found(Match::Prefix, "p1_email_key"));
}

#[test]
fn columns_match_where_a_database_names_no_constraint() {
    use ViolationKind::Unique;
    let changeset = || new().unique_constraint(User::name).unique_constraint((User::name, User::email));
    assert_eq!(refused(changeset(), &columns(Unique, &["name"])).unwrap().param("constraint_name"), Some(&json!("users_name_index")));
    let both = refused(changeset(), &columns(Unique, &["mail", "name"])).unwrap();
    assert_eq!(both.param("constraint_name"), Some(&json!("users_name_mail_index")));
    assert_eq!(refused(changeset(), &columns(Unique, &["mail"])), None);
    assert_eq!(refused(changeset(), &violation(Unique, None, Some("posts"), &["name"])), None, "another table");
    assert!(refused(changeset(), &violation(Unique, None, None, &["name"])).is_some());
}

#[test]
fn a_named_constraint_matches_by_some_of_its_columns_after_all_that_match_in_full() {
    let changeset = || new().unique_constraint_with(User::email, constraint().name("users_org_index").message("twice in one organisation"));
    let found = refused(changeset(), &columns(ViolationKind::Unique, &["name", "mail"])).unwrap();
    assert_eq!(found.text(), "twice in one organisation");
    let full =
        refused(changeset().unique_constraint((User::name, User::email)), &columns(ViolationKind::Unique, &["name", "mail"])).unwrap();
    assert_eq!(full.text(), "has already been taken");
}

#[test]
fn a_primary_key_has_the_name_that_its_database_gives() {
    assert!(refused(new().unique_constraint(User::id), &named(ViolationKind::Unique, "users_pkey")).is_some());
    assert!(refused(new().unique_constraint(User::id), &columns(ViolationKind::Unique, &["id"])).is_some());
    assert_eq!(refused(new().unique_constraint(User::email), &named(ViolationKind::Unique, "users_pkey")), None);
}

#[test]
fn null_where_none_may_be_needs_no_declaration() {
    let found = blank_field(&columns(ViolationKind::NotNull, &["mail"]), User::META);
    assert_eq!(found, Some(User::email.index()));
    assert_eq!(blank_field(&columns(ViolationKind::Unique, &["mail"]), User::META), None);
    assert_eq!(blank_field(&violation(ViolationKind::NotNull, None, Some("posts"), &["name"]), User::META), None);
    let mut changeset = new();
    changeset.add_blank_error(User::email.index());
    assert_eq!(errors(&changeset), ["email required can't be blank"]);
}

#[test]
fn declaring_a_constraint_is_kept_in_order() {
    let changeset = new().unique_constraint(User::email).check_constraint(User::age, "adult");
    let kinds: Vec<ConstraintKind> = changeset.constraints().iter().map(Constraint::kind).collect();
    assert_eq!(kinds, [ConstraintKind::Unique, ConstraintKind::Check]);
}

#[test]
fn c_66_c_67_constraints_of_associations() {
    let (post, user) = (Changeset::<Post>::new().assoc_constraint(Post::author), Changeset::<Author>::new());
    let missing = violation(ViolationKind::ForeignKey, Some("posts_writer_fkey"), Some("posts"), &[]);
    assert_eq!(
        matching(post.constraints(), &missing, Post::META).unwrap().error_field(Post::META),
        "author",
        "by the column, not by the field"
    );
    let error = post.constraints()[0].field_error(Post::META, None);
    assert_eq!((error.code(), error.text().as_str()), ("assoc", "does not exist"));

    let user = user.no_assoc_constraint(Author::posts).no_assoc_constraint(Author::first);
    for still_there in [
        violation(ViolationKind::ForeignKey, Some("posts_writer_fkey"), None, &[]),
        violation(ViolationKind::ForeignKey, None, Some("posts"), &["writer"]),
    ] {
        assert_eq!(matching(user.constraints(), &still_there, Author::META).unwrap().error_field(Author::META), "posts");
    }
    let texts: Vec<String> = user.constraints().iter().map(|one| one.field_error(Author::META, None).text()).collect();
    assert_eq!(texts, ["are still associated with this entry", "is still associated with this entry"]);
}

#[derive(ecto_macros::Schema)]
#[schema(table = "authors", crate = crate)]
struct Author {
    id: i64,
    #[schema(has_many, foreign_key = author_id)]
    posts: HasMany<Post>,
    #[schema(has_one, foreign_key = author_id)]
    first: HasOne<Post>,
}

#[derive(ecto_macros::Schema)]
#[schema(table = "posts", crate = crate)]
struct Post {
    id: i64,
    #[schema(source = "writer")]
    author_id: i64,
    #[schema(belongs_to, foreign_key = author_id)]
    author: BelongsTo<Author>,
}

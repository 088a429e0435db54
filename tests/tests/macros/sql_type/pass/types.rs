//! Enums and newtypes as columns, as keys and in comparisons.
#![deny(warnings, missing_docs)]

use ecto_core::schema::{Autogenerate, Record as _, Schema as _};
use ecto_core::types::{EnumType, Input, Kind, Scalar, SqlType as _, Value};
use ecto_core::{Schema, SqlType};

/// Stored as `draft`, `in_review`, `live`.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not shown.
    Draft,
    /// Shown to some.
    InReview,
    /// Shown.
    #[sql_type(rename = "live")]
    Published,
}

/// Stored as `A-ONE`.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_type(rename_all = "kebab-case")]
enum Grade {
    AOne = 7,
    BTwo = 3,
}

/// A key that cannot be mistaken for another.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PostId(i64);

/// A text that is an address.
#[derive(SqlType, Debug, Clone, PartialEq)]
pub struct Email(pub String);

/// A post.
#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "posts")]
pub struct Post {
    id: PostId,
    #[schema(default = Status::Draft)]
    status: Status,
    grade: Option<Grade>,
    email: Email,
}

fn main() {
    assert_eq!(Status::NAMES, ["draft", "in_review", "live"]);
    assert_eq!((Grade::NAMES, Grade::BTwo.position(), Grade::AOne.to_value()), (&["a-one", "b-two"][..], 1, Value::Text("a-one".into())));
    assert_eq!(Status::cast(Input::Text("in_review")), Ok(Status::InReview));
    assert_eq!(Status::cast(Input::Text("InReview")).unwrap_err().allowed, Some(&["draft", "in_review", "live"][..]));
    assert_eq!(Status::view(&Status::Published.to_value()), Some(&Status::Published));
    assert_eq!(Status::from_value(Value::Text("live".into())).unwrap(), Status::Published);
    assert!(Status::from_value(Value::Text("dead".into())).unwrap_err().to_string().contains("`dead`"));
    assert!(Status::LITERAL && !PostId::LITERAL);

    assert_eq!((PostId::KIND, PostId::NAME, PostId(3).to_value()), (Kind::I64, "integer", Value::I64(3)));
    assert_eq!(PostId::cast(Input::Text("12")), Ok(PostId(12)));
    assert_eq!(Email::view(&Email("a@x".into()).to_value()), Some("a@x"));

    let id = &Post::META.fields[0];
    assert!(matches!(id.autogenerate, Some(Autogenerate::Database)), "{id:?}");
    assert_eq!(Post::META.fields[1].default.map(|default| default()), Some(Value::Text("draft".into())));
    let mut post = Post { id: PostId(1), status: Status::Draft, grade: None, email: Email(String::new()) };
    post.set(2, Grade::AOne.to_value()).unwrap();
    assert_eq!((post.key(), post.grade, post.value(3)), (PostId(1), Some(Grade::AOne), Value::Text("".into())));
    let _ = Post::query().filter(|p| p.status.eq(Status::Published).and(p.id.eq(PostId(3))).and(p.grade.eq(Grade::BTwo)));
}

//! A schema for the tests of this module, written by hand as the derives would write it.

use chrono::{DateTime, Utc};

use crate::error::Result;
use crate::schema::{Autogenerate, Field, FieldMeta, Record, SchemaMeta, Writable, cast_field, no_field};
use crate::types::{RowCursor, Scalar, SqlType, Value};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) age: Option<i32>,
    pub(crate) score: Option<f64>,
    pub(crate) role: String,
    pub(crate) token: Option<Vec<u8>>,
    pub(crate) bio: Option<String>,
    pub(crate) confirmed: bool,
    pub(crate) inserted_at: DateTime<Utc>,
}

pub(crate) fn al() -> User {
    User {
        id: 7,
        name: "Al".into(),
        email: "al@x".into(),
        age: Some(30),
        score: None,
        role: "guest".into(),
        token: None,
        bio: None,
        confirmed: false,
        inserted_at: DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
    }
}

const fn field<T: SqlType>(name: &'static str) -> FieldMeta {
    FieldMeta {
        name,
        column: name,
        type_name: <T::Base as Scalar>::NAME,
        kind: <T::Base as Scalar>::KIND,
        nullable: <T::Null as crate::types::Nullability>::NULLABLE,
        default: None,
        autogenerate: None,
        cast: cast_field::<T>,
        is_virtual: false,
        redact: false,
        read_after_writes: false,
        writable: Writable::Always,
    }
}

pub(crate) static USER: SchemaMeta = SchemaMeta {
    name: "User",
    table: "users",
    fields: &[
        FieldMeta { autogenerate: Some(Autogenerate::Database), ..field::<i64>("id") },
        field::<String>("name"),
        FieldMeta { column: "mail", ..field::<String>("email") },
        field::<Option<i32>>("age"),
        field::<Option<f64>>("score"),
        FieldMeta { default: Some(|| Value::Text("guest".into())), ..field::<String>("role") },
        FieldMeta { redact: true, ..field::<Option<Vec<u8>>>("token") },
        FieldMeta { default: Some(|| Value::Text("none".into())), ..field::<Option<String>>("bio") },
        FieldMeta { default: Some(|| Value::Bool(false)), ..field::<bool>("confirmed") },
        FieldMeta { autogenerate: Some(Autogenerate::InsertedAt(Value::DateTime)), ..field::<DateTime<Utc>>("inserted_at") },
    ],
    key: &[0],
    relations: &[],
};

macro_rules! columns {
    ($($index:literal $name:ident: $type:ty),* $(,)?) => {
        #[allow(non_upper_case_globals, dead_code, reason = "constants are named like their fields")]
        impl User {
            $(pub(crate) const $name: Field<User, $type> = Field { __index: $index, __name: stringify!($name), __get: |user| &user.$name };)*
        }

        impl Record for User {
            const META: &'static SchemaMeta = &USER;

            fn value(&self, field: u16) -> Value {
                match field {
                    $($index => self.$name.to_value(),)*
                    _ => Value::Null,
                }
            }

            fn set(&mut self, field: u16, value: Value) -> Result<()> {
                match field {
                    $($index => self.$name = SqlType::from_value(value)?,)*
                    _ => return no_field(&USER, field),
                }
                Ok(())
            }

            fn build<C: RowCursor>(row: &mut C) -> Result<Self> {
                Ok(User { $($name: row.read()?),* })
            }
        }
    };
}
columns!(
    0 id: i64,
    1 name: String,
    2 email: String,
    3 age: Option<i32>,
    4 score: Option<f64>,
    5 role: String,
    6 token: Option<Vec<u8>>,
    7 bio: Option<String>,
    8 confirmed: bool,
    9 inserted_at: DateTime<Utc>,
);

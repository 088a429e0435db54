//! A form without a table, in a function.
#![deny(warnings, missing_docs)]

use ecto_core::schema::{Known, Record as _};
use ecto_core::types::Value;

fn main() {
    #[derive(ecto_core::Record, Debug, PartialEq)]
    #[schema(crate = ecto_core)]
    struct SignUp {
        r#type: String,
        #[schema(default = 3, redact)]
        pin: Option<i32>,
    }

    let meta = SignUp::META;
    assert_eq!((meta.name, meta.table, meta.key.len(), meta.fields[0].name, meta.fields[1].redact), ("SignUp", "", 0, "type", true));
    assert_eq!(meta.fields[1].default.map(|default| default()), Some(Value::I32(3)));
    let mut known = Known::new(2);
    known.put(0, Value::Text("x".into()));
    known.put(1, Value::Null);
    assert_eq!(SignUp::assemble(&mut known).unwrap(), SignUp { r#type: "x".into(), pin: None });
    assert_eq!(SignUp::r#type.index(), 0);
}

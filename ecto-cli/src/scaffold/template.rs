//! What a new migration says.

use ecto_core::adapter::Adapter;
use ecto_core::migration::{Change, Direction, Migration, statements};

use crate::error::CliError;

/// In SQL: the way there, and the line that opens the way back.
pub fn sql(name: &str, adapter: Option<&dyn Adapter>) -> Result<String, CliError> {
    let (Some(table), Some(adapter)) = (name.strip_prefix("create_"), adapter) else {
        return Ok("-- what changes\n\n-- down\n\n-- how it is undone\n".into());
    };
    let create = Create(table.to_owned());
    let [up, down] = [Direction::Up, Direction::Down].map(|direction| statements(adapter, &create, direction).map(|list| list.join(";\n")));
    Ok(format!("{};\n\n-- down\n\n{};\n", up?, down?))
}

/// A table that has only its key.
struct Create(String);

impl Migration for Create {
    fn change(&self, m: &mut Change) {
        m.create_table(self.0.as_str(), |_| {});
    }
}

/// In Rust.
pub fn rust(name: &str) -> String {
    let structure = camel_cased(name);
    let change = match name.strip_prefix("create_") {
        Some(table) => format!("        m.create_table(\"{table}\", |t| {{\n            t.timestamps();\n        }});\n"),
        None => "        m.execute_both(\"\", \"\");\n".into(),
    };
    format!(
        "use ecto_core::prelude::*;\n\npub struct {structure};\n\nimpl Migration for {structure} {{\n    fn change(&self, m: &mut Change) {{\n{change}    }}\n}}\n"
    )
}

/// The name that `migrations!` looks for in the file: `create_users` holds `CreateUsers`.
fn camel_cased(name: &str) -> String {
    name.split('_')
        .map(|word| word.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(word.chars().skip(1)).collect::<String>())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_struct_is_named_after_the_file() {
        assert_eq!(camel_cased("create_users_2"), "CreateUsers2");
        assert!(rust("add_age").contains("pub struct AddAge;"));
        assert!(rust("create_users").contains("m.create_table(\"users\""));
    }
}

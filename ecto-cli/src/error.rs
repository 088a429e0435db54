//! What a command could not do, each with what to do next. Texts as in the library: lower case, no full stop, a hint apart.

use crate::signal::INTERRUPTED;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Clap's own: wrong arguments, or a text that was asked for.
    #[error("{0}")]
    Usage(clap::Error),
    #[error("no database is named")]
    NoUrl,
    #[error("cannot read `{path}`: {reason}")]
    File { path: String, reason: String },
    #[error("{path}:{line}: {reason}")]
    Settings { path: String, reason: String, line: usize },
    #[error("`{folder}` holds migrations in Rust, which only the application can run")]
    RustWithoutApp { folder: String },
    #[error("cannot run the commands of `{package}`: {reason}")]
    Delegate { package: String, reason: String },
    #[error("`{name}` cannot be the name of a migration")]
    MigrationName { name: String },
    #[error("there is a migration of this name already: `{path}`")]
    DuplicateName { path: String },
    #[error("`{path}` has no `migrations! {{ … }}`")]
    NoList { path: String },
    #[error("cannot write `{path}`: {reason}")]
    Write { path: String, reason: String },
    #[error("{database} is not on this machine")]
    Remote { database: String },
    #[error("data would be lost, and {database} is not on this machine")]
    Loss { database: String },
    #[error("the editor `{editor}` failed: {reason}")]
    Editor { editor: String, reason: String },
    #[error("{}", .0.message())]
    Library(#[from] ecto_core::Error),
}

impl CliError {
    /// What to do next.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            CliError::NoUrl => "give `--url URL`, set DATABASE_URL, or write `url = \"sqlite://blog.db\"` into ecto.toml".into(),
            CliError::Settings { .. } => "ecto.toml knows `url`, `migrations_path`, `app` and `bin`".into(),
            CliError::RustWithoutApp { .. } => {
                "write `app = \"NAME OF THE PACKAGE\"` into ecto.toml, so that its own commands are run".into()
            }
            CliError::Delegate { .. } => "`app` in ecto.toml names a package of this workspace whose program calls `ecto_cli::main`".into(),
            CliError::MigrationName { .. } => "begin with a letter, and use letters, digits and `_`: create_users".into(),
            CliError::DuplicateName { .. } => "choose another name".into(),
            CliError::NoList { .. } => "write `ecto_core::migrations! {}` into it".into(),
            CliError::Remote { .. } => "repeat the command with `--force` if it shall be dropped".into(),
            CliError::Loss { .. } => "repeat the command with `--yes` if it shall be lost".into(),
            CliError::Editor { .. } => "the file is written; ECTO_EDITOR names the program that opens it".into(),
            CliError::Library(error) => return error.hint(),
            CliError::Usage(_) | CliError::File { .. } | CliError::Write { .. } => return None,
        })
    }

    /// 1 failed, 2 called wrongly, 4 migrations contradict each other, 5 a lock was not obtained in time, 6 a step needs
    /// to be looked at, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            CliError::Usage(error) => u8::try_from(error.exit_code()).unwrap_or(2),
            CliError::NoUrl | CliError::Settings { .. } => 2,
            CliError::MigrationName { .. } | CliError::RustWithoutApp { .. } => 2,
            CliError::DuplicateName { .. } => 4,
            CliError::Library(error) if error.is_inconsistent() => 4,
            CliError::Library(error) if error.is_busy() => 5,
            CliError::Library(error) if error.is_half_done() => 6,
            CliError::Library(error) if error.is_interrupted() => INTERRUPTED,
            CliError::File { .. }
            | CliError::Delegate { .. }
            | CliError::NoList { .. }
            | CliError::Write { .. }
            | CliError::Remote { .. }
            | CliError::Loss { .. }
            | CliError::Editor { .. }
            | CliError::Library(_) => 1,
        }
    }
}

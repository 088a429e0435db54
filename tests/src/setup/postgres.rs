//! PostgreSQL: a database of its own for each case.

use std::any::Any;
use std::error::Error;
use std::sync::Arc;

use super::Setup;
use crate::server::{self, Databases};

/// Databases on a server.
pub struct Postgres(Arc<Databases>);

impl Postgres {
    /// On the server that is to be had, or the reason why there is none.
    ///
    /// # Errors
    /// The reason, for a person to read.
    pub fn find() -> Result<Self, &'static str> {
        server::url().map(|url| Postgres(Databases::on(url)))
    }
}

impl Setup for Postgres {
    fn database(&self) -> &'static str {
        "PostgreSQL"
    }

    fn words(&self) -> &'static str {
        "key=bigserial PRIMARY KEY; boolean=boolean; false=false; smallint=smallint; integer=integer; bigint=bigint;  \
         single=real; double=double precision; text=text; bytes=bytea; date=date; time=time; naive=timestamp;  \
         instant=timestamptz; uuid=uuid; decimal=numeric; json=jsonb; 1=$1; 2=$2"
    }

    fn empty_database(&self) -> Result<(String, Box<dyn Any + Send + Sync>), Box<dyn Error + Send + Sync>> {
        let database = self.0.lend()?;
        Ok((database.url().to_owned(), Box::new(database)))
    }

    fn finish(&self) {
        self.0.drop_all().expect("the suite's databases are dropped");
    }
}

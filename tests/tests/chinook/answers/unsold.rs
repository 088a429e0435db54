//! Which tracks did nobody buy? One question, asked in three ways.

use ecto_core::prelude::*;

use crate::chinook::schemas::{InvoiceLine, Track};

pub fn by_exists(repo: &Repo) -> Result<Vec<Track>> {
    repo.all(&Track::query().filter(|t| t.sales.query().exists().not()).order_by(|t| t.id))
}

pub fn by_join(repo: &Repo) -> Result<Vec<Track>> {
    repo.all(&Track::query().left_join(|t| t.sales).filter(|(_, s)| s.id.is_nil()).order_by(|(t, _)| t.id))
}

pub fn by_list(repo: &Repo) -> Result<Vec<Track>> {
    let sold = InvoiceLine::query().select(|l| l.track_id);
    repo.all(&Track::query().filter(|t| t.id.in_query(sold).not()).order_by(|t| t.id))
}

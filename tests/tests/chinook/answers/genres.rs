//! The tracks of each genre that earned most.

use ecto_core::prelude::*;
use rust_decimal::Decimal;

use crate::chinook::schemas::{Genre, Track};

pub fn with_best_tracks(repo: &Repo, at_most: u32) -> Result<Vec<Genre>> {
    let best = Track::query()
        .order_by(|t| {
            let revenue = t.sales.query().select(|s| (s.unit_price * s.quantity.cast::<Decimal>()).sum().or_else(Decimal::ZERO));
            (revenue.scalar().desc(), t.id)
        })
        .limit(at_most);
    repo.all(&Genre::query().order_by(|g| g.id).preload(Genre::tracks.with(best)))
}

/// Genre and track.
pub fn names(genre: &Genre) -> Result<Vec<(String, String)>> {
    Ok(genre.tracks.get()?.iter().map(|track| (genre.name.clone(), track.name.clone())).collect())
}

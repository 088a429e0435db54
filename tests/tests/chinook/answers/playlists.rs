//! Whom does one hear on each playlist? By playlist and artist, each once.

use ecto_core::prelude::*;

use crate::chinook::schemas::{Artist, Playlist};

pub fn with_artists(repo: &Repo) -> Result<Vec<(i64, String)>> {
    let artists = Artist::query().order_by(|a| a.id);
    names(&repo.all(&in_order().preload(Playlist::artists.with(artists)))?)
}

/// The same, without the table between playlists and tracks as rows of its own.
pub fn with_artists_joined(repo: &Repo) -> Result<Vec<(i64, String)>> {
    let query = in_order().join(|p| p.artists).order_by(|(_, a)| a.id).select(|(p, a)| (p.id, a.id, a.name)).distinct();
    Ok(repo.all(&query)?.into_iter().map(|(playlist, _, artist)| (playlist, artist)).collect())
}

/// The same by one statement, whose join has a row for each track.
pub fn with_artists_folded(repo: &Repo) -> Result<Vec<(i64, String)>> {
    let joined = in_order().join(|p| p.artists).order_by(|(_, a)| a.id).preload_joined(Playlist::artists, |(_, a)| a);
    names(&repo.all(&joined)?)
}

fn in_order() -> Query<Playlist> {
    Playlist::query().order_by(|p| p.id)
}

fn names(playlists: &[Playlist]) -> Result<Vec<(i64, String)>> {
    let mut found = Vec::new();
    for playlist in playlists {
        found.extend(playlist.artists.get()?.iter().map(|artist| (playlist.id, artist.name.clone())));
    }
    Ok(found)
}

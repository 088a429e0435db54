//! The same questions in SQL, written by hand. Money is counted in cents, since SQLite has no sum of exact numbers.

use ecto_tests::Stage;

pub const BEST_SELLING_ARTISTS: &str = "
    SELECT artist.name, sum(line.quantity), sum(CAST(round(line.unit_price * 100) AS integer) * line.quantity) AS revenue
    FROM artist
    JOIN album ON album.artist_id = artist.artist_id
    JOIN track ON track.album_id = album.album_id
    JOIN invoice_line AS line ON line.track_id = track.track_id
    GROUP BY artist.artist_id, artist.name
    ORDER BY revenue DESC, artist.artist_id
    LIMIT 10";

pub const CUSTOMERS_OF_REPRESENTATIVES: &str = "
    SELECT employee.last_name, count(*), manager.last_name
    FROM customer
    JOIN employee ON employee.employee_id = customer.support_rep_id
    LEFT JOIN employee AS manager ON manager.employee_id = employee.reports_to
    GROUP BY employee.employee_id, employee.last_name, manager.last_name
    ORDER BY employee.employee_id";

pub const ALBUMS_WITH_TRACKS: &str = "
    SELECT artist.name, album.title, track.name, genre.name
    FROM album
    JOIN artist ON artist.artist_id = album.artist_id
    JOIN track ON track.album_id = album.album_id
    LEFT JOIN genre ON genre.genre_id = track.genre_id
    ORDER BY album.album_id, track.track_id";

pub const UNSOLD_TRACKS: &str = "
    SELECT track_id FROM track
    WHERE NOT EXISTS (SELECT 1 FROM invoice_line WHERE invoice_line.track_id = track.track_id)
    ORDER BY track_id";

pub const BEST_TRACKS_OF_GENRES: &str = "
    WITH revenue AS (
        SELECT track_id, sum(CAST(round(unit_price * 100) AS integer) * quantity) AS cents FROM invoice_line GROUP BY track_id
    ), ranked AS (
        SELECT genre.genre_id, genre.name AS genre, track.name AS track,
            row_number() OVER (PARTITION BY genre.genre_id ORDER BY coalesce(revenue.cents, 0) DESC, track.track_id) AS place
        FROM genre
        JOIN track ON track.genre_id = genre.genre_id
        LEFT JOIN revenue ON revenue.track_id = track.track_id
    )
    SELECT genre, track FROM ranked WHERE place <= 3 ORDER BY genre_id, place";

pub const PLAYLISTS_WITH_ARTISTS: &str = "
    SELECT entry.playlist_id, artist.name
    FROM playlist_track AS entry
    JOIN track ON track.track_id = entry.track_id
    JOIN album ON album.album_id = track.album_id
    JOIN artist ON artist.artist_id = album.artist_id
    GROUP BY entry.playlist_id, artist.artist_id, artist.name
    ORDER BY entry.playlist_id, artist.artist_id";

/// The one question whose SQL is not the same everywhere: dates are read by functions of each database's own.
pub fn invoices_of_months(stage: &Stage) -> String {
    let month = if stage.url.starts_with("sqlite:") { "strftime('%Y-%m', invoice_date)" } else { "to_char(invoice_date, 'YYYY-MM')" };
    let total = "sum(CAST(round(total * 100) AS integer))";
    format!("SELECT {month} AS month, count(*), {total} FROM invoice GROUP BY 1 ORDER BY 1")
}

-- ecto: transaction = off, lock_timeout = 5s
VACUUM;
CREATE TABLE tags (id INTEGER);
-- down
DROP TABLE tags;

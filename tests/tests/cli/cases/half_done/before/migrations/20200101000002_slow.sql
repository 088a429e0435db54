-- ecto: transaction = off
CREATE TABLE tags (id INTEGER);
CREATE TABLE slow AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000000000) SELECT count(*) AS n FROM counted;
CREATE TABLE last (id INTEGER);
-- down
DROP TABLE last;

-- ecto: transaction = off
CREATE TABLE kept (id INTEGER);
SELECT * FROM nowhere;

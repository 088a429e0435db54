CREATE TABLE tags (id INTEGER);

-- here
INSERT INTO nowhere VALUES (1);

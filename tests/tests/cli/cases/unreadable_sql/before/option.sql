-- ecto: transction = off
SELECT 1;

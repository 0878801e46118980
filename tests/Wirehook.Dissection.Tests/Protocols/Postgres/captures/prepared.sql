\set n random(1, 100)
SELECT :n + 1;

\startpipeline
SELECT 1;
SELECT 2 AS two;
SELECT 'three';
\endpipeline

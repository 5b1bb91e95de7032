SELECT c.c_custkey,
       c.c_name,
       c.c_address,
       n.n_name AS nation,
       r.r_name AS region,
       c.c_phone,
       c.c_acctbal,
       c.c_mktsegment,
       c.c_comment
FROM customer c
JOIN nation n ON n.n_nationkey = c.c_nationkey
JOIN region r ON r.r_regionkey = n.n_regionkey
ORDER BY c.c_custkey

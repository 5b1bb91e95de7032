SELECT c.custkey,
       c.name,
       c.address,
       n.name AS nation,
       r.name AS region,
       c.phone,
       c.acctbal,
       c.mktsegment,
       c.comment
FROM customer c
JOIN nation n ON n.nationkey = c.nationkey
JOIN region r ON r.regionkey = n.regionkey
ORDER BY c.custkey

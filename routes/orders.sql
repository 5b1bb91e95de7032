SELECT orderkey,
       custkey,
       orderstatus,
       totalprice,
       orderdate,
       orderpriority,
       clerk,
       shippriority,
       comment
FROM orders
ORDER BY orderdate, orderkey

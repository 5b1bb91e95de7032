SELECT *
FROM lineitem

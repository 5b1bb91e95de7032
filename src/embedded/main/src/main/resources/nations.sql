select n_nationkey, n_name, n_comment from nation order by n_nationkey

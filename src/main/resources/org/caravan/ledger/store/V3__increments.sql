-- Which increment of its source a run reads: what is not below low_value, and below high_value.
CREATE TABLE caravan_increment (
    run_id      VARCHAR(32)   NOT NULL PRIMARY KEY REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    name        VARCHAR(128)  NOT NULL,
    column_name VARCHAR(128),
    value_type  VARCHAR(16)   NOT NULL,
    low_value   VARCHAR(1024) NOT NULL,
    high_value  VARCHAR(1024) NOT NULL,
    overlap     VARCHAR(16)   NOT NULL,
    modes       VARCHAR(16)   NOT NULL
);

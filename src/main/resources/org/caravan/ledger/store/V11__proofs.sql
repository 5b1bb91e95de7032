-- What was compared of which table, in the order of the comparisons.

CREATE TABLE caravan_proof (
    run_id     VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    proof      INTEGER      NOT NULL,
    table_name VARCHAR(300) NOT NULL,
    engine     VARCHAR(16)  NOT NULL,
    compared   VARCHAR(128) NOT NULL,
    PRIMARY KEY (run_id, proof)
);

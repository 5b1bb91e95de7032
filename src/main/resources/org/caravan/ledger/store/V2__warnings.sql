-- What did not fail a run, but should be looked at; SQL that H2 and PostgreSQL both take.

CREATE TABLE caravan_warning (
    run_id  VARCHAR(32)    NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    place   INTEGER        NOT NULL,
    rule    VARCHAR(20000) NOT NULL,
    message VARCHAR(20000) NOT NULL,
    PRIMARY KEY (run_id, place)
);

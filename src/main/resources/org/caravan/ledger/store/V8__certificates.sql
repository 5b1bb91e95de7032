-- The JSON that proves a run; written when the run has ended well and is published.
CREATE TABLE caravan_certificate (
    run_id      VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    certificate TEXT        NOT NULL
);

-- What a run that is resumed needs to know of its files in Amazon S3, as JSON.
CREATE TABLE caravan_files (
    run_id VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    files  VARCHAR     NOT NULL
);

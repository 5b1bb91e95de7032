-- Each time that a step of a run was tried again, in order.
CREATE TABLE caravan_retry (
    run_id        VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    number        INTEGER      NOT NULL,
    step          VARCHAR(16)  NOT NULL,
    attempt       INTEGER      NOT NULL,
    fault         VARCHAR(128) NOT NULL,
    waited_millis BIGINT       NOT NULL,
    PRIMARY KEY (run_id, number)
);

-- Whether it is known what became of the run in Redshift, and nothing of it is left there but what it published.
ALTER TABLE caravan_run ADD COLUMN settled BOOLEAN DEFAULT FALSE NOT NULL;
UPDATE caravan_run SET settled = TRUE WHERE state = 'done';

-- Who asked that a run under way be cancelled, and when the run saw it. By its token, so that a run which is resumed is another.
CREATE TABLE caravan_cancel (
    run_id  VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    token   BIGINT       NOT NULL,
    asked   TIMESTAMP WITH TIME ZONE NOT NULL,
    host    VARCHAR(255) NOT NULL,
    pid     BIGINT       NOT NULL,
    os_user VARCHAR(255) NOT NULL,
    seen    TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (run_id, token)
);

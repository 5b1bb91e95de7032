-- Who went on with a run that had ended before it was done, or began another in its place, and who had it before.
CREATE TABLE caravan_resumption (
    run_id      VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    token       BIGINT       NOT NULL,
    resumed     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    interrupted VARCHAR(32)  NOT NULL,
    started_by  VARCHAR(20)  NOT NULL,
    host        VARCHAR      NOT NULL,
    pid         BIGINT       NOT NULL,
    os_user     VARCHAR      NOT NULL,
    host_before VARCHAR      NOT NULL,
    pid_before  BIGINT       NOT NULL,
    user_before VARCHAR      NOT NULL,
    anew        VARCHAR,
    PRIMARY KEY (run_id, token)
);

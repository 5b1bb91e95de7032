-- SQL that H2 and PostgreSQL both take. Times of runs are the clock of the machine that runs; times of locks are the database's.

CREATE TABLE caravan_run (
    run_id           VARCHAR(32)  NOT NULL PRIMARY KEY,
    pipeline         VARCHAR(64)  NOT NULL,
    state            VARCHAR(16)  NOT NULL CHECK (state IN ('running', 'done', 'failed', 'interrupted')),
    started          TIMESTAMP WITH TIME ZONE NOT NULL,
    ended            TIMESTAMP WITH TIME ZONE,
    host             VARCHAR(255) NOT NULL,
    pid              BIGINT       NOT NULL,
    os_user          VARCHAR(255) NOT NULL,
    started_by       VARCHAR(16)  NOT NULL,
    settings         VARCHAR(64)  NOT NULL,
    configuration    VARCHAR(64)  NOT NULL,
    query            VARCHAR(64),
    token            BIGINT       NOT NULL,
    target           VARCHAR(300),
    manifest         VARCHAR(2048),
    failure_category VARCHAR(16),
    failure_message  VARCHAR(20000)
);
CREATE INDEX caravan_run_by_pipeline ON caravan_run (pipeline, run_id);

CREATE TABLE caravan_step (
    run_id VARCHAR(32) NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    step   VARCHAR(16) NOT NULL,
    began  TIMESTAMP WITH TIME ZONE NOT NULL,
    millis BIGINT      NOT NULL,
    PRIMARY KEY (run_id, step)
);

CREATE TABLE caravan_part (
    run_id     VARCHAR(32)   NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    part       INTEGER       NOT NULL,
    object_key VARCHAR(1024) NOT NULL,
    row_count  BIGINT        NOT NULL,
    byte_count BIGINT        NOT NULL,
    crc32      BIGINT        NOT NULL,
    PRIMARY KEY (run_id, part)
);

CREATE TABLE caravan_count (
    run_id    VARCHAR(32) NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    point     VARCHAR(16) NOT NULL,
    row_count BIGINT      NOT NULL,
    PRIMARY KEY (run_id, point)
);

CREATE TABLE caravan_digest (
    run_id      VARCHAR(32) NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    computed_by VARCHAR(16) NOT NULL,
    digest      VARCHAR     NOT NULL,
    PRIMARY KEY (run_id, computed_by)
);

CREATE TABLE caravan_alteration (
    run_id      VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    column_name VARCHAR(512) NOT NULL,
    rule        VARCHAR(64)  NOT NULL,
    value_count BIGINT       NOT NULL,
    PRIMARY KEY (run_id, column_name, rule)
);

-- One row for each pipeline that ever ran; free when run_id is null. The token only ever grows.
CREATE TABLE caravan_lock (
    pipeline      VARCHAR(64) NOT NULL PRIMARY KEY,
    run_id        VARCHAR(32),
    token         BIGINT      NOT NULL,
    taken         TIMESTAMP WITH TIME ZONE,
    heartbeat     TIMESTAMP WITH TIME ZONE,
    expiry_millis BIGINT      NOT NULL
);

CREATE TABLE caravan_watermark (
    pipeline   VARCHAR(64)   NOT NULL,
    name       VARCHAR(128)  NOT NULL,
    high_value VARCHAR(1024) NOT NULL,
    run_id     VARCHAR(32)   NOT NULL REFERENCES caravan_run (run_id),
    advanced   TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (pipeline, name)
);

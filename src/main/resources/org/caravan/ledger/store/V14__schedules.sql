-- When pipelines were due and what came of it; SQL that H2 and PostgreSQL both take.

CREATE TABLE caravan_schedule (
    pipeline  VARCHAR(64) NOT NULL PRIMARY KEY,
    timetable VARCHAR(4000),
    -- Since when that timetable is in force: no earlier time was missed.
    since     TIMESTAMP WITH TIME ZONE,
    paused    TIMESTAMP WITH TIME ZONE,
    paused_by VARCHAR(600),
    reason    VARCHAR(2000)
);

CREATE TABLE caravan_fire (
    pipeline VARCHAR(64)  NOT NULL,
    -- The time at which the run was due, or the run that it follows.
    fire     VARCHAR(64)  NOT NULL,
    due      TIMESTAMP WITH TIME ZONE NOT NULL,
    state    VARCHAR(16)  NOT NULL CHECK (state IN ('taken', 'done', 'failed', 'skipped')),
    owner    VARCHAR(36)  NOT NULL,
    host     VARCHAR(255) NOT NULL,
    pid      BIGINT       NOT NULL,
    attempts INTEGER      NOT NULL,
    -- By the clock of the host, as are the starts of runs.
    taken    TIMESTAMP WITH TIME ZONE NOT NULL,
    ended    TIMESTAMP WITH TIME ZONE,
    run_id   VARCHAR(32),
    PRIMARY KEY (pipeline, fire)
);
CREATE INDEX caravan_fire_by_due ON caravan_fire (pipeline, due);

-- Which run of another pipeline a pipeline has followed last.
CREATE TABLE caravan_follow (
    pipeline VARCHAR(64) NOT NULL,
    other    VARCHAR(64) NOT NULL,
    run_id   VARCHAR(32) NOT NULL,
    PRIMARY KEY (pipeline, other)
);

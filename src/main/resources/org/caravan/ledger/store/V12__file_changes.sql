-- What became of each version of a file that the service follows. Times are the clock of the machine that runs.

CREATE TABLE caravan_file_change (
    changed TIMESTAMP WITH TIME ZONE NOT NULL,
    file    VARCHAR(1024)  NOT NULL,
    sha256  VARCHAR(64)    NOT NULL,
    outcome VARCHAR(16)    NOT NULL CHECK (outcome IN ('accepted', 'refused', 'removed')),
    message VARCHAR(20000) NOT NULL,
    author  VARCHAR(255),
    host    VARCHAR(255)   NOT NULL,
    pid     BIGINT         NOT NULL,
    os_user VARCHAR(255)   NOT NULL,
    PRIMARY KEY (changed, file, host, pid)
);

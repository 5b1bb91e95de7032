CREATE TABLE caravan_parameter (
    run_id     VARCHAR(32)  NOT NULL REFERENCES caravan_run (run_id) ON DELETE CASCADE,
    ordinal    INTEGER      NOT NULL,
    name       VARCHAR(512) NOT NULL,
    value_type VARCHAR(16)  NOT NULL,
    text_value VARCHAR      NOT NULL,
    PRIMARY KEY (run_id, ordinal)
);

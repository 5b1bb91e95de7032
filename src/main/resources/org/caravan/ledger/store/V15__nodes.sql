-- Which services are up, and which pipelines each has a route for; SQL that H2 and PostgreSQL both take.

CREATE TABLE caravan_node (
    node      VARCHAR(300) NOT NULL PRIMARY KEY,
    heartbeat TIMESTAMP WITH TIME ZONE NOT NULL
);

CREATE TABLE caravan_serving (
    node     VARCHAR(300) NOT NULL REFERENCES caravan_node (node) ON DELETE CASCADE,
    pipeline VARCHAR(64)  NOT NULL,
    PRIMARY KEY (node, pipeline)
);

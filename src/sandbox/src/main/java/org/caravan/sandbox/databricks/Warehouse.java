package org.caravan.sandbox.databricks;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.caravan.sandbox.databricks.Sessions.Session;

/** Decides who answers a statement: the sandbox itself, for what only Databricks knows, or Spark. Stateless. */
final class Warehouse {
    private final SparkEngine engine;
    private final FederationCommands federation;
    private final MetadataCommands metadata;
    private final SessionCommands sessions;
    private final RemoteQueries remoteQueries;

    Warehouse(
            SparkEngine engine,
            FederationCommands federation,
            MetadataCommands metadata,
            SessionCommands sessions,
            RemoteQueries remoteQueries) {
        this.engine = engine;
        this.federation = federation;
        this.metadata = metadata;
        this.sessions = sessions;
        this.remoteQueries = remoteQueries;
    }

    /** Runs the statement in this thread; a query runs when its rows are collected. */
    Dataset<Row> run(Session session, StatementRequest request) {
        SparkSession spark = session.spark();
        engine.enter(session);
        String sql = request.sql();
        Optional<org.apache.spark.sql.Dataset<Row>> own = federation
                .run(session, sql)
                .or(() -> metadata.run(session, sql))
                .or(() -> sessions.run(session, sql));
        if (own.isPresent()) {
            return (Dataset<Row>) own.get();
        }
        RemoteQueries.Rewritten remote = remoteQueries.rewrite(session, sql);
        try {
            ParameterRewriter rewritten = ParameterRewriter.of(remote.sql());
            Parameters parameters = Parameters.of(request.parameters(), rewritten.count(), session.timeZone());
            return parameters.values().isEmpty()
                    ? spark.sql(remote.sql())
                    : spark.sql(rewritten.sql(), parameters.values());
        } finally {
            remote.views().forEach(spark.catalog()::dropTempView);
        }
    }
}

package org.caravan.sandbox.databricks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.caravan.sandbox.databricks.Sessions.Session;

/** The statements of federation that show something; columns and rows as their pages in the SQL manual say. Stateless. */
final class FederationReports {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    private final Federation federation;

    FederationReports(Federation federation) {
        this.federation = federation;
    }

    /** Runs the statement if it only shows something. */
    Optional<Dataset<Row>> show(Session session, FederationCommand command) {
        if (command instanceof FederationCommand.ShowConnections show) {
            return Optional.of(connections(session, show));
        }
        if (command instanceof FederationCommand.DescribeConnection describe) {
            return Optional.of(connection(session, describe.name()));
        }
        if (command instanceof FederationCommand.ShowGrants show) {
            return Optional.of(grants(session, show));
        }
        return Optional.empty();
    }

    /** sql-ref-syntax-aux-show-connections. */
    private Dataset<Row> connections(Session session, FederationCommand.ShowConnections show) {
        Access access = federation.access(session.principal());
        Pattern pattern = LikePattern.of(show.pattern().orElse("*"));
        List<Row> rows = new ArrayList<>();
        for (Federation.Connection connection : federation.connections()) {
            if (access.sees(Securable.connection(connection.name()))
                    && pattern.matcher(connection.name()).matches()) {
                rows.add(RowFactory.create(
                        connection.name(),
                        connection.type().toString(),
                        iso(connection.createdAt()),
                        connection.createdBy(),
                        connection.comment().orElse(null)));
            }
        }
        return answer(
                session,
                "name STRING, connection_type STRING, created_at STRING, created_by STRING, comment STRING",
                rows);
    }

    /** sql-ref-syntax-aux-describe-connection: of the options only those that are no secret. */
    private Dataset<Row> connection(Session session, String name) {
        Federation.Connection connection = federation.connection(name);
        Securable securable = Securable.connection(connection.name());
        Access access = federation.access(session.principal());
        if (!access.sees(securable)) {
            access.need(Privilege.USE_CONNECTION, securable);
        }
        String options = connection.options().entrySet().stream()
                .filter(option -> ConnectionType.SHOWN.contains(option.getKey()))
                .map(option -> "(" + option.getKey() + ", '" + option.getValue() + "')")
                .collect(Collectors.joining(", ", "(", ")"));
        List<Row> rows = List.of(
                RowFactory.create("name", connection.name()),
                RowFactory.create("Connection Type", connection.type().toString()),
                RowFactory.create("Credential Type", "username_password"),
                RowFactory.create("Url", connection.type().shownUrl(connection.options())),
                RowFactory.create("Owner", federation.grants().owner(securable)),
                RowFactory.create("Created At", iso(connection.createdAt())),
                RowFactory.create("Created By", connection.createdBy()),
                RowFactory.create("Comment", connection.comment().orElse(null)),
                RowFactory.create("Options", options));
        return answer(session, "info_name STRING, info_value STRING", rows);
    }

    /** security-show-grant: what affects the object, inherited or its own; others' grants only to whoever manages it. */
    private Dataset<Row> grants(Session session, FederationCommand.ShowGrants show) {
        Securable object = show.on().within(session.currentCatalog(), session.currentSchema());
        federation.checkExists(object);
        boolean all = federation.access(session.principal()).manages(object);
        List<Row> rows = new ArrayList<>();
        for (Grants.Granted grant : federation.grants().affecting(object)) {
            boolean asked = show.principal().isEmpty() || show.principal().get().equals(grant.principal());
            if (asked && (all || Grants.concerns(grant, session.principal()))) {
                rows.add(RowFactory.create(
                        grant.principal(),
                        grant.privilege().toString(),
                        grant.on().kind().name(),
                        grant.on().dotted()));
            }
        }
        return answer(session, "Principal STRING, ActionType STRING, ObjectType STRING, ObjectKey STRING", rows);
    }

    private static Dataset<Row> answer(Session session, String columns, List<Row> rows) {
        return session.spark().createDataFrame(rows, StructType.fromDDL(columns));
    }

    private static String iso(Instant time) {
        return ISO.format(time);
    }
}

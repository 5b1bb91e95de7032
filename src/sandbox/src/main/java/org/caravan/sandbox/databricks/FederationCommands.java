package org.caravan.sandbox.databricks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Runs the statements of federation on its state. Stateless. */
final class FederationCommands {
    private final Federation federation;

    FederationCommands(Federation federation) {
        this.federation = federation;
    }

    /** Runs the statement if it is one of federation's. */
    Optional<Dataset<Row>> run(SparkSession session, String sql) {
        return FederationParser.parse(sql).map(command -> {
            if (command instanceof FederationCommand.ShowConnections) {
                return showConnections(session);
            }
            if (command instanceof FederationCommand.ShowGrants show) {
                return showGrants(session, show);
            }
            change(command);
            return session.createDataFrame(List.<Row>of(), new StructType());
        });
    }

    private void change(FederationCommand command) {
        if (command instanceof FederationCommand.CreateConnection create) {
            federation.create(create);
        } else if (command instanceof FederationCommand.DropConnection drop) {
            federation.drop(drop);
        } else if (command instanceof FederationCommand.CreateForeignCatalog create) {
            federation.create(create);
        } else if (command instanceof FederationCommand.DropCatalog drop) {
            federation.drop(drop);
        } else if (command instanceof FederationCommand.Grant grant) {
            federation.grant(grant);
        } else if (command instanceof FederationCommand.Revoke revoke) {
            federation.revoke(revoke);
        } else if (command instanceof FederationCommand.RefreshCatalog refresh) {
            federation.catalog(refresh.catalog()).metadata().refresh();
        } else if (command instanceof FederationCommand.RefreshSchema refresh) {
            if (!federation.catalog(refresh.catalog()).metadata().refresh(refresh.schema())) {
                throw new Refused(
                        "SCHEMA_NOT_FOUND",
                        "42704",
                        "The schema `" + refresh.catalog() + "`.`" + refresh.schema()
                                + "` cannot be found in the foreign database.");
            }
        } else if (command instanceof FederationCommand.RefreshTable refresh) {
            if (!federation.catalog(refresh.catalog()).metadata().refresh(refresh.schema(), refresh.table())) {
                throw new Refused(
                        "TABLE_OR_VIEW_NOT_FOUND",
                        "42P01",
                        "The table or view `" + refresh.catalog() + "`.`" + refresh.schema() + "`.`" + refresh.table()
                                + "` cannot be found in the foreign database.");
            }
        }
    }

    private Dataset<Row> showConnections(SparkSession session) {
        List<Row> rows = new ArrayList<>();
        for (Federation.Connection connection : federation.connections()) {
            rows.add(RowFactory.create(
                    connection.name(),
                    connection.type().toString().toUpperCase(java.util.Locale.ROOT),
                    connection.comment().orElse(null)));
        }
        return session.createDataFrame(rows, StructType.fromDDL("name STRING, type STRING, comment STRING"));
    }

    private Dataset<Row> showGrants(SparkSession session, FederationCommand.ShowGrants show) {
        List<Row> rows = new ArrayList<>();
        for (Federation.GrantedPrivilege grant : federation.grantsOn(show.on())) {
            if (show.principal().isEmpty() || show.principal().get().equals(grant.principal())) {
                rows.add(RowFactory.create(
                        grant.principal(),
                        grant.privilege(),
                        grant.on().type(),
                        grant.on().name()));
            }
        }
        return session.createDataFrame(
                rows, StructType.fromDDL("Principal STRING, ActionType STRING, ObjectType STRING, ObjectKey STRING"));
    }
}

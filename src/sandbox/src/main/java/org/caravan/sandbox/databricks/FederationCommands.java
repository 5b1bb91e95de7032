package org.caravan.sandbox.databricks;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.caravan.sandbox.databricks.Sessions.Session;

/** Runs the statements of federation for the principal of a session. Stateless. */
final class FederationCommands {
    private final Federation federation;
    private final FederationReports reports;

    FederationCommands(Federation federation) {
        this.federation = federation;
        this.reports = new FederationReports(federation);
    }

    /** Runs the statement if it is one of federation's. */
    Optional<Dataset<Row>> run(Session session, String sql) {
        return FederationParser.parse(sql)
                .map(command -> reports.show(session, command).orElseGet(() -> {
                    change(session, command);
                    return session.spark().createDataFrame(List.<Row>of(), new StructType());
                }));
    }

    private void change(Session session, FederationCommand command) {
        Access access = federation.access(session.principal());
        if (command instanceof FederationCommand.CreateConnection create) {
            federation.create(create, access);
        } else if (command instanceof FederationCommand.AlterConnectionOptions alter) {
            federation.alter(alter, access);
        } else if (command instanceof FederationCommand.RenameConnection rename) {
            federation.rename(rename, access);
        } else if (command instanceof FederationCommand.CommentOnConnection comment) {
            federation.comment(comment, access);
        } else if (command instanceof FederationCommand.DropConnection drop) {
            federation.drop(drop, access);
        } else if (command instanceof FederationCommand.CreateForeignCatalog create) {
            federation.create(create, access);
        } else if (command instanceof FederationCommand.DropCatalog drop) {
            federation.drop(drop, access);
        } else if (command instanceof FederationCommand.SetOwner owner) {
            federation.setOwner(owner, access);
        } else if (command instanceof FederationCommand.Grant grant) {
            Securable on = checked(session, access, grant.privileges(), grant.on(), grant.principal());
            grant.privileges().forEach(privilege -> federation.grants().grant(grant.principal(), privilege, on));
        } else if (command instanceof FederationCommand.Revoke revoke) {
            Securable on = checked(session, access, revoke.privileges(), revoke.on(), revoke.principal());
            revoke.privileges().forEach(privilege -> federation.grants().revoke(revoke.principal(), privilege, on));
        } else if (command instanceof FederationCommand.RefreshCatalog refresh) {
            refreshCatalog(access, refresh.catalog());
        } else if (command instanceof FederationCommand.RefreshSchema refresh) {
            refreshSchema(access, refresh.catalog(), refresh.schema());
        } else if (command instanceof FederationCommand.RefreshTable refresh) {
            refreshTable(access, refresh);
        } else {
            throw new IllegalStateException("nothing runs " + command.getClass().getSimpleName());
        }
    }

    /** The object of a GRANT or REVOKE, with its whole name, if all of the statement may be done. */
    private Securable checked(
            Session session, Access access, List<Privilege> privileges, Securable on, String principal) {
        Securable object = on.within(session.currentCatalog(), session.currentSchema());
        federation.checkExists(object);
        access.needManaged(object);
        for (Privilege privilege : privileges) {
            if (!privilege.appliesTo(object.kind())) {
                throw new Refused(
                        "INVALID_PARAMETER_VALUE",
                        "22023",
                        "Privilege " + privilege + " is not applicable to this entity [" + object.dotted() + ":"
                                + object.kind()
                                + "]. If this seems unexpected, please check the privilege version of the"
                                + " metastore in use [1.0].");
            }
        }
        federation.checkPrincipal(principal);
        return object;
    }

    // Who may refresh: docs.databricks.com/aws/sql/language-manual/sql-ref-syntax-ddl-refresh-foreign.

    private void refreshCatalog(Access access, String catalog) {
        ForeignMetadata metadata = federation.catalog(catalog).metadata();
        if (!access.manages(Securable.catalog(catalog))) {
            access.needCatalog(catalog);
            metadata.schemas().stream()
                    .filter(schema -> !metadata.isSystem(schema))
                    .forEach(schema -> needEveryTable(access, metadata, catalog, schema));
        }
        metadata.refresh();
    }

    private void refreshSchema(Access access, String catalog, String schema) {
        ForeignMetadata metadata = federation.catalog(catalog).metadata();
        if (!access.manages(Securable.catalog(catalog))) {
            access.needSchema(catalog, schema);
            if (!access.has(Privilege.MANAGE, Securable.schema(catalog, schema))) {
                needEveryTable(access, metadata, catalog, schema);
            }
        }
        if (!metadata.refresh(schema)) {
            throw Refused.schemaNotFound(catalog, schema);
        }
    }

    private void refreshTable(Access access, FederationCommand.RefreshTable refresh) {
        String catalog = refresh.catalog();
        ForeignMetadata metadata = federation.catalog(catalog).metadata();
        if (!access.manages(Securable.catalog(catalog))) {
            access.needSchema(catalog, refresh.schema());
            if (!access.has(Privilege.MANAGE, Securable.schema(catalog, refresh.schema()))) {
                access.needTable(catalog, refresh.schema(), refresh.table());
            }
        }
        if (!metadata.refresh(refresh.schema(), refresh.table())) {
            throw Refused.tableNotFound(catalog, refresh.schema(), refresh.table());
        }
    }

    private static void needEveryTable(Access access, ForeignMetadata metadata, String catalog, String schema) {
        access.needSchema(catalog, schema);
        if (!access.has(Privilege.SELECT, Securable.schema(catalog, schema))) {
            metadata.tables(schema).orElse(List.of()).forEach(table -> access.needTable(catalog, schema, table));
        }
    }
}

package org.caravan.sandbox.redshift.statement;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.wire.Backend;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * ALTER TABLE … APPEND FROM: the source's rows move to the target, column by column of the same name and attributes
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE_APPEND.html). The wording of the refusals is assumed.
 */
public final class TableAppend {
    private record Column(String name, String type, String encoding, boolean notNull, String identity) {
        /** The attribute in which they differ. */
        Optional<String> difference(Column other) {
            if (!type.equals(other.type)) {
                return Optional.of("type " + type + " in the target, " + other.type + " in the source");
            }
            if (!encoding.equals(other.encoding)) {
                return Optional.of("encoding " + encoding + " in the target, " + other.encoding + " in the source");
            }
            return notNull == other.notNull ? Optional.empty() : Optional.of("NOT NULL in one of the tables only");
        }
    }

    private record Table(TableName name, String persistence, String storage, List<Column> columns) {
        boolean hasIdentity() {
            return columns.stream().anyMatch(column -> column.identity.equals("a"));
        }

        Optional<Column> column(String wanted) {
            return columns.stream().filter(column -> column.name.equals(wanted)).findFirst();
        }
    }

    private final Backend backend;
    private final Plan.Append append;

    private TableAppend(Backend backend, Plan.Append append) {
        this.backend = backend;
        this.append = append;
    }

    /** False if it failed, and then the client has the error. */
    public static boolean run(Backend backend, Plan.Append append) throws IOException {
        return new TableAppend(backend, append).run();
    }

    private boolean run() throws IOException {
        Optional<Table> target = table(append.target());
        Optional<Table> source = target.isPresent() ? table(append.source()) : Optional.empty();
        if (source.isEmpty()) {
            return false;
        }
        Optional<String> problem = problem(target.get(), source.get());
        if (problem.isPresent()) {
            backend.refuse(SqlError.error("42804", "ALTER TABLE APPEND: " + problem.get()));
            return false;
        }
        List<String> names = target.get().columns.stream()
                .filter(column -> !column.identity.equals("a")
                        && source.get().column(column.name).isPresent())
                .map(column -> Token.quote(column.name))
                .toList();
        String list = String.join(", ", names);
        return backend.run("with moved as (delete from " + append.source().sql() + " returning *) insert into "
                + append.target().sql() + " (" + list + ") select " + list + " from moved");
    }

    private Optional<String> problem(Table target, Table source) {
        if (!target.persistence.equals("p") || !source.persistence.equals("p")) {
            return Optional.of("both tables must be permanent");
        }
        if (target.hasIdentity() && source.hasIdentity()) {
            return Optional.of("both tables have an identity column");
        }
        for (Column column : target.columns) {
            Optional<Column> other = source.column(column.name);
            if (other.isEmpty() && append.extra() != Plan.Extra.FILLED) {
                return Optional.of("column \"" + column.name + "\" of the target is not in the source; use FILLTARGET");
            }
            Optional<String> difference = other.flatMap(column::difference);
            if (difference.isPresent()) {
                return Optional.of("column \"" + column.name + "\" differs: " + difference.get());
            }
        }
        for (Column column : source.columns) {
            if (target.column(column.name).isEmpty() && append.extra() != Plan.Extra.IGNORED) {
                return Optional.of(
                        "column \"" + column.name + "\" of the source is not in the target; use IGNOREEXTRA");
            }
        }
        if (!target.storage.equals(source.storage)) {
            return Optional.of("the tables differ in their keys: " + target.storage + " and " + source.storage);
        }
        return Optional.empty();
    }

    /** Empty if there is no such table, and then the client has the error. */
    private Optional<Table> table(TableName name) throws IOException {
        List<List<String>> rows = backend.query(
                "select * from redshift.append_columns(pg_catalog.to_regclass(" + Token.literal(name.sql()) + "))");
        if (!backend.settle()) {
            return Optional.empty();
        }
        if (rows.isEmpty()) {
            backend.refuse(SqlError.error("42P01", "relation \"" + name.table() + "\" does not exist"));
            return Optional.empty();
        }
        return Optional.of(new Table(
                name,
                rows.get(0).get(5),
                rows.get(0).get(6),
                rows.stream()
                        .map(row -> new Column(
                                row.get(0), row.get(1), row.get(2), row.get(3).equals("t"), row.get(4)))
                        .toList()));
    }
}

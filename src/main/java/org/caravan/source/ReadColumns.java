package org.caravan.source;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.SourceColumn;
import org.caravan.schema.TableName;

/** Makes the columns of a result from what its driver and the route say. All problems are reported together. Used once. */
final class ReadColumns {
    /** The most columns of a Redshift table: https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_usage.html. */
    static final int MAX_COLUMNS = 1600;

    private final List<String> problems = new ArrayList<>();
    private final SourceTypes types;
    private final OverrideChoice overrides;

    private ReadColumns(SourceTypes types, OverrideChoice overrides) {
        this.types = types;
        this.overrides = overrides;
    }

    /**
     * The columns of a result.
     *
     * @throws CaravanException if any cannot be carried, or an override is wrong
     */
    static List<ReadColumn> of(ResultSetMetaData metadata, SourceTypes types, ColumnOverrides overrides)
            throws SQLException {
        List<JdbcColumn> described = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            described.add(JdbcColumn.of(metadata, i));
        }
        OverrideChoice choice =
                new OverrideChoice(described.stream().map(JdbcColumn::label).toList(), overrides);
        return new ReadColumns(types, choice).read(described);
    }

    private List<ReadColumn> read(List<JdbcColumn> described) {
        problems.addAll(overrides.problems());
        if (described.isEmpty()) {
            problems.add("it has no columns");
        }
        if (described.size() > MAX_COLUMNS) {
            problems.add("it has " + described.size() + " columns, more than the " + MAX_COLUMNS
                    + " of a Redshift table; leave some out of the SQL");
        }
        List<ReadColumn> columns = new ArrayList<>();
        for (int i = 0; i < described.size(); i++) {
            try {
                columns.add(column(described.get(i)));
            } catch (IllegalArgumentException e) {
                problems.add("column " + (i + 1) + " '" + described.get(i).label() + "': " + e.getMessage());
            }
        }
        checkNames(described);
        if (!problems.isEmpty()) {
            throw new CaravanException(
                    Category.SOURCE,
                    "The query's result cannot be carried as it is: " + String.join("; ", problems) + ".");
        }
        return columns;
    }

    private ReadColumn column(JdbcColumn described) {
        ColumnOverride override = overrides.of(described.label());
        SourceType source = types.of(described);
        ColumnType type = override.type()
                .or(source::type)
                .orElseThrow(() -> new IllegalArgumentException(
                        named(source.problem().orElse("its type must be said"), described)));
        if (override.type().isPresent()
                && !isDefault(source, type)
                && !source.reading().reads(type)) {
            throw new IllegalArgumentException(setting(described, "type") + "=" + type + " cannot be read from "
                    + described.declared() + ", which is " + source.reading().label() + " and can be read as "
                    + source.reading().targets() + "; cast it in the SQL");
        }
        boolean isText = type instanceof ColumnType.Text;
        if (!isText && override.onOverflow() == OverflowRule.TRUNCATE) {
            throw new IllegalArgumentException(setting(described, "onOverflow")
                    + "=truncate cuts text, but the column is " + type + "; use fail or null, or round it in the SQL");
        }
        if (!isText && override.nul() != NulRule.FAIL) {
            throw new IllegalArgumentException(setting(described, "nul")
                    + " is for NUL characters in text, but the column is " + type + "; leave it out");
        }
        String name = Columns.fold(override.rename().orElse(described.label()));
        boolean nullable =
                described.nullable() || override.onOverflow() == OverflowRule.NULL || override.nul() == NulRule.NULL;
        return new ReadColumn(
                new SourceColumn(
                        described.label(),
                        described.declared(),
                        new Column(name, type, nullable),
                        note(described, source, type),
                        Losses.of(type, override)),
                source.reading(),
                override);
    }

    /** A type that is said may be the one that follows anyway, with another length. */
    private static boolean isDefault(SourceType source, ColumnType type) {
        return source.type().filter(type::equals).isPresent();
    }

    private static Optional<String> note(JdbcColumn described, SourceType source, ColumnType type) {
        if (isDefault(source, type) || source.reading() == Reading.SHOWN) {
            return source.note().map(text -> named(text, described));
        }
        boolean turnedToText = type instanceof ColumnType.Text && source.reading() != Reading.TEXT;
        return turnedToText ? Optional.of("as the text by which the driver shows it") : Optional.empty();
    }

    private void checkNames(List<JdbcColumn> described) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < described.size(); i++) {
            String label = described.get(i).label();
            String name = Columns.fold(overrides.of(label).rename().orElse(label));
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > TableName.MAX_BYTES) {
                problems.add("column " + (i + 1) + " has a name of " + bytes + " bytes, '" + name
                        + "', which Redshift cuts to " + TableName.MAX_BYTES + "; set "
                        + ColumnOverrides.setting(label + ".rename"));
            }
            Integer before = seen.putIfAbsent(name, i);
            boolean told = labels.add(label);
            if (before != null && !name.isEmpty()) {
                problems.add("columns " + (before + 1) + " and " + (i + 1) + " are both named '" + name
                        + "' in lower case; "
                        + (told
                                ? "set " + ColumnOverrides.setting(label + ".rename")
                                        + " or give one another alias in the SQL"
                                : "give one another alias in the SQL"));
            }
        }
    }

    private static String setting(JdbcColumn column, String word) {
        return ColumnOverrides.setting(column.label() + "." + word);
    }

    /** A text about any column, of this one. */
    private static String named(String text, JdbcColumn column) {
        return text.replace("columns.x.", ColumnOverrides.setting(column.label() + "."));
    }
}

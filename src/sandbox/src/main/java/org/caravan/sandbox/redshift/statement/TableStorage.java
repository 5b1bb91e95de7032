package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * What CREATE TABLE says of a table's storage and of its foreign keys, which PostgreSQL does not keep: distribution, sort key and
 * encodings. The catalogue views of bootstrap/storage.sql show it.
 */
final class TableStorage {
    private Optional<String> style = Optional.empty();
    private final List<String> distkey = new ArrayList<>();
    private final List<String> sortkey = new ArrayList<>();
    private final Map<String, String> encodings = new LinkedHashMap<>();
    private final List<String> foreignKeys = new ArrayList<>();
    private Optional<TableName> like = Optional.empty();
    private boolean interleaved;

    void like(TableName table) {
        like = Optional.of(table);
    }

    void encode(String column, String encoding) {
        encodings.put(column, encoding);
    }

    void distribute(String column) {
        if (!distkey.isEmpty()) {
            throw new StatementRefused("42P16", "multiple distkey columns specified");
        }
        distkey.add(column);
    }

    void sort(String column) {
        sortkey.add(column);
    }

    /** {@code REFERENCES table [(column, …)]} of these columns; the words before the table are read. */
    void reference(TokenCursor in, Optional<String> name, List<String> columns, TableName table) {
        TableName referenced = in.expectTable();
        String columnsThere = in.looksAt("(") ? array(in.expectNames()) : "null";
        foreignKeys.add("select redshift.keep_foreign_key(" + regclass(table) + ", "
                + name.map(Token::literal).orElse("null") + ", " + array(columns) + ", " + regclass(referenced) + ", "
                + columnsThere + ")");
    }

    /** The table attributes after the columns. */
    void attributes(TokenCursor in) {
        while (true) {
            if (in.accept("backup")) {
                if (!in.acceptAnyOf("yes", "no")) {
                    throw in.unexpected();
                }
            } else if (in.accept("diststyle")) {
                if (style.isPresent()) {
                    throw new StatementRefused(SqlError.SYNTAX_ERROR, "DISTSTYLE specified more than once");
                }
                String word = in.peek().text();
                if (!in.acceptAnyOf("auto", "even", "key", "all")) {
                    throw in.unexpected();
                }
                style = Optional.of(word.toUpperCase(java.util.Locale.ROOT));
            } else if (in.accept("distkey")) {
                in.expect("(");
                distribute(in.expectName().name());
                in.expect(")");
            } else if (in.accept("sortkey", "auto") || in.accept("encode", "auto")) {
                continue;
            } else if (in.looksAt("compound", "sortkey")
                    || in.looksAt("interleaved", "sortkey")
                    || in.looksAt("sortkey")) {
                sortkey(in);
            } else {
                return;
            }
        }
    }

    private void sortkey(TokenCursor in) {
        interleaved = in.accept("interleaved");
        in.accept("compound");
        in.expect("sortkey");
        if (!sortkey.isEmpty()) {
            throw new StatementRefused("42P16", "multiple sort keys specified");
        }
        sortkey.addAll(in.expectNames());
        if (interleaved && sortkey.size() > 8) {
            throw new StatementRefused("54011", "an interleaved sort key has at most 8 columns, not " + sortkey.size());
        }
    }

    List<String> encodings() {
        return List.copyOf(encodings.values());
    }

    /** What keeps it, once the table is there. */
    List<String> statements(TableName table) {
        String distribution = style.orElse(distkey.isEmpty() ? "AUTO" : "KEY");
        if (distribution.equals("KEY") == distkey.isEmpty()) {
            throw new StatementRefused(
                    "42P16",
                    distkey.isEmpty()
                            ? "DISTSTYLE KEY needs a DISTKEY"
                            : "DISTKEY can not be combined with DISTSTYLE " + distribution);
        }
        List<String> statements = new ArrayList<>();
        statements.add("select redshift.keep_table(" + regclass(table) + ", "
                + like.map(TableStorage::regclass).orElse("null") + ", '" + distribution + "', " + array(distkey)
                + ", " + array(sortkey) + ", " + interleaved + ", " + array(List.copyOf(encodings.keySet())) + ", "
                + array(List.copyOf(encodings.values())) + ")");
        statements.addAll(foreignKeys);
        return statements;
    }

    static String regclass(TableName table) {
        return Token.literal(table.sql()) + "::regclass";
    }

    static String array(List<String> names) {
        return "array[" + names.stream().map(Token::literal).collect(Collectors.joining(", ")) + "]::text[]";
    }
}

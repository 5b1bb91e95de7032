package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * ALTER TABLE in the grammar of https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html and r_ALTER_TABLE_APPEND.html. What
 * is not in that grammar is a syntax error, also where PostgreSQL would accept it.
 */
final class TableAlteration {
    private final TokenCursor in;
    private final TableName table;
    private final String head;
    private final String regclass;

    private TableAlteration(TokenCursor in, TableName table) {
        this.in = in;
        this.table = table;
        this.head = "alter table " + table.sql() + " ";
        this.regclass = TableStorage.regclass(table);
    }

    static Plan plan(TokenCursor in) {
        in.expect("alter", "table");
        Plan plan = new TableAlteration(in, in.expectTable()).plan();
        in.expectEnd();
        return plan;
    }

    private Plan plan() {
        if (in.accept("append", "from")) {
            return append();
        }
        if (in.accept("alter")) {
            return storage();
        }
        if (in.accept("rename", "to")) {
            Token name = ReservedWords.expectName(in);
            if (name.name().startsWith("#")) {
                throw new StatementRefused(
                        SqlError.NOT_SUPPORTED, "a permanent table cannot be renamed to " + name.text());
            }
            return new Plan.Forward(head + "rename to " + Token.quote(name.name()));
        }
        if (in.accept("rename")) {
            in.accept("column");
            String column = Token.quote(in.expectName().name());
            in.expect("to");
            return new Plan.Forward(head + "rename column " + column + " to "
                    + Token.quote(ReservedWords.expectName(in).name()));
        }
        if (in.accept("owner", "to")) {
            return new Plan.Forward(
                    head + "owner to " + Token.quote(in.expectName().name()));
        }
        if (in.accept("drop", "constraint")) {
            String name = Token.literal(in.expectName().name());
            return accompanied(
                    "select redshift.drop_constraint(" + regclass + ", " + name + ", '" + dependents() + "')");
        }
        if (in.accept("drop")) {
            in.accept("column");
            return new Plan.Forward(
                    head + "drop column " + Token.quote(in.expectName().name()) + " " + dependents());
        }
        in.expect("add");
        return TableDdl.isConstraint(in) ? constraint() : column();
    }

    private Plan append() {
        TableName source = in.expectTable();
        Plan.Extra extra = in.accept("ignoreextra")
                ? Plan.Extra.IGNORED
                : in.accept("filltarget") ? Plan.Extra.FILLED : Plan.Extra.REFUSED;
        return new Plan.Append(table, source, extra);
    }

    private String dependents() {
        return in.accept("cascade") ? "cascade" : in.accept("restrict") ? "restrict" : "";
    }

    private Plan constraint() {
        TableStorage storage = new TableStorage();
        boolean primary = in.looksAt("primary", "key") || in.peek(2).is("primary");
        Optional<String> constraint = TableDdl.constraint(in, storage, table);
        if (constraint.isEmpty()) {
            List<String> keys = storage.statements(table);
            return new Plan.Accompanied(untouched(), List.of(), keys.subList(1, keys.size()));
        }
        String text = constraint.get();
        List<String> check = primary
                ? List.of("select redshift.check_primary_key(" + regclass + ", "
                        + TableStorage.array(List.of(text.substring(text.indexOf('(') + 2, text.length() - 2)
                                .split("\", \"")))
                        + ")")
                : List.of();
        return new Plan.Accompanied(head + "add " + text, check, List.of());
    }

    private Plan column() {
        in.accept("column");
        TableStorage storage = new TableStorage();
        String column = Token.literal(in.peek().name());
        String definition = ColumnDefinition.rewrite(in, storage, table);
        if (definition.contains(" not null") && !definition.contains(" default")) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED,
                    "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression");
        }
        for (String word : List.of(" primary key", " unique", " generated ")) {
            if (definition.contains(word)) {
                throw StatementRefused.syntaxErrorNear(word.strip());
            }
        }
        List<String> after = storage.encodings().stream()
                .map(code -> "select redshift.keep_encoding(" + regclass + ", " + column + ", '" + code + "')")
                .toList();
        return new Plan.Accompanied(head + "add column " + definition, List.of(), after);
    }

    /** ALTER DISTKEY, DISTSTYLE, SORTKEY, ENCODE and the columns; the combinations that the page lists. */
    private Plan storage() {
        List<String> changes = new ArrayList<>();
        do {
            if (in.accept("distkey")) {
                changes.add(distribution("KEY", List.of(in.expectName().name())));
            } else if (in.accept("diststyle")) {
                changes.add(diststyle());
            } else if (in.accept("sortkey", "none")) {
                changes.add(sorting(List.of()));
            } else if (in.accept("compound", "sortkey")
                    || in.looksAt("sortkey") && in.peek(1).is("(")) {
                in.accept("sortkey");
                changes.add(sorting(in.expectNames()));
            } else if (!in.accept("encode", "auto") && !in.accept("sortkey", "auto")) {
                in.accept("column");
                Token column = in.expectName();
                if (changes.isEmpty() && in.accept("type")) {
                    return resize(column);
                }
                in.expect("encode");
                changes.add("select redshift.alter_encoding(" + regclass + ", " + Token.literal(column.name()) + ", '"
                        + ColumnDefinition.encoding(in) + "')");
            }
        } while (in.accept(",", "alter"));
        return new Plan.Accompanied(untouched(), List.of(), changes);
    }

    private String diststyle() {
        if (in.accept("key")) {
            in.expect("distkey");
            return distribution("KEY", List.of(in.expectName().name()));
        }
        String style = in.peek().text().toUpperCase(java.util.Locale.ROOT);
        if (!in.acceptAnyOf("all", "even", "auto")) {
            throw in.unexpected();
        }
        return distribution(style, List.of());
    }

    private String distribution(String style, List<String> columns) {
        return "select redshift.alter_distribution(" + regclass + ", '" + style + "', " + TableStorage.array(columns)
                + ")";
    }

    private String sorting(List<String> columns) {
        return "select redshift.alter_sorting(" + regclass + ", " + TableStorage.array(columns) + ")";
    }

    private Plan resize(Token column) {
        String type = RedshiftTypes.definition(in, table, column.name());
        if (!type.startsWith("varchar")) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED,
                    "cannot alter column \"" + column.name() + "\": only the size of a VARCHAR column can be changed");
        }
        String size = type.replaceAll("\\D", "");
        return new Plan.OutsideBlock(
                head + "alter column " + Token.quote(column.name()) + " type " + type,
                "ALTER TABLE ALTER COLUMN",
                List.of("select redshift.check_resize(" + regclass + ", " + Token.literal(column.name()) + ", " + size
                        + ")"),
                List.of());
    }

    private Plan accompanied(String after) {
        return new Plan.Accompanied(untouched(), List.of(), List.of(after));
    }

    /** Nothing for PostgreSQL to alter, but the table has to exist and to be the user's. */
    private String untouched() {
        return head + "set (autovacuum_enabled = true)";
    }
}

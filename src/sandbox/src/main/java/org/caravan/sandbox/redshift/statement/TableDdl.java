package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * CREATE TABLE and ALTER TABLE in the grammar of https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html and
 * r_ALTER_TABLE.html. What is not in that grammar is a syntax error, also where PostgreSQL would accept it.
 */
final class TableDdl {
    private TableDdl() {}

    static boolean creates(TokenCursor in) {
        int at = 1;
        at += in.peek(at).is("local") ? 1 : 0;
        at += in.peek(at).is("temp") || in.peek(at).is("temporary") ? 1 : 0;
        return in.looksAt("create") && in.peek(at).is("table");
    }

    static Plan create(TokenCursor in) {
        in.expect("create");
        in.accept("local");
        boolean temporary = in.acceptAnyOf("temp", "temporary");
        in.expect("table");
        boolean ifNotExists = in.accept("if", "not", "exists");
        TableName table = in.expectTable();
        String head =
                "create " + (temporary ? "temp " : "") + "table " + (ifNotExists ? "if not exists " : "") + table.sql();
        if (in.looksAt("(") && !isColumnList(in)) {
            String body = elements(in, table);
            tableAttributes(in);
            in.expectEnd();
            return new Plan.Forward(head + " (" + body + ")");
        }
        String columns = in.looksAt("(") ? SqlTokenizer.join(in.expectParentheses()) : "";
        tableAttributes(in);
        in.expect("as");
        List<Token> query = StatementRewriter.expressions(in.rest());
        return new Plan.Forward(head + columns + " as " + SqlTokenizer.join(query));
    }

    /** {@code (a, b)} of CREATE TABLE AS, without types. */
    private static boolean isColumnList(TokenCursor in) {
        return in.peek(2).is(",") || in.peek(2).is(")");
    }

    private static String elements(TokenCursor in, TableName table) {
        List<String> elements = new ArrayList<>();
        in.expect("(");
        do {
            element(in, table).ifPresent(elements::add);
        } while (in.accept(","));
        in.expect(")");
        return String.join(", ", elements);
    }

    private static java.util.Optional<String> element(TokenCursor in, TableName table) {
        if (in.accept("like")) {
            String like = "like " + in.expectTable().sql();
            if (in.accept("including", "defaults")) {
                like += " including defaults";
            } else {
                in.accept("excluding", "defaults");
            }
            return java.util.Optional.of(like);
        }
        if (in.looksAt("constraint")
                || in.looksAt("primary", "key")
                || in.looksAt("unique", "(")
                || in.looksAt("foreign", "key")) {
            return constraint(in);
        }
        return java.util.Optional.of(ColumnDefinition.rewrite(in, table));
    }

    private static java.util.Optional<String> constraint(TokenCursor in) {
        String name = in.accept("constraint")
                ? "constraint " + Token.quote(in.expectName().name()) + " "
                : "";
        if (in.accept("primary", "key")) {
            return java.util.Optional.of(name + "primary key (" + quoted(in.expectNames()) + ")");
        }
        if (in.accept("unique")) {
            return java.util.Optional.of(name + "unique (" + quoted(in.expectNames()) + ")");
        }
        in.expect("foreign", "key");
        in.expectNames();
        in.expect("references");
        ColumnDefinition.reference(in);
        return java.util.Optional.empty();
    }

    private static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Token::quote).toList());
    }

    /** Distribution and sort keys are checked for their grammar and have no effect: nothing in the stand-in is distributed. */
    private static void tableAttributes(TokenCursor in) {
        while (true) {
            if (in.accept("backup")) {
                if (!in.acceptAnyOf("yes", "no")) {
                    throw in.unexpected();
                }
            } else if (in.accept("diststyle")) {
                if (!in.acceptAnyOf("auto", "even", "key", "all")) {
                    throw in.unexpected();
                }
            } else if (in.accept("distkey")) {
                in.expectNames();
            } else if (in.accept("sortkey", "auto") || in.accept("encode", "auto")) {
                continue;
            } else if (in.accept("compound", "sortkey")
                    || in.accept("interleaved", "sortkey")
                    || in.accept("sortkey")) {
                in.expectNames();
            } else {
                return;
            }
        }
    }

    static Plan alter(TokenCursor in) {
        in.expect("alter", "table");
        TableName table = in.expectTable();
        String head = "alter table " + table.sql() + " ";
        if (in.accept("append", "from")) {
            TableName source = in.expectTable();
            if (in.looksAt("ignoreextra") || in.looksAt("filltarget")) {
                throw StatementRefused.notYet(
                        "ALTER TABLE APPEND with " + in.peek().text().toUpperCase(java.util.Locale.ROOT));
            }
            in.expectEnd();
            return new Plan.Append(table, source);
        }
        if (in.accept("alter")) {
            return alterStorage(in, table, head);
        }
        String action = action(in, table);
        in.expectEnd();
        return new Plan.Forward(action.isEmpty() ? existing(table) : head + action);
    }

    private static String action(TokenCursor in, TableName table) {
        if (in.accept("rename", "to")) {
            return "rename to " + Token.quote(in.expectName().name());
        }
        if (in.accept("rename")) {
            in.accept("column");
            String column = Token.quote(in.expectName().name());
            in.expect("to");
            return "rename column " + column + " to "
                    + Token.quote(in.expectName().name());
        }
        if (in.accept("owner", "to")) {
            return "owner to " + Token.quote(in.expectName().name());
        }
        if (in.accept("drop", "constraint")) {
            return "drop constraint " + Token.quote(in.expectName().name()) + dependents(in);
        }
        if (in.accept("drop")) {
            in.accept("column");
            return "drop column " + Token.quote(in.expectName().name()) + dependents(in);
        }
        in.expect("add");
        if (in.looksAt("constraint")
                || in.looksAt("primary", "key")
                || in.looksAt("unique", "(")
                || in.looksAt("foreign", "key")) {
            return constraint(in).map(text -> "add " + text).orElse("");
        }
        in.accept("column");
        return "add column " + ColumnDefinition.rewrite(in, table);
    }

    private static String dependents(TokenCursor in) {
        return in.accept("cascade") ? " cascade" : in.accept("restrict") ? " restrict" : "";
    }

    private static Plan alterStorage(TokenCursor in, TableName table, String head) {
        if (in.accept("distkey")) {
            in.expectName();
        } else if (in.accept("encode", "auto") || in.accept("sortkey", "auto") || in.accept("sortkey", "none")) {
            in.expectEnd();
        } else if (in.accept("compound", "sortkey") || in.accept("sortkey")) {
            in.expectNames();
        } else if (in.accept("diststyle")) {
            in.expectWord();
            in.accept("distkey");
            in.acceptAnyOf("even", "auto");
            if (in.peek().isName()) {
                in.expectName();
            }
        } else {
            in.accept("column");
            Token column = in.expectName();
            if (in.accept("type")) {
                String type = RedshiftTypes.definition(in, table, column.name());
                in.expectEnd();
                if (!type.startsWith("varchar")) {
                    throw new StatementRefused(
                            SqlError.NOT_SUPPORTED,
                            "cannot alter column \"" + column.name()
                                    + "\": only the size of a VARCHAR column can be changed");
                }
                // r_ALTER_TABLE.html: ALTER COLUMN TYPE cannot run within a transaction block
                return new Plan.OutsideBlock(
                        head + "alter column " + Token.quote(column.name()) + " type " + type,
                        "ALTER TABLE ALTER COLUMN");
            }
            in.expect("encode");
            ColumnDefinition.encoding(in);
        }
        in.expectEnd();
        return new Plan.Forward(head + "set (autovacuum_enabled = true)");
    }

    /** Nothing to alter, but the table has to exist and to be the user's. */
    private static String existing(TableName table) {
        return "alter table " + table.sql() + " set (autovacuum_enabled = true)";
    }
}

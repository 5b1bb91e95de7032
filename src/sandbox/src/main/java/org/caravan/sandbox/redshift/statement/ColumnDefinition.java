package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/** Rewrites one column definition of CREATE TABLE or ALTER TABLE … ADD COLUMN, dropping what only Redshift's storage knows. */
final class ColumnDefinition {
    private static final Set<String> ENCODINGS = Set.of(
            "auto",
            "az64",
            "bytedict",
            "delta",
            "delta32k",
            "lzo",
            "mostly8",
            "mostly16",
            "mostly32",
            "raw",
            "runlength",
            "text255",
            "text32k",
            "zstd",
            "none");
    private static final Set<String> ATTRIBUTES = Set.of(
            "default",
            "identity",
            "generated",
            "encode",
            "distkey",
            "sortkey",
            "collate",
            "not",
            "null",
            "unique",
            "primary",
            "references",
            ",",
            ")");

    private ColumnDefinition() {}

    /** @param storage gets what only Redshift keeps of the column of this table */
    static String rewrite(TokenCursor in, TableStorage storage, TableName table) {
        Token name = ReservedWords.expectName(in);
        StringBuilder sql = new StringBuilder(Token.quote(name.name())).append(' ');
        sql.append(type(RedshiftTypes.definition(in, table, name.name()), name.name()));
        while (!in.atEnd() && !in.looksAt(",") && !in.looksAt(")")) {
            attribute(in, sql, name.name(), storage, table);
        }
        return sql.toString();
    }

    /** Checks keep what PostgreSQL's type does not: the length of a domain, and that 19 digits have to fit 64 bits. */
    private static String type(String definition, String column) {
        String name = Token.quote(column);
        if (definition.startsWith("varbyte(")) {
            String length = definition.substring("varbyte(".length(), definition.length() - 1);
            return "varbyte"
                    + check(
                            column,
                            "octet_length(" + name + ") > " + length,
                            "too_long('binary varying', " + length + ")");
        }
        if (definition.startsWith("numeric(19,")) {
            String scale = definition.substring("numeric(19,".length(), definition.length() - 1);
            return definition
                    + check(column, "abs(" + name + ") * 1e" + scale + " > 9223372036854775807", "beyond_64_bits()");
        }
        return definition;
    }

    private static String check(String column, String condition, String refusal) {
        return " constraint " + Token.quote("caravan_bytes_" + column) + " check (case when " + condition
                + " then redshift." + refusal + " else true end)";
    }

    private static void attribute(
            TokenCursor in, StringBuilder sql, String column, TableStorage storage, TableName table) {
        if (in.accept("default")) {
            sql.append(" default").append(SqlTokenizer.join(expression(in)));
        } else if (in.accept("identity")) {
            sql.append(identity(in, "always"));
        } else if (in.accept("generated", "by", "default", "as", "identity")) {
            sql.append(identity(in, "by default"));
        } else if (in.accept("encode")) {
            storage.encode(column, encoding(in));
        } else if (in.accept("not", "null")) {
            sql.append(" not null");
        } else if (in.accept("unique")) {
            sql.append(" unique");
        } else if (in.accept("primary", "key")) {
            sql.append(" primary key");
        } else if (in.accept("references")) {
            storage.reference(in, Optional.empty(), List.of(column), table);
        } else if (in.accept("collate")) {
            if (in.accept("case_insensitive")) {
                throw StatementRefused.notYet("COLLATE CASE_INSENSITIVE");
            }
            in.expect("case_sensitive");
        } else if (in.accept("distkey")) {
            storage.distribute(column);
        } else if (in.accept("sortkey")) {
            storage.sort(column);
        } else if (!in.accept("null")) {
            throw in.unexpected();
        }
    }

    static String encoding(TokenCursor in) {
        Token encoding = in.peek();
        if (!ENCODINGS.contains(in.expectWord())) {
            throw new StatementRefused(SqlError.SYNTAX_ERROR, "unsupported encoding \"" + encoding.text() + "\"");
        }
        return encoding.text().toLowerCase(java.util.Locale.ROOT);
    }

    private static String identity(TokenCursor in, String when) {
        in.expect("(");
        Token seed = signed(in);
        in.expect(",");
        Token step = signed(in);
        in.expect(")");
        // PostgreSQL's own bounds are those of the column's type, but for 1 and -1 on the side where a sequence starts.
        long start = Long.parseLong(seed.text());
        String bound =
                step.text().startsWith("-") ? " maxvalue " + Math.max(start, -1) : " minvalue " + Math.min(start, 1);
        return " generated " + when + " as identity (start with " + seed.text() + " increment by " + step.text() + bound
                + ")";
    }

    private static Token signed(TokenCursor in) {
        boolean negative = in.accept("-");
        Token number = in.next();
        if (number.kind() != Token.Kind.NUMBER) {
            throw StatementRefused.syntaxErrorNear(number.text());
        }
        return negative ? number.withText("-" + number.text()) : number;
    }

    private static List<Token> expression(TokenCursor in) {
        List<Token> expression = new java.util.ArrayList<>();
        while (!in.atEnd() && !(isAttribute(in.peek()) && !expression.isEmpty())) {
            if (in.looksAt("(")) {
                expression.addAll(in.expectParentheses());
            } else {
                expression.add(in.next());
            }
        }
        return FunctionRewriter.rewrite(RedshiftTypes.inExpressions(expression));
    }

    private static boolean isAttribute(Token token) {
        return (token.isWord() || token.kind() == Token.Kind.SIGN)
                && ATTRIBUTES.contains(token.text().toLowerCase(java.util.Locale.ROOT));
    }
}

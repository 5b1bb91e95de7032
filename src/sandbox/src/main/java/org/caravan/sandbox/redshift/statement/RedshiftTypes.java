package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * Redshift's data types in column definitions, as PostgreSQL types. Only what
 * https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html lists is accepted.
 */
final class RedshiftTypes {
    static final int MAX_VARCHAR = 65535;
    static final int MAX_CHAR = 4096;
    private static final int MAX_VARBYTE = 16_777_216;

    private static final Map<String, String> SIMPLE = Map.ofEntries(
            Map.entry("smallint", "smallint"),
            Map.entry("int2", "smallint"),
            Map.entry("integer", "integer"),
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("bigint", "bigint"),
            Map.entry("int8", "bigint"),
            Map.entry("real", "real"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("boolean", "boolean"),
            Map.entry("bool", "boolean"),
            Map.entry("date", "date"),
            Map.entry("timestamptz", "timestamptz"),
            Map.entry("timetz", "timetz"),
            Map.entry("super", "super"));

    private RedshiftTypes() {}

    /**
     * Reads the type that comes next and writes it for PostgreSQL, but for {@code varbyte(n)}, whose length is the caller's to keep. The
     * words of the refusal: https://github.com/salsita/node-pg-migrate/issues/767
     */
    static String definition(TokenCursor in, TableName table, String column) {
        Token first = in.peek();
        String type = first.isWord() ? in.expectWord() : "";
        String definition =
                switch (type) {
                    case "varchar", "nvarchar" -> "varchar(" + length(in, 256, MAX_VARCHAR, "varchar") + ")";
                    // https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html: TEXT is VARCHAR(256),
                    // BPCHAR is CHAR(256)
                    case "text" -> "varchar(256)";
                    case "bpchar" -> "char(256)";
                    case "char", "character", "nchar" ->
                        in.accept("varying")
                                ? "varchar(" + length(in, 256, MAX_VARCHAR, "varchar") + ")"
                                : "char(" + length(in, 1, MAX_CHAR, "char") + ")";
                    case "decimal", "numeric" -> decimal(in);
                    case "float" -> floating(in);
                    case "double" -> {
                        in.expect("precision");
                        yield "double precision";
                    }
                    case "time", "timestamp" -> zoned(in, type);
                    case "varbyte", "varbinary" -> varbyte(in);
                    case "binary" -> {
                        in.expect("varying");
                        yield varbyte(in);
                    }
                    case "geometry", "geography", "hllsketch", "interval" ->
                        throw StatementRefused.notYet("columns of type " + type);
                    default -> SIMPLE.getOrDefault(type, "");
                };
        if (definition.isEmpty() || in.looksAt("[")) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED,
                    "Column \"" + table.table() + "." + column + "\" has unsupported type \"" + first.text()
                            + (in.looksAt("[") ? "[]" : "") + "\".");
        }
        return definition;
    }

    private static String varbyte(TokenCursor in) {
        // https://docs.aws.amazon.com/redshift/latest/dg/r_VARBYTE_type.html: the default length is 64,000
        return "varbyte(" + length(in, 64000, MAX_VARBYTE, "varbyte") + ")";
    }

    private static String zoned(TokenCursor in, String type) {
        if (in.accept("with")) {
            in.expect("time", "zone");
            return type + "tz";
        }
        if (in.accept("without")) {
            in.expect("time", "zone");
        }
        return type;
    }

    private static String floating(TokenCursor in) {
        if (!in.accept("(")) {
            return "double precision";
        }
        int digits = number(in.next());
        in.expect(")");
        return digits <= 24 ? "real" : "double precision";
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html: 18,0 by default, at most 38,37. */
    private static String decimal(TokenCursor in) {
        int precision = 18;
        int scale = 0;
        if (in.accept("(")) {
            precision = number(in.next());
            if (in.accept(",")) {
                scale = number(in.next());
            }
            in.expect(")");
        }
        if (precision < 1 || precision > 38) {
            throw new StatementRefused("22023", "DECIMAL precision " + precision + " must be between 1 and 38");
        }
        if (scale < 0 || scale > precision || scale > 37) {
            throw new StatementRefused(
                    "22023", "DECIMAL scale " + scale + " must be between 0 and " + Math.min(precision, 37));
        }
        return "numeric(" + precision + "," + scale + ")";
    }

    private static int length(TokenCursor in, int ifAbsent, int max, String type) {
        if (!in.accept("(")) {
            return ifAbsent;
        }
        Token token = in.next();
        int length = token.is("max") ? max : number(token);
        in.expect(")");
        if (length < 1) {
            throw new StatementRefused("22023", "length for type " + type + " must be at least 1");
        }
        if (length > max) {
            throw new StatementRefused("22023", "length for type " + type + " cannot exceed " + max);
        }
        return length;
    }

    private static int number(Token token) {
        if (token.kind() != Token.Kind.NUMBER
                || token.text().length() > 9
                || token.text().contains(".")) {
            throw StatementRefused.syntaxErrorNear(token.text());
        }
        return Integer.parseInt(token.text());
    }

    /** Types in casts and elsewhere outside column definitions, where PostgreSQL's own rules for lengths do. */
    static List<Token> inExpressions(List<Token> tokens) {
        List<Token> result = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            boolean cast =
                    i > 0 && (tokens.get(i - 1).is("::") || tokens.get(i - 1).is("as"));
            if (cast && tokens.get(i).isWord()) {
                i += CastType.write(tokens, i, result);
            } else {
                result.add(tokens.get(i));
            }
        }
        return result;
    }
}

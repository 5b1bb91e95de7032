package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * SHOW statements that list databases, schemas, tables, columns and keys; redshift-jdbc42 reads its metadata by them when the
 * server says {@code show_discovery=4}. Each becomes a call of a function in the schema {@code redshift} (bootstrap/show.sql).
 */
final class Discovery {
    private record Form(String function, int names, List<String> words) {}

    private static final List<Form> FORMS = List.of(
            form("show_databases", 0, "databases"),
            form("show_schemas", 1, "schemas", "from", "database"),
            form("show_tables", 2, "tables", "from", "schema"),
            form("show_columns", 3, "columns", "from", "table"),
            form("show_primary_keys", 3, "constraints", "primary", "keys", "from", "table"),
            form("show_exported_keys", 3, "constraints", "foreign", "keys", "exported", "from", "table"),
            form("show_foreign_keys", 3, "constraints", "foreign", "keys", "from", "table"),
            form("show_grants", 3, "grants", "on", "table"),
            form("show_column_grants", 3, "column", "grants", "on", "table"),
            form("show_functions", 2, "functions", "from", "schema"),
            form("show_procedures", 2, "procedures", "from", "schema"),
            form("show_parameters", 3, "parameters", "of", "procedure"),
            form("show_parameters", 3, "parameters", "of", "function"));

    private Discovery() {}

    private static Form form(String function, int names, String... words) {
        return new Form(function, names, List.of(words));
    }

    static Plan show(TokenCursor in, List<Token> tokens) {
        in.expect("show");
        if (in.accept("table")) {
            // https://docs.aws.amazon.com/redshift/latest/dg/r_SHOW_TABLE.html
            TableName table = in.expectTable();
            in.expectEnd();
            return new Plan.Forward("select redshift.show_table(" + Token.literal(table.sql())
                    + "::regclass) as \"Show Table DDL statement\"");
        }
        for (Form form : FORMS) {
            if (in.accept(form.words.toArray(String[]::new))) {
                return new Plan.Forward(call(in, form));
            }
        }
        return Settings.show(in, tokens);
    }

    private static String call(TokenCursor in, Form form) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < form.names; i++) {
            if (i > 0) {
                in.expect(".");
            }
            arguments.add(argument(in));
        }
        arguments.add(in.accept("like") ? argument(in) : "null");
        in.expectEnd();
        return "select * from redshift." + form.function + "(" + String.join(", ", arguments) + ")";
    }

    private static String argument(TokenCursor in) {
        Token token = in.next();
        return switch (token.kind()) {
            case PARAMETER -> token.text() + "::text";
            case STRING -> Token.literal(token.string());
            case WORD, QUOTED_NAME -> Token.literal(token.name());
            case NUMBER, SIGN, END -> throw StatementRefused.syntaxErrorNear(token.text());
        };
    }
}

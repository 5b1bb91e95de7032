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
 * CREATE VIEW, also WITH NO SCHEMA BINDING, and materialized views (https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html,
 * materialized-view-create-sql-command.html).
 */
final class Views {
    private Views() {}

    static boolean creates(TokenCursor in) {
        int at = in.looksAt("create", "or", "replace") ? 3 : 1;
        at += in.peek(at).is("materialized") ? 1 : 0;
        return in.looksAt("create") && in.peek(at).is("view");
    }

    static Plan create(TokenCursor in) {
        in.expect("create");
        boolean replace = in.accept("or", "replace");
        if (!replace && in.accept("materialized")) {
            return materialized(in);
        }
        in.expect("view");
        TableName view = name(in);
        List<String> columns = in.looksAt("(") ? in.expectNames() : List.of();
        in.expect("as");
        List<Token> query = in.rest();
        int end = query.size() - 1;
        boolean late = end > 4
                && query.get(end - 4).is("with")
                && query.get(end - 3).is("no")
                && query.get(end - 2).is("schema")
                && query.get(end - 1).is("binding");
        if (late) {
            return lateBinding(view, columns, query.subList(0, end - 4), replace);
        }
        String names = columns.isEmpty() ? "" : " (" + TableDdl.quoted(columns) + ")";
        return new Plan.Forward("create " + (replace ? "or replace " : "") + (view.isTemporary() ? "temp " : "")
                + "view " + view.sql() + names + " as " + SqlTokenizer.join(StatementRewriter.expressions(query)));
    }

    private static TableName name(TokenCursor in) {
        return in.peek(1).is(".")
                ? in.expectTable()
                : TableName.of(List.of(ReservedWords.expectName(in).name()));
    }

    private static Plan lateBinding(TableName view, List<String> columns, List<Token> query, boolean replace) {
        List<String> before = new ArrayList<>();
        for (TableReferences.Reference reference : TableReferences.of(query)) {
            if (reference.name().schema().isEmpty()) {
                throw new StatementRefused(
                        SqlError.NOT_SUPPORTED,
                        "All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING.");
            }
            before.add("select redshift.need_schema("
                    + Token.literal(reference.name().schema().get()) + ")");
        }
        if (replace) {
            before.add("drop view if exists " + view.sql());
        }
        return new Plan.Accompanied(
                "create view " + view.sql() + " as select",
                before,
                List.of("select redshift.bind_late(" + TableStorage.regclass(view) + ", "
                        + Token.literal(SqlTokenizer.join(query).strip()) + ", " + TableStorage.array(columns) + ")"));
    }

    private static Plan materialized(TokenCursor in) {
        in.expect("view");
        TableName view = name(in);
        TableStorage storage = new TableStorage();
        storage.attributes(in);
        if (in.accept("auto", "refresh") && !in.acceptAnyOf("yes", "no")) {
            throw in.unexpected();
        }
        storage.attributes(in);
        in.expect("as");
        List<Token> query = in.rest();
        if (query.size() > 1 && query.get(query.size() - 2).is("data")) {
            throw StatementRefused.syntaxErrorNear(query.get(query.size() - 2).text());
        }
        return new Plan.Forward("create materialized view " + view.sql() + " as "
                + SqlTokenizer.join(StatementRewriter.expressions(query)));
    }

    static Plan refresh(TokenCursor in) {
        in.expect("refresh", "materialized", "view");
        TableName view = in.expectTable();
        in.acceptAnyOf("restrict", "cascade");
        in.expectEnd();
        return new Plan.Forward("refresh materialized view " + view.sql());
    }
}

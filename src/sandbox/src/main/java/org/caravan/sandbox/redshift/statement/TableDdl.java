package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * CREATE TABLE in the grammar of https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html and r_CREATE_TABLE_AS.html. What is not in that grammar is a syntax error, also where PostgreSQL would accept it.
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
        TableName table = newTable(in);
        temporary |= table.isTemporary();
        String head =
                "create " + (temporary ? "temp " : "") + "table " + (ifNotExists ? "if not exists " : "") + table.sql();
        TableStorage storage = new TableStorage();
        if (in.looksAt("(") && !isColumnList(in)) {
            String body = elements(in, storage, table);
            storage.attributes(in);
            in.expectEnd();
            return new Plan.Accompanied(head + " (" + body + ")", List.of(), storage.statements(table));
        }
        String columns = in.looksAt("(") ? SqlTokenizer.join(in.expectParentheses()) : "";
        storage.attributes(in);
        in.expect("as");
        List<Token> query = StatementRewriter.expressions(in.rest());
        return new Plan.Accompanied(
                head + columns + " as " + SqlTokenizer.join(query), List.of(), storage.statements(table));
    }

    private static TableName newTable(TokenCursor in) {
        int at = 0;
        while (in.peek(at + 1).is(".")) {
            at += 2;
        }
        if (at == 0) {
            return TableName.of(List.of(ReservedWords.expectName(in).name()));
        }
        return in.expectTable();
    }

    /** {@code (a, b)} of CREATE TABLE AS, without types. */
    private static boolean isColumnList(TokenCursor in) {
        return in.peek(2).is(",") || in.peek(2).is(")");
    }

    private static String elements(TokenCursor in, TableStorage storage, TableName table) {
        List<String> elements = new ArrayList<>();
        in.expect("(");
        do {
            element(in, storage, table).ifPresent(elements::add);
        } while (in.accept(","));
        in.expect(")");
        return String.join(", ", elements);
    }

    private static Optional<String> element(TokenCursor in, TableStorage storage, TableName table) {
        if (in.accept("like")) {
            TableName source = in.expectTable();
            storage.like(source);
            String like = "like " + source.sql();
            if (in.accept("including", "defaults")) {
                like += " including defaults";
            } else {
                in.accept("excluding", "defaults");
            }
            return Optional.of(like);
        }
        if (isConstraint(in)) {
            return constraint(in, storage, table);
        }
        return Optional.of(ColumnDefinition.rewrite(in, storage, table));
    }

    static boolean isConstraint(TokenCursor in) {
        return in.looksAt("constraint")
                || in.looksAt("primary", "key")
                || in.looksAt("unique", "(")
                || in.looksAt("foreign", "key");
    }

    static Optional<String> constraint(TokenCursor in, TableStorage storage, TableName table) {
        Optional<String> name =
                in.accept("constraint") ? Optional.of(in.expectName().name()) : Optional.empty();
        String head = name.map(text -> "constraint " + Token.quote(text) + " ").orElse("");
        if (in.accept("primary", "key")) {
            return Optional.of(head + "primary key (" + quoted(in.expectNames()) + ")");
        }
        if (in.accept("unique")) {
            return Optional.of(head + "unique (" + quoted(in.expectNames()) + ")");
        }
        in.expect("foreign", "key");
        List<String> columns = in.expectNames();
        in.expect("references");
        storage.reference(in, name, columns, table);
        return Optional.empty();
    }

    static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Token::quote).toList());
    }
}

package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.redshift.copy.CopyGrammar;
import org.caravan.sandbox.redshift.syntax.Names;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.transaction.Footprint;
import org.caravan.sandbox.redshift.unload.UnloadGrammar;
import org.caravan.sandbox.redshift.unload.UnloadStatement;
import org.caravan.sandbox.redshift.wire.SqlError;

/** Decides how a statement is carried out: checks it against what Redshift refuses, and writes it for PostgreSQL. */
public final class StatementRewriter {
    private StatementRewriter() {}

    /** The plan of one statement without its semicolon; throws {@link StatementRefused}. */
    public static Plan plan(List<Token> statement, boolean caseSensitive) {
        List<Token> tokens = Names.fold(statement, caseSensitive);
        if (tokens.get(0).kind() == Token.Kind.END) {
            return new Plan.Forward("");
        }
        DenyList.check(tokens);
        ReservedWords.check(tokens);
        TokenCursor in = new TokenCursor(tokens);
        return switch (tokens.get(0).text().toLowerCase(Locale.ROOT)) {
            case "copy" -> new Plan.Copy(CopyGrammar.parse(in));
            case "unload" -> unload(in, caseSensitive);
            case "create" -> create(in, tokens, caseSensitive);
            case "refresh" -> Views.refresh(in);
            case "drop" ->
                in.looksAt("drop", "database") ? DatabaseDdl.drop(in) : new Plan.Forward(SqlTokenizer.join(tokens));
            case "alter" ->
                in.looksAt("alter", "table")
                        ? TableAlteration.plan(in)
                        : in.looksAt("alter", "database") ? DatabaseDdl.alter(in) : Users.rewrite(tokens);
            case "set" -> Settings.set(in, tokens);
            case "reset" -> Settings.reset(in, tokens);
            case "show" -> Discovery.show(in, tokens);
            case "begin", "start" -> BlockStatements.begin(in, tokens);
            case "commit", "end", "rollback", "abort" -> BlockStatements.end(in);
            case "truncate" -> Maintenance.truncate(in);
            case "vacuum" -> Maintenance.vacuum(in);
            case "analyze", "analyse" -> Maintenance.analyze(in);
            case "cancel" -> Maintenance.cancel(in);
            case "merge" -> Merge.plan(in);
            case "with" -> with(tokens);
            default -> new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
        };
    }

    /** The rewriting that every query and every expression gets. */
    static List<Token> expressions(List<Token> tokens) {
        List<Token> known = DenyMatchers.userQuery().test(tokens)
                ? QueryRewriter.rewrite(tokens)
                : HiddenFunctions.qualify(OldCatalog.rewrite(tokens));
        return FunctionRewriter.rewrite(RedshiftTypes.inExpressions(known));
    }

    /** The query stands in a string of its own. */
    private static Plan unload(TokenCursor in, boolean caseSensitive) {
        UnloadStatement statement = UnloadGrammar.parse(in);
        List<List<Token>> queries = SqlTokenizer.statements(statement.query());
        if (queries.size() != 1) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "UNLOAD takes one query, found " + queries.size() + " statements");
        }
        List<Token> query = queries.get(0);
        if (!query.get(0).is("select") && !query.get(0).is("with")) {
            throw StatementRefused.syntaxErrorNear(query.get(0).text());
        }
        refuseOuterLimit(query);
        Plan plan = plan(query, caseSensitive);
        return new Plan.Unload(statement, plan.sql());
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html, "Limit clause"; TOP means the same. */
    private static void refuseOuterLimit(List<Token> query) {
        int depth = 0;
        for (int i = 0; i < query.size(); i++) {
            Token token = query.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean top = token.is("top") && i > 0 && query.get(i - 1).is("select");
            if (depth == 0 && (token.is("limit") || top)) {
                throw new StatementRefused(SqlError.NOT_SUPPORTED, "Limit clause is not supported");
            }
        }
    }

    /** r_WITH_clause.html, r_UPDATE.html and r_DELETE.html have WITH before SELECT, UPDATE and DELETE only. */
    private static Plan with(List<Token> tokens) {
        Token statement = Footprint.afterWith(tokens).get(0);
        if (statement.is("insert") || statement.is("merge")) {
            throw StatementRefused.syntaxErrorNear(statement.text());
        }
        return new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
    }

    private static Plan create(TokenCursor in, List<Token> tokens, boolean caseSensitive) {
        if (in.looksAt("create", "database")) {
            return DatabaseDdl.create(in);
        }
        if (TableDdl.creates(in)) {
            return TableDdl.create(in);
        }
        if (Views.creates(in)) {
            return Views.create(in);
        }
        if (FunctionDdl.creates(in)) {
            return FunctionDdl.create(in, caseSensitive);
        }
        in.next();
        if (in.looksAt("user") || in.looksAt("group")) {
            return Users.rewrite(tokens);
        }
        return new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
    }
}

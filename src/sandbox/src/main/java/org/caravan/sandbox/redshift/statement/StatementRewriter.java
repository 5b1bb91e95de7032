package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.redshift.copy.CopyGrammar;
import org.caravan.sandbox.redshift.syntax.Names;
import org.caravan.sandbox.redshift.syntax.SqlTokenizer;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

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
            case "unload" -> throw StatementRefused.notYet("UNLOAD");
            case "create" -> create(in, tokens);
            case "refresh" -> Views.refresh(in);
            case "drop" -> in.looksAt("drop", "database") ? DatabaseDdl.drop(in) : new Plan.Forward(SqlTokenizer.join(tokens));
            case "alter" -> in.looksAt("alter", "table")
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
            default -> new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
        };
    }

    /** The rewriting that every query and every expression gets. */
    static List<Token> expressions(List<Token> tokens) {
        return FunctionRewriter.rewrite(RedshiftTypes.inExpressions(OldCatalog.rewrite(tokens)));
    }

    private static Plan create(TokenCursor in, List<Token> tokens) {
        if (in.looksAt("create", "database")) {
            return DatabaseDdl.create(in);
        }
        if (TableDdl.creates(in)) {
            return TableDdl.create(in);
        }
        if (Views.creates(in)) {
            return Views.create(in);
        }
        in.next();
        if (in.looksAt("user") || in.looksAt("group")) {
            return Users.rewrite(tokens);
        }
        return new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
    }
}

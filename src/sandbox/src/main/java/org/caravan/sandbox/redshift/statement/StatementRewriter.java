package org.caravan.sandbox.redshift.statement;

import java.util.ArrayList;
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
        TokenCursor in = new TokenCursor(tokens);
        return switch (tokens.get(0).text().toLowerCase(Locale.ROOT)) {
            case "copy" -> new Plan.Copy(CopyGrammar.parse(in));
            case "unload" -> throw StatementRefused.notYet("UNLOAD");
            case "create" -> TableDdl.creates(in) ? TableDdl.create(in) : create(in, tokens);
            case "alter" -> in.looksAt("alter", "table") ? TableDdl.alter(in) : users(in, tokens);
            case "set" -> Settings.set(in, tokens);
            case "reset" -> Settings.reset(in, tokens);
            case "show" -> Discovery.show(in, tokens);
            case "begin", "start" -> new Plan.Forward(SqlTokenizer.join(Settings.isolation(tokens)));
            case "truncate" -> Maintenance.truncate(in);
            case "vacuum" -> Maintenance.vacuum(in);
            case "analyze", "analyse" -> Maintenance.analyze(in);
            case "merge" -> merge(tokens);
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

    private static Plan create(TokenCursor in, List<Token> tokens) {
        in.next();
        if (in.looksAt("user") || in.looksAt("group")) {
            return users(in, tokens);
        }
        List<Token> kept = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("with")
                    && i + 3 < tokens.size()
                    && tokens.get(i + 1).is("no")
                    && tokens.get(i + 2).is("schema")) {
                throw StatementRefused.notYet("late-binding views (WITH NO SCHEMA BINDING)");
            }
            kept.add(tokens.get(i));
        }
        return new Plan.Forward(SqlTokenizer.join(expressions(kept)));
    }

    /** CREATE USER and ALTER USER: CREATEUSER makes a superuser, which the stand-in does not give away. */
    private static Plan users(TokenCursor in, List<Token> tokens) {
        List<Token> result = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("createuser")) {
                throw StatementRefused.notYet("superusers made by CREATEUSER");
            } else if (token.is("password") && tokens.get(i + 1).is("disable")) {
                result.add(token);
                result.add(Token.word("null"));
                i++;
            } else if (!token.is("nocreateuser")) {
                result.add(token);
            }
        }
        return new Plan.Forward(SqlTokenizer.join(result));
    }

    private static Plan merge(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("remove") && tokens.get(i + 1).is("duplicates")) {
                throw StatementRefused.notYet("MERGE … REMOVE DUPLICATES");
            }
        }
        return new Plan.Forward(SqlTokenizer.join(expressions(tokens)));
    }
}

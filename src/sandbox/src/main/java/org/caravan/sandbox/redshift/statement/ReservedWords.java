package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;

/**
 * Words that are names in PostgreSQL and must be quoted in Redshift
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html).
 */
final class ReservedWords {
    /** Those that no grammar of a query uses, so that they are refused wherever a name may stand. */
    private static final Set<String> ONLY_NAMES = Set.of(
            "aes128",
            "aes256",
            "allowoverwrite",
            "az64",
            "backup",
            "blanksasnull",
            "bytedict",
            "bzip2",
            "deflate",
            "defrag",
            "delta",
            "delta32k",
            "emptyasnull",
            "explicit",
            "globaldict256",
            "globaldict64k",
            "gzip",
            "lun",
            "luns",
            "lzo",
            "lzop",
            "mostly13",
            "mostly32",
            "mostly8",
            "offline",
            "parallel",
            "permissions",
            "raw",
            "readratio",
            "recover",
            "rejectlog",
            "resort",
            "snapshot",
            "tag",
            "tdes",
            "text255",
            "text32k",
            "truncatecolumns",
            "wallet");

    private static final Set<String> OTHERS = Set.of(
            "credentials",
            "current_user_id",
            "disable",
            "enable",
            "encode",
            "encrypt",
            "encryption",
            "identity",
            "ignore",
            "minus",
            "new",
            "nulls",
            "off",
            "oid",
            "old",
            "open",
            "partition",
            "percent",
            "respect",
            "restore",
            "sysdate",
            "system",
            "timestamp",
            "top");

    private static final Set<String> QUERIES =
            Set.of("select", "with", "insert", "update", "delete", "merge", "create", "explain");

    private ReservedWords() {}

    /** The next name, where one is given to something. */
    static Token expectName(TokenCursor in) {
        if (isReserved(in.peek())) {
            throw in.unexpected();
        }
        return in.expectName();
    }

    private static boolean isReserved(Token token) {
        String word = token.text().toLowerCase(Locale.ROOT);
        return token.isWord() && (ONLY_NAMES.contains(word) || OTHERS.contains(word));
    }

    /**
     * Refuses reserved words that stand for a name or an alias in a query. Queries of the catalogue are let through: those of drivers
     * label columns so ({@code AS oid} in pgjdbc's PgResultSetMetaData).
     */
    static void check(List<Token> tokens) {
        boolean view = tokens.stream().limit(5).anyMatch(token -> token.is("view"))
                && tokens.stream().limit(2).noneMatch(token -> token.is("materialized"));
        if (tokens.get(0).is("create") && !view
                || !QUERIES.contains(tokens.get(0).text().toLowerCase(Locale.ROOT))
                || !DenyMatchers.userQuery().test(tokens)) {
            return;
        }
        int depth = 0;
        int cast = -1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.is("(")) {
                depth++;
                if (cast < 0
                        && i > 0
                        && (tokens.get(i - 1).is("cast") || tokens.get(i - 1).is("try_cast"))) {
                    cast = depth;
                }
            } else if (token.is(")")) {
                cast = cast == depth ? -1 : cast;
                depth--;
            } else if (token.isWord() && i > 0 && !tokens.get(i - 1).is(".")) {
                boolean alias = tokens.get(i - 1).is("as") && cast < 0 && isReserved(token);
                boolean call = tokens.get(i + 1).is("(");
                if (alias || !call && ONLY_NAMES.contains(token.text().toLowerCase(Locale.ROOT))) {
                    throw StatementRefused.syntaxErrorNear(token.text());
                }
            }
        }
    }
}

package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * The grammar of COPY, https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html: every word has to be known, has to have its
 * argument, and has to be allowed for the format. Only columnar formats can be carried out yet.
 */
public final class CopyGrammar {
    private static final Set<String> FORMATS =
            Set.of("csv", "json", "avro", "parquet", "orc", "shapefile", "delimiter", "fixedwidth");

    private final TokenCursor in;
    private final Map<CopyOption, String> options = new EnumMap<>(CopyOption.class);
    private Optional<String> format = Optional.empty();

    private CopyGrammar(TokenCursor in) {
        this.in = in;
    }

    public static CopyStatement parse(TokenCursor in) {
        return new CopyGrammar(in).statement();
    }

    private CopyStatement statement() {
        in.expect("copy");
        TableName table = in.expectTable();
        List<String> columns = in.looksAt("(") ? in.expectNames() : List.of();
        in.expect("from");
        String source = in.expectString();
        while (!in.atEnd()) {
            option();
        }
        S3Location from = S3Location.of(source)
                .orElseThrow(() -> source.matches("(emr|ssh|dynamodb)://.*")
                        ? StatementRefused.notYet("COPY from " + source.substring(0, source.indexOf(':')))
                        : new StatementRefused(
                                SqlError.INTERNAL, "Invalid S3 URL '" + source + "': expected s3://bucket/key"));
        DataFormat dataFormat = dataFormat();
        return new CopyStatement(table, columns, from, roles(), dataFormat, options.containsKey(CopyOption.MANIFEST));
    }

    private void option() {
        String word = in.peek().text().toLowerCase(Locale.ROOT);
        if (in.accept("format")) {
            in.accept("as");
            word = in.peek().text().toLowerCase(Locale.ROOT);
            if (!FORMATS.contains(word)) {
                throw in.unexpected();
            }
        }
        if (!in.peek().isWord()) {
            throw in.unexpected();
        }
        if (FORMATS.contains(word)) {
            format(word);
            return;
        }
        CopyOption option = CopyOption.of(word).orElseThrow(in::unexpected);
        in.next();
        if (options.put(option, argument(option)) != null) {
            throw conflicting();
        }
    }

    private void format(String word) {
        boolean quoteOnly = word.equals("delimiter") && format.equals(Optional.of("csv"));
        if (format.isPresent() && !quoteOnly) {
            throw conflicting();
        }
        in.next();
        format = quoteOnly ? format : Optional.of(word);
        if (word.equals("delimiter") || word.equals("fixedwidth")) {
            in.accept("as");
            in.expectString();
        } else if (word.equals("json") || word.equals("avro")) {
            in.accept("as");
            if (in.peek().kind() == Token.Kind.STRING) {
                in.next();
            }
        } else if (word.equals("shapefile") && in.accept("simplify")) {
            in.accept("auto");
            if (in.peek().kind() == Token.Kind.NUMBER) {
                in.next();
            }
        }
    }

    private String argument(CopyOption option) {
        if (option.argument() == CopyOption.Argument.NONE) {
            return "";
        }
        in.accept("as");
        return switch (option.argument()) {
            case NONE -> "";
            case STRING -> in.expectString();
            case OPTIONAL_STRING -> in.peek().kind() == Token.Kind.STRING ? in.expectString() : "?";
            case NUMBER -> {
                if (in.peek().kind() != Token.Kind.NUMBER) {
                    throw in.unexpected();
                }
                yield in.next().text();
            }
            case WORD -> in.expectWord();
            case SWITCH ->
                in.acceptAnyOf("on", "true")
                        ? "on"
                        : in.acceptAnyOf("off", "false") ? "off" : in.accept("preset") ? "preset" : "";
            case ROLE -> in.accept("default") ? "default" : in.expectString();
        };
    }

    private DataFormat dataFormat() {
        String name = format.orElse("delimited text").toUpperCase(Locale.ROOT);
        if (!name.equals("PARQUET") && !name.equals("ORC")) {
            throw StatementRefused.notYet("COPY of " + name);
        }
        for (CopyOption option : options.keySet()) {
            if (!option.forColumnarFormats()) {
                // field: "REGION argument is not supported for PARQUET based COPY"
                throw new StatementRefused(
                        SqlError.NOT_SUPPORTED, option + " argument is not supported for " + name + " based COPY");
            }
        }
        for (CopyOption option : List.of(
                CopyOption.ACCEPTINVCHARS,
                CopyOption.FILLRECORD,
                CopyOption.EXPLICIT_IDS,
                CopyOption.SERIALIZETOJSON)) {
            if (options.containsKey(option)) {
                throw StatementRefused.notYet(option + " for " + name);
            }
        }
        if (name.equals("ORC")) {
            throw StatementRefused.notYet("COPY of ORC");
        }
        return new DataFormat.Parquet();
    }

    private List<String> roles() {
        String role = options.getOrDefault(CopyOption.IAM_ROLE, "");
        String credentials = options.getOrDefault(CopyOption.CREDENTIALS, "");
        boolean keys = options.containsKey(CopyOption.ACCESS_KEY_ID)
                || options.containsKey(CopyOption.SECRET_ACCESS_KEY)
                || options.containsKey(CopyOption.SESSION_TOKEN);
        if ((role.isEmpty() ? 0 : 1) + (credentials.isEmpty() ? 0 : 1) + (keys ? 1 : 0) > 1) {
            throw conflicting();
        }
        if (credentials.startsWith("aws_iam_role=")) {
            role = credentials.substring("aws_iam_role=".length());
        } else if (keys || !credentials.isEmpty()) {
            // field: refused in 2020 for ORC and Parquet, although the guide lists ACCESS_KEY_ID for them
            throw new StatementRefused(
                    CopyFailure.internal("COPY from this file format only accepts IAM_ROLE credentials", 8001, ""));
        }
        if (role.isEmpty()) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR,
                    "COPY must specify an authorization: IAM_ROLE default or IAM_ROLE 'arn:aws:iam::…'");
        }
        return role.equals("default") ? List.of() : roleChain(role);
    }

    private static List<String> roleChain(String chain) {
        List<String> roles = new ArrayList<>();
        for (String role : chain.split(",", -1)) {
            if (!role.matches("arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=.@/-]+")) {
                throw new StatementRefused(CopyFailure.internal(
                        "Invalid IAM role '" + role + "': expected arn:aws:iam::<12 digits>:role/<name>", 8001, ""));
            }
            roles.add(role);
        }
        return roles;
    }

    private static StatementRefused conflicting() {
        return new StatementRefused(SqlError.SYNTAX_ERROR, "conflicting or redundant options");
    }
}

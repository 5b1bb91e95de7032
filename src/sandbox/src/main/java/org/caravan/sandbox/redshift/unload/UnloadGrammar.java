package org.caravan.sandbox.redshift.unload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.caravan.sandbox.redshift.copy.Authorization;
import org.caravan.sandbox.redshift.copy.RawString;
import org.caravan.sandbox.redshift.copy.S3Location;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;
import org.caravan.sandbox.redshift.syntax.TokenCursor;
import org.caravan.sandbox.redshift.wire.SqlError;

/** The grammar of UNLOAD, https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html: every word is known, and fits the format. */
public final class UnloadGrammar {
    private static final Set<String> FORMATS = Set.of("csv", "parquet", "json");
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal GIGABYTE = BigDecimal.valueOf(1 << 30);
    private static final long DEFAULT_ROW_GROUP = 32L << 20;

    private final TokenCursor in;
    private final Map<UnloadOption, String> options = new EnumMap<>(UnloadOption.class);
    private final List<String> partitionBy = new ArrayList<>();
    private boolean include;
    private Optional<String> format = Optional.empty();

    private UnloadGrammar(TokenCursor in) {
        this.in = in;
    }

    /** Throws {@link StatementRefused}; what the query means is for the caller to check. */
    public static UnloadStatement parse(TokenCursor in) {
        return new UnloadGrammar(in).statement();
    }

    private UnloadStatement statement() {
        in.expect("unload", "(");
        String query = in.expectString();
        in.expect(")", "to");
        String target = in.expectString();
        while (!in.atEnd()) {
            option();
        }
        S3Location to = S3Location.of(target)
                .orElseThrow(() -> new StatementRefused(
                        SqlError.INTERNAL, "Invalid S3 URL '" + target + "': expected s3://bucket/prefix"));
        Authorization authorization = authorization();
        UnloadFormat rows = format();
        encryption(rows);
        return new UnloadStatement(
                query,
                to,
                authorization,
                rows,
                compression(),
                new UnloadStatement.Layout(
                        !has(UnloadOption.PARALLEL)
                                || options.get(UnloadOption.PARALLEL).equals("on"),
                        maxFileBytes(rows),
                        value(UnloadOption.EXTENSION),
                        partitionBy,
                        include),
                manifest(),
                existing(),
                value(UnloadOption.KMS_KEY_ID),
                value(UnloadOption.REGION));
    }

    private void option() {
        if (in.accept("format")) {
            in.accept("as");
            if (!FORMATS.contains(in.peek().text().toLowerCase(Locale.ROOT))) {
                throw in.unexpected();
            }
        }
        if (!in.peek().isWord()) {
            throw in.unexpected();
        }
        String word = in.peek().text().toLowerCase(Locale.ROOT);
        if (FORMATS.contains(word)) {
            in.next();
            if (format.isPresent()) {
                throw conflicting();
            }
            format = Optional.of(word.toUpperCase(Locale.ROOT));
            return;
        }
        if (word.equals("with") && in.peek(1).is("credentials")) {
            in.next();
            word = "credentials";
        }
        UnloadOption option = UnloadOption.of(word).orElseThrow(in::unexpected);
        in.next();
        if (options.put(option, argument(option)) != null) {
            throw conflicting();
        }
    }

    private String argument(UnloadOption option) {
        return switch (option) {
            case HEADER, BZIP2, GZIP, ZSTD, ADDQUOTES, ESCAPE, ALLOWOVERWRITE, CLEANPATH -> "";
            case MANIFEST -> in.accept("verbose") ? "verbose" : "";
            case ENCRYPTED -> in.accept("auto") ? "auto" : "";
            case PARALLEL -> in.acceptAnyOf("off", "false") ? "off" : on();
            case MAXFILESIZE, ROWGROUPSIZE -> size();
            case PARTITION -> partition();
            case IAM_ROLE -> in.accept("default") ? "default" : in.expectString();
            case CREDENTIALS, FIXEDWIDTH, REGION -> {
                in.accept("as");
                yield in.expectString();
            }
            case DELIMITER, NULL -> {
                in.accept("as");
                Token token = in.peek();
                in.expectString();
                yield RawString.value(token);
            }
            case ACCESS_KEY_ID, SECRET_ACCESS_KEY, SESSION_TOKEN, KMS_KEY_ID, MASTER_SYMMETRIC_KEY, EXTENSION ->
                in.expectString();
        };
    }

    private String on() {
        in.acceptAnyOf("on", "true");
        return "on";
    }

    private String partition() {
        in.expect("by");
        if (in.peek(1).kind() == Token.Kind.STRING) {
            // the guide: "Amazon Redshift doesn't support string literals in PARTITION BY clauses"
            throw StatementRefused.syntaxErrorNear(in.peek(1).text());
        }
        partitionBy.addAll(in.expectNames());
        include = in.accept("include");
        return "";
    }

    /** A number and its unit, in bytes. */
    private String size() {
        in.accept("as");
        if (in.peek().kind() != Token.Kind.NUMBER) {
            throw in.unexpected();
        }
        BigDecimal number = new BigDecimal(in.next().text());
        BigDecimal unit = in.accept("gb") ? GIGABYTE : MEGABYTE;
        in.accept("mb");
        return number.multiply(unit).toBigInteger().toString();
    }

    private Authorization authorization() {
        return Authorization.of(
                new Authorization.Words(
                        value(UnloadOption.IAM_ROLE),
                        value(UnloadOption.CREDENTIALS),
                        value(UnloadOption.ACCESS_KEY_ID),
                        value(UnloadOption.SECRET_ACCESS_KEY),
                        value(UnloadOption.SESSION_TOKEN)),
                "UNLOAD");
    }

    private UnloadFormat format() {
        String name = format.orElse(has(UnloadOption.FIXEDWIDTH) ? "FIXEDWIDTH" : "TEXT");
        for (UnloadOption option : options.keySet()) {
            if (!option.isTakenBy(name)) {
                // The words of the real service are not known; these follow those of COPY.
                throw new StatementRefused(
                        SqlError.NOT_SUPPORTED, option + " argument is not supported for " + name + " based UNLOAD");
            }
        }
        boolean header = has(UnloadOption.HEADER);
        Optional<String> nullAs = value(UnloadOption.NULL);
        return switch (name) {
            case "CSV" -> new UnloadFormat.Csv(delimiter(','), header, nullAs.orElse(""));
            case "JSON" -> new UnloadFormat.Json();
            case "PARQUET" -> new UnloadFormat.Parquet(rowGroupBytes());
            case "FIXEDWIDTH" -> new UnloadFormat.FixedWidth(fields(), nullAs);
            default ->
                new UnloadFormat.Delimited(
                        delimiter('|'),
                        header,
                        nullAs.orElse(""),
                        has(UnloadOption.ADDQUOTES),
                        has(UnloadOption.ESCAPE));
        };
    }

    private char delimiter(char standard) {
        String text = value(UnloadOption.DELIMITER).orElse(String.valueOf(standard));
        if (text.length() != 1 || text.charAt(0) > 127) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED, "UNLOAD delimiter must be a single ASCII character, not '" + text + "'");
        }
        return text.charAt(0);
    }

    private List<UnloadFormat.FixedWidth.Field> fields() {
        List<UnloadFormat.FixedWidth.Field> fields = new ArrayList<>();
        String specification = options.get(UnloadOption.FIXEDWIDTH);
        for (String field : specification.split(",")) {
            String[] parts = field.strip().split(":");
            if (parts.length != 2 || !parts[1].strip().matches("[1-9]\\d{0,5}")) {
                throw new StatementRefused(
                        SqlError.SYNTAX_ERROR,
                        "Invalid fixedwidth specification '" + specification + "': expected 'label:width,…'");
            }
            fields.add(new UnloadFormat.FixedWidth.Field(parts[0].strip(), Integer.parseInt(parts[1].strip())));
        }
        return fields;
    }

    private long rowGroupBytes() {
        long bytes = value(UnloadOption.ROWGROUPSIZE).map(Long::parseLong).orElse(DEFAULT_ROW_GROUP);
        if (bytes < 32L << 20 || bytes > 128L << 20) {
            throw new StatementRefused(SqlError.INTERNAL, "ROWGROUPSIZE must be between 32 MB and 128 MB");
        }
        return bytes;
    }

    private long maxFileBytes(UnloadFormat rows) {
        long most = GIGABYTE.multiply(new BigDecimal("6.2")).longValue();
        long bytes = value(UnloadOption.MAXFILESIZE).map(Long::parseLong).orElse(most);
        if (bytes < 5L << 20 || bytes > most) {
            throw new StatementRefused(SqlError.INTERNAL, "MAXFILESIZE must be between 5 MB and 6.2 GB");
        }
        if (rows instanceof UnloadFormat.Parquet parquet && bytes > parquet.rowGroupBytes()) {
            // the guide: "automatically rounded down to the nearest multiple of 32 MB", its row group
            return bytes / parquet.rowGroupBytes() * parquet.rowGroupBytes();
        }
        return bytes;
    }

    private Compression compression() {
        List<Compression> named = new ArrayList<>();
        for (Compression compression : List.of(Compression.GZIP, Compression.BZIP2, Compression.ZSTD)) {
            if (has(UnloadOption.valueOf(compression.name()))) {
                named.add(compression);
            }
        }
        if (named.size() > 1) {
            throw conflicting();
        }
        return named.isEmpty() ? Compression.NONE : named.get(0);
    }

    private UnloadStatement.Manifest manifest() {
        return value(UnloadOption.MANIFEST)
                .map(word -> word.isEmpty() ? UnloadStatement.Manifest.PLAIN : UnloadStatement.Manifest.VERBOSE)
                .orElse(UnloadStatement.Manifest.NONE);
    }

    private UnloadStatement.Existing existing() {
        if (has(UnloadOption.ALLOWOVERWRITE) && has(UnloadOption.CLEANPATH)) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED, "CLEANPATH and ALLOWOVERWRITE cannot be specified together");
        }
        return has(UnloadOption.CLEANPATH)
                ? UnloadStatement.Existing.REMOVED
                : has(UnloadOption.ALLOWOVERWRITE)
                        ? UnloadStatement.Existing.OVERWRITTEN
                        : UnloadStatement.Existing.REFUSED;
    }

    private void encryption(UnloadFormat rows) {
        boolean key = has(UnloadOption.KMS_KEY_ID);
        boolean auto = value(UnloadOption.ENCRYPTED).orElse("").equals("auto");
        boolean symmetric = has(UnloadOption.MASTER_SYMMETRIC_KEY)
                || value(UnloadOption.CREDENTIALS).orElse("").contains("master_symmetric_key=");
        if ((key || symmetric) && !has(UnloadOption.ENCRYPTED)) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "KMS_KEY_ID and MASTER_SYMMETRIC_KEY need the ENCRYPTED parameter");
        }
        if (has(UnloadOption.ENCRYPTED) && (auto ? 1 : 0) + (key ? 1 : 0) + (symmetric ? 1 : 0) != 1) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "ENCRYPTED needs one of KMS_KEY_ID, MASTER_SYMMETRIC_KEY and AUTO");
        }
        if (key && has(UnloadOption.CREDENTIALS)) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "CREDENTIALS cannot be used with KMS_KEY_ID: use IAM_ROLE");
        }
        if (symmetric && rows instanceof UnloadFormat.Parquet) {
            throw new StatementRefused(
                    SqlError.NOT_SUPPORTED, "PARQUET with ENCRYPTED is only supported with an AWS KMS key");
        }
        if (symmetric) {
            throw StatementRefused.notYet("client-side encryption (MASTER_SYMMETRIC_KEY)");
        }
    }

    private boolean has(UnloadOption option) {
        return options.containsKey(option);
    }

    private Optional<String> value(UnloadOption option) {
        return Optional.ofNullable(options.get(option));
    }

    private static StatementRefused conflicting() {
        return new StatementRefused(SqlError.SYNTAX_ERROR, "conflicting or redundant options");
    }
}

package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.redshift.copy.DataFormat.FieldMapping;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.wire.SqlError;

/** What the checked words of a COPY mean; refuses arguments that mean nothing. */
final class CopyMeaning {
    private static final String ROLE = "arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=.@/-]+";

    private CopyMeaning() {}

    static DataFormat format(CopyWords words) {
        return switch (words.format()) {
            case PARQUET -> parquet(words);
            case ORC, SHAPEFILE -> throw StatementRefused.notYet("COPY of " + words.format());
            case CSV -> csv(words);
            case TEXT ->
                new DataFormat.Delimited(
                        character(words, CopyOption.DELIMITER, '|'),
                        words.has(CopyOption.ESCAPE),
                        words.has(CopyOption.REMOVEQUOTES));
            case FIXEDWIDTH -> new DataFormat.FixedWidth(widths(words));
            case JSON -> new DataFormat.Json(mapping(words));
            case AVRO -> new DataFormat.Avro(mapping(words));
        };
    }

    private static DataFormat parquet(CopyWords words) {
        for (CopyOption option : List.of(
                CopyOption.ACCEPTINVCHARS,
                CopyOption.FILLRECORD,
                CopyOption.EXPLICIT_IDS,
                CopyOption.SERIALIZETOJSON)) {
            if (words.has(option)) {
                throw StatementRefused.notYet(option + " for PARQUET");
            }
        }
        return new DataFormat.Parquet();
    }

    private static DataFormat csv(CopyWords words) {
        byte delimiter = character(words, CopyOption.DELIMITER, ',');
        byte quote = character(words, CopyOption.QUOTE, '"');
        if (delimiter == quote) {
            throw invalid("QUOTE and DELIMITER must be different characters");
        }
        return new DataFormat.Csv(delimiter, quote);
    }

    /** One ASCII character that is not the end of a line. */
    private static byte character(CopyWords words, CopyOption option, char otherwise) {
        String text = words.argument(option).orElse(String.valueOf(otherwise));
        if (text.length() != 1 || text.charAt(0) > 127) {
            throw invalid("COPY " + option.name().toLowerCase(Locale.ROOT) + " must be a single ASCII character");
        }
        if (text.charAt(0) == '\n' || text.charAt(0) == '\r' || text.charAt(0) == 0) {
            throw invalid(
                    "COPY " + option.name().toLowerCase(Locale.ROOT) + " cannot be newline, carriage return or NUL");
        }
        return (byte) text.charAt(0);
    }

    /** {@code label:width,…} */
    private static List<Integer> widths(CopyWords words) {
        List<Integer> widths = new ArrayList<>();
        for (String pair : words.formatArgument().orElse("").split(",", -1)) {
            String width = pair.substring(pair.lastIndexOf(':') + 1).strip();
            if (pair.indexOf(':') < 1 || !width.matches("[1-9]\\d{0,6}")) {
                throw invalid("Invalid FIXEDWIDTH specification '" + pair + "': expected label:width");
            }
            widths.add(Integer.parseInt(width));
        }
        return widths;
    }

    private static FieldMapping mapping(CopyWords words) {
        String argument = words.formatArgument().orElse("auto");
        Optional<S3Location> paths =
                S3Location.of(argument).filter(file -> !file.key().isEmpty());
        if (paths.isPresent()) {
            return new FieldMapping.Paths(paths.get());
        }
        return switch (argument) {
            case "auto" -> new FieldMapping.Auto(false);
            case "auto ignorecase" -> new FieldMapping.Auto(true);
            case "noshred" -> {
                if (words.format() != CopyFormat.JSON) {
                    throw invalid(
                            "Invalid AVRO option 'noshred': expected 'auto', 'auto ignorecase' or a JSONPaths file");
                }
                yield new FieldMapping.NoShred();
            }
            default ->
                throw invalid("Invalid " + words.format() + " option '" + argument
                        + "': expected 'auto', 'auto ignorecase' or a JSONPaths file");
        };
    }

    static CopyOptions options(CopyWords words) {
        return new CopyOptions(
                words.has(CopyOption.MANIFEST),
                words.argument(CopyOption.REGION),
                compression(words),
                encoding(words),
                conversion(words),
                errors(words),
                words.has(CopyOption.EXPLICIT_IDS),
                words.has(CopyOption.FILLRECORD),
                words.has(CopyOption.IGNOREBLANKLINES),
                words.argument(CopyOption.IGNOREHEADER).map(Integer::parseInt).orElse(0),
                words.has(CopyOption.NOLOAD));
    }

    /** Comes last: what Redshift refuses is said before what the stand-in cannot. */
    static void checkCarriedOut(CopyWords words) {
        if (words.has(CopyOption.LZOP)) {
            throw StatementRefused.notYet("LZOP");
        }
        if (words.has(CopyOption.ENCRYPTED)) {
            // r_COPY.html: "no longer open to new customers starting April 30, 2025"
            throw StatementRefused.notYet("client-side encryption");
        }
    }

    private static CopyOptions.Compression compression(CopyWords words) {
        return words.has(CopyOption.GZIP)
                ? CopyOptions.Compression.GZIP
                : words.has(CopyOption.BZIP2)
                        ? CopyOptions.Compression.BZIP2
                        : words.has(CopyOption.ZSTD) ? CopyOptions.Compression.ZSTD : CopyOptions.Compression.NONE;
    }

    private static CopyOptions.Encoding encoding(CopyWords words) {
        String name = words.argument(CopyOption.ENCODING).orElse("utf8").toUpperCase(Locale.ROOT);
        for (CopyOptions.Encoding encoding : CopyOptions.Encoding.values()) {
            if (encoding.name().equals(name)) {
                // "Fixed-width data files must use UTF-8 encoding": copy-parameters-data-conversion.html
                if (encoding != CopyOptions.Encoding.UTF8 && words.format() == CopyFormat.FIXEDWIDTH) {
                    throw new StatementRefused(
                            SqlError.NOT_SUPPORTED, "FIXEDWIDTH is not compatible with ENCODING " + name);
                }
                return encoding;
            }
        }
        throw invalid("Invalid encoding '" + name + "': expected UTF8, UTF16, UTF16LE or UTF16BE");
    }

    private static CopyOptions.Conversion conversion(CopyWords words) {
        Optional<Byte> replacement = words.argument(CopyOption.ACCEPTINVCHARS).map(text -> {
            if (text.length() != 1 || text.charAt(0) > 127 || text.charAt(0) == 0) {
                throw invalid(
                        "The replacement character of ACCEPTINVCHARS must be a single ASCII character except NULL");
            }
            return (byte) text.charAt(0);
        });
        String dateFormat =
                timePattern(words, CopyOption.DATEFORMAT, List.of("auto")).orElse("YYYY-MM-DD");
        String timeFormat = timePattern(words, CopyOption.TIMEFORMAT, List.of("auto", "epochsecs", "epochmillisecs"))
                .orElse("");
        return new CopyOptions.Conversion(
                words.has(CopyOption.ACCEPTANYDATE),
                replacement,
                words.has(CopyOption.BLANKSASNULL),
                words.has(CopyOption.EMPTYASNULL),
                dateFormat,
                timeFormat,
                nullAs(words),
                words.has(CopyOption.ROUNDEC),
                words.has(CopyOption.TRIMBLANKS),
                words.has(CopyOption.TRUNCATECOLUMNS));
    }

    /** The keywords are case-sensitive: copy-parameters-data-conversion.html. */
    private static Optional<String> timePattern(CopyWords words, CopyOption option, List<String> keywords) {
        Optional<String> text = words.argument(option);
        if (text.isPresent()
                && !keywords.contains(text.get())
                && TimePattern.of(text.get()).isEmpty()) {
            throw invalid("Invalid " + option + " '" + text.get() + "'");
        }
        return text;
    }

    private static Optional<String> nullAs(CopyWords words) {
        Optional<String> text = words.argument(CopyOption.NULL);
        if (text.isPresent() && text.get().indexOf('\n') >= 0) {
            // "Do not use '\n' (newline) for the null_string value": copy-parameters-data-conversion.html
            throw invalid("COPY null representation cannot use newline");
        }
        return text;
    }

    private static CopyOptions.ErrorLimit errors(CopyWords words) {
        return words.has(CopyOption.IGNOREALLERRORS)
                ? CopyOptions.ErrorLimit.NONE
                : new CopyOptions.ErrorLimit(
                        words.argument(CopyOption.MAXERROR).map(Long::parseLong).orElse(0L));
    }

    static Authorization authorization(CopyWords words) {
        boolean keys = words.has(CopyOption.ACCESS_KEY_ID)
                || words.has(CopyOption.SECRET_ACCESS_KEY)
                || words.has(CopyOption.SESSION_TOKEN);
        int ways =
                (words.has(CopyOption.IAM_ROLE) ? 1 : 0) + (words.has(CopyOption.CREDENTIALS) ? 1 : 0) + (keys ? 1 : 0);
        if (ways > 1) {
            throw CopyWords.conflicting();
        }
        if (ways == 0) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR,
                    "COPY must specify an authorization: IAM_ROLE default or IAM_ROLE 'arn:aws:iam::…'");
        }
        if (words.has(CopyOption.IAM_ROLE)) {
            return roles(words.argument(CopyOption.IAM_ROLE).orElseThrow());
        }
        Map<String, String> named = keys ? named(words) : credentials(words);
        if (named.containsKey("aws_iam_role")) {
            return roles(named.get("aws_iam_role"));
        }
        if (words.format().isColumnar()) {
            // field: refused in 2020 for ORC and Parquet, although the guide lists ACCESS_KEY_ID for them
            throw new StatementRefused(
                    CopyFailure.internal("COPY from this file format only accepts IAM_ROLE credentials", 8001, ""));
        }
        if (!named.containsKey("aws_access_key_id") || !named.containsKey("aws_secret_access_key")) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR, "ACCESS_KEY_ID and SECRET_ACCESS_KEY must be specified together");
        }
        return new Authorization.Keys(
                named.get("aws_access_key_id"),
                named.get("aws_secret_access_key"),
                Optional.ofNullable(named.get("token")));
    }

    private static Map<String, String> named(CopyWords words) {
        Map<String, String> named = new LinkedHashMap<>();
        words.argument(CopyOption.ACCESS_KEY_ID).ifPresent(value -> named.put("aws_access_key_id", value));
        words.argument(CopyOption.SECRET_ACCESS_KEY).ifPresent(value -> named.put("aws_secret_access_key", value));
        words.argument(CopyOption.SESSION_TOKEN).ifPresent(value -> named.put("token", value));
        return named;
    }

    /** {@code name=value;…}: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-authorization.html */
    private static Map<String, String> credentials(CopyWords words) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String pair : words.argument(CopyOption.CREDENTIALS).orElseThrow().split(";")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0
                    || !List.of(
                                    "aws_iam_role",
                                    "aws_access_key_id",
                                    "aws_secret_access_key",
                                    "token",
                                    "master_symmetric_key")
                            .contains(name)) {
                throw new StatementRefused(CopyFailure.internal(
                        "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
                                + " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
                        8001,
                        ""));
            }
            named.put(name, pair.substring(equals + 1));
        }
        return named;
    }

    private static Authorization roles(String chain) {
        if (chain.equals("default")) {
            return new Authorization.Roles(List.of());
        }
        List<String> roles = new ArrayList<>();
        for (String role : chain.split(",", -1)) {
            if (!role.matches(ROLE)) {
                throw new StatementRefused(CopyFailure.internal(
                        "Invalid IAM role '" + role + "': expected arn:aws:iam::<12 digits>:role/<name>", 8001, ""));
            }
            roles.add(role);
        }
        return new Authorization.Roles(roles);
    }

    private static StatementRefused invalid(String message) {
        return new StatementRefused(SqlError.INVALID_PARAMETER, message);
    }
}

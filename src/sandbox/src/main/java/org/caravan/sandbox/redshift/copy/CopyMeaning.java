package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.caravan.sandbox.redshift.copy.DataFormat.FieldMapping;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.wire.SqlError;

/** What the checked words of a COPY mean; refuses arguments that mean nothing. */
final class CopyMeaning {
    private CopyMeaning() {}

    static DataFormat format(CopyWords words) {
        return switch (words.format()) {
            case PARQUET -> new DataFormat.Parquet(words.has(CopyOption.SERIALIZETOJSON));
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
        Authorization authorization = Authorization.of(
                new Authorization.Words(
                        words.argument(CopyOption.IAM_ROLE),
                        words.argument(CopyOption.CREDENTIALS),
                        words.argument(CopyOption.ACCESS_KEY_ID),
                        words.argument(CopyOption.SECRET_ACCESS_KEY),
                        words.argument(CopyOption.SESSION_TOKEN)),
                "COPY");
        if (words.format().isColumnar() && authorization instanceof Authorization.Keys) {
            // field: refused in 2020 for ORC and Parquet, although the guide lists ACCESS_KEY_ID for them
            throw new StatementRefused(
                    CopyFailure.internal("COPY from this file format only accepts IAM_ROLE credentials", 8001, ""));
        }
        return authorization;
    }

    private static StatementRefused invalid(String message) {
        return new StatementRefused(SqlError.INVALID_PARAMETER, message);
    }
}

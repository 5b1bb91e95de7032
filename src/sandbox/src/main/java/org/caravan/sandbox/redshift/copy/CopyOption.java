package org.caravan.sandbox.redshift.copy;

import static org.caravan.sandbox.redshift.copy.CopyFormat.AVRO;
import static org.caravan.sandbox.redshift.copy.CopyFormat.CSV;
import static org.caravan.sandbox.redshift.copy.CopyFormat.FIXEDWIDTH;
import static org.caravan.sandbox.redshift.copy.CopyFormat.JSON;
import static org.caravan.sandbox.redshift.copy.CopyFormat.ORC;
import static org.caravan.sandbox.redshift.copy.CopyFormat.PARQUET;
import static org.caravan.sandbox.redshift.copy.CopyFormat.SHAPEFILE;
import static org.caravan.sandbox.redshift.copy.CopyFormat.TEXT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words of COPY after its source, the arguments they take and the formats they are for.
 *
 * <p>Sources, below https://docs.aws.amazon.com/redshift/latest/dg/: r_COPY.html for the words; for the columnar formats the list
 * in copy-usage_notes-copy-from-columnar.html; for CSV, JSON, DELIMITER and FIXEDWIDTH what copy-parameters-data-format.html
 * excludes. That Avro excludes what JSON does, and that a shapefile takes GZIP and REGION only, is assumed.
 * {@code conformance/copy-options.csv} says the same cell by cell, and a test compares them.
 */
enum CopyOption {
    IAM_ROLE(Argument.ROLE, Formats.ALL),
    CREDENTIALS(Argument.STRING, Formats.ALL),
    ACCESS_KEY_ID(Argument.STRING, Formats.ALL),
    SECRET_ACCESS_KEY(Argument.STRING, Formats.ALL),
    SESSION_TOKEN(Argument.STRING, Formats.ALL),
    MANIFEST(Argument.NONE, Formats.NOT_SHAPEFILE),
    STATUPDATE(Argument.SWITCH, Formats.NOT_SHAPEFILE),
    EXPLICIT_IDS(Argument.NONE, Formats.NOT_SHAPEFILE),
    ACCEPTINVCHARS(Argument.OPTIONAL_STRING, Formats.NOT_SHAPEFILE),
    FILLRECORD(Argument.NONE, EnumSet.of(TEXT, CSV, FIXEDWIDTH, PARQUET, ORC)),
    SERIALIZETOJSON(Argument.NONE, EnumSet.of(PARQUET, ORC)),
    REGION(Argument.STRING, EnumSet.of(TEXT, CSV, FIXEDWIDTH, JSON, AVRO, SHAPEFILE)),
    GZIP(Argument.NONE, EnumSet.of(TEXT, CSV, FIXEDWIDTH, JSON, AVRO, SHAPEFILE)),
    BZIP2(Argument.NONE, Formats.BY_ROWS),
    LZOP(Argument.NONE, Formats.BY_ROWS),
    ZSTD(Argument.NONE, Formats.BY_ROWS),
    ENCRYPTED(Argument.NONE, Formats.BY_ROWS),
    MASTER_SYMMETRIC_KEY(Argument.STRING, Formats.BY_ROWS),
    ACCEPTANYDATE(Argument.NONE, Formats.BY_ROWS),
    BLANKSASNULL(Argument.NONE, Formats.BY_ROWS),
    DATEFORMAT(Argument.STRING, Formats.BY_ROWS),
    EMPTYASNULL(Argument.NONE, Formats.BY_ROWS),
    ROUNDEC(Argument.NONE, Formats.BY_ROWS),
    TIMEFORMAT(Argument.STRING, Formats.BY_ROWS),
    TRIMBLANKS(Argument.NONE, Formats.BY_ROWS),
    TRUNCATECOLUMNS(Argument.NONE, Formats.BY_ROWS),
    COMPROWS(Argument.NUMBER, Formats.BY_ROWS),
    COMPUPDATE(Argument.SWITCH, Formats.BY_ROWS),
    IGNOREALLERRORS(Argument.NONE, Formats.BY_ROWS),
    MAXERROR(Argument.NUMBER, Formats.BY_ROWS),
    NOLOAD(Argument.NONE, Formats.BY_ROWS),
    ENCODING(Argument.WORD, EnumSet.of(TEXT, CSV, FIXEDWIDTH, JSON)),
    IGNOREHEADER(Argument.NUMBER, EnumSet.of(TEXT, CSV, FIXEDWIDTH, JSON)),
    IGNOREBLANKLINES(Argument.NONE, Formats.OF_LINES),
    NULL(Argument.RAW_STRING, Formats.OF_LINES),
    ESCAPE(Argument.NONE, EnumSet.of(TEXT)),
    REMOVEQUOTES(Argument.NONE, EnumSet.of(TEXT)),
    DELIMITER(Argument.RAW_STRING, EnumSet.of(TEXT, CSV)),
    QUOTE(Argument.RAW_STRING, EnumSet.of(CSV)),
    /** Of COPY from DynamoDB. */
    READRATIO(Argument.NUMBER, EnumSet.noneOf(CopyFormat.class)),
    /** Of COPY from a remote host. */
    SSH(Argument.NONE, EnumSet.noneOf(CopyFormat.class));

    /** What follows the word; every argument may be preceded by AS. */
    enum Argument {
        NONE,
        STRING,
        /** A string whose backslashes COPY reads itself. */
        RAW_STRING,
        OPTIONAL_STRING,
        NUMBER,
        WORD,
        SWITCH,
        ROLE
    }

    private static final class Formats {
        static final Set<CopyFormat> ALL = EnumSet.allOf(CopyFormat.class);
        static final Set<CopyFormat> NOT_SHAPEFILE = EnumSet.complementOf(EnumSet.of(SHAPEFILE));
        static final Set<CopyFormat> BY_ROWS = EnumSet.of(TEXT, CSV, FIXEDWIDTH, JSON, AVRO);
        static final Set<CopyFormat> OF_LINES = EnumSet.of(TEXT, CSV, FIXEDWIDTH);
    }

    private final Argument argument;
    private final Set<CopyFormat> formats;

    CopyOption(Argument argument, Set<CopyFormat> formats) {
        this.argument = argument;
        this.formats = formats;
    }

    Argument argument() {
        return argument;
    }

    boolean isFor(CopyFormat format) {
        return formats.contains(format);
    }

    static Optional<CopyOption> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(option -> option.name().equals(upper))
                .findFirst();
    }
}

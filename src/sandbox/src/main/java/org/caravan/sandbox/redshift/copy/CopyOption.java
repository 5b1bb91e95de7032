package org.caravan.sandbox.redshift.copy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of COPY after its source and the arguments they take:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_COPY.html and r_COPY-parameters.html.
 */
enum CopyOption {
    IAM_ROLE(Argument.ROLE, true),
    CREDENTIALS(Argument.STRING, true),
    ACCESS_KEY_ID(Argument.STRING, true),
    SECRET_ACCESS_KEY(Argument.STRING, true),
    SESSION_TOKEN(Argument.STRING, true),
    MANIFEST(Argument.NONE, true),
    ACCEPTINVCHARS(Argument.OPTIONAL_STRING, true),
    FILLRECORD(Argument.NONE, true),
    STATUPDATE(Argument.SWITCH, true),
    EXPLICIT_IDS(Argument.NONE, true),
    SERIALIZETOJSON(Argument.NONE, true),
    ENCRYPTED(Argument.NONE, false),
    MASTER_SYMMETRIC_KEY(Argument.STRING, false),
    REGION(Argument.STRING, false),
    GZIP(Argument.NONE, false),
    BZIP2(Argument.NONE, false),
    LZOP(Argument.NONE, false),
    ZSTD(Argument.NONE, false),
    ACCEPTANYDATE(Argument.NONE, false),
    BLANKSASNULL(Argument.NONE, false),
    DATEFORMAT(Argument.STRING, false),
    EMPTYASNULL(Argument.NONE, false),
    ENCODING(Argument.WORD, false),
    ESCAPE(Argument.NONE, false),
    IGNOREBLANKLINES(Argument.NONE, false),
    IGNOREHEADER(Argument.NUMBER, false),
    NULL(Argument.STRING, false),
    REMOVEQUOTES(Argument.NONE, false),
    ROUNDEC(Argument.NONE, false),
    TIMEFORMAT(Argument.STRING, false),
    TRIMBLANKS(Argument.NONE, false),
    TRUNCATECOLUMNS(Argument.NONE, false),
    COMPROWS(Argument.NUMBER, false),
    COMPUPDATE(Argument.SWITCH, false),
    IGNOREALLERRORS(Argument.NONE, false),
    MAXERROR(Argument.NUMBER, false),
    NOLOAD(Argument.NONE, false),
    READRATIO(Argument.NUMBER, false),
    SSH(Argument.NONE, false),
    QUOTE(Argument.STRING, false),
    DELIMITER(Argument.STRING, false),
    FIXEDWIDTH(Argument.STRING, false);

    /** What follows the word; every argument may be preceded by AS. */
    enum Argument {
        NONE,
        STRING,
        OPTIONAL_STRING,
        NUMBER,
        WORD,
        SWITCH,
        ROLE
    }

    private final Argument argument;
    private final boolean forColumnarFormats;

    CopyOption(Argument argument, boolean forColumnarFormats) {
        this.argument = argument;
        this.forColumnarFormats = forColumnarFormats;
    }

    Argument argument() {
        return argument;
    }

    /** https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html lists what Parquet and ORC take. */
    boolean forColumnarFormats() {
        return forColumnarFormats;
    }

    static Optional<CopyOption> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(option -> option.name().equals(upper))
                .findFirst();
    }
}

package org.caravan.sandbox.redshift.unload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words of UNLOAD after its location, and the formats that do not take them: r_UNLOAD.html, "Parameters". */
enum UnloadOption {
    IAM_ROLE,
    CREDENTIALS,
    ACCESS_KEY_ID,
    SECRET_ACCESS_KEY,
    SESSION_TOKEN,
    MANIFEST,
    HEADER("PARQUET", "JSON", "FIXEDWIDTH"),
    DELIMITER("PARQUET", "JSON", "FIXEDWIDTH"),
    FIXEDWIDTH("PARQUET", "JSON", "CSV"),
    ENCRYPTED,
    KMS_KEY_ID,
    MASTER_SYMMETRIC_KEY,
    BZIP2("PARQUET"),
    GZIP("PARQUET"),
    ZSTD("PARQUET"),
    ADDQUOTES("PARQUET", "JSON", "CSV", "FIXEDWIDTH"),
    NULL("PARQUET", "JSON"),
    ESCAPE("PARQUET", "JSON", "CSV", "FIXEDWIDTH"),
    ALLOWOVERWRITE,
    CLEANPATH,
    PARALLEL,
    MAXFILESIZE,
    ROWGROUPSIZE("CSV", "JSON", "FIXEDWIDTH", "TEXT"),
    REGION,
    EXTENSION,
    PARTITION;

    private final Set<String> refusedBy;

    UnloadOption(String... refusedBy) {
        this.refusedBy = Set.of(refusedBy);
    }

    boolean isTakenBy(String format) {
        return !refusedBy.contains(format);
    }

    static Optional<UnloadOption> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(option -> option.name().equals(upper))
                .findFirst();
    }
}

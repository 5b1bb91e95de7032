package org.caravan.sandbox.redshift.copy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * The words of one COPY and their arguments, after the grammar and before their meaning: checks that they are for the format,
 * agree with each other and have arguments in range.
 *
 * @param formatArgument what followed the name of the format: the widths, {@code 'auto'}, a file of paths
 */
record CopyWords(CopyFormat format, Optional<String> formatArgument, Map<CopyOption, String> options) {
    private static final List<CopyOption> COMPRESSIONS =
            List.of(CopyOption.GZIP, CopyOption.BZIP2, CopyOption.LZOP, CopyOption.ZSTD);
    private static final long MAX_ERRORS = 100_000;
    private static final long MIN_SAMPLE = 1000;

    CopyWords {
        options = new EnumMap<>(options);
    }

    boolean has(CopyOption option) {
        return options.containsKey(option);
    }

    Optional<String> argument(CopyOption option) {
        return Optional.ofNullable(options.get(option));
    }

    void check() {
        for (CopyOption option : options.keySet()) {
            if (!option.isFor(format)) {
                throw new StatementRefused(SqlError.NOT_SUPPORTED, incompatible(option));
            }
        }
        if (COMPRESSIONS.stream().filter(this::has).count() > 1) {
            throw conflicting();
        }
        // https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html
        if (has(CopyOption.IGNOREALLERRORS) && has(CopyOption.MAXERROR)) {
            throw new StatementRefused(SqlError.SYNTAX_ERROR, "IGNOREALLERRORS is not compatible with MAXERROR");
        }
        range(CopyOption.MAXERROR, 0, MAX_ERRORS);
        range(CopyOption.COMPROWS, MIN_SAMPLE, Integer.MAX_VALUE);
        range(CopyOption.IGNOREHEADER, 0, Integer.MAX_VALUE);
        if (has(CopyOption.ENCRYPTED) != has(CopyOption.MASTER_SYMMETRIC_KEY)) {
            // MASTER_SYMMETRIC_KEY or CREDENTIALS 'master_symmetric_key=…': copy-parameters-data-source-s3.html
            if (has(CopyOption.MASTER_SYMMETRIC_KEY)
                    || !argument(CopyOption.CREDENTIALS).orElse("").contains("master_symmetric_key=")) {
                throw new StatementRefused(
                        SqlError.SYNTAX_ERROR, "ENCRYPTED and MASTER_SYMMETRIC_KEY must be specified together");
            }
        }
    }

    /**
     * field: "REGION argument is not supported for PARQUET based COPY"; "CSV is not compatible with ESCAPE"
     * (https://github.com/awslabs/aws-lambda-redshift-loader/issues/51)
     */
    private String incompatible(CopyOption option) {
        return format.isColumnar()
                ? option + " argument is not supported for " + format + " based COPY"
                : (format == CopyFormat.TEXT ? "DELIMITER" : format) + " is not compatible with " + option;
    }

    private void range(CopyOption option, long least, long most) {
        if (!has(option)) {
            return;
        }
        String text = options.get(option);
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least || Long.parseLong(text) > most) {
            throw new StatementRefused(
                    SqlError.INVALID_PARAMETER,
                    "Invalid " + option + " value " + text + ": it must be between " + least + " and " + most);
        }
    }

    static StatementRefused conflicting() {
        return new StatementRefused(SqlError.SYNTAX_ERROR, "conflicting or redundant options");
    }
}

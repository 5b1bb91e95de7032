package org.caravan.sandbox.redshift.copy;

import java.util.Optional;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * A COPY that fails after its grammar was accepted.
 *
 * @param error what the client reads
 * @param loadError what STL_LOAD_ERRORS and SYS_LOAD_ERROR_DETAIL keep, if the data are to blame
 */
public record CopyFailure(SqlError error, Optional<LoadError> loadError) {
    /** field: the load error tables say "Spectrum Scan Error. The length of …". */
    private static final String SPECTRUM = "Spectrum Scan Error";

    private static final String RULE = "-----------------------------------------------";

    /** The frame in which Redshift reports internal errors; field reports show it for S3, IAM and Spectrum alike. */
    public static SqlError internal(String message, int code, String context) {
        String detail = "\n  " + RULE + "\n  error:  " + message + "\n  code:      " + code + "\n  context:   "
                + context + "\n  query:     0\n  location:  stand-in\n  process:   caravan sandbox\n  " + RULE;
        return SqlError.error(SqlError.INTERNAL, message).withDetail(detail);
    }

    public static CopyFailure of(String message, int code, String context) {
        return new CopyFailure(internal(message, code, context), Optional.empty());
    }

    /** A file that does not fit the table. */
    static CopyFailure spectrum(int code, String context, LoadError loadError) {
        return new CopyFailure(internal(SPECTRUM, code, context), Optional.of(loadError.withPrefix(SPECTRUM + ". ")));
    }

    public static CopyFailure cancelled() {
        return new CopyFailure(SqlError.error("57014", "Query cancelled on user's request"), Optional.empty());
    }

    /** Thrown from wherever the failure is found. */
    public static final class Thrown extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient CopyFailure failure;

        Thrown(CopyFailure failure) {
            super(failure.error().message());
            this.failure = failure;
        }

        public CopyFailure failure() {
            return failure;
        }
    }

    public Thrown thrown() {
        return new Thrown(this);
    }
}

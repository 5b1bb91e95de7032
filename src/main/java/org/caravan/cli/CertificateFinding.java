package org.caravan.cli;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;

/**
 * One thing that a certificate says, held against what is there now; immutable.
 *
 * @param point where it was looked for, such as {@code files}
 * @param category of what went wrong where it could not be checked
 * @param successor the run that has replaced the rows
 */
record CertificateFinding(
        Verdict verdict, String point, String message, Optional<Category> category, Optional<String> successor) {
    /** What came of it. */
    enum Verdict {
        /** It is as the certificate says. */
        HOLDS,
        /** It is not. */
        DIFFERS,
        /** A later run has replaced it. */
        SUPERSEDED,
        /** It was deleted, as the retention allows. */
        CLEANED,
        /** It is not checked, for the reason given. */
        UNCHECKED,
        /** It could not be checked now. */
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CertificateFinding {
        requireNonNull(verdict, "verdict");
        requireNonNull(point, "point");
        message = Masking.masked(message);
        requireNonNull(category, "category");
        requireNonNull(successor, "successor");
    }

    CertificateFinding(Verdict verdict, String point, String message) {
        this(verdict, point, message, Optional.empty(), Optional.empty());
    }

    static CertificateFinding failed(String point, CaravanException error) {
        return new CertificateFinding(
                Verdict.FAILED, point, error.getMessage(), Optional.of(error.category()), Optional.empty());
    }

    static CertificateFinding superseded(String point, String successor, String message) {
        return new CertificateFinding(Verdict.SUPERSEDED, point, message, Optional.empty(), Optional.of(successor));
    }

    static CertificateFinding holds(String point, String message) {
        return new CertificateFinding(Verdict.HOLDS, point, message);
    }

    static CertificateFinding differs(String point, String message) {
        return new CertificateFinding(Verdict.DIFFERS, point, message);
    }

    static CertificateFinding unchecked(String point, String message) {
        return new CertificateFinding(Verdict.UNCHECKED, point, message);
    }
}

package org.caravan.sandbox.redshift;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravan.sandbox.control.Fault;
import org.caravan.sandbox.control.FaultField;
import org.caravan.sandbox.control.FaultKind;
import org.caravan.sandbox.control.Faults;
import org.caravan.sandbox.redshift.copy.ReadFaults;
import org.caravan.sandbox.redshift.wire.SqlError;

/** The faults that the stand-in of Redshift knows, and the words in which some of them end. */
final class RedshiftFaults {
    static final String DROP_BEFORE = "drop-before";
    static final String DROP_DURING = "drop-during";
    static final String DROP_AFTER = "drop-after";
    static final String DROP_BEFORE_COMMIT = "drop-before-commit";
    static final String DROP_AFTER_COMMIT = "drop-after-commit";
    static final String SLOW = "slow";
    static final String ERROR = "error";
    static final String DISK_FULL = "disk-full";
    static final String MAINTENANCE = "maintenance";

    private static final List<FaultKind> KINDS = List.of(
            FaultKind.of(
                    DROP_BEFORE, "the connection ends before the statement reaches the server", FaultField.STATEMENT),
            FaultKind.of(
                    DROP_DURING,
                    "the connection ends some milliseconds (50 if not said) after the statement began; its work is undone",
                    FaultField.STATEMENT,
                    FaultField.MILLIS),
            FaultKind.of(
                    DROP_AFTER,
                    "the statement is carried out, and committed if it is its own transaction; then the connection ends"
                            + " without an answer",
                    FaultField.STATEMENT),
            FaultKind.of(DROP_BEFORE_COMMIT, "the connection ends before a COMMIT reaches the server"),
            FaultKind.of(DROP_AFTER_COMMIT, "a COMMIT is carried out; then the connection ends without an answer"),
            FaultKind.of(SLOW, "the statement takes so much longer; it can be cancelled", FaultField.STATEMENT)
                    .needing(FaultField.MILLIS),
            FaultKind.of(
                            ERROR,
                            "the statement fails with this error, and the transaction with it",
                            FaultField.STATEMENT,
                            FaultField.DETAIL)
                    .needing(FaultField.STATE, FaultField.MESSAGE),
            FaultKind.of(DISK_FULL, "the statement fails because the cluster's disks are full", FaultField.STATEMENT),
            FaultKind.of(MAINTENANCE, "a new connection is refused, as by a cluster that restarts"));

    private RedshiftFaults() {}

    static Faults none() {
        return new Faults(
                Stream.concat(KINDS.stream(), ReadFaults.KINDS.stream()).toList());
    }

    /**
     * Redshift grew out of PostgreSQL 8, whose postmaster says this while it starts
     * (https://www.postgresql.org/docs/8.0/errcodes-appendix.html, 57P03); what a cluster in maintenance says is not documented.
     */
    static Optional<SqlError> refusal(Faults faults) {
        return faults.strike(MAINTENANCE, fault -> true)
                .map(fault -> SqlError.fatal("57P03", "the database system is starting up"));
    }

    static SqlError error(Fault fault) {
        SqlError error = SqlError.error(
                fault.text(FaultField.STATE).orElseThrow(),
                fault.text(FaultField.MESSAGE).orElseThrow());
        return fault.text(FaultField.DETAIL).map(error::withDetail).orElse(error);
    }

    /** The words of field reports of a full cluster; the page that holds them was not opened again, so take them as assumed. */
    static SqlError diskFull() {
        String rule = "-----------------------------------------------";
        return SqlError.error(SqlError.INTERNAL, "Disk Full")
                .withDetail(
                        "\n  " + rule + "\n  error:  Disk Full\n  code:      1016\n  context:   node: 0\n  query:     0"
                                + "\n  location:  fdisk_api.cpp:345\n  process:   caravan sandbox\n  " + rule);
    }
}

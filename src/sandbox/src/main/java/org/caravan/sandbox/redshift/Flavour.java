package org.caravan.sandbox.redshift;

import java.util.List;
import java.util.Locale;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.syntax.Token;

/** Which of the two services there are: they differ in the system tables that a user may read. */
enum Flavour {
    PROVISIONED("serializable", List.of()),
    /** https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-monitoring.html: SYS views instead of STL, STV and SVL. */
    SERVERLESS("snapshot", List.of("stl_", "stv_", "svl_", "svcs_"));

    private final String isolation;
    private final List<String> denied;

    Flavour(String isolation, List<String> denied) {
        this.isolation = isolation;
        this.denied = denied;
    }

    /** By its name on the command line. */
    static Flavour of(String name) {
        for (Flavour flavour : values()) {
            if (flavour.name().equalsIgnoreCase(name)) {
                return flavour;
            }
        }
        throw new IllegalArgumentException("the flavour of Redshift is provisioned or serverless, not '" + name + "'");
    }

    /**
     * The isolation level of databases that are made without one
     * (https://aws.amazon.com/about-aws/whats-new/2022/05/amazon-redshift-snapshot-isolation-level-support-concurrent-transactions).
     */
    String isolation() {
        return isolation;
    }

    /** Refuses a statement that names a system table this service does not show. */
    void check(List<Token> statement) {
        for (Token token : statement) {
            if (token.isName()) {
                String name = token.name().toLowerCase(Locale.ROOT);
                if (denied.stream().anyMatch(name::startsWith)) {
                    throw new StatementRefused("42501", "permission denied for relation " + name);
                }
            }
        }
    }
}

package org.caravan.ledger;

import java.time.Instant;

/** Writes the certificate of a run beside its files. */
public interface Certifier {
    /**
     * Writes the certificate of a run that ended well and is published; called once, when nothing but the note of its end is left.
     *
     * @param ended when the run ended
     * @return the certificate's text, for the ledger
     */
    String certify(Run run, Instant ended);
}

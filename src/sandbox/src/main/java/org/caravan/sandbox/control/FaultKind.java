package org.caravan.sandbox.control;

import java.util.EnumSet;
import java.util.Set;

/**
 * A fault that a stand-in knows.
 *
 * @param name what orders call it
 * @param effect what it does, for people
 * @param needed the fields that an order must have
 * @param allowed the fields that an order may have beside them
 */
public record FaultKind(String name, String effect, Set<FaultField> needed, Set<FaultField> allowed) {
    public FaultKind {
        needed = Set.copyOf(needed);
        allowed = Set.copyOf(allowed);
    }

    /** A fault that may be counted, and limited by these fields. */
    public static FaultKind of(String name, String effect, FaultField... limits) {
        Set<FaultField> allowed = EnumSet.of(FaultField.COUNT, FaultField.SKIP);
        allowed.addAll(Set.of(limits));
        return new FaultKind(name, effect, Set.of(), allowed);
    }

    /** The same fault, whose orders must have these fields. */
    public FaultKind needing(FaultField... fields) {
        return new FaultKind(name, effect, Set.of(fields), allowed);
    }
}

package org.caravan.sandbox.control;

/** An order that a stand-in does not take; the message says why, and what it takes. */
public final class WrongOrder extends Exception {
    private static final long serialVersionUID = 1L;

    public WrongOrder(String message) {
        super(message);
    }
}

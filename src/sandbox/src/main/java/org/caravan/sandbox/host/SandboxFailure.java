package org.caravan.sandbox.host;

/** The sandbox cannot do what was asked; the message says why, and what to do. */
final class SandboxFailure extends RuntimeException {
    SandboxFailure(String message) {
        super(message);
    }

    SandboxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}

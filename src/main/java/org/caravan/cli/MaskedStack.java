package org.caravan.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** {@code %maskedEx} in the pattern of the log: an exception with its causes, without the secrets of the settings. Thread-safe. */
public final class MaskedStack extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy error) {
        return Masking.masked(super.throwableProxyToString(error));
    }
}

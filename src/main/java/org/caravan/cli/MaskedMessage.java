package org.caravan.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %masked} in the pattern of the log: the message, whoever wrote it, without the secrets of the settings. Thread-safe. */
public final class MaskedMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Masking.masked(super.convert(event));
    }
}

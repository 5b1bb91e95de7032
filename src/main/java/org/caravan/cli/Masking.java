package org.caravan.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicReference;
import org.caravan.ledger.Secrets;
import org.caravan.settings.SecretSettings;
import org.caravan.settings.Settings;

/**
 * Takes the secrets of the settings in force out of what this process says: of its log, whoever writes there, and of its messages.
 * There is one for the process, as there is one log. Thread-safe.
 */
final class Masking {
    private static final AtomicReference<Secrets> KNOWN = new AtomicReference<>(Secrets.NONE);

    private Masking() {}

    /** Learns the secrets of the settings that were read last. */
    static void learn(Settings settings) {
        KNOWN.set(SecretSettings.of(settings));
    }

    static String masked(String text) {
        return KNOWN.get().masked(text);
    }

    /** A writer of lines to another, which stays open; a line is masked as a whole when it ends or is flushed. */
    static PrintWriter over(Writer out) {
        return new PrintWriter(new Lines(out), true);
    }

    private static final class Lines extends FilterWriter {
        private final StringWriter line = new StringWriter();

        Lines(Writer out) {
            super(out);
        }

        @Override
        public void write(int character) throws IOException {
            line.write(character);
            if (character == '\n') {
                flush();
            }
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            line.write(text, offset, length);
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            line.write(text, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.write(masked(line.toString()));
            line.getBuffer().setLength(0);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

package org.caravan.format;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatName;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;
import org.caravan.schema.Batch;
import org.caravan.schema.Column;
import org.caravan.schema.Columns;
import org.caravan.schema.FileFormat;
import org.caravan.schema.RowStream;

/**
 * Marshals a {@link RowStream} (all of its rows), a {@link PartSource} (one part), or an iterator or list of maps (all of them,
 * as stock {@code camel-sql} and {@code camel-jdbc} give them) to a file: what all formats have in common.
 *
 * <p>A row stream, or an iterator that can be closed, is closed at the end, or on failure. A part source is told the outcome and stays open. The output is flushed,
 * never closed. Sets the content type and the headers {@link FormatConstants#ROWS} and {@link FormatConstants#BYTES}.
 *
 * <p>Thread-safe once it is configured: each message has an encoder of its own.
 */
public abstract sealed class RowsDataFormat extends ServiceSupport implements DataFormat, DataFormatName
        permits ParquetDataFormat, AvroDataFormat, TextDataFormat {
    private String types = "";

    public final String getTypes() {
        return types;
    }

    /**
     * Types of columns, such as {@code paid=decimal(12,2), seen=timestamptz}, for rows that are maps and do not show them; none by
     * default.
     */
    public final void setTypes(String types) {
        this.types = requireNonNull(types, "types");
    }

    /**
     * What a file of these columns is, and what COPY must be told of it.
     *
     * @throws IllegalArgumentException if an option is wrong
     * @throws FormatException if the format cannot hold these columns
     */
    public abstract FileFormat fileFormat(Columns columns);

    /**
     * The name of a column's type in a file of this format.
     *
     * @throws IllegalArgumentException if an option is wrong, or the format has no type for it
     */
    public abstract String fileType(Column column);

    /**
     * An encoder with the options that are set.
     *
     * @throws IllegalArgumentException if an option is wrong
     * @throws FormatException if the format cannot hold these columns
     */
    public abstract Encoder encoder(Columns columns, OutputStream out) throws IOException;

    /** Throws an {@link IllegalArgumentException} if an option is wrong. */
    abstract void checkOptions();

    /** Refuses wrong options when the route starts, not at the first row. */
    @Override
    protected final void doInit() {
        DeclaredTypes.parse(types);
        checkOptions();
    }

    @Override
    public final void marshal(Exchange exchange, Object graph, OutputStream stream) throws IOException {
        if (graph instanceof PartSource part) {
            marshalPart(exchange, part, stream);
        } else if (graph instanceof RowStream rows) {
            marshalRows(exchange, rows, stream);
        } else {
            marshalRows(exchange, maps(graph), stream);
        }
    }

    private RowStream maps(Object graph) {
        return MapRows.of(graph, DeclaredTypes.parse(types))
                .orElseThrow(() -> new FormatException("Cannot marshal to " + getDataFormatName() + ": the body is "
                        + (graph == null ? "empty" : "a " + graph.getClass().getName())
                        + ", not a stream of rows; put the step behind caravan-query, or one that gives a RowStream, a"
                        + " PartSource, or an iterator or list of maps"));
    }

    @Override
    public final Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException("The data format '" + getDataFormatName()
                + "' only writes; read a file with the engine that is to trust it, such as Redshift's COPY");
    }

    private void marshalRows(Exchange exchange, RowStream stream, OutputStream output) throws IOException {
        try (RowStream rows = stream;
                Encoder encoder = encoder(rows.columns(), output)) {
            Batch batch = rows.read(Batch.DEFAULT_CAPACITY);
            while (batch.rows() > 0) {
                encoder.write(batch);
                batch = rows.read(Batch.DEFAULT_CAPACITY);
            }
            finish(exchange, rows.columns(), encoder, output);
        }
    }

    private void marshalPart(Exchange exchange, PartSource part, OutputStream given) throws IOException {
        exchange.setProperty(FormatConstants.PART, part);
        releaseWhenOver(exchange, part);
        PartSize size;
        try {
            RowStream rows = part.rows();
            part.format(fileFormat(rows.columns()));
            part.fileTypes(rows.columns().stream().map(this::fileType).toList());
            OutputStream output = part.output(given);
            if (output == given) {
                size = encodePart(exchange, part, rows, given);
            } else {
                try (output) {
                    size = encodePart(exchange, part, rows, output);
                }
            }
        } catch (Throwable cause) {
            tellFailure(part, cause);
            throw cause;
        }
        part.encoded(size.rows(), size.bytes());
    }

    private PartSize encodePart(Exchange exchange, PartSource part, RowStream stream, OutputStream output)
            throws IOException {
        try (Encoder encoder = encoder(stream.columns(), output)) {
            Batch batch = stream.read(Batch.DEFAULT_CAPACITY);
            while (batch.rows() > 0) {
                encoder.write(batch);
                if (part.isFull(encoder.encodedBytes())) {
                    break;
                }
                batch = stream.read(Batch.DEFAULT_CAPACITY);
            }
            finish(exchange, stream.columns(), encoder, output);
            return new PartSize(encoder.rows(), encoder.encodedBytes());
        }
    }

    /** At once, and not in a later step: a step in between may fail. */
    private static void releaseWhenOver(Exchange exchange, PartSource part) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange over) {
                part.released(failure(over));
            }
        });
    }

    /** What an exchange failed with, also if the route's error handler took it: the steps after were not done. */
    private static Optional<Throwable> failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(exchange.getException());
        }
        boolean handled = exchange.getExchangeExtension().isErrorHandlerHandledSet()
                && exchange.getExchangeExtension().isErrorHandlerHandled();
        return handled
                ? Optional.ofNullable(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))
                : Optional.empty();
    }

    private record PartSize(long rows, long bytes) {}

    /** What went wrong first is what the exchange must fail with. */
    private static void tellFailure(PartSource part, Throwable cause) {
        try {
            part.failed(cause);
        } catch (RuntimeException second) {
            cause.addSuppressed(second);
        }
    }

    private void finish(Exchange exchange, Columns columns, Encoder encoder, OutputStream output) throws IOException {
        encoder.finish();
        output.flush();
        exchange.getMessage()
                .setHeader(Exchange.CONTENT_TYPE, fileFormat(columns).contentType());
        exchange.getMessage().setHeader(FormatConstants.ROWS, encoder.rows());
        exchange.getMessage().setHeader(FormatConstants.BYTES, encoder.encodedBytes());
    }
}

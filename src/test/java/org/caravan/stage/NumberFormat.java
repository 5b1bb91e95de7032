package org.caravan.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;
import org.caravan.format.FormatConstants;
import org.caravan.format.ParquetDataFormat;
import org.caravan.format.PartSource;
import org.caravan.schema.Batch;
import org.caravan.schema.RowStream;

/** Encodes each number as one byte; keeps what it encoded, part by part, and notices two encoders at once. */
final class NumberFormat extends ServiceSupport implements DataFormat {
    private final List<List<Long>> parts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean encoding = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();
    private long failingNumber = Long.MAX_VALUE;

    /** Fails at a number, as an encoder does at a value that it cannot hold. */
    void failAt(long number) {
        failingNumber = number;
    }

    @Override
    public void marshal(Exchange exchange, Object body, OutputStream given) throws IOException {
        PartSource part = (PartSource) body;
        exchange.setProperty(FormatConstants.PART, part);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                part.released(Optional.ofNullable(done.getException()));
            }
        });
        if (!encoding.compareAndSet(false, true)) {
            overlapped.set(true);
        }
        List<Long> numbers = new ArrayList<>();
        part.format(new ParquetDataFormat().fileFormat(part.rows().columns()));
        try (OutputStream output = part.output(given)) {
            encode(part, numbers, output);
        } catch (IOException | RuntimeException e) {
            part.failed(e);
            throw e;
        } finally {
            encoding.set(false);
        }
        parts.add(numbers);
        part.encoded(numbers.size(), numbers.size());
    }

    private void encode(PartSource part, List<Long> numbers, OutputStream output) throws IOException {
        RowStream rows = part.rows();
        for (Batch batch = rows.read(10); batch.rows() > 0; batch = rows.read(10)) {
            for (int row = 0; row < batch.rows(); row++) {
                long number = batch.longs(0).get(row);
                if (number == failingNumber) {
                    throw new IllegalStateException(number + " cannot be encoded");
                }
                numbers.add(number);
                output.write((int) number);
            }
            if (part.isFull(numbers.size())) {
                break;
            }
        }
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException();
    }

    /** The numbers of each part that was encoded, in the order in which they were. */
    List<List<Long>> parts() {
        return parts;
    }

    boolean everOverlapped() {
        return overlapped.get();
    }
}

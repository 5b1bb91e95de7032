package org.caravan.observe;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.camel.telemetry.TagConstants;

/**
 * Lets of a span only go out what holds no secret and no SQL: Camel's component attaches endpoints with their options, statements,
 * messages of the log and of exceptions. Thread-safe if the exporter behind it is.
 */
final class PlainSpans implements SpanExporter {
    private static final String OWN = "caravan.";
    private static final Set<String> PLAIN = Set.of(
            TagConstants.COMPONENT,
            TagConstants.EXCHANGE_ID,
            TagConstants.OP,
            TagConstants.URL_SCHEME,
            TagConstants.ERROR);

    private final SpanExporter exporter;

    PlainSpans(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream().<SpanData>map(Plain::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static final class Plain extends DelegatingSpanData {
        private final Attributes attributes;

        Plain(SpanData span) {
            super(span);
            AttributesBuilder kept = span.getAttributes().toBuilder();
            kept.removeIf(key -> !PLAIN.contains(key.getKey()) && !key.getKey().startsWith(OWN));
            this.attributes = kept.build();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }
}

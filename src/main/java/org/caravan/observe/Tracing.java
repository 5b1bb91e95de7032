package org.caravan.observe;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.caravan.ledger.Runs;

/**
 * Traces: a span for each run and each of its steps, and those that Camel's own component makes of routes and endpoints. They leave by
 * OTLP over HTTP, a second or so after their end, and nobody waits for them. The owner closes it, after Camel.
 */
public final class Tracing implements AutoCloseable {
    private static final Duration LONGEST_POST = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String SCOPE = "org.caravan";

    private final SdkTracerProvider provider;

    private Tracing(SpanExporter exporter) {
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "caravan"))))
                .addSpanProcessor(BatchSpanProcessor.builder(new PlainSpans(exporter))
                        .setScheduleDelay(EVERY)
                        .build())
                .build();
    }

    /**
     * Traces that go to a collector.
     *
     * @param endpoint the whole address, which usually ends with {@code /v1/traces}
     */
    public static Tracing to(String endpoint) {
        return to(OtlpHttpSpanExporter.builder()
                .setEndpoint(requireNonNull(endpoint, "endpoint"))
                .setTimeout(LONGEST_POST)
                .build());
    }

    static Tracing to(SpanExporter exporter) {
        return new Tracing(exporter);
    }

    /** Traces a context; to be called before it has routes. */
    public void install(CamelContext context) {
        Tracer tracer = provider.get(SCOPE);
        context.getRegistry().bind("caravan-tracer", tracer);
        // No header of a trace comes in or goes out with a message.
        context.getRegistry().bind("caravan-trace-propagators", ContextPropagators.noop());
        new OpenTelemetryTracer().init(context);
        Runs.of(context).addListener(new RunSpans(tracer));
    }

    @Override
    public void close() {
        provider.shutdown().join(LONGEST_POST.toSeconds(), TimeUnit.SECONDS);
    }
}

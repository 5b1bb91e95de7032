package org.caravan.bench.camel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.dataformat.parquet.avro.ParquetAvroDataFormat;
import org.apache.camel.main.Main;
import org.apache.camel.spi.DataFormat;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A stock Camel route's part: camel-sql streams the rows, {@code collate} makes lists of 100,000, each is marshalled to a file. The
 * last line of its output is how long that took, from the first query until the last file was closed.
 */
public final class CamelCopy {
    private static final int FETCH_SIZE = 10_000;

    private CamelCopy() {}

    /** {@code parquet|csv SQL DIRECTORY}. */
    public static void main(String... args) throws Exception {
        Main main = new Main();
        try (HikariDataSource source = source()) {
            main.bind("source", source);
            main.configure().addRoutesBuilder(route(args[0], Path.of(args[2])));
            main.start();
            ProducerTemplate template = main.getCamelTemplate();
            long begun = System.nanoTime();
            Exchange exchange =
                    template.send("direct:copy", sent -> sent.getMessage().setBody(args[1]));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            System.out.printf(Locale.ROOT, "{\"seconds\":%.3f}%n", (System.nanoTime() - begun) / 1e9);
        } finally {
            main.stop();
        }
    }

    private static HikariDataSource source() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(System.getenv("BENCH_URL"));
        config.setUsername(System.getenv("BENCH_USER"));
        config.setPassword(System.getenv("BENCH_PASSWORD"));
        // With auto-commit pgjdbc fetches all rows at once, whatever the fetch size.
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    private static RouteBuilder route(String format, Path directory) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                if (format.equals("parquet")) {
                    copy(directory, format, parquet(), exchange -> exchange.getMessage()
                            .setBody(new Records().of(exchange.getMessage().getBody())));
                } else {
                    copy(directory, format, new CsvDataFormat(), exchange -> {
                        // camel-csv takes the lists of maps as they are.
                    });
                }
            }

            private void copy(Path out, String suffix, DataFormat marshaller, org.apache.camel.Processor preparing) {
                from("direct:copy")
                        .to("sql:rows?dataSource=#source&useMessageBodyForSql=true&outputType=StreamList&fetchSize="
                                + FETCH_SIZE)
                        .split(simple("${collate(100000)}"))
                        .streaming()
                        .stopOnException()
                        .process(preparing)
                        .marshal(marshaller)
                        .setHeader(Exchange.FILE_NAME, simple("part-${exchangeProperty.CamelSplitIndex}." + suffix))
                        .to("file:" + out);
            }
        };
    }

    private static DataFormat parquet() {
        ParquetAvroDataFormat parquet = new ParquetAvroDataFormat();
        parquet.setCompressionCodecName(CompressionCodecName.SNAPPY);
        return parquet;
    }
}

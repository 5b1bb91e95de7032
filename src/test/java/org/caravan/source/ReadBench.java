package org.caravan.source;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.caravan.format.ParquetEncoder;
import org.caravan.format.ParquetOptions;
import org.caravan.schema.Batch;
import org.caravan.schema.Columns;
import org.caravan.schema.RowStream;
import org.caravan.source.postgres.CopyQuery;
import org.caravan.source.stream.BatchReader;
import org.caravan.source.stream.DirectRows;
import org.caravan.source.stream.ReadAhead;
import org.caravan.verify.TableSummary;
import org.postgresql.PGConnection;

/**
 * How fast a query's rows are read, alone and with encoding and digest, by each path, interleaved. Arguments: URL, user, password,
 * query, rounds.
 */
public final class ReadBench {
    private final String url;
    private final String user;
    private final String password;
    private final String sql;

    private ReadBench(String url, String user, String password, String sql) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.sql = sql;
    }

    private enum Way {
        NULL,
        RESULTSET,
        COPY,
        AHEAD
    }

    private record Case(Way way, boolean encode) {
        @Override
        public String toString() {
            return way + (encode ? " + encode" : "");
        }
    }

    public static void main(String[] arguments) throws Exception {
        ReadBench bench = new ReadBench(arguments[0], arguments[1], arguments[2], arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        Map<Case, double[][]> figures = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Way way : Way.values()) {
                for (boolean encode : new boolean[] {false, true}) {
                    Case one = new Case(way, encode);
                    if (way == Way.NULL && encode) {
                        continue;
                    }
                    double[] figure = bench.measure(one);
                    System.out.printf(
                            Locale.ROOT,
                            "%d %-20s %6.2f s %6.2f CPU s %.0f rows%n",
                            round,
                            one,
                            figure[0],
                            figure[1],
                            figure[2]);
                    if (round >= 0) {
                        figures.computeIfAbsent(one, key -> new double[rounds][])[round] = figure;
                    }
                }
            }
        }
        double limit = median(figures.get(new Case(Way.NULL, false)), 0);
        figures.forEach((one, all) -> System.out.printf(
                Locale.ROOT,
                "median %-20s %6.2f s, ratio %.2f, %6.2f CPU s of the client%n",
                one,
                median(all, 0),
                median(all, 0) / limit,
                median(all, 1)));
    }

    private static double median(double[][] figures, int index) {
        double[] sorted = Arrays.stream(figures)
                .mapToDouble(figure -> figure[index])
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private double[] measure(Case one) throws Exception {
        long begin = System.nanoTime();
        long cpu = cpu();
        long rows = one.way() == Way.NULL ? discard() : read(one);
        return new double[] {(System.nanoTime() - begin) / 1e9, (cpu() - cpu) / 1e9, rows};
    }

    private long discard() throws Exception {
        try (Connection connection = connect()) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + sql + ") TO STDOUT", OutputStream.nullOutputStream());
        }
    }

    private long read(Case one) throws Exception {
        long rows = 0;
        try (RowStream stream = open(one.way());
                ParquetEncoder encoder = new ParquetEncoder(
                        stream.columns(), ParquetOptions.defaults(), OutputStream.nullOutputStream())) {
            TableSummary summary = new TableSummary(stream.columns());
            for (Batch batch = stream.read(Batch.DEFAULT_CAPACITY);
                    batch.rows() > 0;
                    batch = stream.read(Batch.DEFAULT_CAPACITY)) {
                rows += batch.rows();
                if (one.encode()) {
                    summary.add(batch);
                    encoder.write(batch, 0, batch.rows());
                }
            }
            if (one.encode()) {
                encoder.finish();
            }
        }
        return rows;
    }

    private RowStream open(Way way) throws SQLException {
        Connection connection = connect();
        if (way == Way.RESULTSET) {
            return new Fetching("source", ReadMode.RESULTSET, QueryEndpoint.DEFAULT_FETCH_SIZE, ColumnOverrides.NONE)
                    .open(connection, sql, "", count -> {}, expected -> {}, (column, rule) -> {});
        }
        connection.setAutoCommit(false);
        CopyQuery query = CopyQuery.describe("source", connection, sql);
        List<ReadColumn> read =
                ReadColumns.of(query.metadata(), SourceTypes.of(connection.getMetaData()), ColumnOverrides.NONE);
        Columns columns = new Columns(read.stream().map(ReadColumn::column).toList());
        Optional<BatchReader> reader = query.open(columns, new RowCells("source", read, (column, rule) -> {}));
        return way == Way.COPY
                ? new DirectRows(reader.orElseThrow(), count -> {})
                : new ReadAhead(reader.orElseThrow(), "caravan-read", count -> {});
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}

package org.caravan.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.History;
import org.caravan.ledger.Increment;
import org.caravan.ledger.Runs;
import org.caravan.ledger.SqlFailures;
import org.caravan.ledger.Watermarks;
import org.caravan.schema.SourceColumn;
import org.caravan.source.parameter.Bindings;
import org.caravan.source.parameter.ParameterValue;
import org.caravan.source.parameter.QueryParameters;
import org.caravan.source.split.Consistency;
import org.caravan.source.split.PartitionBy;
import org.caravan.source.split.Partitioning;
import org.caravan.source.watermark.IncrementReading;
import org.caravan.source.watermark.Watermark;

/**
 * Read the result of a SQL query as a typed stream of rows, in constant memory. Begins the run of a pipeline.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-query",
        title = "Caravan Query",
        syntax = "caravan-query:pipeline",
        producerOnly = true,
        category = {Category.DATABASE},
        headersClass = QueryConstants.class)
public class QueryEndpoint extends DefaultEndpoint {
    /** Rows that the driver fetches at a time unless told otherwise; more costs memory and is not faster. */
    public static final int DEFAULT_FETCH_SIZE = 1000;

    @UriPath(
            description =
                    "Name of the pipeline: lower-case letters, digits, _ and -. It is part of every S3 key and log line.")
    @Metadata(required = true)
    private String pipeline = "";

    @UriParam(description = "The data source to query, as the name of a bean in the registry.")
    @Metadata(required = true)
    private String dataSource = "";

    @UriParam(description = "The query, or where it stands: file:… or classpath:… (read anew for each run).")
    @Metadata(required = true, supportFileReference = true, largeInput = true, inputLanguage = "sql")
    private String sql = "";

    @UriParam(description = "Rows that the driver fetches at a time.", defaultValue = "1000")
    private int fetchSize = DEFAULT_FETCH_SIZE;

    @UriParam(
            description =
                    "How rows are fetched: by PostgreSQL's COPY, which is the fastest, through a JDBC result set, or by COPY"
                            + " where it can serve. The values are the same.",
            defaultValue = "AUTO")
    private ReadMode read = ReadMode.AUTO;

    @UriParam(
            description =
                    "Connections that read the query at a time, each a slice of its rows (Spark: numPartitions). The rows then come"
                            + " in no order.",
            defaultValue = "1")
    private int partitions = 1;

    @UriParam(
            description =
                    "By what the query is split: auto (by where rows lie, if it reads one PostgreSQL table and nothing else, else"
                            + " not at all), ctid (the same, or the run fails), or a column of the result (Spark: partitionColumn), in"
                            + " quotation marks if it is named like one of these.",
            defaultValue = "auto")
    private String partitionBy = "auto";

    @UriParam(
            description =
                    "Which state the partitions are read from: one for all, or the run fails; or none, by which a source that is"
                            + " not PostgreSQL may miss or repeat rows that change while the run reads.",
            defaultValue = "SNAPSHOT")
    private Consistency partitionConsistency = Consistency.SNAPSHOT;

    @UriParam(
            prefix = "columns.",
            multiValue = true,
            description =
                    "What is made of single columns, by the source's name of each: columns.NAME.type (a type such as"
                            + " decimal(12,2), read exactly or refused), .rename (another name), .onOverflow (fail, truncate or"
                            + " null: what becomes of a value that the type cannot hold), .nul (fail, remove, replace or null: what becomes of"
                            + " NUL characters in text).")
    private Map<String, Object> columnSettings = Map.of();

    @UriParam(
            description = "The same as the parameters columns.*, as one text, such as"
                    + " amount.type=decimal(12,2), \"home town\".rename=home_town.")
    private String columns = "";

    @UriParam(
            description =
                    "Values of the query's parameters :name, such as region=EU, limit=10, since=date(2026-01-01). The types are"
                            + " text, integer, decimal, date, timestamp and timestamptz; a question mark in the brackets of a type stands for one that each run must be given. They are"
                            + " bound, never pasted.")
    private String parameters = "";

    @UriParam(
            description =
                    "The time zone of the parameter :runDate, such as Europe/Berlin; the setting schedule.time-zone, else UTC,"
                            + " unless it is set.")
    private String timeZone = "";

    @UriParam
    private WatermarkConfiguration configuration = new WatermarkConfiguration();

    private Optional<Watermark> increments = Optional.empty();

    private ColumnOverrides overrides = ColumnOverrides.NONE;

    private Optional<QueryParameters> queryParameters = Optional.empty();

    public QueryEndpoint(String uri, QueryComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return new QueryProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "caravan-query starts no route; let a timer or quartz trigger start it, and use"
                        + " caravan-query in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!pipeline.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException(
                    "Invalid pipeline name '" + pipeline
                            + "' in caravan-query: use up to 63 lower-case letters, digits, _ and -, and start with a letter or digit");
        }
        if (dataSource.isEmpty()) {
            throw new IllegalArgumentException("caravan-query:" + pipeline + " needs the parameter dataSource");
        }
        if (sql.isBlank()) {
            throw new IllegalArgumentException("caravan-query:" + pipeline + " needs the parameter sql");
        }
        try {
            overrides = ColumnOverrides.parse(columnSettings, columns);
            increments = configuration.watermark();
            QueryParameters declared = QueryParameters.parse(pipeline, parameters, zone());
            queryParameters = Optional.of(increments
                    .map(read -> declared.withBounds(read.type().parameter()))
                    .orElse(declared));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("caravan-query:" + pipeline + ": " + e.getMessage(), e);
        }
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "partitions of caravan-query:" + pipeline + " must be > 0, not " + partitions);
        }
        if (fetchSize < 1) {
            throw new IllegalArgumentException(
                    "fetchSize of caravan-query:" + pipeline + " must be > 0, not " + fetchSize);
        }
    }

    /** The data source, looked up for each run, so that one defined later is found. */
    DataSource findDataSource() {
        String name = dataSource.startsWith("#") ? dataSource.substring(1) : dataSource;
        DataSource found = getCamelContext().getRegistry().lookupByNameAndType(name, DataSource.class);
        if (found == null) {
            throw new org.caravan.ledger.CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "caravan-query:" + pipeline + " reads from the data source '" + name
                            + "', which is not defined: set " + name + ".url, " + name + ".user and " + name
                            + ".password.");
        }
        return found;
    }

    /**
     * Finds out, without connecting, whether this step can work: the data source is defined and the query can be read. Throws a
     * {@link org.caravan.ledger.CaravanException} if not.
     */
    public void check() {
        findDataSource();
        queryParameters().check(QueryProducer.sql(this));
    }

    /**
     * The columns of the query, which the source describes without running it.
     *
     * @param given values for the query's parameters, which stand over the route's
     * @throws CaravanException if the source cannot be asked, or with every column that cannot be carried
     */
    public List<SourceColumn> describe(Map<String, String> given) {
        String sql = QueryProducer.sql(this);
        try (Connection connection = findDataSource().getConnection()) {
            return SourceColumns.describe(connection, sql, overrides, bindings(sql, given));
        } catch (SQLException e) {
            throw SqlFailures.of(
                    org.caravan.ledger.Category.SOURCE,
                    settings(),
                    "Describing the query of pipeline '" + pipeline + "'",
                    e);
        }
    }

    /**
     * How the query would be read: the source is asked to describe and to plan it, and does not run it.
     *
     * @param given values for the query's parameters, which stand over the route's
     * @throws CaravanException if the source cannot be asked, or the query cannot be read as the route says
     */
    public ReadPlan readPlan(Map<String, String> given) {
        String sql = QueryProducer.sql(this);
        try (Connection connection = findDataSource().getConnection()) {
            Bindings bindings = bindings(sql, given);
            SplitReading reading = reading(bindings);
            if (reading.needsLiterals() && Bindings.isPostgres(connection)) {
                return ReadPlanning.of(connection, reading.bound(), bindings.literals(connection, sql));
            }
            return ReadPlanning.of(connection, reading, sql);
        } catch (SQLException e) {
            throw SqlFailures.of(
                    org.caravan.ledger.Category.SOURCE,
                    settings(),
                    "Planning how to read the query of pipeline '" + pipeline + "'",
                    e);
        }
    }

    /** How the query is read. */
    SplitReading reading(Bindings bindings) {
        Partitioning partitioning = new Partitioning(partitions, PartitionBy.parse(partitionBy), partitionConsistency);
        bindings.secret().filter(name -> partitioning.isSplit()).ifPresent(name -> {
            throw new CaravanException(
                    org.caravan.ledger.Category.CONFIG,
                    "The query of pipeline '" + pipeline + "' cannot be read in partitions: " + Fetching.kept(name)
                            + ". Leave partitions out, or give the parameter another name if it is no secret.");
        });
        return new SplitReading(
                new Fetching(settings(), read, fetchSize, overrides, bindings), partitioning, findDataSource());
    }

    /** What the route says of the query's parameters. */
    QueryParameters queryParameters() {
        return queryParameters.orElseThrow(() -> new IllegalStateException("The endpoint is not initialised"));
    }

    /**
     * The values that a run would use that begins now.
     *
     * @param given values for the query's parameters, which stand over the route's
     * @throws CaravanException if one must be given
     */
    public Map<String, ParameterValue> plannedParameters(Map<String, String> given) {
        return bindings(QueryProducer.sql(this), given).values();
    }

    private Bindings bindings(String sql, Map<String, String> given) {
        return queryParameters().bind(sql, Map.of(), Map.copyOf(given), Instant.now(), placeholders());
    }

    /** Values for the bounds of an increment where the query is only looked at. */
    Map<String, ParameterValue> placeholders() {
        return increments.map(IncrementReading::placeholders).orElse(Map.of());
    }

    /** What a run reads as far as it is known before one, if it reads an increment. */
    public Optional<Increment> plannedIncrement() {
        return increments.map(Watermark::planned);
    }

    /**
     * The bounds of an increment that a run would read which begins now, as text by parameter; none if it reads all.
     *
     * @param marks where the ledger tells how far the source was read
     * @throws org.caravan.ledger.CaravanException if one of both cannot be asked
     */
    public Map<String, String> plannedBounds(Optional<Watermarks> marks) {
        if (increments.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = findDataSource().getConnection()) {
            return new IncrementReading(pipeline, increments.get(), Optional.empty(), marks, List.of(), zone())
                    .plan(connection);
        } catch (SQLException e) {
            throw SqlFailures.of(
                    org.caravan.ledger.Category.SOURCE,
                    settings(),
                    "Asking the source how far pipeline '" + pipeline + "' would read",
                    e);
        }
    }

    /** Finds the bounds of each run, if the query reads increments. */
    Optional<IncrementReading> increments() {
        return increments.map(read -> new IncrementReading(
                pipeline,
                read,
                bound(History.class),
                bound(Watermarks.class),
                Runs.of(getCamelContext()).warehouses(),
                zone()));
    }

    /** Who knows what earlier runs have read. */
    Optional<Watermarks> watermarks() {
        return bound(Watermarks.class);
    }

    private <T> Optional<T> bound(Class<T> type) {
        return getCamelContext().getRegistry().findByType(type).stream().findFirst();
    }

    private ZoneId zone() {
        String name = timeZone.isBlank()
                ? getCamelContext().resolvePropertyPlaceholders("{{schedule.time-zone:UTC}}")
                : timeZone;
        return ZoneId.of(name);
    }

    /** The first word of the data source's settings. */
    String settings() {
        return dataSource.startsWith("#") ? dataSource.substring(1) : dataSource;
    }

    /** What the route says of single columns. */
    ColumnOverrides overrides() {
        return overrides;
    }

    public String getPipeline() {
        return pipeline;
    }

    public void setPipeline(String pipeline) {
        this.pipeline = pipeline;
    }

    public String getDataSource() {
        return dataSource;
    }

    public void setDataSource(String dataSource) {
        this.dataSource = dataSource;
    }

    public String getSql() {
        return sql;
    }

    public void setSql(String sql) {
        this.sql = sql;
    }

    public int getFetchSize() {
        return fetchSize;
    }

    public void setFetchSize(int fetchSize) {
        this.fetchSize = fetchSize;
    }

    public ReadMode getRead() {
        return read;
    }

    public void setRead(ReadMode read) {
        this.read = read;
    }

    public int getPartitions() {
        return partitions;
    }

    public void setPartitions(int partitions) {
        this.partitions = partitions;
    }

    public String getPartitionBy() {
        return partitionBy;
    }

    public void setPartitionBy(String partitionBy) {
        this.partitionBy = partitionBy;
    }

    public Consistency getPartitionConsistency() {
        return partitionConsistency;
    }

    public void setPartitionConsistency(Consistency partitionConsistency) {
        this.partitionConsistency = partitionConsistency;
    }

    public Map<String, Object> getColumnSettings() {
        return columnSettings;
    }

    public void setColumnSettings(Map<String, Object> columnSettings) {
        this.columnSettings = columnSettings;
    }

    public String getParameters() {
        return parameters;
    }

    public void setParameters(String parameters) {
        this.parameters = parameters;
    }

    public String getTimeZone() {
        return timeZone;
    }

    public void setTimeZone(String timeZone) {
        this.timeZone = timeZone;
    }

    public WatermarkConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(WatermarkConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getColumns() {
        return columns;
    }

    public void setColumns(String columns) {
        this.columns = columns;
    }
}

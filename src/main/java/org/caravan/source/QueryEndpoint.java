package org.caravan.source;

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

    /** The first word of the data source's settings. */
    String settings() {
        return dataSource.startsWith("#") ? dataSource.substring(1) : dataSource;
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
}

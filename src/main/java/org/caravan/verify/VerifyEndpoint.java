package org.caravan.verify;

import java.util.List;
import java.util.Locale;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.Planned;
import org.caravan.ledger.Run;
import org.caravan.schema.Columns;
import org.caravan.verify.digest.Sample;

/**
 * Verify that a table holds what was queried: write the SQL that measures it, and compare the answers with the rows encoded.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-verify",
        title = "Caravan Verify",
        syntax = "caravan-verify:action",
        producerOnly = true,
        category = {Category.DATABASE})
public class VerifyEndpoint extends DefaultEndpoint {
    @UriPath(
            description =
                    "statements: set the body to the list of SQL statements that measure the run's table."
                            + " ask: ask another endpoint the statement that is the body, again if a transient fault stops it."
                            + " compare: compare the list of their answers (a list of rows each) with the rows that were encoded.",
            enums = "statements,ask,compare")
    private String action = "";

    @UriParam(description = "The engine that is asked.", enums = "redshift,databricks")
    private String engine = "";

    @UriParam(description = "The Databricks foreign catalog through which the table is read.")
    private String catalog = "";

    @UriParam(
            description =
                    "Which engine is also asked for the digest of the table, so that every value and its place in a row is compared:"
                            + " redshift, databricks (which then reads all rows), both or none. The same in statements and compare.",
            enums = "none,redshift,databricks,both",
            defaultValue = "none")
    private String digest = "none";

    @UriParam(
            description =
                    "What is compared of the run's table: values, the count and each column's NULLs, extremes and sums; rows, the count"
                            + " only. The digest is asked beside either. The same in statements and compare.",
            enums = "values,rows",
            defaultValue = "values")
    private String compare = "values";

    @UriParam(
            description =
                    "How many of the rows that differ are shown with their values when a difference is found; 0 is none. They are looked for"
                            + " in Redshift, by a second COPY of the run's files or in the staging table.",
            defaultValue = "0")
    private int showRows;

    @UriParam(
            description =
                    "table: the run's table as it is now. publication: the last run that the engine reads in the pipeline's load ledger"
                            + " must be this one; nothing is asked before the run is published.",
            enums = "table,publication",
            defaultValue = "table")
    private String subject = "table";

    @UriParam(description = "The endpoint that is asked (ask), such as jdbc:redshift.")
    private String via = "";

    public VerifyEndpoint(String uri, VerifyComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() throws Exception {
        if (action.equals("ask")) {
            return new AskProducer(this, getCamelContext().getEndpoint(via));
        }
        if (action.equals("statements")) {
            return new StatementsProducer(this, asked());
        }
        return isOfPublication() ? new FreshnessProducer(this, asked()) : new CompareProducer(this, asked());
    }

    private Engine asked() {
        return engine.equals("redshift") ? Engine.REDSHIFT : Engine.DATABRICKS;
    }

    /** The statements that measure the table of a run, each with who reads the table for it. Connects to nothing. */
    public List<Planned> plan(Run run) {
        return StatementsProducer.statements(this, asked(), run, "");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("caravan-verify starts no route; use it in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        action = action.toLowerCase(Locale.ROOT);
        engine = engine.toLowerCase(Locale.ROOT);
        digest = digest.toLowerCase(Locale.ROOT);
        compare = compare.toLowerCase(Locale.ROOT);
        subject = subject.toLowerCase(Locale.ROOT);
        if (!List.of("statements", "ask", "compare").contains(action)) {
            throw new IllegalArgumentException(
                    "caravan-verify knows the actions statements, ask and compare, not '" + action + "'");
        }
        if (action.equals("ask")) {
            if (via.isBlank()) {
                throw new IllegalArgumentException(
                        "caravan-verify:ask needs the parameter via: the endpoint that is asked, such as jdbc:redshift");
            }
            return;
        }
        if (!engine.equals("redshift") && !engine.equals("databricks")) {
            throw new IllegalArgumentException("The parameter engine of caravan-verify:" + action
                    + " must be redshift or databricks, not '" + engine + "'");
        }
        if (!List.of("none", "redshift", "databricks", "both").contains(digest)) {
            throw new IllegalArgumentException("The parameter digest of caravan-verify:" + action
                    + " (setting verify.digest) must be none, redshift, databricks or both, not '" + digest + "'");
        }
        if (!List.of("values", "rows").contains(compare)) {
            throw new IllegalArgumentException("The parameter compare of caravan-verify:" + action
                    + " (setting verify.compare) must be values or rows, not '" + compare + "'");
        }
        if (showRows < 0) {
            throw new IllegalArgumentException("The parameter showRows of caravan-verify:" + action
                    + " (setting verify.show-rows) must be >= 0, not " + showRows);
        }
        if (!List.of("table", "publication").contains(subject)) {
            throw new IllegalArgumentException("The parameter subject of caravan-verify:" + action
                    + " must be table or publication, not '" + subject + "'");
        }
        if (engine.equals("databricks") && action.equals("statements") && catalog.isBlank()) {
            throw new IllegalArgumentException(
                    "caravan-verify:statements?engine=databricks needs the parameter catalog: the foreign catalog that shows"
                            + " the Redshift database (setting databricks.catalog)");
        }
    }

    /** Whether the engine is asked for the digest. */
    boolean asksDigest() {
        return digest.equals("both") || digest.equals(engine);
    }

    /** Whether the columns' values are measured. */
    boolean comparesValues() {
        return compare.equals("values");
    }

    /** Whether the rows are counted apart: neither the columns' figures nor the digest of a sample tell how many there are. */
    boolean counts(Sample sample) {
        return !comparesValues() && asksDigest() && !sample.isAll();
    }

    /** How many statements measure the columns' values. */
    int summaries(Columns columns) {
        return comparesValues() ? SummarySql.count(columns) : 0;
    }

    /** Whether the load ledger is asked, and not the run's table. */
    boolean isOfPublication() {
        return subject.equals("publication");
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getEngine() {
        return engine;
    }

    public void setEngine(String engine) {
        this.engine = engine;
    }

    public String getDigest() {
        return digest;
    }

    public void setDigest(String digest) {
        this.digest = digest;
    }

    public String getCompare() {
        return compare;
    }

    public void setCompare(String compare) {
        this.compare = compare;
    }

    public int getShowRows() {
        return showRows;
    }

    public void setShowRows(int showRows) {
        this.showRows = showRows;
    }

    public String getSubject() {
        return subject;
    }

    public void setSubject(String subject) {
        this.subject = subject;
    }

    public String getVia() {
        return via;
    }

    public void setVia(String via) {
        this.via = via;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }
}

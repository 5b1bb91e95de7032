package org.caravan.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.schema.Batch;
import org.caravan.schema.RowStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryEndpointTest {
    private final List<String> connectionCalls = new ArrayList<>();
    private DefaultCamelContext context;

    @BeforeEach
    void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customers",
                "_orders",
                "-orders",
                "a.b",
                "a b",
                "ä",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void refusesANameThatIsNotSafeInKeysAndComments(String name) {
        assertThatThrownBy(() -> context.getEndpoint("caravan-query:" + name + "?dataSource=s&sql=RAW(SELECT 1)"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid pipeline name '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "line-item_2", "a23456789012345678901234567890123456789012345678901234567890123"})
    void takesANameOfUpTo63SafeCharacters(String name) {
        assertThatCode(() -> context.getEndpoint("caravan-query:" + name + "?dataSource=s&sql=RAW(SELECT 1)"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "caravan-query:p?sql=x, caravan-query:p needs the parameter dataSource",
        "caravan-query:p?dataSource=s, caravan-query:p needs the parameter sql",
        "caravan-query:p?dataSource=s&sql=RAW( ), caravan-query:p needs the parameter sql",
        "caravan-query:p?dataSource=s&sql=x&fetchSize=0, 'fetchSize of caravan-query:p must be > 0, not 0'",
        "caravan-query:p?dataSource=s&sql=x&rows=9, Unknown parameters",
        "caravan-query:p?dataSource=s&sql=x&columns.a.type=int, The settings of columns are wrong: columns.a.type='int'",
        "caravan-query:p?dataSource=s&sql=x&columns=a.nul%3Dx, columns.a.nul='x': there are fail"
    })
    void refusesWrongParametersWhenTheRouteStarts(String uri, String message) {
        assertThatThrownBy(() -> context.getEndpoint(uri)).rootCause().hasMessageContaining(message);
    }

    @Test
    void fetchesAThousandRowsAtATimeUnlessToldOtherwise() {
        assertThat(endpoint("SELECT 1").getFetchSize()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"'', AUTO", "&read=auto, AUTO", "&read=copy, COPY", "&read=resultset, RESULTSET"})
    void fetchesByWhatTheRouteSays(String parameter, ReadMode mode) {
        String uri = "caravan-query:customers?dataSource=#crm&sql=RAW(SELECT 1)" + parameter;

        assertThat(context.getEndpoint(uri, QueryEndpoint.class).getRead()).isEqualTo(mode);
    }

    @Test
    void saysWhyCopyCannotServe() {
        bind(UnaryOperator.identity());
        Exchange exchange = query("SELECT 1)&read=RAW(copy");

        assertThat(exchange.getException())
                .hasMessageStartingWith(
                        "The query cannot be read by COPY: the source is DuckDB, and only PostgreSQL has");
        assertThat(category(exchange)).isEqualTo(Category.CONFIG);
        assertThat(connectionCalls).endsWith("close");
    }

    @Test
    void startsNoRoute() {
        Processor nothing = exchange -> {};

        assertThatThrownBy(() -> endpoint("SELECT 1").createConsumer(nothing))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("let a timer or quartz trigger start it");
    }

    @Test
    void namesTheSettingsOfADataSourceThatIsNotDefined() {
        Exchange exchange = query("SELECT 1");

        assertThat(exchange.getException())
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(
                        "data source 'crm', which is not defined: set crm.url, crm.user and crm.password");
        assertThat(category(exchange)).isEqualTo(Category.CONFIG);
    }

    @Test
    void beginsARunAndLeavesAnOpenStreamOfRows() {
        bind(UnaryOperator.identity());

        Exchange exchange = query("SELECT 1::INTEGER AS \"Id\" ;\n");

        assertThat(exchange.getException()).isNull();
        Run run = Runs.find(exchange).orElseThrow();
        RowStream rows = exchange.getMessage().getBody(RowStream.class);
        assertThat(exchange.getMessage().getHeader(QueryConstants.RUN_ID))
                .isEqualTo(run.id().value());
        assertThat(run.columns()).contains(rows.columns());
        assertThat(rows.read(10).longs(0).get(0)).isEqualTo(1);
        assertThat(run.rowsRead()).isEqualTo(1);
        // Streaming needs a transaction; it only reads.
        assertThat(connectionCalls).containsSubsequence("setAutoCommit", "setReadOnly", "createStatement");
        assertThat(connectionCalls).doesNotContain("close");

        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());

        assertThat(connectionCalls).contains("rollback", "close");
    }

    @Test
    void readsTheQueryAnewFromItsFileForEachRun(@TempDir Path folder) throws Exception {
        bind(UnaryOperator.identity());
        Path file = folder.resolve("q.sql");

        Files.writeString(file, "SELECT 1::BIGINT AS eins -- last line\n;");
        Exchange first = query("file:" + file);
        Files.writeString(file, "SELECT 2::BIGINT AS zwei -- a comment at the end");
        Exchange second = query("file:" + file);

        assertThat(first.getMessage().getBody(RowStream.class).columns().get(0).name())
                .isEqualTo("eins");
        assertThat(second.getMessage().getBody(RowStream.class).columns().get(0).name())
                .isEqualTo("zwei");
    }

    @Test
    void namesThePipelineOfAQueryThatCannotBeRead(@TempDir Path folder) {
        bind(UnaryOperator.identity());

        Exchange exchange = query("file:" + folder.resolve("none.sql"));

        assertThat(exchange.getException())
                .hasMessageContaining("The query of pipeline 'customers' cannot be read")
                .hasMessageContaining("none.sql");
        assertThat(category(exchange)).isEqualTo(Category.CONFIG);
        assertThat(connectionCalls).isEmpty();
    }

    @Test
    void givesTheConnectionBackIfTheQueryFails() {
        bind(UnaryOperator.identity());

        Exchange exchange = query("SELECT nothing FROM nowhere");

        assertThat(exchange.getException())
                .hasMessageStartingWith("Running the query of pipeline 'customers' (given in the route) failed:")
                .hasMessageContaining("nowhere");
        assertThat(category(exchange)).isEqualTo(Category.SOURCE);
        assertThat(connectionCalls).endsWith("close");
    }

    @Test
    void givesTheConnectionBackIfTheResultCannotBeCarried() {
        bind(UnaryOperator.identity());

        Exchange exchange = query("SELECT INTERVAL 1 DAY AS gap");

        assertThat(exchange.getException()).hasMessageContaining("column 1 'gap': type interval has no counterpart");
        assertThat(connectionCalls).endsWith("close");
    }

    @Test
    void takesWhatTheRouteSaysOfColumnsAndCountsWhatItChanges() {
        bind(UnaryOperator.identity());
        Exchange exchange = new DefaultExchange(context);
        QueryEndpoint endpoint = context.getEndpoint(
                "caravan-query:customers?dataSource=#crm&sql=RAW(SELECT 'abc' AS \"home town\", 'a' || chr(0) AS note, 1 AS n)"
                        + "&columns.home town.rename=town&columns.home town.type=text(2)&columns.note.nul=remove"
                        + "&columns=RAW(\"home town\".onOverflow=truncate, N.type=decimal(5,2))",
                QueryEndpoint.class);

        new QueryProducer(endpoint).process(exchange);

        RowStream rows = exchange.getMessage().getBody(RowStream.class);
        assertThat(rows.columns())
                .hasToString("Columns[list=[Column[name=town, type=text(2 bytes), nullable=true,"
                        + " storage=AS_IS], Column[name=note, type=text(65535 bytes), nullable=true, storage=AS_IS],"
                        + " Column[name=n, type=decimal(5,2), nullable=true, storage=AS_IS]]]");
        Batch batch = rows.read(10);
        assertThat(batch.bytes(0).text(0)).isEqualTo("ab");
        assertThat(batch.bytes(1).text(0)).isEqualTo("a");
        assertThat(batch.longs(2).get(0)).isEqualTo(100);
        assertThat(Runs.find(exchange).orElseThrow().alterations())
                .isEqualTo(Map.of("town", Map.of("onOverflow=truncate", 1L), "note", Map.of("nul=remove", 1L)));
    }

    @Test
    void saysWhichConnectionFailed() {
        bind(connection -> {
            throw new IllegalStateException(new SQLException("password authentication failed", "28P01"));
        });

        Exchange exchange = query("SELECT 1");

        assertThat(exchange.getException())
                .hasMessage("Connecting to the data source 'crm' failed: password authentication failed."
                        + " Check the settings crm.user and crm.password.");
    }

    private QueryEndpoint endpoint(String sql) {
        return context.getEndpoint("caravan-query:customers?dataSource=#crm&sql=RAW(" + sql + ")", QueryEndpoint.class);
    }

    private Exchange query(String sql) {
        Exchange exchange = new DefaultExchange(context);
        try {
            QueryEndpoint endpoint = endpoint(sql);
            endpoint.createProducer().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return exchange;
    }

    private static Category category(Exchange exchange) {
        return exchange.getException(CaravanException.class).category();
    }

    /** A data source of in-memory DuckDBs, which know no read-only transaction. */
    private void bind(UnaryOperator<Connection> made) {
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                QueryEndpointTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    try {
                        return made.apply(noted(DriverManager.getConnection("jdbc:duckdb:")));
                    } catch (IllegalStateException e) {
                        throw e.getCause();
                    }
                });
        context.getRegistry().bind("crm", DataSource.class, dataSource);
    }

    private Connection noted(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                QueryEndpointTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    connectionCalls.add(method.getName());
                    if (method.getName().equals("setReadOnly")) {
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

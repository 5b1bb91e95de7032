package org.caravan.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.Runs;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabricksEndpointTest {
    private static final Columns COLUMNS = new Columns(List.of(new Column("c", new ColumnType.Bool(), true)));
    private final SQLException notYet = new SQLException("TABLE_OR_VIEW_NOT_FOUND", "42P01");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> statements = new ArrayList<>();
    private final List<SQLException> describeErrors = new ArrayList<>();
    private Exchange exchange;
    private Run run;

    @BeforeEach
    void start() {
        context.getRegistry().bind("databricks", DataSource.class, warehouse());
        context.start();
        exchange = new DefaultExchange(context);
        run = Runs.of(context).begin(exchange, "p");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void refreshesTheSchemaUntilTheTableIsVisible() throws Exception {
        run.setTable(new TableName("staging", "t`1"), COLUMNS);
        describeErrors.add(notYet);

        refresh("?catalog=fed");

        assertThat(statements)
                .containsExactly(
                        "REFRESH FOREIGN SCHEMA `fed`.`staging`",
                        run.comment(org.caravan.ledger.Step.VERIFY) + "DESCRIBE TABLE `fed`.`staging`.`t``1`",
                        "REFRESH FOREIGN SCHEMA `fed`.`staging`",
                        run.comment(org.caravan.ledger.Step.VERIFY) + "DESCRIBE TABLE `fed`.`staging`.`t``1`");
    }

    @Test
    void refreshesTheLoadLedgerOnceTheRunIsPublished() throws Exception {
        run.setTable(new TableName("public", "t"), COLUMNS);

        refresh("?catalog=fed&table=load-ledger");
        assertThat(statements).isEmpty();

        run.proof().evidence().published(new TableName("staging", "p__load_ledger"), true);
        refresh("?catalog=fed&table=load-ledger");
        assertThat(statements)
                .containsExactly(
                        "REFRESH FOREIGN SCHEMA `fed`.`staging`",
                        run.comment(org.caravan.ledger.Step.VERIFY)
                                + "DESCRIBE TABLE `fed`.`staging`.`p__load_ledger`");
    }

    @Test
    void givesUpWhenTheTableIsNotVisibleInTime() {
        run.setTable(new TableName("staging", "t"), COLUMNS);
        describeErrors.add(notYet);

        assertRefused(
                "?catalog=fed&visibleWithin=0",
                Category.VERIFY,
                "Reading through the Databricks warehouse (catalog fed) failed: TABLE_OR_VIEW_NOT_FOUND.");
        assertThat(statements).hasSize(2);
    }

    @Test
    void waitsForNothingButTheTable() {
        run.setTable(new TableName("staging", "t"), COLUMNS);
        describeErrors.add(new SQLException("INSUFFICIENT_PERMISSIONS", "42501"));

        assertRefused("?catalog=fed", Category.VERIFY, "INSUFFICIENT_PERMISSIONS");
        assertThat(statements).hasSize(2);
    }

    @Test
    void needsACatalogAndATable() {
        assertRefused("?catalog=fed", Category.CONFIG, "'p' verifies before it loads");
        run.setTable(new TableName("staging", "t"), COLUMNS);
        assertRefused("", Category.CONFIG, "databricks.catalog is not set");
        assertThat(statements).isEmpty();
    }

    @Test
    void takesTheComponentsOptions() {
        DatabricksComponent component = context.getComponent("caravan-databricks", DatabricksComponent.class);
        component.setCatalog("fed");
        component.setDataSource("lakehouse");
        run.setTable(new TableName("staging", "t"), COLUMNS);

        assertRefused("", Category.CONFIG, "'lakehouse', which is not defined: set lakehouse.url and lakehouse.token.");
    }

    @Test
    void knowsOneActionAndStartsNoRoute() {
        assertThatThrownBy(() -> context.getEndpoint("caravan-databricks:query"))
                .hasRootCauseMessage("caravan-databricks knows the action refresh, not 'query'");
        assertThatThrownBy(
                        () -> context.getEndpoint("caravan-databricks:refresh").createConsumer(e -> {}))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private void assertRefused(String options, Category category, String message) {
        assertThatThrownBy(() -> refresh(options))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining(message)
                .extracting("category")
                .isEqualTo(category);
    }

    private void refresh(String options) throws Exception {
        context.getEndpoint("caravan-databricks:refresh" + options)
                .createProducer()
                .process(exchange);
    }

    /** A warehouse that fails each DESCRIBE with the next of the errors, and then knows the table. */
    private DataSource warehouse() {
        Statement statement = proxy(Statement.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("execute")) {
                return null;
            }
            String sql = (String) arguments[0];
            statements.add(sql);
            if (sql.contains("DESCRIBE") && !describeErrors.isEmpty()) {
                throw describeErrors.remove(0);
            }
            return false;
        });
        DatabaseMetaData driver = proxy(DatabaseMetaData.class, (proxy, method, arguments) -> method.getName());
        Connection connection = proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement;
            case "getMetaData" -> driver;
            default -> null;
        });
        return proxy(DataSource.class, (proxy, method, arguments) -> connection);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(DatabricksEndpointTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

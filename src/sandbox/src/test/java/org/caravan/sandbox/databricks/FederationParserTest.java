package org.caravan.sandbox.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.databricks.FederationCommand.CreateConnection;
import org.caravan.sandbox.databricks.FederationCommand.CreateForeignCatalog;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue.Secret;
import org.caravan.sandbox.databricks.FederationCommand.OptionValue.Text;
import org.caravan.sandbox.databricks.FederationCommand.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationParserTest {
    private static FederationCommand parse(String sql) {
        return FederationParser.parse(sql).orElseThrow();
    }

    @Test
    void readsAConnectionWithTextAndSecrets() {
        assertThat(
                        parse(
                                """
                create connection if not exists `my ``conn` TYPE redshift -- comment
                OPTIONS (host 'h.example', port '5439', user secret('s', 'u'), password 'it''s')
                COMMENT 'c';"""))
                .isEqualTo(new CreateConnection(
                        "my `conn",
                        Tolerance.IGNORE,
                        "redshift",
                        Map.of(
                                "host", new Text("h.example"),
                                "port", new Text("5439"),
                                "user", new Secret("s", "u"),
                                "password", new Text("it's")),
                        Optional.of("c")));
    }

    @Test
    void readsAForeignCatalog() {
        assertThat(parse("CREATE FOREIGN CATALOG fed USING CONNECTION rs OPTIONS (database 'dev')"))
                .isEqualTo(new CreateForeignCatalog(
                        "fed", Tolerance.REFUSE, "rs", Map.of("database", new Text("dev")), Optional.empty()));
    }

    @Test
    void readsTheShortStatements() {
        assertThat(parse("DROP CONNECTION IF EXISTS rs"))
                .isEqualTo(new FederationCommand.DropConnection("rs", Tolerance.IGNORE));
        assertThat(parse("DROP CATALOG fed CASCADE"))
                .isEqualTo(new FederationCommand.DropCatalog("fed", Tolerance.REFUSE));
        assertThat(parse("REFRESH FOREIGN CATALOG fed")).isEqualTo(new FederationCommand.RefreshCatalog("fed"));
        assertThat(parse("REFRESH FOREIGN SCHEMA fed.`pub.lic`"))
                .isEqualTo(new FederationCommand.RefreshSchema("fed", "pub.lic"));
        assertThat(parse("REFRESH FOREIGN TABLE fed.public.t"))
                .isEqualTo(new FederationCommand.RefreshTable("fed", "public", "t"));
        assertThat(parse("GRANT USE SCHEMA, SELECT ON SCHEMA Fed.public TO `a b`"))
                .isEqualTo(new FederationCommand.Grant(
                        List.of(Privilege.USE_SCHEMA, Privilege.SELECT), Securable.schema("fed", "public"), "a b"));
        assertThat(parse("SHOW GRANTS ON CATALOG fed"))
                .isEqualTo(new FederationCommand.ShowGrants(Optional.empty(), Securable.catalog("fed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE CONNECTION rs OPTIONS (host 'h')",
                "CREATE CONNECTION rs TYPE redshift OPTIONS (host h)",
                "CREATE CONNECTION rs TYPE redshift OPTIONS (host 'h'",
                "CREATE CONNECTION 'rs' TYPE redshift OPTIONS (host 'h')",
                "CREATE CONNECTION rs TYPE redshift OPTIONS (host secret('s'))",
                "CREATE FOREIGN CATALOG fed OPTIONS (database 'dev')",
                "CREATE FOREIGN CATALOG a.b USING CONNECTION rs OPTIONS (database 'dev')",
                "DROP CATALOG fed fed2",
                "REFRESH FOREIGN fed",
                "REFRESH FOREIGN TABLE public.t",
                "GRANT EVERYTHING ON CATALOG fed TO me",
            })
    void refusesWhatIsNotWellFormed(String sql) {
        assertThatThrownBy(() -> FederationParser.parse(sql))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.sqlState()).isEqualTo("42601"))
                .hasMessageContaining("Syntax error");
    }

    @Test
    void refusesAnOptionGivenTwice() {
        assertThatThrownBy(
                        () -> FederationParser.parse("CREATE CONNECTION c TYPE redshift OPTIONS (host 'a', host 'b')"))
                .hasMessageContaining("duplicate keys `host`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "CREATE TABLE connection (a INT)",
                "SHOW TABLES",
                "DROP TABLE catalog",
                "REFRESH TABLE t",
                ""
            })
    void leavesOtherStatementsToSpark(String sql) {
        assertThat(FederationParser.parse(sql)).isEmpty();
    }
}

package org.caravan.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.tpch.Distributions;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.TextPool;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.caravan.sandbox.StandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceStandInTest {
    private static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();
    private static final String USER = "reader";
    private static final String PASSWORD = "pass'word";

    private static final Distributions WORDS = Distributions.getDefaultDistributions();
    private static final TextPool TEXT = new TextPool(1 << 20, WORDS);

    @TempDir
    static Path dir;

    private static SourceStandIn source;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        source = startAt("0.01");
        connection = connect(PASSWORD);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set timezone to 'UTC'");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        source.close();
    }

    @ParameterizedTest
    @CsvSource({
        "lineitem,60175",
        "orders,15000",
        "partsupp,8000",
        "part,2000",
        "customer,1500",
        "supplier,100",
        "nation,25",
        "region,5",
        "customer_profile,1000"
    })
    void holdsEveryRowAndSaysSo(String table, long rows) throws SQLException {
        assertThat(row("select count(*) from " + table)).containsExactly(Long.toString(rows));
        assertThat(source.tables()).containsEntry(table, rows);
    }

    /** The figures are those that other engines publish for query 1 over dbgen's data at this scale. */
    @ParameterizedTest
    @CsvSource({
        "A,F,380456.00,532348211.65,505822441.4861,526165934.000839,14876",
        "N,F,8971.00,12384801.37,11798257.2080,12282485.056933,348",
        "N,O,742802.00,1041502841.45,989737518.6346,1029418531.523350,29181",
        "R,F,381449.00,534594445.35,507996454.4067,528524219.358903,14902"
    })
    void answersTheFirstQueryOfTpchExactly(
            String flag, String status, String quantity, String base, String discounted, String charged, String count)
            throws SQLException {
        assertThat(row("select sum(l_quantity), sum(l_extendedprice), sum(l_extendedprice * (1 - l_discount)),"
                        + " sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)), count(*) from lineitem"
                        + " where l_shipdate <= date '1998-12-01' - interval '90' day"
                        + " and l_returnflag = '" + flag + "' and l_linestatus = '" + status + "'"))
                .containsExactly(quantity, base, discounted, charged, count);
    }

    @Test
    void holdsTheGeneratorsMoneyToTheCent() throws SQLException {
        long lineCents = 0;
        for (LineItem row : new LineItemGenerator(0.01, 1, 1, WORDS, TEXT)) {
            lineCents += row.getExtendedPriceInCents();
        }
        long orderCents = 0;
        for (Order row : new OrderGenerator(0.01, 1, 1, WORDS, TEXT)) {
            orderCents += row.getTotalPriceInCents();
        }

        assertThat(row("select sum(l_extendedprice) from lineitem")).containsExactly(money(lineCents));
        assertThat(row("select sum(o_totalprice) from orders")).containsExactly(money(orderCents));
    }

    private static String money(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }

    @Test
    void keepsTpchsReferences() throws SQLException {
        assertThat(row("select count(*) from lineitem join orders on l_orderkey = o_orderkey"
                        + " join customer on o_custkey = c_custkey"
                        + " join partsupp on l_partkey = ps_partkey and l_suppkey = ps_suppkey"
                        + " join nation on c_nationkey = n_nationkey join region on n_regionkey = r_regionkey"))
                .containsExactly("60175");
    }

    @Test
    void isTheSameCustomerProfileEveryTime() throws SQLException {
        assertThat(row("select md5(string_agg(p::text, E'\\n' order by customer_id)) from customer_profile p"))
                .containsExactly("185c42a5c51dcf0dba946c84716e4212");
    }

    @Test
    void beginsTheCustomerProfileWithARowOfNulls() throws SQLException {
        List<String> first = row("select * from customer_profile where customer_id = 1");

        assertThat(first).hasSizeGreaterThanOrEqualTo(30);
        assertThat(first.get(0)).isEqualTo("1");
        assertThat(first.subList(1, first.size())).containsOnlyNulls();
    }

    @Test
    void describesEveryColumnOfTheCustomerProfile() throws SQLException {
        assertThat(row("select count(*) from pg_attribute where attrelid = 'customer_profile'::regclass and attnum > 0"
                        + " and col_description(attrelid, attnum) is null"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nickname = ''",
                "nickname is null",
                "full_name like E'%\\n%'",
                "full_name like '%😀%'",
                "octet_length(short_code) = 48",
                "octet_length(biography) = 65535",
                "credit_limit = 9999999999.99",
                "lifetime_value = -9999999999999999999999999999.9999999999",
                "total_cents = -9223372036854775808",
                "total_cents = 9223372036854775807",
                "score_real = 'NaN'",
                "score_double = '-Infinity'",
                "score_double = 5e-324",
                "score_double::text = '-0'",
                "birth_date = '0001-01-01'",
                "birth_date = '9999-12-31'",
                "preferred_time = '24:00'",
                "registered_at = '9999-12-31 23:59:59.999999'",
                "last_seen_at = '2024-10-27 02:30 Europe/Berlin'",
                "is_active",
                "not is_active",
                "preferences::text like '%\"a\":2, \"a\":3%'",
                "attributes = 'null'",
                "tags = '{}'",
                "monthly_visits::text = '{1,NULL,3}'",
                "octet_length(avatar) = 256",
                "octet_length(avatar) = 0",
                "tier = 'très spécial'",
                "family(last_ip) = 6",
                "retention < interval '0'",
                "\"order\" < 0",
                "\"MixedCase\" = ''",
                "\"home town\" is not null",
            })
    void hasACustomerWhere(String condition) throws SQLException {
        assertThat(row("select count(*) > 0 from customer_profile where " + condition))
                .containsExactly("t");
    }

    @Test
    void hasAColumnWithoutAnyValue() throws SQLException {
        assertThat(row("select count(always_null) from customer_profile")).containsExactly("0");
    }

    @Test
    void letsTheReaderReadOnly() {
        assertThatThrownBy(() -> row("delete from region returning 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> row("create table x ()"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> connect("guessed").close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void loadsOnlyWhatIsNotThere(@TempDir Path other) throws Exception {
        String first;
        try (SourceStandIn fresh = startAt(other, "0.01")) {
            first = databaseIdentity(fresh);
        }
        try (SourceStandIn again = startAt(other, "0.010")) {
            assertThat(databaseIdentity(again)).isEqualTo(first);
        }
        try (SourceStandIn larger = startAt(other, "0.02")) {
            assertThat(databaseIdentity(larger)).isNotEqualTo(first);
            assertThat(larger.tables()).containsEntry("lineitem", 120_515L);
        }
    }

    private static String databaseIdentity(SourceStandIn from) throws SQLException {
        try (Connection reader = DriverManager.getConnection(from.url(), USER, PASSWORD);
                Statement statement = reader.createStatement();
                ResultSet found = statement.executeQuery("select oid from pg_database where datname = 'source'")) {
            found.next();
            return found.getString(1);
        }
    }

    private static SourceStandIn startAt(String scale) throws Exception {
        return startAt(dir, scale);
    }

    private static SourceStandIn startAt(Path where, String scale) throws Exception {
        return SourceStandIn.start(new StandIn.Options(
                "--dir",
                where.toString(),
                "--binaries",
                BINARIES.toString(),
                "--user",
                USER,
                "--password",
                PASSWORD,
                "--scale",
                scale));
    }

    private static Connection connect(String password) throws SQLException {
        return DriverManager.getConnection(source.url(), USER, password);
    }

    /** The first row, each value as the server writes it. */
    private static List<String> row(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                values.add(found.getString(i));
            }
            return values;
        }
    }
}

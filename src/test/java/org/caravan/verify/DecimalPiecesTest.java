package org.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.caravan.schema.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQL that sums decimals, in pieces if they are wide, gives in an engine what was measured of the same rows. */
class DecimalPiecesTest {
    private static final int ROWS = 60;

    @ParameterizedTest(name = "decimal({0},{1})")
    @CsvSource({
        "18, 2", "28, 0", "28, 28", "29, 0", "29, 1", "29, 5", "29, 28", "29, 29", "33, 4", "38, 0", "38, 1", "38, 5",
        "38, 9", "38, 10", "38, 19", "38, 28", "38, 29", "38, 36", "38, 37"
    })
    void addUpToTheExactSum(int precision, int scale) throws SQLException {
        for (int seed = 0; seed < 3; seed++) {
            Table table = table(precision, scale, new Random(seed));

            TableFacts found = new SummaryRows(table.columns(), List.of(answer(table))).facts();

            assertThat(found.differencesFrom(table.measured(ROWS))).isEmpty();
        }
    }

    /** Numbers near both ends, near zero and anywhere; of one sign, so that sums are as large as they get, or of both. */
    private static Table table(int precision, int scale, Random random) {
        BigInteger limit = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
        int sign = random.nextInt(3) - 1;
        return Table.random(new ColumnType.Decimal(precision, scale), ROWS, () -> {
            BigInteger small = BigInteger.valueOf(random.nextInt(1000));
            BigInteger magnitude =
                    switch (random.nextInt(4)) {
                        case 0 -> limit.subtract(small);
                        case 1 -> small;
                        default -> new BigInteger(130, random).mod(limit);
                    };
            boolean negative = sign == 0 ? random.nextBoolean() : sign < 0;
            return random.nextInt(10) == 0
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(negative ? magnitude.negate() : magnitude, scale));
        });
    }

    private static Map<String, Object> answer(Table table) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE TABLE t (" + "c " + table.type() + ")");
            try (PreparedStatement insert = duckDb.prepareStatement("INSERT INTO t VALUES (?)")) {
                for (Optional<Object> value : table.values()) {
                    insert.setObject(1, value.orElse(null));
                    insert.execute();
                }
            }
            List<String> sql = new SummarySql(Engine.REDSHIFT, "", "t").statements(table.columns());
            assertThat(sql).hasSize(1);
            try (ResultSet result = statement.executeQuery(sql.get(0))) {
                assertThat(result.next()).isTrue();
                Map<String, Object> row = new HashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
                return row;
            }
        }
    }
}

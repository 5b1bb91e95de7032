package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.RunId;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagingTablesTest {
    private static final String RUN = "20260131t060000000_4x7qa";

    @ParameterizedTest
    @CsvSource({
        "customers__" + RUN + ", customers",
        "customers__" + RUN + "_2, customers",
        "my__customers__" + RUN + "__attempt_3, my__customers"
    })
    void knowsWhoseATableIsByItsName(String table, String pipeline) {
        assertThat(StagingTables.owner(new TableName("s", table)))
                .contains(new StagingTables.Owner(pipeline, new RunId(RUN)));
    }

    @ParameterizedTest
    @CsvSource({
        "customers",
        "customers__load_ledger",
        "customers_" + RUN,
        "customers__" + RUN + "x",
        "__" + RUN,
        "customers__20260131t060000000_4X7QA"
    })
    void takesNoOtherTableForARuns(String table) {
        assertThat(StagingTables.owner(new TableName("s", table))).isEqualTo(Optional.empty());
    }

    @Test
    void saysWhichTableIsNotDropped() {
        FakeRedshift redshift = new FakeRedshift();
        redshift.fail("DROP TABLE", new SQLException("cannot drop table because other objects depend on it", "2BP01"));
        StagingTables tables =
                new StagingTables(new Warehouse(redshift.dataSource(), "redshift", Duration.ZERO), "staging");
        TableName table = new TableName("staging", "customers__" + RUN);

        assertThatThrownBy(() -> tables.drop(table, Duration.ofMinutes(5)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("Dropping the staging table staging.customers__" + RUN)
                .hasMessageContaining("other objects depend on it");
        assertThat(redshift.log()).contains("SET statement_timeout TO 300000").endsWith("rollback", "close");
    }
}

package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.caravan.ledger.StagedPart;
import org.caravan.ledger.Step;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a run is loaded, by what a cluster tells of its storage. */
class FreeSpaceTest {
    private final FakeRedshift redshift = new FakeRedshift();
    private final Run run = new Run(RunId.at(Instant.EPOCH), "orders", Instant.EPOCH);

    @BeforeEach
    void stage() {
        run.addPart(new StagedPart(1, "k/1", 10, (100 << 20) - 5, 0));
    }

    @Test
    void asksNothingUnlessTold() {
        check(0);

        assertThat(redshift.log()).noneMatch(sql -> sql.contains("stv_"));
    }

    @Test
    void refusesALoadThatWouldLeaveTooLittle() {
        redshift.answer("SUM(capacity)", 1000);
        redshift.answer("SUM(used)", 801);

        assertThatThrownBy(() -> check(10))
                .isInstanceOf(CaravanException.class)
                .hasMessageContainingAll("1,000 MB", "801 MB", "files are 100 MB", "9.9 % free", "asks for 10 %")
                .extracting("category")
                .isEqualTo(Category.LOAD);
    }

    @Test
    void letsALoadPassThatLeavesEnough() {
        redshift.answer("SUM(capacity)", 1000);
        redshift.answer("SUM(used)", 800);

        assertThatCode(() -> check(10)).doesNotThrowAnyException();
        assertThat(redshift.log()).endsWith(FreeSpace.CAPACITY, FreeSpace.USED, "rollback", "rollback", "close");
    }

    @Test
    void goesOnIfTheClusterDoesNotTell() {
        redshift.answer("SUM(capacity)", 0);
        redshift.answer("SUM(used)", 0);
        assertThatCode(() -> check(10)).doesNotThrowAnyException();

        redshift.fail("stv_", new SQLException("permission denied for relation stv_node_storage_capacity", "42501"));
        assertThatCode(() -> check(10)).doesNotThrowAnyException();
        assertThat(redshift.log()).endsWith(FreeSpace.CAPACITY, "rollback", "rollback", "close");
    }

    private void check(int minPercent) {
        try (Session session =
                Session.open(new Warehouse(redshift.dataSource(), "redshift", Duration.ZERO), run, Step.LOAD)) {
            FreeSpace.check(session, run, minPercent);
        }
    }
}

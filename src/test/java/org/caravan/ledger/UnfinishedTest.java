package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.caravan.schema.Column;
import org.caravan.schema.ColumnType;
import org.caravan.schema.Columns;
import org.caravan.schema.TableName;
import org.junit.jupiter.api.Test;

/** A route that ends without an error may have left something out. */
class UnfinishedTest {
    private static final Columns COLUMNS = new Columns(List.of(new Column("id", new ColumnType.Int(8), true)));
    private static final TableName STAGING = new TableName("caravan_staging", "orders_1");
    private static final TableName TARGET = new TableName("public", "orders");

    private final Run run = new Run(RunId.at(Instant.EPOCH), "orders", Instant.EPOCH);

    private Optional<Category> missing(boolean keepsTarget) {
        return Unfinished.of(run, keepsTarget).map(CaravanException::category);
    }

    private void queried(long rows) {
        run.setColumns(COLUMNS);
        run.proof().evidence().readToEnd();
        run.count(Point.SOURCE, rows);
    }

    @Test
    void aQueryWhoseRowsNobodyReadIsNotDone() {
        run.setColumns(COLUMNS);
        run.addRowsRead(3);

        assertThat(Unfinished.of(run, false).orElseThrow())
                .hasMessageContaining("rows were read to their end: 3 were read")
                .extracting(CaravanException::category)
                .isEqualTo(Category.CONFIG);
    }

    @Test
    void rowsThatAreInNoFileAreMissing() {
        queried(5);
        run.count(Point.FILES, 4);

        assertThat(Unfinished.of(run, false).orElseThrow())
                .hasMessageContaining("5 rows queried and 4 in files")
                .extracting(CaravanException::category)
                .isEqualTo(Category.STAGE);
    }

    @Test
    void filesAloneAreDone() {
        queried(5);
        run.count(Point.FILES, 5);

        assertThat(missing(false)).isEmpty();
    }

    /** As a data format does that takes the rows themselves. */
    @Test
    void rowsThatWereNotCutIntoPartsAreDone() {
        run.setColumns(COLUMNS);
        run.proof().evidence().readToEnd();

        assertThat(missing(false)).isEmpty();
    }

    @Test
    void noRowsNeedNoFile() {
        queried(0);

        assertThat(missing(false)).isEmpty();
    }

    @Test
    void whatIsLoadedIsPublished() {
        queried(5);
        run.count(Point.FILES, 5);
        run.setTable(STAGING, COLUMNS);
        assertThat(missing(false)).contains(Category.CONFIG);

        run.setPublished(TARGET);
        assertThat(missing(false)).isEmpty();
    }

    @Test
    void whatAGuardKeepsIsNotPublished() {
        queried(5);
        run.count(Point.FILES, 5);
        run.setTable(STAGING, COLUMNS);

        assertThat(missing(true)).isEmpty();
    }

    @Test
    void aRunWithoutAQueryIsDone() {
        assertThat(missing(false)).isEmpty();
    }
}

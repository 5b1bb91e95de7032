package org.caravan.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.caravan.source.parameter.ParameterValue;

/** Over a source into which rows come while runs succeed and fail: what is read, and what is not. */
class BoundsTest {
    private static final int TRIES = 400;

    /** A row: the value that it bears, and when others can see it. */
    private record Row(long value, long committed) {}

    /** A run that succeeded: what it read, at which time. */
    private record Done(Bounds bounds, long at) {
        boolean reads(Row row) {
            return row.committed() <= at && low() <= row.value() && row.value() < high();
        }

        long low() {
            return (Long) bounds.low().value();
        }

        long high() {
            return (Long) bounds.high().value();
        }
    }

    @Property(tries = TRIES)
    void readsEveryRowThatIsNotLaterThanTheLag(
            @ForAll Random random, @ForAll @IntRange(max = 50) int lag, @ForAll boolean clockGoesBack) {
        List<Row> rows = rows(random, lag);

        List<Done> runs = runs(random, lag, clockGoesBack);

        Done last = runs.get(runs.size() - 1);
        for (Row row : rows) {
            boolean due = row.value() >= 0 && row.value() + lag < last.low() && row.committed() < last.at();
            if (due) {
                assertThat(runs).as("%s, lag %d", row, lag).anyMatch(run -> run.reads(row));
            }
        }
    }

    @Property(tries = TRIES)
    void readsNoRowTwiceWithoutALag(@ForAll Random random, @ForAll boolean clockGoesBack) {
        List<Done> runs = runs(random, 0, clockGoesBack);

        for (Row row : rows(random, 0)) {
            assertThat(runs.stream().filter(run -> run.reads(row)).count()).isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = TRIES)
    void leavesNoGapAndNeverGoesBack(
            @ForAll Random random, @ForAll @IntRange(max = 50) int lag, @ForAll boolean clockGoesBack) {
        long mark = 0;
        for (Done run : runs(random, lag, clockGoesBack)) {
            assertThat(run.low()).isLessThanOrEqualTo(mark).isLessThanOrEqualTo(run.high());
            assertThat(run.high()).isGreaterThanOrEqualTo(mark);
            mark = run.high();
        }
    }

    /** Rows that become visible up to the lag after the time that they bear. */
    private static List<Row> rows(Random random, int lag) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long value = random.nextInt(1000);
            rows.add(new Row(value, value + (lag == 0 ? 0 : random.nextInt(lag))));
        }
        return rows;
    }

    /** Runs, some of which fail and leave no mark. The clock is that by which rows are stamped, and so never behind a commit. */
    private static List<Done> runs(Random random, int lag, boolean clockGoesBack) {
        Watermark watermark = watermark(lag);
        Optional<ParameterValue> mark = Optional.empty();
        List<Done> done = new ArrayList<>();
        for (long now = random.nextInt(50); now < 1200 || done.isEmpty(); now += 1 + random.nextInt(80)) {
            long said = clockGoesBack ? now - random.nextInt(5) : now;
            Bounds bounds =
                    Bounds.of(watermark, mark, Optional.of(watermark.type().value((Object) said)));
            if (random.nextInt(4) > 0) {
                mark = Optional.of(bounds.high());
                done.add(new Done(bounds, now));
            }
        }
        return done;
    }

    @Example
    void readsNothingIfTheSourceHasNothing() {
        Watermark watermark = watermark(10);

        assertThat(Bounds.of(watermark, Optional.empty(), Optional.empty())).isEqualTo(bounds(0, 0));
        assertThat(Bounds.of(watermark, value(100), Optional.empty())).isEqualTo(bounds(90, 100));
    }

    @Example
    void doesNotGoBehindTheStartNorSkipToOneThatWasMoved() {
        assertThat(Bounds.of(watermark(10), value(4), value(20))).isEqualTo(bounds(0, 20));
        Watermark moved = new Watermark(
                "id",
                false,
                WatermarkType.BIGINT,
                10,
                value(500).orElseThrow(),
                org.caravan.ledger.Increment.Modes.SAFE);
        assertThat(Bounds.of(moved, value(100), value(600))).isEqualTo(bounds(90, 600));
    }

    @Example
    void beginsWhereItIsToldAndLosesAMarkOfTheFuture() {
        assertThat(Bounds.from(watermark(10), value(3).orElseThrow(), value(20)))
                .isEqualTo(bounds(3, 20));
    }

    private static Watermark watermark(int lag) {
        return Watermark.parse("id", "bigint", String.valueOf(lag), "0", "").orElseThrow();
    }

    private static Optional<ParameterValue> value(long number) {
        return Optional.of(WatermarkType.BIGINT.value((Object) number));
    }

    private static Bounds bounds(long low, long high) {
        return new Bounds(value(low).orElseThrow(), value(high).orElseThrow());
    }
}

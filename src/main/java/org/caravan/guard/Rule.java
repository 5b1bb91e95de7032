package org.caravan.guard;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.caravan.ledger.KeptRun;
import org.caravan.ledger.Point;

/** A rule on the rows of a run; immutable. */
sealed interface Rule {
    /** A hundred, as of percents. */
    BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The rule as a route says it. */
    String text();

    /** The columns that it names. */
    default List<String> columns() {
        return List.of();
    }

    /** What is known of the rows says of the rule. */
    Verdict judge(Facts facts);

    /** Strikes if the row count compares so. */
    record Rows(Comparison comparison, long limit) implements Rule {
        @Override
        public String text() {
            return "rows " + comparison.sign() + " " + limit;
        }

        @Override
        public Verdict judge(Facts facts) {
            return comparison.holds(BigDecimal.valueOf(facts.rows()), BigDecimal.valueOf(limit))
                    ? Verdict.strikes("the result has " + Shown.rows(facts.rows()))
                    : Verdict.QUIET;
        }
    }

    /**
     * Strikes if the row count has changed so since the last good run.
     *
     * @param signed whether growing and shrinking are told apart; otherwise the change counts without its sign
     */
    record Change(Comparison comparison, BigDecimal percent, boolean signed) implements Rule {
        public Change {
            requireNonNull(percent, "percent");
        }

        @Override
        public String text() {
            String sign = signed && percent.signum() >= 0 ? "+" : "";
            return "change " + comparison.sign() + " " + sign + percent.toPlainString() + "%";
        }

        @Override
        public Verdict judge(Facts facts) {
            if (facts.history().isEmpty()) {
                return Verdict.skipped("it was not checked: no ledger keeps earlier runs");
            }
            Optional<KeptRun> before = facts.history().get().lastGood(facts.pipeline());
            if (before.isEmpty()) {
                return Verdict.skipped("it was not checked: the ledger keeps no earlier good run of this pipeline");
            }
            long then = before.get().rows().get(Point.SOURCE);
            // Multiplied, not divided, so that nothing is rounded.
            BigDecimal change = BigDecimal.valueOf(facts.rows()).subtract(BigDecimal.valueOf(then));
            BigDecimal figure = (signed ? change : change.abs()).multiply(HUNDRED);
            if (!comparison.holds(figure, percent.multiply(BigDecimal.valueOf(then)))) {
                return Verdict.QUIET;
            }
            return Verdict.strikes("the result has " + Shown.rows(facts.rows()) + ", "
                    + Shown.change(then, facts.rows()) + " the " + Shown.count(then) + " of the last good run "
                    + before.get().id());
        }
    }

    /**
     * Strikes if the NULLs of a column compare so with a number, or with a share of the rows.
     *
     * @param isPercent whether the limit is in percents of the rows; no rows have no NULLs
     */
    record Nulls(String column, Comparison comparison, BigDecimal limit, boolean isPercent) implements Rule {
        public Nulls {
            requireNonNull(column, "column");
            requireNonNull(limit, "limit");
        }

        @Override
        public String text() {
            return "nulls(" + Shown.name(column) + ") " + comparison.sign() + " " + limit.toPlainString()
                    + (isPercent ? "%" : "");
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }

        @Override
        public Verdict judge(Facts facts) {
            long nulls = facts.nulls(column);
            BigDecimal count = BigDecimal.valueOf(nulls);
            BigDecimal rows = BigDecimal.valueOf(Math.max(1, facts.rows()));
            boolean strikes = isPercent
                    ? comparison.holds(count.multiply(HUNDRED), limit.multiply(rows))
                    : comparison.holds(count, limit);
            return strikes
                    ? Verdict.strikes("column '" + column + "' is NULL in " + Shown.count(nulls) + " of "
                            + Shown.rows(facts.rows()) + Shown.share(nulls, facts.rows()))
                    : Verdict.QUIET;
        }
    }

    /** Strikes if more than one row has the same values in all of these columns; the loaded staging table is asked. */
    record Unique(List<String> columns) implements Rule {
        public Unique {
            columns = List.copyOf(columns);
        }

        @Override
        public String text() {
            return "unique(" + columns.stream().map(Shown::name).collect(Collectors.joining(", ")) + ")";
        }

        @Override
        public Verdict judge(Facts facts) {
            return Verdict.QUIET;
        }
    }
}

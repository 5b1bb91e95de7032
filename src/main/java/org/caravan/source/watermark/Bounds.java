package org.caravan.source.watermark;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.caravan.source.parameter.ParameterValue;

/**
 * From where to where an increment reads: {@code low <= value < high}. Immutable.
 *
 * <p>Whatever the source says, the range of one run begins where that of the last ended, or earlier; it is empty rather than
 * turned round.
 */
record Bounds(ParameterValue low, ParameterValue high) {
    Bounds {
        requireNonNull(low, "low");
        requireNonNull(high, "high");
    }

    /**
     * Where a run begins.
     *
     * @param mark how far the last run has read, if there was one
     */
    static ParameterValue low(Watermark watermark, Optional<ParameterValue> mark) {
        WatermarkType type = watermark.type();
        return mark.map(last -> {
                    ParameterValue earlier = type.minus(last, watermark.lag());
                    // What lies before the start is not wanted, but a start that was moved beyond the mark skips
                    // nothing.
                    return type.isLess(last, watermark.start()) ? earlier : type.greater(earlier, watermark.start());
                })
                .orElse(watermark.start());
    }

    /**
     * The bounds of a run that goes on from the last.
     *
     * @param asked the upper bound that the source tells, if it has one; one below the mark is behind what was read already
     */
    static Bounds of(Watermark watermark, Optional<ParameterValue> mark, Optional<ParameterValue> asked) {
        ParameterValue low = low(watermark, mark);
        ParameterValue least =
                mark.map(last -> watermark.type().greater(last, low)).orElse(low);
        return new Bounds(
                low, asked.map(high -> watermark.type().greater(high, least)).orElse(least));
    }

    /** The bounds of a run that is told where to begin, and so is bound to no mark. */
    static Bounds from(Watermark watermark, ParameterValue from, Optional<ParameterValue> asked) {
        return new Bounds(
                from, asked.map(high -> watermark.type().greater(high, from)).orElse(from));
    }
}

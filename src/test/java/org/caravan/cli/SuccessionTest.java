package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.caravan.redshift.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessionTest {
    private static final String TARGET = "public.t";

    @ParameterizedTest
    @CsvSource({"replace", "swap"})
    void lastsWhileNobodyPublishesAfterIt(String mode) {
        Succession succession = since(mode);

        assertThat(succession.successor()).isEmpty();
        assertThat(succession.open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"append", "merge", "replace-partition"})
    void cannotTellTheValuesOfRowsAmongOthers(String mode) {
        assertThat(since(mode).open().orElseThrow())
                .startsWith("after mode " + mode + " the target holds rows of other");
    }

    @ParameterizedTest
    @CsvSource({
        "append, its rows were added",
        "replace-partition, whether it replaced the rows of this run",
        "merge, it may have updated or deleted"
    })
    void saysWhatALaterRunMayHaveDoneToTheRows(String mode, String said) {
        Succession succession = since("replace", mode);

        assertThat(succession.successor()).isEmpty();
        assertThat(succession.open().orElseThrow())
                .startsWith("run r1 has published since (" + mode + ")")
                .contains(said);
        assertThat(succession.last().run()).isEqualTo("r1");
    }

    @Test
    void isSupersededByTheLastThatReplacedAllRows() {
        Succession succession = since("append", "replace", "replace", "append");

        assertThat(succession.successor().map(Publication::run)).contains("r2");
        assertThat(succession.last().run()).isEqualTo("r3");
    }

    @Test
    void isNotSupersededInAnotherTarget() {
        Succession succession = Succession.of(
                Arrays.asList(publication(0, "replace", TARGET), publication(1, "replace", "public.elsewhere")));

        assertThat(succession.successor()).isEmpty();
        assertThat(succession.open()).isEmpty();
        assertThat(succession.newest().run()).isEqualTo("r1");
    }

    private static Succession since(String... modes) {
        Publication[] publications = new Publication[modes.length];
        for (int i = 0; i < modes.length; i++) {
            publications[i] = publication(i, modes[i], TARGET);
        }
        return Succession.of(Arrays.asList(publications));
    }

    private static Publication publication(int number, String mode, String target) {
        return new Publication(
                "r" + number, OptionalLong.of(number), mode, target, 1, 0, 0, 1, Optional.empty(), Optional.empty());
    }
}

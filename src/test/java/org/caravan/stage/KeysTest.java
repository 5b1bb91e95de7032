package org.caravan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.caravan.ledger.Run;
import org.caravan.ledger.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private final Run run = new Run(new RunId("20260131t060000000_4x7qa"), "customers", Instant.EPOCH);

    @Test
    void givesEachRunAFolderOfItsOwn() {
        Keys keys = Keys.of("landing/caravan", run);

        assertThat(keys.part(1, ".parquet"))
                .isEqualTo("landing/caravan/customers/20260131t060000000_4x7qa/part-00001.parquet");
        assertThat(keys.part(12345, ".csv.gz"))
                .isEqualTo("landing/caravan/customers/20260131t060000000_4x7qa/part-12345.csv.gz");
        assertThat(keys.manifest()).isEqualTo("landing/caravan/customers/20260131t060000000_4x7qa/manifest.json");
    }

    @ParameterizedTest
    @CsvSource({"caravan, caravan", "/a/b/, a/b", "//a//, a", "A-1_x.y/0, A-1_x.y/0"})
    void takesAPrefixWithoutTheSlashesAtItsEnds(String prefix, String checked) {
        assertThat(Keys.checkPrefix(prefix)).isEqualTo(checked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a//b",
                "_hidden",
                "a/_hidden",
                ".hidden",
                "a/.hidden",
                "a/../b",
                "..",
                "-a",
                "a b",
                "ä",
                "a\nb",
                "${header.x}",
                "a/${exchangeId}",
                "$simple{body}",
                "a?b",
                "a*",
                "a'b"
            })
    void refusesAPrefixThatCamelAShellOrSpectrumWouldMisread(String prefix) {
        assertThatThrownBy(() -> Keys.checkPrefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid S3 prefix '" + prefix + "'");
    }
}

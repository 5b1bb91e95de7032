package org.caravan.sandbox.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTextTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CopyText rows = new CopyText(out);

    @Test
    void separatesFieldsByTabsAndEndsRowsByLineFeeds() throws IOException {
        rows.number(1).text("a").endRow();
        rows.number(-2).text("").endRow();

        assertThat(written()).isEqualTo("1\ta\n-2\t\n");
    }

    @Test
    void escapesWhatCopyWouldMisread() throws IOException {
        rows.text("tab\t line\n return\r back\\slash \\N \\.").endRow();

        assertThat(written()).isEqualTo("tab\\t line\\n return\\r back\\\\slash \\\\N \\\\.\n");
    }

    @Test
    void keepsNullApartFromTheEmptyString() throws IOException {
        rows.text(Optional.empty()).text(Optional.of("")).endRow();

        assertThat(written()).isEqualTo("\\N\t\n");
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "1,0.01", "-1,-0.01", "10,0.10", "100,1.00", "-12345,-123.45", "999999999999,9999999999.99"})
    void writesHundredthsExactly(long hundredths, String expected) throws IOException {
        rows.hundredths(hundredths).endRow();

        assertThat(written()).isEqualTo(expected + "\n");
    }

    @Test
    void writesTextAsUtf8() throws IOException {
        rows.text("é日😀").endRow();

        assertThat(written()).isEqualTo("é日😀\n");
    }

    private String written() throws IOException {
        rows.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}

package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFunctionTest {
    @TempDir
    private Path directory;

    @Test
    void isFoundByCamelItself() throws Exception {
        Path file = Files.writeString(directory.resolve("pw"), "hush\n");

        CamelContext context = new DefaultCamelContext();

        assertThat(context.resolvePropertyPlaceholders("x?password={{file:" + file + "}}"))
                .isEqualTo("x?password=hush");
        assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{file:/nowhere}}"))
                .hasStackTraceContaining("The file /nowhere of {{file:/nowhere}} cannot be read: there is none.");
    }
}

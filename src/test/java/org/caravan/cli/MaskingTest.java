package org.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.caravan.settings.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What this process says has no secret of its settings, whoever says it. */
@Isolated("changes standard error")
class MaskingTest {
    private static final String SECRET = "c4n4ry-masked";

    @TempDir
    private Path directory;

    @BeforeEach
    void learn() throws Exception {
        Masking.learn(settings("redshift.password=" + SECRET + "\nshop.url=jdbc:x://h/d?password=c4n4ry%2Burl\n"));
    }

    @AfterEach
    void forget() throws Exception {
        Masking.learn(settings(""));
    }

    private Settings settings(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("settings.properties"), text);
        return Settings.load(file, Optional.empty(), directory, Map.of());
    }

    @Test
    void masksTheLogOfOthersToo() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(Caravan.class.getResource("/org/caravan/cli/logback.xml"));
            Logger log = context.getLogger("a.driver");
            log.setLevel(Level.DEBUG);

            log.debug("Authorization: Bearer {}", SECRET);
            log.warn("gone", new IllegalStateException("no " + SECRET, new IllegalArgumentException("nor c4n4ry+url")));
        } finally {
            context.stop();
            System.setErr(before);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("Authorization: Bearer ***", "IllegalStateException: no ***", "nor ***", "MaskingTest.java")
                .doesNotContain("c4n4ry");
    }

    @Test
    void masksALineHoweverItIsWritten() {
        StringWriter out = new StringWriter();
        PrintWriter masking = Masking.over(out);

        masking.print("the word is c4n4");
        masking.println("ry-masked, and c4n4ry+url");
        masking.printf("c4n4ry%%2Burl too");
        masking.flush();

        assertThat(out.toString().lines()).containsExactly("the word is ***, and ***", "*** too");
    }
}

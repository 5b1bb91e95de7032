package org.caravan.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.caravan.reload.ReloadedFolder.route;
import static org.caravan.reload.Reloader.Outcome.ACCEPTED;
import static org.caravan.reload.Reloader.Outcome.REFUSED;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What becomes of a change of the settings. */
class SettingsFollowerTest {
    private static final String NAME = "config/a.properties";

    private Path file;
    private ReloadedFolder folder;

    @BeforeEach
    void folder(@TempDir Path directory) throws IOException {
        file = Files.createDirectory(directory.resolve("config")).resolve("a.properties");
        set("greeting=hello\n");
        Path routes = Files.createDirectory(directory.resolve("routes"));
        folder = new ReloadedFolder(routes, values -> new FileSettings(file, values));
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void set(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String every100Millis(String id, String text) {
        return route(id, "timer:" + id + "?period=100", text);
    }

    @Test
    void comesIntoForceInTheRoutesThatUseItAndInNoOther() {
        folder.write("a.yaml", every100Millis("a", "{{greeting}} from a"));
        folder.write("b.yaml", every100Millis("b", "from b"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("hello from a", "from b"));
        Route other = folder.camel.getRoute("b");

        set("greeting=good day\n");

        folder.eventually(() -> assertThat(folder.noted).contains("good day from a"));
        folder.eventually(() -> assertThat(folder.state(NAME).status()).isEqualTo(FileState.Status.LIVE));
        assertThat(folder.camel.getRoute("b")).isSameAs(other);
        assertThat(folder.outcomes(NAME)).containsExactly(ACCEPTED);
        assertThat(folder.changes)
                .filteredOn(change -> change.name().equals(NAME))
                .extracting(Reloader.Change::message)
                .containsExactly("in force; changed greeting");
    }

    @Test
    void saysOnceThatANewFileIsReadAtTheNextStart() throws IOException {
        folder.write("a.yaml", every100Millis("a", "{{greeting}} from a"));
        Logger journal = (Logger) LoggerFactory.getLogger(Journal.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        journal.addAppender(said);
        try {
            folder.start();
            folder.eventually(() -> assertThat(folder.noted).contains("hello from a"));
            assertThat(warnings(said)).isEmpty();

            Files.writeString(file.resolveSibling("new.properties"), "greeting=from the new file\n");

            folder.eventually(() -> assertThat(warnings(said))
                    .containsExactly("config/new.properties is new, and not followed: it is read at the next start"));
            set("greeting=good day\n");
            folder.eventually(() -> assertThat(folder.noted).contains("good day from a"));
            assertThat(warnings(said)).hasSize(1);
        } finally {
            journal.detachAppender(said);
        }
    }

    private static List<String> warnings(ListAppender<ILoggingEvent> said) {
        return List.copyOf(said.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void isRefusedWithItsLineWhileTheOldOneGoesOn() {
        folder.write("a.yaml", every100Millis("a", "{{greeting}} from a"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("hello from a"));

        set("greeting=wrong\n");

        folder.eventually(() -> assertThat(folder.outcomes(NAME)).containsExactly(REFUSED));
        folder.eventually(() -> assertThat(folder.state(NAME).status()).isEqualTo(FileState.Status.REFUSED));
        assertThat(folder.state(NAME).problem())
                .map(problem -> problem.line().getAsInt())
                .contains(1);
        folder.noted.clear();
        folder.eventually(() -> assertThat(folder.noted).contains("hello from a"));
        set("greeting=hello\n");
        folder.eventually(() -> assertThat(folder.state(NAME).status()).isEqualTo(FileState.Status.LIVE));
        assertThat(folder.noted).doesNotContain("wrong from a");
    }

    @Test
    void isRefusedIfARouteWouldNotLoadWithIt() {
        set("step=bean:noted\n");
        folder.settings.clear();
        folder.settings.put("step", "bean:noted");
        folder.write("a.yaml", route("a", "timer:a?period=100", "a speaks", "\"{{step}}\""));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("a speaks"));

        set("# moved\nstep=nosuch:noted\n");

        folder.eventually(() -> assertThat(folder.outcomes(NAME)).containsExactly(REFUSED));
        assertThat(folder.state(NAME).problem()).hasValueSatisfying(problem -> assertThat(problem.message())
                .startsWith("step: a.yaml would not load with it: ")
                .contains("nosuch"));
        assertThat(folder.state(NAME).problem())
                .map(problem -> problem.line().getAsInt())
                .contains(2);
        folder.noted.clear();
        folder.eventually(() -> assertThat(folder.noted).contains("a speaks"));
    }

    @Test
    void isTakenBackIfARouteDoesNotStartWithIt() {
        set("often=0/1 * * * * ?\nword=one\n");
        folder.settings.clear();
        folder.settings.put("often", "0/1 * * * * ?");
        folder.settings.put("word", "one");
        folder.write("a.yaml", route("a", "quartz:g/a?cron={{often}}", "a says {{word}}"));
        folder.write("b.yaml", every100Millis("b", "b says {{word}}"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("a says one", "b says one"));

        set("often=0 0 0 30 2 ?\nword=two\n");

        folder.eventually(() -> assertThat(folder.outcomes(NAME)).contains(REFUSED));
        folder.eventually(() -> {
            folder.noted.clear();
            folder.eventually(() -> assertThat(folder.noted).contains("a says one", "b says one"));
            assertThat(folder.noted).doesNotContain("b says two");
        });
        assertThat(folder.settings).containsEntry("often", "0/1 * * * * ?").containsEntry("word", "one");
    }

    @Test
    void waitsForARunThatIsUnderWay() {
        folder.write("a.yaml", route("a", "timer:a?repeatCount=1", "{{greeting}}", "bean:slow"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).containsExactly("begun hello"));

        set("greeting=good day\n");

        folder.eventually(() -> assertThat(folder.state(NAME).status()).isEqualTo(FileState.Status.WAITING));
        folder.slowMayEnd.countDown();
        folder.eventually(() -> assertThat(folder.noted)
                .containsExactly("begun hello", "over hello", "begun good day", "over good day"));
    }

    @Test
    void keepsUntilTheNextStartWhatARunCouldSeeHalfChanged() {
        set("later.key=1\nshared=1\nasked=1\nfree=1\n");
        folder.settings.clear();
        folder.settings.putAll(Map.of("later.key", "1", "shared", "1", "asked", "1", "free", "1"));
        folder.write("shared.yaml", route("shared", "direct:shared", "{{shared}}"));
        folder.write(
                "a.yaml",
                every100Millis("a", "free {{free}}")
                        .replace("constant: \"free", "simple: \"asked ${properties:asked} free"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("asked 1 free 1"));

        set("later.key=2\nshared=2\nasked=2\nfree=2\n");

        folder.eventually(() -> assertThat(folder.noted).contains("asked 1 free 2"));
        assertThat(folder.call("shared")).isEqualTo("1");
        assertThat(folder.changes)
                .filteredOn(change -> change.name().equals(NAME))
                .extracting(Reloader.Change::message)
                .containsExactly("in force; changed free; at the next start asked, later.key, shared");
    }

    @Test
    void triesARefusedOneAgainWhenTheRoutesChange() {
        folder.write("a.yaml", every100Millis("a", "{{greeting}} from a"));
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("hello from a"));
        set("step=nosuch:noted\n");
        folder.eventually(() -> assertThat(folder.outcomes(NAME)).containsExactly(REFUSED));

        folder.write("a.yaml", every100Millis("a", "no greeting"));

        folder.eventually(() -> assertThat(folder.outcomes(NAME)).containsExactly(REFUSED, ACCEPTED));
        folder.eventually(() -> assertThat(folder.noted).contains("no greeting"));
    }

    @Test
    void letsARouteInThatWasRefusedForWantOfIt() {
        folder.write("a.yaml", every100Millis("a", "{{name}} speaks"));
        folder.start();
        folder.eventually(() -> assertThat(folder.outcomes("a.yaml")).containsExactly(REFUSED));

        set("greeting=hello\nname=Ann\n");

        folder.eventually(() -> assertThat(folder.noted).contains("Ann speaks"));
    }

    @Test
    void reachesARouteOfWhichAnEditWasRefusedOnceThatIsTakenBack() {
        String good = every100Millis("a", "{{greeting}} from a");
        folder.write("a.yaml", good);
        folder.start();
        folder.eventually(() -> assertThat(folder.noted).contains("hello from a"));
        folder.write("a.yaml", good.replace("bean:noted", "nosuch:noted"));
        folder.eventually(() -> assertThat(folder.outcomes("a.yaml")).contains(REFUSED));
        set("greeting=good day\n");
        folder.eventually(() -> assertThat(folder.outcomes(NAME)).containsExactly(ACCEPTED));

        folder.write("a.yaml", good);

        folder.eventually(() -> assertThat(folder.noted).contains("good day from a"));
    }
}

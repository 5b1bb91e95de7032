package org.caravan.reload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.caravan.reload.ReloadedFolder.route;
import static org.caravan.reload.Reloader.Outcome.ACCEPTED;
import static org.caravan.reload.Reloader.Outcome.REFUSED;
import static org.caravan.reload.Reloader.Outcome.REMOVED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a change of a file. */
class ReloaderTest {
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: greet
            spec:
              definition:
                title: Greet
                type: object
                properties:
                  who:
                    title: Who
                    type: string
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody:
                        constant: "%s {{who}}"
                    - to: bean:noted
            """;

    private ReloadedFolder folder;

    @BeforeEach
    void folder(@TempDir Path directory) {
        folder = new ReloadedFolder(directory);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void startsTheGoodFilesThoughOneIsBad() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.write("b.camel.yaml", route("b", "direct:b", "one", "nosuch:thing"));
        folder.write("c.xml", "<routes><route id=\"c\"><from uri=\"direct:c\"/><to uri=\"bean:noted\"/></routes>");
        folder.write(
                "d.xml", "<routes><route id=\"d\"><from uri=\"direct:d\"/><to uri=\"bean:noted\"/></route></routes>");

        folder.start();

        assertThat(folder.routesAndStatus()).isEqualTo(Map.of("a", "Started", "d", "Started"));
        assertThat(folder.state("b.camel.yaml").status()).isEqualTo(FileState.Status.REFUSED);
        assertThat(folder.state("b.camel.yaml").problem().orElseThrow().message())
                .contains("nosuch");
        assertThat(folder.state("b.camel.yaml").problem().orElseThrow().line()).hasValue(8);
        assertThat(folder.state("c.xml").problem().orElseThrow().line()).hasValue(1);
        assertThat(folder.reloader.state().problems()).hasSize(2);
    }

    @Test
    void startsARouteAsSoonAsWhatItNeedsIsThere(@TempDir Path directory) throws IOException {
        Path inbox = directory.resolve("inbox");
        folder.write(
                "a.camel.yaml",
                route("a", "file:" + inbox + "?autoCreate=false&startingDirectoryMustExist=true", "one"));
        folder.start();
        assertThat(folder.state("a.camel.yaml").problem().orElseThrow().message())
                .contains(inbox.toString());

        Files.createDirectory(inbox);

        folder.eventually(() -> assertThat(folder.routesAndStatus()).isEqualTo(Map.of("a", "Started")));
        assertThat(folder.outcomes("a.camel.yaml")).containsExactly(REFUSED, ACCEPTED);
    }

    @Test
    void refusesAStepThatIsOutsideOfItsRoute() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.start();

        folder.write("a.camel.yaml", route("a", "direct:a", "two") + "- to: bean:noted\n");

        folder.eventually(
                () -> assertThat(folder.state("a.camel.yaml").status()).isEqualTo(FileState.Status.REFUSED));
        assertThat(folder.state("a.camel.yaml").problem().orElseThrow().message())
                .startsWith("'to' stands at the top level");
        assertThat(folder.state("a.camel.yaml").problem().orElseThrow().line()).hasValue(9);
        assertThat(folder.call("a")).isEqualTo("one");
    }

    @Test
    void saysWhetherItFollowsTheFiles() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        assertThat(folder.reloader.isFollowing()).isFalse();

        folder.start();
        assertThat(folder.reloader.isFollowing()).isTrue();

        folder.reloader.close();
        assertThat(folder.reloader.isFollowing()).isFalse();
    }

    @Test
    void exchangesTheRoutesOfTheFileThatChangedAndNoOthers() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.write("b.camel.yaml", route("b", "direct:b", "one"));
        folder.start();
        Route other = folder.camel.getRoute("b");

        folder.write("a.camel.yaml", route("a", "direct:a", "two"));

        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("two"));
        assertThat(folder.camel.getRoute("b")).isSameAs(other);
        folder.eventually(() -> assertThat(folder.outcomes("a.camel.yaml")).containsExactly(ACCEPTED, ACCEPTED));
        assertThat(folder.outcomes("b.camel.yaml")).containsExactly(ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- route: [",
                "",
                "- route: { id: a, from: { uri: 'direct:a', steps: [ { to: 'nosuch:thing' } ] } }",
                "- route: { id: a, from: { uri: 'direct:a', steps: [ { to: 'log:x?nosuch=1' } ] } }",
                "- route: { id: a, from: { uri: 'direct:a', steps: [ { to: 'log:{{nosuch}}' } ] } }",
                "- route: { id: a, from: { uri: 'direct:a', steps: [ { to: 'kamelet:nosuch' } ] } }",
                "- route: { id: a, from: { uri: 'quartz:x/a?cron=0 0 25 * * ?', steps: [ { to: 'log:x' } ] } }",
                "- route: { id: a, from: { uri: 'timer:a?period=nosuch', steps: [ { to: 'log:x' } ] } }",
                "- route: { id: b, from: { uri: 'direct:c', steps: [ { to: 'log:x' } ] } }",
                "- route: { id: c, from: { uri: 'direct:b', steps: [ { to: 'log:x' } ] } }",
            })
    void keepsTheVersionThatWorks(String bad) {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.write("b.camel.yaml", route("b", "direct:b", "one"));
        folder.start();
        Route works = folder.camel.getRoute("a");

        folder.write("a.camel.yaml", bad);

        folder.eventually(() -> assertThat(folder.outcomes("a.camel.yaml")).containsExactly(ACCEPTED, REFUSED));
        assertThat(folder.camel.getRoute("a")).isSameAs(works);
        assertThat(folder.call("a")).isEqualTo("one");
        assertThat(folder.state("a.camel.yaml").good()).isPresent();

        folder.write("a.camel.yaml", route("a", "direct:a", "three"));

        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("three"));
        folder.eventually(() -> assertThat(folder.reloader.state().problems()).isEmpty());
        assertThat(folder.call("b")).isEqualTo("one");
    }

    @Test
    void takesOutTheRoutesOfAFileThatIsDeleted() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.write("b.camel.yaml", route("b", "quartz:x/b?cron=0 0 6 * * ?", "one"));
        folder.start();

        folder.delete("b.camel.yaml");

        folder.eventually(() -> assertThat(folder.outcomes("b.camel.yaml")).containsExactly(ACCEPTED, REMOVED));
        assertThat(folder.routesAndStatus()).isEqualTo(Map.of("a", "Started"));
        folder.eventually(() -> assertThat(folder.quartzJobs()).isZero());
        assertThat(folder.reloader.state().files()).hasSize(1);
    }

    @Test
    void stopsNothingWhenAFileIsRenamed() throws IOException {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.start();
        Route works = folder.camel.getRoute("a");

        Files.move(folder.folder.resolve("a.camel.yaml"), folder.folder.resolve("b.camel.yaml"));

        folder.eventually(() -> assertThat(folder.outcomes("b.camel.yaml")).containsExactly(ACCEPTED));
        assertThat(folder.camel.getRoute("a")).isSameAs(works);

        folder.write("b.camel.yaml", route("a", "direct:a", "two"));

        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("two"));
    }

    @Test
    void waitsForTheRunThatIsUnderWay() throws Exception {
        folder.write("a.camel.yaml", route("a", "direct:a", "one", "bean:slow"));
        folder.write("b.camel.yaml", route("b", "direct:b", "one"));
        folder.start();
        CompletableFuture<String> run = CompletableFuture.supplyAsync(() -> folder.call("a"));
        folder.eventually(() -> assertThat(folder.noted).containsExactly("begun one"));

        folder.write("a.camel.yaml", route("a", "direct:a", "two"));
        folder.eventually(
                () -> assertThat(folder.state("a.camel.yaml").status()).isEqualTo(FileState.Status.WAITING));
        folder.write("b.camel.yaml", route("b", "direct:b", "two"));
        folder.eventually(() -> assertThat(folder.call("b")).isEqualTo("two"));
        assertThat(folder.state("a.camel.yaml").status()).isEqualTo(FileState.Status.WAITING);

        folder.slowMayEnd.countDown();

        assertThat(run.get(20, SECONDS)).isEqualTo("one");
        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("two"));
        assertThat(folder.noted).contains("over one");
    }

    @Test
    void refusesTheNewcomerOfTwoWithOneRouteId() {
        folder.write("b.camel.yaml", route("same", "direct:b", "one"));
        folder.start();

        folder.write("a.camel.yaml", route("same", "direct:a", "two"));

        folder.eventually(() -> assertThat(folder.outcomes("a.camel.yaml")).containsExactly(REFUSED));
        assertThat(folder.state("a.camel.yaml").problem().orElseThrow().message())
                .contains("'same' is taken by b.camel.yaml");
        assertThat(folder.call("b")).isEqualTo("one");

        folder.delete("b.camel.yaml");

        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("two"));
    }

    @Test
    void letsTwoFilesChangePlaces() {
        folder.write("a.camel.yaml", route("a", "direct:a", "of a"));
        folder.write("b.camel.yaml", route("b", "direct:b", "of b"));
        folder.start();

        folder.write("a.camel.yaml", route("b", "direct:b", "b of a"));
        folder.write("b.camel.yaml", route("a", "direct:a", "a of b"));

        folder.eventually(() -> assertThat(folder.call("b")).isEqualTo("b of a"));
        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("a of b"));
        folder.eventually(() -> assertThat(folder.reloader.state().problems()).isEmpty());
    }

    @Test
    void exchangesTheRoutesThatAChangedKameletIsUsedIn() {
        folder.write("greet.kamelet.yaml", KAMELET.formatted("hello"));
        folder.write("a.camel.yaml", route("a", "direct:a", "", "kamelet:greet?who=a"));
        folder.write("b.camel.yaml", route("b", "direct:b", "", "kamelet:greet?who=b"));
        folder.write("c.camel.yaml", route("c", "direct:c", "none"));
        folder.start();
        Route other = folder.camel.getRoute("c");
        assertThat(folder.call("a")).isEqualTo("hello a");
        int routes = folder.camel.getRoutesSize();

        folder.write("greet.kamelet.yaml", KAMELET.formatted("goodbye"));

        folder.eventually(() -> assertThat(folder.call("a")).isEqualTo("goodbye a"));
        folder.eventually(() -> assertThat(folder.call("b")).isEqualTo("goodbye b"));
        assertThat(folder.camel.getRoutesSize()).isEqualTo(routes);
        assertThat(folder.camel.getRoute("c")).isSameAs(other);

        folder.write("greet.kamelet.yaml", KAMELET.formatted("broken {{nosuch}}"));

        folder.eventually(
                () -> assertThat(folder.outcomes("greet.kamelet.yaml")).endsWith(REFUSED));
        assertThat(folder.call("a")).isEqualTo("goodbye a");

        folder.delete("greet.kamelet.yaml");

        folder.eventually(
                () -> assertThat(folder.outcomes("greet.kamelet.yaml")).endsWith(REFUSED, REFUSED));
        assertThat(folder.state("greet.kamelet.yaml").problem().orElseThrow().message())
                .contains("a.camel.yaml needs it");
        assertThat(folder.call("b")).isEqualTo("goodbye b");
    }

    @Test
    void exchangesTheRoutesOfAChangedTemplate() {
        String template =
                """
                - routeTemplate:
                    id: sayer
                    parameters:
                      - name: what
                    from:
                      uri: "direct:{{what}}"
                      steps:
                        - setBody:
                            constant: "%s {{what}}"
                        - to: bean:noted
                """;
        folder.write("z-template.camel.yaml", template.formatted("one"));
        folder.write(
                "a.camel.yaml",
                """
                - templatedRoute:
                    routeId: said
                    routeTemplateRef: sayer
                    parameters:
                      - name: what
                        value: said
                """);
        folder.start();
        assertThat(folder.call("said")).isEqualTo("one said");

        folder.write("z-template.camel.yaml", template.formatted("two"));

        folder.eventually(() -> assertThat(folder.call("said")).isEqualTo("two said"));
        assertThat(folder.camel.getRoutesSize()).isEqualTo(1);
    }

    @Test
    void seesTheSwapOfAMountedConfigMap(@TempDir Path volume) throws IOException {
        Path before = Files.createDirectory(volume.resolve("..2026_01"));
        Path after = Files.createDirectory(volume.resolve("..2026_02"));
        Files.writeString(before.resolve("a.camel.yaml"), route("a", "direct:a", "one"));
        Files.writeString(after.resolve("a.camel.yaml"), route("a", "direct:a", "two"));
        Path data = Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(volume.resolve("a.camel.yaml"), Path.of("..data/a.camel.yaml"));
        try (ReloadedFolder mounted = new ReloadedFolder(volume).start()) {
            assertThat(mounted.call("a")).isEqualTo("one");

            Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2026_02"));
            Files.move(link, data, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

            mounted.eventually(() -> assertThat(mounted.call("a")).isEqualTo("two"));
            assertThat(mounted.reloader.state().files()).hasSize(1);
        }
    }

    @Test
    void findsNewFolders() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.start();

        folder.write("sales/eu/b.camel.yaml", route("b", "direct:b", "one"));

        folder.eventually(
                () -> assertThat(folder.outcomes("sales/eu/b.camel.yaml")).containsExactly(ACCEPTED));
        assertThat(folder.call("b")).isEqualTo("one");
    }

    @Test
    void keepsAllRoutesWhenTheWholeFolderIsEmptyAtOnce() {
        folder.write("a.camel.yaml", route("a", "direct:a", "one"));
        folder.write("b.camel.yaml", route("b", "direct:b", "one"));
        folder.start();

        folder.delete("a.camel.yaml");
        folder.delete("b.camel.yaml");

        folder.eventually(() -> assertThat(folder.reloader.state().trouble()).isPresent());
        assertThat(folder.call("a")).isEqualTo("one");
        folder.write("b.camel.yaml", route("b", "direct:b", "one"));
        folder.eventually(() -> assertThat(folder.outcomes("a.camel.yaml")).containsExactly(ACCEPTED, REMOVED));
        assertThat(folder.call("b")).isEqualTo("one");
    }
}

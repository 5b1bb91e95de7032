package org.caravan.reload;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.caravan.ledger.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty files that are edited at random, well and badly, while their routes run every second. Lasts as many seconds as the system
 * property {@code caravan.hostile.seconds} says; an hour is {@code mvn test -Dtest=HostileEditorTest
 * -Dcaravan.hostile.seconds=3600}. A failure names the seed, which {@code caravan.hostile.seed} takes.
 */
class HostileEditorTest {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("caravan.hostile.seconds", 30));
    private static final long SEED = Long.getLong("caravan.hostile.seed", System.nanoTime());
    private static final int FILES = 30;
    /** Of these every version that was good must go on until a better one comes; others are deleted as well. */
    private static final int KEPT = 15;

    private static final List<String> CRONS = List.of("* * * * * ?", "0/1 * * * * ?", "0-59 * * * * ?");

    private final Random random = new Random(SEED);
    private final Map<String, List<Long>> fired = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    /** The name of each route's file, and whether it is there. */
    private final Map<String, String> names = new TreeMap<>();

    private ReloadedFolder folder;
    private int version;

    private static String id(int file) {
        return "route%02d".formatted(file);
    }

    private boolean isKept(String id) {
        return Integer.parseInt(id.substring("route".length())) < KEPT;
    }

    private String good(String id) {
        String cron = CRONS.get(random.nextInt(CRONS.size()));
        String zone = random.nextBoolean() ? "UTC" : "Europe/Berlin";
        return ReloadedFolder.route(
                id,
                "quartz:hostile/" + id + "?cron=" + cron + "&stateful=true&trigger.timeZone=" + zone,
                "version " + ++version,
                "bean:worked");
    }

    private void work(Exchange exchange) {
        begun.incrementAndGet();
        Instant due =
                exchange.getMessage().getHeader("scheduledFireTime", Date.class).toInstant();
        fired.computeIfAbsent(exchange.getFromRouteId(), id -> Collections.synchronizedList(new ArrayList<>()))
                .add(due.getEpochSecond());
        LockSupport.parkNanos(
                Duration.ofMillis(due.getEpochSecond() % 7 == 0 ? 900 : 60).toNanos());
        over.incrementAndGet();
    }

    private final class Failed extends SimpleEventNotifierSupport {
        Failed() {
            setIgnoreExchangeEvents(false);
            setIgnoreExchangeFailedEvents(false);
        }

        @Override
        public void notify(CamelEvent event) {
            if (event instanceof CamelEvent.ExchangeFailedEvent failed) {
                failures.add(failed.getExchange().getFromRouteId() + ": "
                        + failed.getExchange().getException());
            }
        }
    }

    @Test
    void stopsNoGoodPipelineCutsNoRunAndLosesOrDoublesNoTrigger(@TempDir Path directory) throws Exception {
        folder = new ReloadedFolder(directory);
        folder.camel.getRegistry().bind("worked", (Processor) this::work);
        folder.camel.getManagementStrategy().addEventNotifier(new Failed());
        for (int file = 0; file < FILES; file++) {
            names.put(id(file), id(file) + ".camel.yaml");
            folder.write(names.get(id(file)), good(id(file)));
        }
        try {
            folder.start();
            await().atMost(20, SECONDS).until(() -> fired.size() == FILES);
            edit();
            settle();
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + SEED, e);
        } finally {
            folder.close();
        }
        assertThat(failures).as("seed %s", SEED).isEmpty();
        assertThat(over.get()).as("runs that came to their end").isEqualTo(begun.get());
        fired.forEach(this::checkTriggers);
    }

    private void edit() throws IOException {
        Instant end = Instant.now().plus(LENGTH);
        while (Instant.now().isBefore(end)) {
            String id = id(random.nextInt(FILES));
            if (Files.exists(file(id))) {
                change(id, random.nextInt(isKept(id) ? 9 : 11));
            } else {
                folder.write(names.get(id), good(id));
            }
            pause(random.nextInt(500));
        }
    }

    private void change(String id, int what) throws IOException {
        String name = names.get(id);
        if (!isKnown(id)) {
            // Renamed just now: what is bad before anyone looked is one that is gone and another that never was good.
            folder.write(name, good(id));
            return;
        }
        switch (what) {
            case 0, 1 -> folder.write(name, good(id));
            case 2 -> Files.writeString(file(id), good(id));
            case 3 -> folder.write(name, good(id).replace("steps:", "steps: ["));
            case 4 -> folder.write(name, good(id).replace("bean:", "nosuch:"));
            case 5 -> folder.write(name, good(id).replaceFirst("cron=[^&]*", "cron=0 0 25 * * ?"));
            // Of another file that is always there.
            case 6 -> folder.write(name, good(id(random.nextInt(KEPT))));
            case 7 -> halfWritten(id);
            case 8 -> {
                // A file that is edited and renamed before anyone looked is one that is gone and another that is new.
                if (isLookedAt(id)) {
                    rename(id);
                }
            }
            default -> folder.delete(name);
        }
    }

    private boolean isKnown(String id) {
        return folder.reloader.state().files().stream()
                .anyMatch(known -> Path.of(known.file()).endsWith(names.get(id)));
    }

    private boolean isLookedAt(String id) throws IOException {
        Optional<String> content = Optional.of(Sha256.of(Files.readString(file(id))));
        return folder.reloader.state().files().stream()
                .filter(known -> Path.of(known.file()).endsWith(names.get(id)))
                .anyMatch(known -> known.good().equals(content) || known.other().equals(content));
    }

    private void halfWritten(String id) throws IOException {
        String text = good(id);
        for (int part = 1; part <= 4; part++) {
            Files.writeString(file(id), text.substring(0, text.length() * part / 4));
            pause(random.nextInt(200));
        }
    }

    private void rename(String id) throws IOException {
        Path before = file(id);
        names.put(id, id + "-" + ++version + ".camel.yaml");
        Files.move(before, file(id));
    }

    private Path file(String id) {
        return folder.folder.resolve(names.get(id));
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    /** Every file gets a good version, which must run; then nothing else may be there. */
    private void settle() {
        names.keySet().forEach(id -> folder.write(names.get(id), good(id)));
        Set<String> ids = new TreeSet<>(names.keySet());
        await().atMost(60, SECONDS).untilAsserted(() -> {
            assertThat(folder.reloader.state().problems()).isEmpty();
            assertThat(folder.reloader.state().files())
                    .hasSize(FILES)
                    .allMatch(file -> file.status() == FileState.Status.LIVE);
        });
        assertThat(folder.routesAndStatus().keySet()).isEqualTo(ids);
        assertThat(folder.routesAndStatus().values()).containsOnly("Started");
        try {
            assertThat(folder.quartzJobs()).isEqualTo(FILES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        long settled = Instant.now().getEpochSecond();
        await().atMost(60, SECONDS)
                .until(() -> fired.values().stream().allMatch(times -> Collections.max(List.copyOf(times)) > settled));
    }

    private void checkTriggers(String id, List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        assertThat(sorted).as("%s, seed %s: no time twice", id, SEED).doesNotHaveDuplicates();
        if (isKept(id)) {
            List<Long> missing = new ArrayList<>();
            for (int index = 1; index < sorted.size(); index++) {
                for (long second = sorted.get(index - 1) + 1; second < sorted.get(index); second++) {
                    missing.add(second);
                }
            }
            assertThat(missing)
                    .as("%s, seed %s: times that were lost of %s", id, SEED, sorted.size())
                    .isEmpty();
        }
    }
}

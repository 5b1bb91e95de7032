package org.caravan.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.caravan.redshift.StagedRun.ask;
import static org.caravan.redshift.StagedRun.row;
import static org.caravan.redshift.StagedRun.rows;
import static org.caravan.redshift.StagedRun.tell;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.caravan.cli.SandboxFaults;
import org.caravan.ledger.CaravanException;
import org.caravan.redshift.PublishOptions.Analyze;
import org.caravan.redshift.PublishOptions.BoundViews;
import org.caravan.redshift.PublishOptions.Mode;
import org.caravan.redshift.PublishOptions.OldTable;
import org.caravan.redshift.PublishOptions.WhenMatched;
import org.caravan.redshift.PublishOptions.WhenMissing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The publish transaction against the stand-in for Redshift: what readers see, what others may do, and what a lost COMMIT does. */
class PublicationIT {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private final String pipeline = "published_" + TABLES.incrementAndGet();
    private final String target = "public." + pipeline;
    private long token = 1;

    @Test
    void replacesAllRowsAndConvertsThem() throws Exception {
        publish(replace(), rows(0, 5, "old", 1));
        Publication publication = publish(replace(), rows(2, 9, "new", 2));

        assertThat(publication)
                .extracting(Publication::inserted, Publication::updated, Publication::deleted, Publication::rowsAfter)
                .containsExactly(7L, 0L, 5L, 7L);
        assertThat(ask("SELECT COUNT(*), MIN(name), MAX(amount) FROM " + target))
                .containsExactly("7|new|2.25");
        assertThat(ask("SELECT at AT TIME ZONE 'UTC' FROM " + target + " WHERE id = 3"))
                .containsExactly("2026-03-29 00:30:00.3");
        assertThat(ask("SELECT mode, target, rows_inserted, rows_deleted, caravan_version, digest IS NOT NULL FROM"
                        + " publication_staging." + pipeline + "__load_ledger ORDER BY token"))
                .containsExactly(
                        "replace|" + target + "|5|0|0.1.0-SNAPSHOT|t", "replace|" + target + "|7|5|0.1.0-SNAPSHOT|t");
    }

    @Test
    void keepsViewsGrantsAndTheTableItselfWhenItReplaces() throws Exception {
        publish(replace(), rows(0, 5, "old", 1));
        String reader = user();
        tell(
                "CREATE VIEW " + target + "_v AS SELECT name, COUNT(*) AS n FROM " + target + " GROUP BY name",
                "GRANT SELECT ON " + target + " TO " + reader);
        List<String> before = privileges();

        publish(replace(), rows(0, 6, "new", 1));

        assertThat(ask("SELECT * FROM " + target + "_v")).containsExactly("new|6");
        assertThat(privileges()).isEqualTo(before).anyMatch(privilege -> privilege.startsWith(reader + "|SELECT"));
    }

    @Test
    void swapsInATableOfTheSameShapeAndGrantsItAgain() throws Exception {
        tell("CREATE TABLE " + target + " (id BIGINT ENCODE az64, day DATE, name VARCHAR(80), at TIMESTAMPTZ,"
                + " amount DECIMAL(12,2)) DISTKEY(id) SORTKEY(day, id)");
        publish(swap(), rows(0, 5, "old", 1));
        String reader = user();
        tell("GRANT SELECT, INSERT ON " + target + " TO " + reader);
        tell("CREATE VIEW " + target + "_late AS SELECT name FROM " + target + " WITH NO SCHEMA BINDING");
        List<String> before = privileges();

        Publication publication = publish(swap(), rows(0, 9, "new", 1));

        assertThat(publication.rowsAfter()).isEqualTo(9);
        assertThat(privileges()).isEqualTo(before).anyMatch(privilege -> privilege.startsWith(reader + "|INSERT"));
        assertThat(ask("SELECT DISTINCT name FROM " + target + "_late")).containsExactly("new");
        assertThat(ask("SELECT diststyle, sortkey1, sortkey_num FROM svv_table_info WHERE \"table\" = '" + pipeline
                        + "'"))
                .containsExactly("KEY(id)|day|2");
        assertThat(ask("SELECT COUNT(*) FROM svv_tables WHERE table_name LIKE '" + pipeline + "\\\\_\\\\_%'"
                        + " AND table_schema = 'public'"))
                .containsExactly("0");
    }

    @Test
    void refusesToSwapUnderAViewUnlessTheOldTableMayStay() throws Exception {
        publish(replace(), rows(0, 5, "old", 1));
        tell("CREATE VIEW " + target + "_v AS SELECT name FROM " + target);

        assertThatThrownBy(() -> publish(swap(), rows(0, 9, "new", 1)))
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("the views " + target + "_v are bound to it");
        assertThat(count()).isEqualTo("5");

        PublishOptions leave =
                options(Mode.SWAP, List.of(), WhenMatched.UPDATE, WhenMissing.KEEP, OldTable.DROP, BoundViews.LEAVE);
        StagedRun run = staged(leave, rows(0, 9, "new", 1));
        run.publish();

        assertThat(count()).isEqualTo("9");
        assertThat(ask("SELECT COUNT(*) FROM " + target + "_v")).containsExactly("5");
        assertThat(ask("SELECT COUNT(*) FROM public.\"" + pipeline + "__old_"
                        + run.run().id() + "\""))
                .containsExactly("5");
    }

    @Test
    void appends() throws Exception {
        publish(options(Mode.APPEND), rows(0, 5, "one", 1));
        Publication publication = publish(options(Mode.APPEND), rows(3, 9, "two", 1));

        assertThat(publication.rowsAfter()).isEqualTo(11);
        assertThat(ask("SELECT name, COUNT(*) FROM " + target + " GROUP BY name ORDER BY name"))
                .containsExactly("one|5", "two|6");
    }

    @ParameterizedTest
    @EnumSource
    void mergesByKey(Rule rule) throws Exception {
        PublishOptions merge = merge(rule.matched, rule.missing);
        publish(merge, rows(0, 6, "old", 1));
        Publication publication = publish(merge, rows(4, 9, "new", 2));

        assertThat(List.of(
                        publication.inserted(), publication.updated(), publication.deleted(), publication.rowsAfter()))
                .hasToString(rule.counts);
        assertThat(ask("SELECT id, name FROM " + target + " ORDER BY id")).hasToString(rule.rows);
    }

    /** The rules of merge, with what they make of the ids 0 to 5 and a run with 4 to 8. */
    enum Rule {
        UPSERT(
                WhenMatched.UPDATE,
                WhenMissing.KEEP,
                List.of(3L, 2L, 0L, 9L),
                List.of("0|old", "1|old", "2|old", "3|old", "4|new", "5|new", "6|new", "7|new", "8|new")),
        INSERT_ONLY(
                WhenMatched.IGNORE,
                WhenMissing.KEEP,
                List.of(3L, 0L, 0L, 9L),
                List.of("0|old", "1|old", "2|old", "3|old", "4|old", "5|old", "6|new", "7|new", "8|new")),
        MIRROR(
                WhenMatched.UPDATE,
                WhenMissing.DELETE,
                List.of(3L, 2L, 4L, 5L),
                List.of("4|new", "5|new", "6|new", "7|new", "8|new")),
        INSERT_AND_DELETE(
                WhenMatched.IGNORE,
                WhenMissing.DELETE,
                List.of(3L, 0L, 4L, 5L),
                List.of("4|old", "5|old", "6|new", "7|new", "8|new"));

        private final WhenMatched matched;
        private final WhenMissing missing;
        private final String counts;
        private final String rows;

        Rule(WhenMatched matched, WhenMissing missing, List<Long> counts, List<String> rows) {
            this.matched = matched;
            this.missing = missing;
            this.counts = counts.toString();
            this.rows = rows.toString();
        }
    }

    @Test
    void refusesKeysThatDoNotTellRowsApart() throws Exception {
        PublishOptions merge = merge(WhenMatched.UPDATE, WhenMissing.KEEP);
        publish(merge, rows(0, 5, "old", 1));

        assertRefused(merge, List.of(row(7, "a", 1), row(7, "b", 1)), "duplicate keys in (id, day), such as id '7'");
        assertRefused(
                merge,
                List.of("(NULL, DATE '2026-01-01', 'a', NULL, 1)", row(8, "b", 1)),
                "the staging table",
                "NULL keys in (id, day), such as id NULL, day '2026-01-01'");
        tell("INSERT INTO " + target + " (id, day) VALUES (1, DATE '2026-01-02')");
        assertRefused(merge, rows(1, 3, "new", 1), "the target " + target + " has duplicate keys", "id '1'");
        tell("DELETE FROM " + target + " WHERE name IS NULL", "INSERT INTO " + target + " (id) VALUES (99)");
        assertRefused(merge, rows(1, 3, "new", 1), "the target " + target + " has NULL keys");
    }

    @Test
    void replacesOnlyTheRunsPartitions() throws Exception {
        PublishOptions partition = partition("day");
        publish(partition, rows(0, 20, "old", 1));
        Publication publication =
                publish(partition, List.of(row(2, "new", 1), row(12, "new", 1), row(22, "new", 1), row(3, "new", 1)));

        assertThat(List.of(publication.inserted(), publication.deleted(), publication.rowsAfter()))
                .containsExactly(4L, 4L, 20L);
        assertThat(ask("SELECT DISTINCT day FROM " + target + " WHERE name = 'new' ORDER BY 1"))
                .containsExactly("2026-01-03", "2026-01-04");
        assertThat(ask("SELECT COUNT(*) FROM " + target
                        + " WHERE name = 'old' AND day IN ('2026-01-03', '2026-01-04')"))
                .containsExactly("0");
        assertRefused(
                partition,
                List.of("(1, NULL, 'a', NULL, 1)"),
                "1 rows of run",
                "have no value in the partition column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE STAGED SET amount = amount + 1 WHERE id = 3",
                "DELETE FROM STAGED WHERE id = 3",
                "INSERT INTO STAGED SELECT * FROM STAGED WHERE id = 3",
                "UPDATE STAGED SET name = CASE id WHEN 1 THEN 'two' WHEN 2 THEN 'one' ELSE name END"
            })
    void publishesNothingOfAStagingTableThatWasChanged(String change) throws Exception {
        publish(replace(), rows(0, 3, "yesterday", 1));
        List<String> rows = new ArrayList<>(List.of(row(1, "one", 1), row(2, "two", 1)));
        rows.addAll(rows(3, 9, "today", 1));
        StagedRun run = staged(replace(), rows);
        tell(change.replace("STAGED", RedshiftSql.quoted(run.request().staging())));

        assertThatThrownBy(run::publish)
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("it was changed after it was loaded and verified. Nothing is published");
        assertThat(ask("SELECT name, COUNT(*) FROM " + target + " GROUP BY name"))
                .containsExactly("yesterday|3");
    }

    @Test
    void refusesARunThatWasOvertaken() throws Exception {
        StagedRun paused = staged(replace(), rows(0, 3, "paused", 1));
        StagedRun later = staged(replace(), rows(0, 5, "later", 1));
        later.publish();

        assertThatThrownBy(paused::publish)
                .isInstanceOf(CaravanException.class)
                .hasMessageContaining("run " + later.run().id() + " (token 2) overtook it");
        assertThat(ask("SELECT DISTINCT name FROM " + target)).containsExactly("later");
    }

    @Test
    void publishesARunOnce() throws Exception {
        StagedRun run = staged(options(Mode.APPEND), rows(0, 5, "once", 1));
        assertThat(ledger().published(pipeline, run.run().id())).isEmpty();
        Publication first = run.publish();

        assertThat(run.publish()).isEqualTo(first);
        assertThat(ledger().published(pipeline, run.run().id())).contains(first);
        assertThat(count()).isEqualTo("5");
        assertThat(ledger().published("no_such_pipeline", run.run().id())).isEmpty();
        assertThat(new LoadLedger(StagedRun.warehouse(), "no_such_schema")
                        .published(pipeline, run.run().id()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop-after-commit", "drop-before-commit"})
    void publishesOnceThoughTheReplyToTheCommitIsLost(String fault) throws Exception {
        publish(options(Mode.APPEND), rows(0, 5, "before", 1));
        StagedRun run = staged(options(Mode.APPEND), rows(0, 7, "run", 1));
        SandboxFaults faults = SandboxFaults.of("redshift");
        // The session's own preparation commits first.
        faults.order("{\"fault\":\"" + fault + "\",\"skip\":1}");
        try {
            Publication publication = run.publish();

            assertThat(faults.report()).contains("\"struck\":1");
            assertThat(publication.rowsAfter()).isEqualTo(12);
            assertThat(count()).isEqualTo("12");
            assertThat(ask("SELECT COUNT(*) FROM publication_staging." + pipeline + "__load_ledger"))
                    .containsExactly("2");
        } finally {
            faults.clear();
        }
    }

    @Test
    void saysThatTheLoadLedgerKnowsIfTheCommitFailsAgain() throws Exception {
        StagedRun run = staged(options(Mode.APPEND), rows(0, 7, "run", 1));
        SandboxFaults faults = SandboxFaults.of("redshift");
        faults.order("{\"fault\":\"drop-after-commit\",\"skip\":1}");
        faults.order("{\"fault\":\"drop-before\",\"statement\":\"LOCK TABLE\",\"skip\":2}");
        try {
            assertThatThrownBy(run::publish)
                    .isInstanceOf(CaravanException.class)
                    .hasMessageContaining("The COMMIT of run " + run.run().id() + " failed")
                    .hasMessageContaining("publishing again asks it first");
        } finally {
            faults.clear();
        }

        assertThat(ledger().published(pipeline, run.run().id())).isPresent();
        assertThat(run.publish().rowsAfter()).isEqualTo(7);
        assertThat(count()).isEqualTo("7");
    }

    @Test
    void namesWhoHoldsTheLock() throws Exception {
        publish(replace(), rows(0, 3, "old", 1));
        StagedRun run = staged(options(Mode.REPLACE, List.of(), "", Duration.ofMillis(400)), rows(0, 5, "new", 1));
        try (Connection other = StagedRun.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            for (String table : List.of("publication_staging." + pipeline + "__load_ledger", target)) {
                statement.execute("INSERT INTO " + table + " SELECT * FROM " + table + " WHERE 1 = 0");

                assertThatThrownBy(run::publish)
                        .isInstanceOf(CaravanException.class)
                        .hasMessageContaining("Table " + table + " was locked by others for more than 0 s (lockWait)")
                        .hasMessageContaining("It is held by session ")
                        .hasMessageContaining(" of user ");
                other.rollback();
            }
        }

        assertThat(run.publish().inserted()).isEqualTo(5);
    }

    @Test
    void refusesATargetWithOtherColumns() throws Exception {
        tell("CREATE TABLE " + target
                + " (id INTEGER, name VARCHAR(39), at TIMESTAMPTZ, amount DECIMAL(12,2), more INT)");

        assertRefused(
                replace(),
                rows(0, 2, "new", 1),
                "it lacks 'day' (DATE)",
                "'id' is integer, the result's is BIGINT",
                "'name' is character varying(39), the result's is VARCHAR(40)",
                "it has 'more' (integer), which the result has not");
    }

    @Test
    void letsPipelinesPublishAtTheSameTime() throws Exception {
        publish(replace(), rows(0, 3, "old", 1));
        StagedRun waiting = staged(replace(), rows(0, 5, "new", 1));
        StagedRun other = StagedRun.of(pipeline + "_b", 1, replace(), rows(0, 4, "other", 1));
        try (Connection holder = StagedRun.dataSource().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE publication_staging." + pipeline + "__load_ledger");
            ExecutorService threads = Executors.newSingleThreadExecutor();
            try {
                Future<Publication> published = threads.submit(waiting::publish);

                assertThat(other.publish().inserted()).isEqualTo(4);
                assertThat(published).isNotDone();
                holder.rollback();
                assertThat(published.get().inserted()).isEqualTo(5);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"REPLACE", "MERGE", "SWAP"})
    void showsReadersWholeVersionsOnly(Mode mode) throws Exception {
        PublishOptions options = mode == Mode.MERGE ? merge(WhenMatched.UPDATE, WhenMissing.DELETE) : options(mode);
        publish(options, rows(0, 50, "v00", 0));
        Set<String> seen = new TreeSet<>();
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> reader = threads.submit(() -> {
                while (!done.get()) {
                    seen.addAll(ask("SELECT COUNT(*), MIN(name), MAX(name), MIN(amount), MAX(amount) FROM " + target));
                    reading.countDown();
                }
                return null;
            });
            reading.await();
            for (int version = 1; version <= 20; version++) {
                publish(options, rows(0, 50 + version, "v%02d".formatted(version), version));
            }
            done.set(true);
            reader.get();
        } finally {
            threads.shutdownNow();
        }

        for (String version : seen) {
            String[] values = version.split("\\|", -1);
            int number = Integer.parseInt(values[1].substring(1));
            assertThat(version).isEqualTo("%d|v%2$02d|v%2$02d|%2$d.25|%2$d.25".formatted(50 + number, number));
        }
        assertThat(seen).hasSizeGreaterThan(2);
    }

    private Publication publish(PublishOptions options, List<String> rows) throws Exception {
        return staged(options, rows).publish();
    }

    private StagedRun staged(PublishOptions options, List<String> rows) throws Exception {
        return StagedRun.of(pipeline, token++, options, rows);
    }

    private void assertRefused(PublishOptions options, List<String> rows, String... messages) throws Exception {
        List<String> before = ask("SELECT 1 FROM " + target);
        StagedRun run = staged(options, rows);
        assertThatThrownBy(run::publish).isInstanceOf(CaravanException.class).hasMessageContainingAll(messages);
        assertThat(ask("SELECT 1 FROM " + target)).isEqualTo(before);
    }

    private String count() throws Exception {
        return ask("SELECT COUNT(*) FROM " + target).get(0);
    }

    private String user() throws Exception {
        String name = pipeline + "_reader";
        tell("CREATE USER " + name + " PASSWORD 'Abcd1234'");
        return name;
    }

    private List<String> privileges() throws Exception {
        return ask("SELECT identity_name, privilege_type, admin_option FROM svv_relation_privileges"
                + " WHERE namespace_name = 'public' AND relation_name = '" + pipeline + "' ORDER BY 1, 2");
    }

    private LoadLedger ledger() {
        return new LoadLedger(StagedRun.warehouse(), StagedRun.STAGING);
    }

    private static PublishOptions replace() {
        return options(Mode.REPLACE);
    }

    private static PublishOptions swap() {
        return options(Mode.SWAP);
    }

    private static PublishOptions partition(String column) {
        return options(Mode.REPLACE_PARTITION, List.of(), column, Duration.ofSeconds(30));
    }

    private static PublishOptions merge(WhenMatched matched, WhenMissing missing) {
        return options(Mode.MERGE, List.of("id", "day"), matched, missing, OldTable.DROP, BoundViews.REFUSE);
    }

    private static PublishOptions options(Mode mode) {
        return options(mode, List.of(), "", Duration.ofSeconds(30));
    }

    private static PublishOptions options(Mode mode, List<String> keys, String partition, Duration lockWait) {
        return new PublishOptions(
                mode,
                keys,
                WhenMatched.UPDATE,
                WhenMissing.KEEP,
                partition,
                OldTable.DROP,
                BoundViews.REFUSE,
                Analyze.PREDICATES,
                SchemaChange.FREEZE,
                lockWait);
    }

    private static PublishOptions options(
            Mode mode,
            List<String> keys,
            WhenMatched matched,
            WhenMissing missing,
            OldTable oldTable,
            BoundViews views) {
        return new PublishOptions(
                mode,
                keys,
                matched,
                missing,
                "",
                oldTable,
                views,
                Analyze.PREDICATES,
                SchemaChange.FREEZE,
                Duration.ofSeconds(30));
    }
}

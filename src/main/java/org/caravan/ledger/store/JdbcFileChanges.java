package org.caravan.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.caravan.ledger.FileChange;
import org.caravan.ledger.FileChanges;
import org.caravan.ledger.Origin;
import org.caravan.ledger.Secrets;

/** Keeps what became of files in the ledger's database. Thread-safe. */
final class JdbcFileChanges implements FileChanges {
    private static final int LONGEST = 20_000;
    private static final int LONGEST_FILE = 1024;

    private final Runnable migration;
    private final Transactions transactions;
    private final Origin origin;
    private final Secrets secrets;

    JdbcFileChanges(Runnable migration, Transactions transactions, Origin origin, Secrets secrets) {
        this.migration = migration;
        this.transactions = transactions;
        this.origin = origin;
        this.secrets = secrets;
    }

    @Override
    public void keep(FileChange change) {
        migration.run();
        // Done twice if the reply to the first was lost.
        int rows = transactions.run("Keeping what became of " + change.file(), handle -> handle.createUpdate(
                        """
                        INSERT INTO caravan_file_change
                            (changed, file, sha256, outcome, message, author, host, pid, os_user)
                        SELECT CAST(:at AS TIMESTAMP WITH TIME ZONE), :file, :sha256, :outcome, :message, :author, :host, :pid, :user
                        WHERE NOT EXISTS (
                            SELECT 1 FROM caravan_file_change
                            WHERE changed = :at AND file = :file AND host = :host AND pid = :pid)
                        """)
                .bind("at", change.at().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .bind("file", cut(change.file(), LONGEST_FILE))
                .bind("sha256", change.sha256())
                .bind("outcome", change.outcome().name().toLowerCase(Locale.ROOT))
                .bind("message", cut(secrets.masked(change.message()), LONGEST))
                .bind("author", change.author().orElse(null))
                .bind("host", origin.host())
                .bind("pid", origin.pid())
                .bind("user", origin.user())
                .execute());
        assert rows <= 1;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    @Override
    public List<FileChange> latest(int limit) {
        migration.run();
        return transactions.run("Reading what became of files", handle -> handle.createQuery(
                        "SELECT * FROM caravan_file_change ORDER BY changed DESC, file LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> change(row))
                .list());
    }

    private static FileChange change(ResultSet row) throws SQLException {
        return new FileChange(
                Columns.instant(row, "changed"),
                row.getString("file"),
                row.getString("sha256"),
                FileChange.Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("message"),
                Columns.find(row, "author"));
    }
}

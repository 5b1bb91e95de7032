package org.caravan.ledger.store;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedLedgerTest extends CancellationContract {
    @TempDir
    private Path directory;

    @Override
    protected DataSource database() {
        return EmbeddedFile.at("jdbc:h2:file:" + directory.resolve("new folder/ledger"), "sa", "");
    }
}

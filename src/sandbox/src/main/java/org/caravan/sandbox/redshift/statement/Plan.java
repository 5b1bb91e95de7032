package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.redshift.copy.CopyStatement;
import org.caravan.sandbox.redshift.syntax.TableName;
import org.caravan.sandbox.redshift.unload.UnloadStatement;

/** How one statement of the client is carried out. */
public sealed interface Plan {
    /** What PostgreSQL is asked to prepare, so that the client can bind and describe the statement like any other. */
    String sql();

    /** PostgreSQL runs the statement. */
    record Forward(String sql) implements Plan {}

    /**
     * PostgreSQL runs the statement, and others that the client does not see.
     *
     * @param before checks that fail the statement
     * @param after what the statement does beside
     */
    record Accompanied(String sql, List<String> before, List<String> after) implements Plan {}

    /** PostgreSQL runs the statement, and then the transaction is over. */
    record Truncate(String sql) implements Plan {}

    /**
     * Like {@link Forward}, but refused inside a transaction block.
     *
     * @param before as of {@link Accompanied}
     * @param after as of {@link Accompanied}
     */
    record OutsideBlock(String sql, String command, List<String> before, List<String> after) implements Plan {
        OutsideBlock(String sql, String command) {
            this(sql, command, List.of(), List.of());
        }
    }

    /** Works on tables that need nothing done, after making sure that they exist. */
    record Vacuum(List<TableName> tables) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /** What ALTER TABLE APPEND does with columns that only one of the tables has. */
    enum Extra {
        REFUSED,
        IGNORED,
        FILLED
    }

    /** Moves all rows of one table into another. */
    record Append(TableName target, TableName source, Extra extra) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /** MERGE in its simplified mode. */
    record RemoveDuplicates(TableName target, TableName source, String alias, String condition) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /** Stops what another session runs. */
    record Cancel(int pid, Optional<String> message) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /** Loads files. */
    record Copy(CopyStatement statement) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /**
     * Writes the result of a query to files.
     *
     * @param query the query in PostgreSQL's words
     */
    record Unload(UnloadStatement statement, String query) implements Plan {
        @Override
        public String sql() {
            return PLACEHOLDER;
        }
    }

    /** A command without a result, which PostgreSQL may run as often as it likes, and refuses in a failed transaction. */
    String PLACEHOLDER = "set caravan.placeholder to ''";
}

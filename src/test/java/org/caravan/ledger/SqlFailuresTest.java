package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "28P01 | password authentication failed | Check the settings shop.user and shop.password.",
                "28000 | no entry for host | Check the settings shop.user and shop.password.",
                "3D000 | database x does not exist | Check the database's name in the setting shop.url.",
                "08001 | Connection refused | Check the setting shop.url, and that the server is up and can be reached from here.",
                "08006 | Connection reset | Check the setting shop.url, and that the server is up and can be reached from here.",
                "- | Failed to connect to warehouse | Check the setting shop.url, and that the server is up and can be reached from here.",
                "- | Invalid access token. | Check the setting shop.token, and that its owner may use the warehouse.",
                "08S01 | HTTP 401 | Check the setting shop.token, and that its owner may use the warehouse.",
                "- | HTTP 403 | Check the setting shop.token, and that its owner may use the warehouse.",
                "42704 | [NO_SUCH_CATALOG_EXCEPTION] fed | Check the setting shop.catalog.",
                "42601 | syntax error | ''",
                "42P01 | no such table | ''",
                "22012 | division by zero | ''",
                "- | anything | ''"
            })
    void namesTheSettingToMend(String state, String message, String advice) {
        CaravanException failure =
                SqlFailures.of(Category.SOURCE, "shop", "Running the query", new SQLException(message, state));

        String sentence = message.endsWith(".") ? message : message + ".";
        assertThat(failure)
                .hasMessage("Running the query failed: " + sentence + (advice.isEmpty() ? "" : " " + advice));
        assertThat(failure.category()).isEqualTo(Category.SOURCE);
    }

    @Test
    void looksThroughThePoolAtTheDriversError() {
        SQLException drivers = new SQLException("password authentication failed", "28P01");
        SQLException pools = new SQLTransientConnectionException(
                "Connection is not available, request timed out after 30000ms", new IllegalStateException(drivers));

        assertThat((Throwable) SqlFailures.root(pools)).isSameAs(drivers);
        assertThat(SqlFailures.of(Category.LOAD, "redshift", "Connecting", pools))
                .hasMessage("Connecting failed: password authentication failed."
                        + " Check the settings redshift.user and redshift.password.")
                .hasCause(pools);
    }

    @Test
    void putsAMessageIntoOneLine() {
        assertThat(SqlFailures.oneLine("ERROR: syntax error\n  Position: 7 \r\n\n Hint: x"))
                .isEqualTo("ERROR: syntax error Position: 7 Hint: x.");
    }

    @Test
    void hasWordsForAnErrorWithoutAny() {
        assertThat(SqlFailures.of(Category.LOAD, "redshift", "COPY", new SQLException((String) null)))
                .hasMessageStartingWith("COPY failed: ")
                .hasMessageNotContaining("null");
    }
}

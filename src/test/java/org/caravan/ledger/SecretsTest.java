package org.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @Test
    void masksTheSecretsItKnowsWhereverTheyStand() {
        Secrets secrets = Secrets.of(List.of("tiger", "tigers-and-lions", "a.b*c"));

        assertThat(secrets.masked("tigers-and-lions, tiger; xtigerx a.b*c aXb*c"))
                .isEqualTo("***, ***; x***x *** aXb*c");
    }

    @Test
    void doesNotTakeEveryLetterForASecret() {
        assertThat(Secrets.of(List.of("", "  ", "a", "abc")).masked("abc and a"))
                .isEqualTo("abc and a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:x://h;PWD=pass;UID=u      | jdbc:x://h;PWD=***;UID=u",
                "jdbc:x://h?user=u&password=p&a=b | jdbc:x://h?user=u&password=***&a=b",
                "OAuth2Secret=abc;x=1             | OAuth2Secret=***;x=1",
                "password: 'my word', x           | password: ***, x",
                "postgres://ada:love@host/db      | postgres://ada:***@host/db",
                "a password is needed             | a password is needed",
                "https://host:443/a@b             | https://host:443/a@b"
            })
    void masksWhatStandsAfterAWordForASecret(String text, String masked) {
        assertThat(Secrets.NONE.masked(text)).isEqualTo(masked);
    }
}

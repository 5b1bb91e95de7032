package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type: what it takes, and what it says of the rest. */
class SettingTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caravan.profile            | sandbox | us-east_1",
                "caravan.secrets-directory  | /run/secrets | secrets",
                "s3.region                  | eu-central-1 | us-gov-west-1",
                "s3.endpoint                | http://127.0.0.1:9000 | https://s3.example.com/base",
                "s3.path-style              | true | FALSE",
                "s3.attempts                | 1 | 999",
                "staging.bucket             | landing | my.bucket-1",
                "staging.prefix             | caravan | a/b_c/1.d",
                "staging.part-size          | 256MB | 1 gb",
                "staging.part-size          | 300000 | 5GB",
                "redshift.url               | jdbc:redshift://h:5439/dev | jdbc:redshift:iam://c:eu-west-1/dev",
                "redshift.copy.iam-role     | default | arn:aws:iam::123456789012:role/a/b,arn:aws-cn:iam::123456789012:role/c",
                "redshift.lock-wait         | 5m | 1h30m",
                "redshift.statement-timeout | 0 | 500ms",
                "databricks.url             | jdbc:databricks://h:443 | jdbc:databricks://h:443;httpPath=/x",
                "verify.digest              | both | Redshift",
                "guard.pass                 | customers | customers, orders",
                "schedule.time-zone         | Europe/Berlin | +02:00",
                "ledger.url                 | jdbc:h2:file:./data/ledger | jdbc:postgresql://h/l",
                "ledger.lock-expiry         | 60s | 2m",
                "clean.keep-files           | forever | 0s"
            })
    void takesWhatIsRight(String key, String one, String other) {
        SettingType type = Catalogue.find(key).orElseThrow().type();

        assertThat(type.mistake(one)).as(one).isEmpty();
        assertThat(type.mistake(other)).as(other).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "caravan.profile            | a b | not a name; write letters, digits, - and _, such as prod",
                "s3.region                  | eu central 1 | not a region; write its code, such as eu-central-1",
                "s3.endpoint                | localhost:9000 | not a URL; write http:// or https:// and a host",
                "s3.path-style              | yes | not one of true, false; write true",
                "s3.path-style              | maybe | not one of true, false; write true or false",
                "s3.attempts                | 0 | less than 1; write a whole number from 1 to 999",
                "s3.attempts                | 1000 | more than 999; write a whole number from 1 to 999",
                "s3.attempts                | six | not a whole number; write a whole number from 1 to 999",
                "staging.bucket             | s3://landing | not the name of a bucket; write the name alone, of 3 to 63 small letters, digits, - and .",
                "staging.prefix             | _hidden | not a prefix; write letters, digits, ., _, - and /, and begin each segment with a letter or digit",
                "staging.part-size          | 64M | not a size; write 64MB (units: B, KB, MB, GB)",
                "staging.part-size          | 64 MiB | not a size; write 64MB (units: B, KB, MB, GB)",
                "staging.part-size          | 2 gigabytes | not a size; write 2GB (units: B, KB, MB, GB)",
                "staging.part-size          | big | not a size; write a whole number and a unit, such as 256MB (units: B, KB, MB, GB)",
                "staging.part-size          | 6GB | not between 1B and 5GB; write a size from 1B to 5GB",
                "redshift.url               | jdbc:postgresql://h/d | not a JDBC URL of Redshift; write jdbc:redshift://<host>:5439/<database>",
                "redshift.copy.iam-role     | me | no role ARN; write arn:aws:iam::<account of 12 digits>:role/<name>, or default",
                "redshift.lock-wait         | 5 minutes | not a duration; write 5m (units: ms, s, m, h, d)",
                "redshift.lock-wait         | 5 | a duration without a unit; write 5s, 5m or 5h (units: ms, s, m, h, d)",
                "redshift.lock-wait         | soon | not a duration; write a whole number and a unit, such as 5m (units: ms, s, m, h, d)",
                "redshift.lock-wait         | 0 | not between 1ms and 1d; write a duration from 1ms to 1d",
                "verify.digest              | databrick | not one of none, redshift, databricks, both; write databricks, redshift, both or none",
                "guard.pass                 | , | not a list of names; write them with commas between, such as customers,orders",
                "schedule.time-zone         | Europe/Berln | not a time zone; write Europe/Berlin",
                "schedule.time-zone         | here | not a time zone; write one such as Europe/Berlin or UTC",
                "ledger.url                 | data/ledger | not a ledger; write jdbc:h2:file:<path> for one machine, or jdbc:postgresql://<host>:5432/<database> for several",
                "ledger.lock-expiry         | 0s | not between 1s and 1d; write a duration from 1s to 1d",
                "clean.keep-files           | never | not a duration; write a whole number and a unit, such as 5m, or forever (units: ms, s, m, h, d)"
            })
    void saysWhatToWriteInstead(String key, String value, String said) {
        assertThat(Catalogue.find(key).orElseThrow().type().mistake(value))
                .hasValueSatisfying(mistake ->
                        assertThat(mistake.wrong() + "; " + mistake.mend()).isEqualTo(said));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "0 0 6 * * ?   | -",
                "0 6 * * 1-5   | -",
                "0 6 * * $ | not a cron; write five fields as Unix has them",
                "at six        | not a cron (",
                "0 0 6 * * *   | not a cron ("
            })
    void readsSchedules(String cron, String said) {
        assertThat(new CronType().mistake(cron).map(mistake -> mistake.wrong() + "; " + mistake.mend()))
                .satisfies(found -> {
                    if (said == null) {
                        assertThat(found).isEmpty();
                    } else {
                        assertThat(found.orElseThrow()).startsWith(said);
                    }
                });
    }

    /** Camel reads the same texts where a component takes them. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1ms", "500ms", "90s", "5m", "2h", "1h30m", "1h30m15s", "7d"})
    void readsADurationAsCamelDoes(String text) {
        assertThat(TimeSpan.parse(text))
                .hasValueSatisfying(time -> assertThat(time.toMillis()).isEqualTo(TimeUtils.toMilliSeconds(text)));
    }

    @Test
    void takesNothingForADurationThatIsNone() {
        assertThat(TimeSpan.parse("")).isEmpty();
        assertThat(TimeSpan.parse("-5m")).isEmpty();
        assertThat(TimeSpan.parse("5m 3s")).isEmpty();
        assertThat(TimeSpan.parse("30m1h")).isEmpty();
    }
}

package org.caravan.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that stand elsewhere: in the environment, in files, in a folder of mounted secrets. */
class SecretSourcesTest {
    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path secrets;
    private Path config;

    @BeforeEach
    void makeFolders() throws IOException {
        secrets = Files.createDirectory(directory.resolve("secrets"));
        config = directory.resolve("my.properties");
    }

    @ParameterizedTest
    @CsvSource({
        "{{env:PW}}, hush",
        "x{{env:PW}}y, xhushy",
        "{{env:NONE:else}}, else",
        "{{other}}, of another",
        "{{none:else}}, else",
        "{{none:{{other}}}}, of another",
        "{{sys:java.version.none:17}}, 17",
        "'{{?none}}', ''"
    })
    void fillsPlaceholdersIn(String text, String value) throws IOException {
        environment.put("PW", "hush");

        Settings settings = settings("redshift.password=" + text + "\nother=of another\n");

        assertThat(settings.find("redshift.password").orElse("")).isEqualTo(value);
        assertThat(settings.toProperties()).containsEntry("redshift.password", value);
    }

    @Test
    void readsAFileWithoutTheLineEndAtItsEnd() throws IOException {
        Path file = Files.writeString(secrets.resolve("pw"), " hush {{x}}\r\n");

        assertThat(settings("redshift.password={{file:" + file + "}}\n").find("redshift.password"))
                .contains("hush {{x}}");
    }

    @Test
    void takesWhatStandsInAFileOfItsOwnForASecretWhateverItsKeyIs() throws IOException {
        Path file = Files.writeString(secrets.resolve("user"), "c4n4ry");

        Settings settings = settings("redshift.user={{file:" + file + "}}\n");
        String version = SecretSettings.version(settings);
        assertThat(SecretSettings.of(settings).masked("as c4n4ry")).isEqualTo("as ***");

        Files.writeString(file, "another");
        assertThat(SecretSettings.version(settings("redshift.user={{file:" + file + "}}\n")))
                .isEqualTo(version);
    }

    @Test
    void letsTheEnvironmentOverrideWhatAPlaceholderNames() throws IOException {
        environment.put("OTHER", "of the environment");

        assertThat(settings("redshift.password={{other}}\nother=x\n").find("redshift.password"))
                .contains("of the environment");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{env:NONE}} | there is no environment variable NONE; set it, or write {{env:NONE:<default>}}",
                "{{redshift.reder}} | {{redshift.reder}} is not set; did you mean {{redshift.reader}}?",
                "{{none}} | {{none}} is not set; set none, or write {{none:<default>}}",
                "{{file:/nowhere/pw}} | the file /nowhere/pw cannot be read (there is none); write it, or name another",
                "{{hashicorp:secret:db#pw}} | Camel's function {{hashicorp:…}} is not on the class path; add its component to target/lib, or"
                        + " write the secret into a file and {{file:<path>}}",
                "x{{none | a placeholder without an end; write }} after {{none",
                "{{redshift.password}} | it refers to itself by way of redshift.password; write a value"
            })
    void saysWhyAPlaceholderIsNotFilledIn(String text, String said) throws IOException {
        Settings settings = settings(RequiredSettings.TEXT + "redshift.password=" + text + "\n");

        assertThat(settings.problems(directory))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.wrong() + "; " + problem.mend()).isEqualTo(said))
                .satisfies(problem ->
                        assertThat(problem.line()).startsWith(Place.shown(config) + ":7: redshift.password="));
    }

    @Test
    void leavesToCamelWhatAsksAService() throws IOException {
        Settings settings = settings(
                RequiredSettings.TEXT + "redshift.password={{aws:redshift/password}}\nredshift.slices={{aws:x}}\n");

        assertThat(settings.problems(directory)).isEmpty();
        assertThat(settings.toProperties()).containsEntry("redshift.password", "{{aws:redshift/password}}");
    }

    @Test
    void readsAFolderOfMountedSecretsOverTheFilesAndUnderTheEnvironment() throws IOException {
        Files.writeString(secrets.resolve("redshift.password"), "of the folder\n");
        Files.writeString(secrets.resolve("databricks.token"), "of the folder\n");
        Files.createDirectory(secrets.resolve("..data"));
        Files.writeString(secrets.resolve(".hidden"), "x");
        Files.writeString(secrets.resolve("somebody-elses"), "x");
        environment.put("DATABRICKS_TOKEN", "of the environment");

        Settings settings = settings(
                RequiredSettings.TEXT + "redshift.password=of the file\ncaravan.secrets-directory=" + secrets + "\n");

        assertThat(settings.problems(directory)).isEmpty();
        assertThat(settings.find("redshift.password")).contains("of the folder");
        assertThat(settings.find("databricks.token")).contains("of the environment");
        assertThat(SecretSettings.of(settings).masked("of the folder or of the environment"))
                .isEqualTo("*** or ***");
    }

    @Test
    void findsTheFolderByTheEnvironmentToo() throws IOException {
        Files.writeString(secrets.resolve("redshift.password"), "hush");
        environment.put("CARAVAN_SECRETS_DIRECTORY", secrets.toString());

        assertThat(settings(RequiredSettings.TEXT).find("redshift.password")).contains("hush");
    }

    @Test
    void namesWrongSecretsWithoutTheirValues() throws IOException {
        Files.writeString(secrets.resolve("redshift.pasword"), "c4n4ry");
        Files.writeString(secrets.resolve("redshift.slices"), "c4n4ry");
        Files.write(secrets.resolve("redshift.user"), new byte[] {(byte) 0xff});

        List<Problem> problems = settings(RequiredSettings.TEXT + "caravan.secrets-directory=" + secrets + "\n")
                .problems(directory);

        assertThat(problems)
                .extracting(Problem::line)
                .containsExactlyInAnyOrder(
                        "secret file " + Place.shown(secrets)
                                + "/redshift.pasword: redshift.pasword=***: no such setting; did you mean"
                                + " redshift.password?",
                        "secret file " + Place.shown(secrets)
                                + "/redshift.slices: redshift.slices=***: not a whole number; write a whole number"
                                + " from 0 to 100000",
                        "secret file " + Place.shown(secrets)
                                + "/redshift.user: redshift.user: cannot be read (it is no UTF-8); mount it anew");
    }

    @Test
    void namesAFolderThatIsNotThere() throws IOException {
        assertThat(settings(RequiredSettings.TEXT + "caravan.secrets-directory=/nowhere\n")
                        .problems(directory))
                .extracting(Problem::line)
                .containsExactly(Place.shown(config)
                        + ":7: caravan.secrets-directory=/nowhere: a folder that cannot be read; mount the secrets"
                        + " there, or name another folder");
    }

    private Settings settings(String text) throws IOException {
        Files.writeString(config, text);
        return Settings.load(config, Optional.empty(), directory, environment);
    }
}

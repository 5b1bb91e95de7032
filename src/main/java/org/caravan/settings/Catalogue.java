package org.caravan.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting there is, in groups. What is not in here, no data source's and used by no route is refused; {@code
 * docs/reference/settings.md} is made of it. Stateless.
 */
final class Catalogue {
    private static final SettingType TEXT = new TextType();
    private static final SettingType SECRET = new SecretType();
    private static final SettingType TRUTH = ChoiceType.truth();

    /** Settings that belong together, in the order of the page. */
    record Group(String title, List<Setting> settings) {
        static Group of(String title, Setting... settings) {
            return new Group(title, List.of(settings));
        }
    }

    static final List<Group> GROUPS = List.of(
            Group.of(
                    "Where settings come from",
                    Setting.of(
                                    "caravan.profile",
                                    Forms.NAME,
                                    "which `application-<profile>.properties` is read over `application.properties`; `--profile`"
                                            + " stands over it")
                            .preset(Settings.DEFAULT_PROFILE),
                    Setting.of(
                            "caravan.secrets-directory",
                            Forms.FOLDER,
                            "a folder of mounted secrets: each file's name is a key and its text the value")),
            Group.of(
                    "Amazon S3",
                    Setting.of(
                                    "s3.region",
                                    Forms.REGION,
                                    "the AWS region of the bucket; it must be the Redshift cluster's, since COPY of Parquet takes no REGION")
                            .required(),
                    Setting.of(
                            "s3.access-key",
                            SECRET,
                            "credentials for the uploads; without, the AWS SDK's default chain finds them"),
                    Setting.of("s3.secret-key", SECRET, "set with `s3.access-key`, or not at all"),
                    Setting.of("s3.session-token", SECRET, "for temporary credentials"),
                    Setting.of("s3.endpoint", Forms.HTTP, "another address than AWS's, for S3-compatible stores"),
                    Setting.of(
                                    "s3.path-style",
                                    TRUTH,
                                    "whether the bucket stands in the path of a request, for S3-compatible stores")
                            .preset("false"),
                    Setting.of(
                                    "s3.attempts",
                                    new NumberType(1, 999),
                                    "how often a request is tried in all, where its failure is transient")
                            .preset("6")),
            Group.of(
                    "Files on their way",
                    Setting.of(
                                    "staging.bucket",
                                    Forms.BUCKET,
                                    "the Amazon S3 bucket for the files on their way to Redshift")
                            .required(),
                    Setting.of("staging.prefix", Forms.PREFIX, "files go to `s3://<bucket>/<prefix>/<pipeline>/<run>/`")
                            .preset("caravan"),
                    Setting.of("staging.part-size", new SizeType("1B", "5GB"), "the most bytes of one file")
                            .preset("64MB"),
                    Setting.of(
                                    "staging.uploads",
                                    new NumberType(1, 999),
                                    "the most parts that are uploaded at a time, beside the one that is being encoded; see"
                                            + " [staging](../staging.md)")
                            .preset("4"),
                    Setting.of(
                                    "staging.directory",
                                    Forms.FOLDER,
                                    "the local folder for parts on their way; unless set, the JVM's folder for temporary files")
                            .preset("")),
            Group.of(
                    "Amazon Redshift",
                    Setting.of("redshift.url", Forms.REDSHIFT, "the cluster: `jdbc:redshift://<host>:5439/<database>`")
                            .required(),
                    Setting.of("redshift.user", TEXT, "the user that loads and publishes"),
                    Setting.of("redshift.password", SECRET, "that user's password"),
                    Setting.of(
                                    "redshift.copy.iam-role",
                                    Forms.ROLE,
                                    "the ARN of the IAM role with which COPY reads the bucket, or `default` for the cluster's own;"
                                            + " several with commas are a chain")
                            .required(),
                    Setting.of("redshift.schema", TEXT, "the schema of the target tables")
                            .preset("public"),
                    Setting.of("redshift.staging-schema", TEXT, "the schema of the staging tables")
                            .preset("caravan_staging"),
                    Setting.of(
                                    "redshift.reader",
                                    TEXT,
                                    "the Redshift user of the Databricks connection, granted SELECT on the staging tables")
                            .preset(""),
                    Setting.of(
                                    "redshift.lock-wait",
                                    DurationType.between("1ms", "1d"),
                                    "how long [publish](../publishing.md) waits for each lock")
                            .preset("5m"),
                    Setting.of(
                                    "redshift.min-free-percent",
                                    new NumberType(0, 99),
                                    "how much of the cluster's storage must be [free](../publishing.md#room) once a run is"
                                            + " loaded, in percent; `0` asks nothing")
                            .preset("0"),
                    Setting.of(
                                    "redshift.statement-timeout",
                                    DurationType.between("0s", "7d"),
                                    "how long a statement in Redshift may take; `0` is for ever")
                            .preset("0"),
                    Setting.of(
                                    "redshift.slices",
                                    new NumberType(0, 100_000),
                                    "slices of the cluster (`SELECT COUNT(*) FROM stv_slices`), so that every slice loads; `0` is not"
                                            + " known")
                            .preset("0")),
            Group.of(
                    "Databricks",
                    Setting.of(
                                    "databricks.url",
                                    Forms.DATABRICKS,
                                    "the warehouse: `jdbc:databricks://<host>:443;httpPath=/sql/1.0/warehouses/<id>;…`")
                            .required(),
                    Setting.of(
                            "databricks.token",
                            SECRET,
                            "personal access token; for OAuth leave it out and put"
                                    + " `AuthMech=11;Auth_Flow=1;OAuth2ClientId=…;OAuth2Secret=…` into the URL"),
                    Setting.of(
                                    "databricks.catalog",
                                    TEXT,
                                    "the Databricks foreign catalog that shows the Redshift database")
                            .required()),
            Group.of(
                    "Verifying",
                    Setting.of(
                                    "verify.digest",
                                    ChoiceType.of("none", "redshift", "databricks", "both"),
                                    "which engine also computes the [digest](digest.md) of all values; `databricks` reads all rows for it")
                            .preset("redshift"),
                    Setting.of(
                                    "verify.sample",
                                    new NumberType(1, 1_000_000),
                                    "of which rows the digest is: `1` of all, `N` of about one in N, chosen by the rows' values; see"
                                            + " [a sample](../verifying.md#a-sample)")
                            .preset("1"),
                    Setting.of(
                                    "verify.compare",
                                    ChoiceType.of("values", "rows"),
                                    "whether each column's figures are compared or the rows are only counted; see"
                                            + " [verifying](../verifying.md)")
                            .preset("values"),
                    Setting.of(
                                    "verify.show-rows",
                                    new NumberType(0, 100_000),
                                    "how many of the rows that differ are shown, with their values")
                            .preset("0"),
                    Setting.of(
                                    "guard.pass",
                                    Forms.NAMES,
                                    "pipelines whose failing [guards](../guards.md) only warn, with commas between: to let a run pass once")
                            .preset("")),
            Group.of(
                    "Trying again",
                    Setting.of(
                                    "retry.attempts",
                                    new NumberType(1, 99),
                                    "how often a step is tried in all where its failure is [transient](../retries.md); `1` is never again")
                            .preset("5"),
                    Setting.of(
                                    "retry.delay",
                                    DurationType.between("1ms", "1d"),
                                    "the wait before the second attempt; it doubles with each, and a random half of it is added or taken off")
                            .preset("2s"),
                    Setting.of(
                                    "retry.max-delay",
                                    DurationType.between("1ms", "1d"),
                                    "the longest wait; not less than `retry.delay`")
                            .preset("60s")),
            Group.of(
                    "Schedules",
                    Setting.of(
                                    "schedule.time-zone",
                                    new ZoneType(),
                                    "the time zone of the shipped pipelines' schedules, of every `caravan-schedule` and of `:runDate`")
                            .preset("UTC"),
                    Setting.of(
                                    "schedule.misfire",
                                    ChoiceType.of("run-once", "skip"),
                                    "what becomes of [times that passed](../scheduling.md#times-that-were-missed) while nothing could run,"
                                            + " unless a `caravan-schedule` says otherwise")
                            .preset("run-once"),
                    Setting.of(
                                    "schedule.blackout",
                                    TEXT,
                                    "[windows](../scheduling.md#blackouts) in which no pipeline starts by its schedule")
                            .preset(""),
                    Setting.of(
                                    "schedule.clustered",
                                    TRUTH,
                                    "whether [several nodes](../scheduling.md#several-nodes) share schedules, on the ledger's PostgreSQL")
                            .preset("false")),
            Group.of(
                    "Health and metrics",
                    Setting.of(
                                    "observe.enabled",
                                    TRUTH,
                                    "whether `start` serves [health and metrics](../observing.md) by HTTP")
                            .preset("true"),
                    Setting.of(
                                    "observe.host",
                                    Forms.HOST,
                                    "the address that it listens at; one that other machines reach needs `observe.user` and"
                                            + " `observe.password`")
                            .preset(ObserveSettings.LOOPBACK),
                    Setting.of(
                                    "observe.port",
                                    new NumberType(0, 65_535),
                                    "its port; `0` takes a free one, and `start` says which")
                            .preset("9876"),
                    Setting.of("observe.user", Forms.USER, "who may read them, by HTTP basic authentication"),
                    Setting.of("observe.password", SECRET, "that user's password"),
                    Setting.of(
                                    "observe.late-after",
                                    DurationType.between("1s", "7d"),
                                    "a pipeline is late if no run of it began that long after it was due")
                            .preset("10m"),
                    Setting.of(
                            "observe.tracing-endpoint",
                            Forms.HTTP,
                            "where [traces](../observing.md#traces) of runs go, by OTLP over HTTP, such as"
                                    + " `http://127.0.0.1:4318/v1/traces`; unless set, there are none")),
            Group.of(
                    "The ledger",
                    Setting.of(
                            "ledger.url",
                            Forms.LEDGER,
                            "where [the ledger](ledger.md) keeps runs and locks: `jdbc:h2:file:…`, or for several nodes"
                                    + " `jdbc:postgresql://…`; unless set a file, `data/ledger.mv.db` beside the configuration folder"),
                    Setting.of("ledger.user", TEXT, "the ledger's user"),
                    Setting.of("ledger.password", SECRET, "that user's password"),
                    Setting.of(
                                    "ledger.lock-expiry",
                                    DurationType.between("1s", "1d"),
                                    "how long a pipeline stays locked when its process has died")
                            .preset("60s")),
            Group.of(
                    "Cleaning up",
                    Setting.of(
                                    "clean.keep-files",
                                    DurationType.orForEver(),
                                    "how long [clean](../cleaning.md) keeps the files of runs that are done")
                            .preset("7d"),
                    Setting.of(
                                    "clean.keep-failed",
                                    DurationType.orForEver(),
                                    "how long it keeps the files of runs that failed")
                            .preset("14d"),
                    Setting.of(
                                    "clean.keep-tables",
                                    DurationType.orForEver(),
                                    "how long it keeps staging tables of processes that died")
                            .preset("0s"),
                    Setting.of(
                                    "clean.keep-history",
                                    DurationType.orForEver(),
                                    "how long it keeps what the ledger tells of a run")
                            .preset("400d"),
                    Setting.of("clean.keep-certificates", DurationType.orForEver(), "how long it keeps certificates")
                            .preset("forever"),
                    Setting.of("clean.after-run", TRUTH, "whether each run cleans up after its pipeline")
                            .preset("false")));

    /** What a data source of the routes may set; {@code <name>} is the data source's. */
    static final Group DATA_SOURCES = Group.of(
            "Data sources",
            Setting.of(
                    "<name>.url",
                    Forms.JDBC,
                    "a JDBC data source named `<name>`; the shipped routes read from `source`"),
            Setting.of("<name>.user", TEXT, "its user"),
            Setting.of("<name>.password", SECRET, "that user's password"),
            Setting.of("<name>.token", SECRET, "of a Databricks warehouse instead of user and password"));

    /** What each pipeline may set. */
    static final Group PIPELINES = Group.of(
            "Pipelines",
            Setting.of(
                    "<pipeline>.schedule",
                    new CronType(),
                    "[when](../scheduling.md) a pipeline runs whose route says `{{<pipeline>.schedule:…}}`, as the shipped ones do"));

    private static final Map<String, Setting> BY_KEY = new LinkedHashMap<>();

    static {
        GROUPS.forEach(group -> group.settings().forEach(setting -> {
            if (BY_KEY.put(setting.key(), setting) != null) {
                throw new IllegalStateException(setting.key() + " is in the catalogue twice");
            }
        }));
    }

    private Catalogue() {}

    static Optional<Setting> find(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** All settings with a key of their own. */
    static List<Setting> all() {
        return List.copyOf(BY_KEY.values());
    }

    /** The parts that follow the name of a data source in a key: {@code url}, {@code user} … */
    static List<String> partsOfDataSource() {
        return DATA_SOURCES.settings().stream()
                .map(setting -> setting.key().replace("<name>.", ""))
                .toList();
    }

    /** A setting of a pattern, {@code <name>.user} or {@code <pipeline>.schedule}, by the last word of a key. */
    static Optional<Setting> pattern(Group group, String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        return group.settings().stream()
                .filter(setting -> setting.key().endsWith("." + last))
                .findFirst();
    }
}

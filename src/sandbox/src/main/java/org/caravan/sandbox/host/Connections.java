package org.caravan.sandbox.host;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to reach the stand-ins of a sandbox, as JSON for whoever started it and as settings for the product. A stand-in that was
 * not started has no section.
 */
final class Connections {
    private static final String DATABRICKS_OPTIONS = ";ssl=0;httpPath=/sql/1.0/warehouses/" + StandInSpecs.WAREHOUSE
            + ";AuthMech=3;UseThriftClient=0;UseBoundedSeaApi=0;EnableTelemetry=0;EnableSQLValidationForIsValid=1";

    private final SandboxDirectory directory;
    private final Credentials credentials;
    private final int supervisorPort;
    private final Map<String, Map<String, Object>> facts;

    /**
     * @param supervisorPort where the supervisor takes orders
     * @param facts the ready line of each stand-in, by name
     */
    Connections(
            SandboxDirectory directory,
            Credentials credentials,
            int supervisorPort,
            Map<String, Map<String, Object>> facts) {
        this.supervisorPort = supervisorPort;
        this.directory = directory;
        this.credentials = credentials;
        this.facts = Map.copyOf(facts);
    }

    Map<String, Object> json(String scale) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dir", directory.root().toString());
        json.put("pid", ProcessHandle.current().pid());
        json.put("scale", scale);
        json.put("config", directory.settings().toString());
        json.put("control", control(supervisorPort));
        if (has(StandInSpecs.S3)) {
            json.put("s3", controlled(StandInSpecs.S3, s3()));
        }
        if (has(StandInSpecs.REDSHIFT)) {
            json.put("redshift", controlled(StandInSpecs.REDSHIFT, redshift()));
        }
        if (has(StandInSpecs.DATABRICKS)) {
            json.put("databricks", controlled(StandInSpecs.DATABRICKS, databricks()));
        }
        if (has(StandInSpecs.SOURCE)) {
            json.put("source", controlled(StandInSpecs.SOURCE, source()));
        }
        return json;
    }

    /** The section with the stand-in's control port, where faults are ordered. */
    private Map<String, Object> controlled(String standIn, Map<String, Object> section) {
        section.put("control", control(((Number) fact(standIn, "controlPort")).intValue()));
        return section;
    }

    private Map<String, Object> control(int port) {
        return Map.of("url", "http://127.0.0.1:" + port, "token", credentials.controlToken());
    }

    /** The product's settings, in the form of a properties file. */
    String settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (has(StandInSpecs.SOURCE)) {
            source().forEach((key, value) -> settings.put("source." + key, value));
        }
        if (has(StandInSpecs.S3)) {
            settings.put("s3.endpoint", s3().get("endpoint"));
            settings.put("s3.region", s3().get("region"));
            settings.put("s3.access-key", credentials.s3AccessKey());
            settings.put("s3.secret-key", credentials.s3SecretKey());
            settings.put("s3.path-style", true);
            settings.put("staging.bucket", s3().get("bucket"));
            settings.put("staging.prefix", "caravan");
        }
        if (has(StandInSpecs.REDSHIFT)) {
            settings.put("redshift.url", redshift().get("url"));
            settings.put("redshift.user", credentials.redshiftUser());
            settings.put("redshift.password", credentials.redshiftPassword());
            settings.put("redshift.copy.iam-role", StandInSpecs.IAM_ROLE);
            settings.put("redshift.schema", "public");
            settings.put("redshift.staging-schema", StandInSpecs.STAGING_SCHEMA);
        }
        if (has(StandInSpecs.DATABRICKS)) {
            settings.put("databricks.url", databricks().get("url"));
            settings.put("databricks.token", credentials.databricksToken());
            settings.put("databricks.catalog", DatabricksSetup.CATALOG);
        }
        StringBuilder file = new StringBuilder(
                "# These are stand-ins on this machine, started by the sandbox; no cloud is behind them.\n");
        settings.forEach(
                (key, value) -> file.append(key).append('=').append(value).append('\n'));
        return file.toString();
    }

    private Map<String, Object> s3() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("endpoint", fact(StandInSpecs.S3, "endpoint"));
        section.put("region", fact(StandInSpecs.S3, "region"));
        section.put("bucket", fact(StandInSpecs.S3, "bucket"));
        section.put("accessKey", credentials.s3AccessKey());
        section.put("secretKey", credentials.s3SecretKey());
        return section;
    }

    private Map<String, Object> redshift() {
        Object port = fact(StandInSpecs.REDSHIFT, "port");
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("url", "jdbc:redshift://127.0.0.1:" + port + "/" + StandInSpecs.REDSHIFT_DATABASE + ";ssl=false");
        section.put("user", credentials.redshiftUser());
        section.put("password", credentials.redshiftPassword());
        section.put("host", "127.0.0.1");
        section.put("port", port);
        section.put("database", StandInSpecs.REDSHIFT_DATABASE);
        section.put("iamRole", StandInSpecs.IAM_ROLE);
        section.put("iamRoleWithoutAccess", StandInSpecs.IAM_ROLE_WITHOUT_ACCESS);
        section.put("caFile", fact(StandInSpecs.REDSHIFT, "caFile"));
        return section;
    }

    private Map<String, Object> databricks() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("url", "jdbc:databricks://127.0.0.1:" + fact(StandInSpecs.DATABRICKS, "port") + DATABRICKS_OPTIONS);
        section.put("token", credentials.databricksToken());
        section.put("clientId", StandInSpecs.DATABRICKS_PRINCIPAL);
        section.put("clientSecret", credentials.databricksSecret());
        section.put("adminToken", credentials.databricksAdminToken());
        section.put("catalog", DatabricksSetup.CATALOG);
        section.put("connection", DatabricksSetup.CONNECTION);
        return section;
    }

    private Map<String, Object> source() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put(
                "url",
                "jdbc:postgresql://127.0.0.1:" + fact(StandInSpecs.SOURCE, "port") + "/"
                        + fact(StandInSpecs.SOURCE, "database"));
        section.put("user", credentials.sourceUser());
        section.put("password", credentials.sourcePassword());
        return section;
    }

    private boolean has(String standIn) {
        return facts.containsKey(standIn);
    }

    private Object fact(String standIn, String key) {
        Object value = facts.get(standIn).get(key);
        if (value == null) {
            throw new SandboxFailure(standIn + " did not say its " + key + " when it was ready");
        }
        return value;
    }
}

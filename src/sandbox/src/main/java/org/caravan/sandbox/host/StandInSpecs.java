package org.caravan.sandbox.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The four stand-ins of a sandbox, and what each is started with. */
final class StandInSpecs {
    static final String S3 = "s3";
    static final String SOURCE = "source";
    static final String REDSHIFT = "redshift";
    static final String DATABRICKS = "databricks";
    static final List<String> ALL = List.of(SOURCE, S3, REDSHIFT, DATABRICKS);

    static final String BUCKET = "caravan-staging";
    static final String REGION = "us-east-1";
    static final String IAM_ROLE = "arn:aws:iam::123456789012:role/caravan-copy";

    /** A role that the cluster may assume and that may use no bucket: what a missing right looks like can be tried with it. */
    static final String IAM_ROLE_WITHOUT_ACCESS = "arn:aws:iam::123456789012:role/caravan-no-access";

    static final String REDSHIFT_DATABASE = "dev";
    static final String WAREHOUSE = "sandbox";

    /** The service principal that the product is in Databricks; its name is its client id as well. */
    static final String DATABRICKS_PRINCIPAL = "caravan";

    static final String STAGING_SCHEMA = "caravan_staging";

    /**
     * Starts fast, and is fast enough where the work is done elsewhere. S3 is not such a place: it checks signatures, and only the
     * second compiler knows the processor's SHA-256 instructions.
     */
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    /** Spark's own list (org.apache.spark.launcher.JavaModuleOptions, 4.2.0). */
    private static final List<String> SPARK_MODULES = Stream.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar")
            .map(module -> "--add-opens=java.base/" + module + "=ALL-UNNAMED")
            .toList();

    private final SandboxDirectory directory;
    private final Credentials credentials;

    StandInSpecs(SandboxDirectory directory, Credentials credentials) {
        this.directory = directory;
        this.credentials = credentials;
    }

    StandInSpec s3() {
        return new StandInSpec(
                S3,
                "org.caravan.sandbox.s3.S3StandIn",
                List.of("-Xmx192m"),
                List.of(
                        "--dir",
                        data(S3),
                        "--control-token",
                        credentials.controlToken(),
                        "--access-key",
                        credentials.s3AccessKey(),
                        "--secret-key",
                        credentials.s3SecretKey(),
                        "--bucket",
                        BUCKET,
                        "--region",
                        REGION));
    }

    StandInSpec source(String scale) {
        List<String> options = List.of("-Xmx192m", FIRST_COMPILER_ONLY);
        return new StandInSpec(
                SOURCE,
                "org.caravan.sandbox.source.SourceStandIn",
                options,
                List.of(
                        "--dir", data(SOURCE),
                        "--binaries", directory.binaries().toString(),
                        "--control-token", credentials.controlToken(),
                        "--user", credentials.sourceUser(),
                        "--password", credentials.sourcePassword(),
                        "--scale", scale));
    }

    /**
     * @param s3 the facts of the S3 stand-in, from which COPY reads
     * @param flavour provisioned or serverless
     */
    StandInSpec redshift(Map<String, Object> s3, String flavour) {
        return new StandInSpec(
                REDSHIFT,
                "org.caravan.sandbox.redshift.RedshiftStandIn",
                List.of("-Xmx384m"),
                List.of(
                        "--dir", data(REDSHIFT),
                        "--binaries", directory.binaries().toString(),
                        "--control-token", credentials.controlToken(),
                        "--database", REDSHIFT_DATABASE,
                        "--flavour", flavour,
                        "--user", credentials.redshiftUser(),
                        "--password", credentials.redshiftPassword(),
                        "--s3-endpoint", s3.get("endpoint").toString(),
                        "--s3-region", s3.get("region").toString(),
                        "--s3-access-key", credentials.s3AccessKey(),
                        "--s3-secret-key", credentials.s3SecretKey(),
                        "--iam-roles", IAM_ROLE + ";" + IAM_ROLE_WITHOUT_ACCESS + "="));
    }

    StandInSpec databricks() {
        List<String> options = new ArrayList<>(List.of("-Xmx768m"));
        options.addAll(SPARK_MODULES);
        return new StandInSpec(
                DATABRICKS,
                "org.caravan.sandbox.databricks.DatabricksStandIn",
                options,
                List.of(
                        "--dir",
                        data(DATABRICKS),
                        "--control-token",
                        credentials.controlToken(),
                        "--token",
                        credentials.databricksAdminToken(),
                        "--principals",
                        DATABRICKS_PRINCIPAL + ":" + credentials.databricksToken() + ":"
                                + credentials.databricksSecret(),
                        "--warehouse",
                        WAREHOUSE));
    }

    private String data(String standIn) {
        return directory.data(standIn).toString();
    }
}

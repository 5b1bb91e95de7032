package org.caravan.settings;

/** The least that settings must hold. */
final class RequiredSettings {
    static final String TEXT =
            """
            staging.bucket=landing
            s3.region=eu-central-1
            redshift.url=jdbc:redshift://host:5439/dev
            redshift.copy.iam-role=default
            databricks.url=jdbc:databricks://host:443
            databricks.catalog=fed
            """;

    private RequiredSettings() {}
}

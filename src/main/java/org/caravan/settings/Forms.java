package org.caravan.settings;

/** The forms of texts that several settings have. Stateless. */
final class Forms {
    static final FormType NAME = FormType.of(
            "name", "[A-Za-z0-9][A-Za-z0-9_-]*", "not a name", "write letters, digits, - and _, such as prod");

    static final FormType NAMES = FormType.of(
            "names with commas between",
            "[^,\\s][^,]*(,[^,]*[^,\\s][^,]*)*",
            "not a list of names",
            "write them with commas between, such as customers,orders");

    static final FormType FOLDER =
            FormType.of("folder", "[^\\x00]+", "not a folder", "write a path, such as /var/lib/caravan");

    /** See <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">bucket naming rules</a>. */
    static final FormType BUCKET = FormType.of(
            "S3 bucket",
            "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
            "not the name of a bucket",
            "write the name alone, of 3 to 63 small letters, digits, - and .");

    static final FormType PREFIX = FormType.of(
            "S3 prefix",
            "/*[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*/*",
            "not a prefix",
            "write letters, digits, ., _, - and /, and begin each segment with a letter or digit");

    static final FormType REGION =
            FormType.of("AWS region", "[a-z0-9]+(-[a-z0-9]+)*", "not a region", "write its code, such as eu-central-1");

    static final FormType HTTP =
            FormType.of("URL", "(?i)https?://[^\\s/?#]+\\S*", "not a URL", "write http:// or https:// and a host");

    static final FormType HOST = FormType.of(
            "host",
            "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*",
            "not a host",
            "write a name or an address, such as 127.0.0.1");

    static final FormType USER =
            FormType.of("text without a colon", "[^:\\p{Cntrl}]+", "not a user's name", "write one without a colon");

    static final FormType JDBC = FormType.of(
            "JDBC URL",
            "(?s)jdbc:[a-z0-9:-]+:.*",
            "not a JDBC URL",
            "write one such as jdbc:postgresql://host:5432/database");

    static final FormType REDSHIFT = FormType.of(
            "JDBC URL",
            "(?s)jdbc:redshift(:iam)?://[^/]+/.+",
            "not a JDBC URL of Redshift",
            "write jdbc:redshift://<host>:5439/<database>");

    static final FormType DATABRICKS = FormType.of(
            "JDBC URL",
            "(?s)jdbc:databricks://.+",
            "not a JDBC URL of Databricks",
            "write jdbc:databricks://<host>:443;httpPath=/sql/1.0/warehouses/<id>;…");

    static final FormType LEDGER = FormType.of(
            "JDBC URL",
            "(?s)jdbc:h2:file:.+|jdbc:postgresql:.+",
            "not a ledger",
            "write jdbc:h2:file:<path> for one machine, or jdbc:postgresql://<host>:5432/<database> for several");

    /** As COPY takes it: an ARN, several as a chain of roles, or the cluster's default role. */
    static final FormType ROLE = FormType.of(
            "IAM role",
            "default|arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=.@/-]+(,arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=.@/-]+)*",
            "no role ARN",
            "write arn:aws:iam::<account of 12 digits>:role/<name>, or default");

    private Forms() {}
}

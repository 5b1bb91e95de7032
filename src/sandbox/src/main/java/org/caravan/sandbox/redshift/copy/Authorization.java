package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.caravan.sandbox.redshift.syntax.StatementRefused;
import org.caravan.sandbox.redshift.wire.SqlError;

/**
 * By whose right a COPY or UNLOAD works on S3: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-authorization.html.
 * The text of none of them shows a secret.
 */
public sealed interface Authorization {
    /** The role that is the cluster's default. */
    record DefaultRole() implements Authorization {}

    /** @param chain the roles that the cluster assumes one after another; the last one's rights count */
    record Roles(List<String> chain) implements Authorization {
        public Roles {
            chain = List.copyOf(chain);
        }
    }

    /** The keys of an IAM user, or temporary ones. */
    record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) implements Authorization {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }

    /** The words of a statement that authorize, each at most once and with its argument. */
    record Words(
            Optional<String> iamRole,
            Optional<String> credentials,
            Optional<String> accessKeyId,
            Optional<String> secretAccessKey,
            Optional<String> sessionToken) {
        private boolean anyKey() {
            return accessKeyId.isPresent() || secretAccessKey.isPresent() || sessionToken.isPresent();
        }
    }

    /** A role's name, by the rules of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
    String ROLE = "arn:aws(-cn|-us-gov)?:iam::\\d{12}:role/[\\w+=.@/,-]{1,576}";

    /**
     * What the words of a statement mean.
     *
     * @param command COPY or UNLOAD, for messages
     * @throws StatementRefused if there is none, more than one, or a malformed one
     */
    static Authorization of(Words words, String command) {
        int kinds = (words.iamRole.isPresent() ? 1 : 0)
                + (words.credentials.isPresent() ? 1 : 0)
                + (words.anyKey() ? 1 : 0);
        if (kinds > 1) {
            throw new StatementRefused(SqlError.SYNTAX_ERROR, "conflicting or redundant options");
        }
        if (words.iamRole.isPresent()) {
            return role(words.iamRole.get());
        }
        if (words.credentials.isPresent()) {
            return credentials(words.credentials.get());
        }
        if (words.anyKey()) {
            return keys(words.accessKeyId, words.secretAccessKey, words.sessionToken);
        }
        throw new StatementRefused(
                SqlError.SYNTAX_ERROR,
                command + " must specify an authorization: IAM_ROLE default or IAM_ROLE 'arn:aws:iam::…'");
    }

    private static Authorization role(String role) {
        if (role.equals("default")) {
            return new DefaultRole();
        }
        List<String> chain = new ArrayList<>();
        for (String one : role.split(",(?=arn:)|,\\s*$", -1)) {
            if (!one.matches(ROLE)) {
                throw new StatementRefused(CopyFailure.internal(
                        "Invalid IAM role '" + one + "': expected arn:aws:iam::<12 digits>:role/<name>", 8001, ""));
            }
            chain.add(one);
        }
        return new Roles(chain);
    }

    private static Authorization keys(Optional<String> id, Optional<String> secret, Optional<String> token) {
        if (id.isEmpty() || secret.isEmpty()) {
            throw new StatementRefused(
                    SqlError.SYNTAX_ERROR,
                    "ACCESS_KEY_ID and SECRET_ACCESS_KEY must be used together, and SESSION_TOKEN only with them");
        }
        return new Keys(id.get(), secret.get(), token);
    }

    /** {@code name=value;…}; the names are case-sensitive, and there is no space in it. */
    private static Authorization credentials(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split(";", -1)) {
            int at = pair.indexOf('=');
            if (at < 1 || values.put(pair.substring(0, at), pair.substring(at + 1)) != null) {
                throw malformed();
            }
        }
        values.remove("master_symmetric_key");
        Optional<String> role = Optional.ofNullable(values.remove("aws_iam_role"));
        Optional<String> id = Optional.ofNullable(values.remove("aws_access_key_id"));
        Optional<String> secret = Optional.ofNullable(values.remove("aws_secret_access_key"));
        Optional<String> token = Optional.ofNullable(values.remove("token"));
        boolean byKeys = id.isPresent() && secret.isPresent();
        boolean anyKey = id.isPresent() || secret.isPresent() || token.isPresent();
        if (!values.isEmpty() || text.matches("(?s).*\\s.*") || (role.isPresent() ? anyKey : !byKeys)) {
            throw malformed();
        }
        return role.isPresent() ? role(role.get()) : new Keys(id.get(), secret.get(), token);
    }

    /** The words stand in field reports and, without the role, in the guide's s3serviceexception-error.html. */
    private static StatementRefused malformed() {
        return new StatementRefused(CopyFailure.internal(
                "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
                        + " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
                8001,
                ""));
    }
}

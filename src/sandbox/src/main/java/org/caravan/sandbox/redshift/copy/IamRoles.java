package org.caravan.sandbox.redshift.copy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The IAM roles that the cluster may assume, and what each may do on S3. The first one is the cluster's default. */
public final class IamRoles {
    /** @param buckets the buckets that the role may read and write; empty stands for all */
    private record Role(String arn, Optional<Set<String>> buckets) {
        boolean mayUse(String bucket) {
            return buckets.isEmpty() || buckets.get().contains(bucket);
        }
    }

    private final List<Role> roles;

    private IamRoles(List<Role> roles) {
        this.roles = roles;
    }

    /**
     * Reads roles of the form {@code arn} (every bucket), {@code arn=bucket+bucket} (these) or {@code arn=} (none).
     *
     * @throws IllegalArgumentException if an ARN is malformed
     */
    public static IamRoles of(List<String> texts) {
        List<Role> roles = new ArrayList<>();
        for (String text : texts) {
            int at = text.lastIndexOf('=');
            String arn = at < 0 ? text : text.substring(0, at);
            if (!arn.matches(Authorization.ROLE)) {
                throw new IllegalArgumentException("the role '" + arn
                        + "' is not of the form arn:aws:iam::<12 digits>:role/<name>, optionally with =bucket+bucket");
            }
            String buckets = at < 0 ? "" : text.substring(at + 1);
            roles.add(new Role(
                    arn,
                    at < 0
                            ? Optional.empty()
                            : Optional.of(
                                    buckets.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(buckets.split("\\+"))))));
        }
        return new IamRoles(roles);
    }

    /** The roles of a command line, separated by {@code ;} or {@code ,}. */
    public static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("[;,]"));
    }

    /**
     * The role whose rights a chain of roles ends with.
     *
     * @param user who asks, as an ARN
     */
    private Role assume(List<String> chain, String user) throws CopyFailure.Thrown {
        Role last = null;
        for (String arn : chain) {
            last = roles.stream()
                    .filter(role -> role.arn.equals(arn))
                    .findFirst()
                    .orElseThrow(() -> CopyFailure.of(
                                    "User " + user + " is not authorized to assume IAM Role " + arn,
                                    8001,
                                    "IAM Role=" + arn)
                            .thrown());
        }
        return last;
    }

    /**
     * S3 with the rights of an authorization; the caller closes it.
     *
     * @param s3 S3 with the cluster's own rights
     * @param region where the cluster is, for messages
     * @param user the database user, for messages
     */
    S3Objects open(Authorization authorization, S3Objects s3, String region, String user) throws CopyFailure.Thrown {
        if (authorization instanceof Authorization.Keys keys) {
            return s3.as(keys);
        }
        Role role;
        if (authorization instanceof Authorization.Roles named) {
            // The words are those of field reports of a role that is not attached to the cluster.
            String account = named.chain().get(0).replaceAll(".*::(\\d{12}):.*", "$1");
            role = assume(
                    named.chain(), "arn:aws:redshift:" + region + ":" + account + ":dbuser:caravan-sandbox/" + user);
        } else if (roles.isEmpty()) {
            throw CopyFailure.of("Cannot find default IAM role", 8001, "IAM Role=default")
                    .thrown();
        } else {
            role = roles.get(0);
        }
        return s3.restrictedTo(role::mayUse);
    }
}

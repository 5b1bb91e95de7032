package org.caravan.sandbox.redshift.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.control.Faults;
import org.junit.jupiter.api.Test;

class IamRolesTest {
    private static final String FIRST = "arn:aws:iam::123456789012:role/first";
    private static final String SECOND = "arn:aws:iam::123456789012:role/second";
    private static final S3Location FILE = new S3Location("bucket-a", "key");

    /** Nothing listens there, so that a request that gets through fails in another way than one that is denied. */
    private static final S3Objects S3 = new S3Objects(
            new S3Objects.Settings("http://127.0.0.1:1", "us-east-1", "key", "secret"),
            new ReadFaults(new Faults(List.of())));

    private static void list(List<String> roles, Authorization authorization) throws CopyFailure.Thrown {
        try (S3Objects s3 = IamRoles.of(roles).open(authorization, S3, "us-east-1", "me")) {
            s3.list(FILE);
        }
    }

    @Test
    void letsARoleWithoutBucketsUseAll() {
        assertThatThrownBy(() -> list(List.of(FIRST), new Authorization.Roles(List.of(FIRST))))
                .hasMessageContaining("S3CurlException");
    }

    @Test
    void keepsARoleToItsBuckets() {
        List<String> mine = List.of(FIRST + "=bucket-b+bucket-a");
        List<String> others = List.of(FIRST + "=bucket-b");
        List<String> none = List.of(FIRST + "=");
        Authorization role = new Authorization.Roles(List.of(FIRST));
        assertThatThrownBy(() -> list(mine, role)).hasMessageContaining("S3CurlException");
        assertThatThrownBy(() -> list(others, role))
                .hasMessageContaining("Access Denied,Status 403,Error AccessDenied");
        assertThatThrownBy(() -> list(none, role)).hasMessageContaining("Access Denied,Status 403,Error AccessDenied");
    }

    @Test
    void takesTheFirstRoleAsTheDefault() {
        Authorization standard = new Authorization.DefaultRole();
        assertThatThrownBy(() -> list(List.of(FIRST + "=", SECOND), standard)).hasMessageContaining("Access Denied");
        assertThatThrownBy(() -> list(List.of(FIRST, SECOND + "="), standard)).hasMessageContaining("S3CurlException");
        assertThatThrownBy(() -> list(List.of(), standard)).hasMessageContaining("Cannot find default IAM role");
    }

    @Test
    void readsTheRolesOfACommandLine() {
        assertThat(IamRoles.split(FIRST + ";" + SECOND + "=a+b")).containsExactly(FIRST, SECOND + "=a+b");
        assertThat(IamRoles.split("")).isEmpty();
        assertThatThrownBy(() -> IamRoles.of(List.of("first")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'first'");
    }

    @Test
    void showsNoSecret() {
        Authorization keys = new Authorization.Keys("AKIA", "hidden-secret", Optional.of("hidden-token"));
        assertThat(keys.toString()).contains("AKIA").doesNotContain("hidden");
        assertThat(new S3Objects.Settings("http://s3", "us-east-1", "AKIA", "hidden").toString())
                .doesNotContain("hidden");
    }
}

package org.caravan.sandbox.redshift.copy;

import java.util.List;
import java.util.Optional;

/** By what a COPY may read S3: https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-authorization.html. */
sealed interface Authorization {
    /** @param arns the chain of roles, the cluster's own first; empty stands for the cluster's default role */
    record Roles(List<String> arns) implements Authorization {
        public Roles {
            arns = List.copyOf(arns);
        }
    }

    record Keys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) implements Authorization {
        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }
}

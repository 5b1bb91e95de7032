package org.caravan.sandbox.redshift.copy;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.caravan.sandbox.control.Fault;
import org.caravan.sandbox.control.FaultField;
import org.caravan.sandbox.control.FaultKind;
import org.caravan.sandbox.control.Faults;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Lets ordered faults strike the cluster's own reads of S3, once a read: its client's retries do not help. Every read that ends
 * before the object does fails, ordered or not. Thread-safe.
 */
public final class ReadFaults implements ExecutionInterceptor {
    private static final String ERROR = "copy-read-error";
    private static final String EXPIRED = "copy-token-expired";
    private static final String TRUNCATED = "copy-read-truncated";
    private static final ExecutionAttribute<Fault> CUT = new ExecutionAttribute<>("CaravanCut");

    /** What may be ordered. */
    public static final List<FaultKind> KINDS = List.of(
            FaultKind.of(
                    ERROR,
                    "the cluster's read of an object fails with 500 and this error code (InternalError)",
                    FaultField.KEY,
                    FaultField.CODE),
            FaultKind.of(
                    EXPIRED, "the cluster's read of an object fails because its token has expired", FaultField.KEY),
            FaultKind.of(
                    TRUNCATED,
                    "the cluster's read of an object ends in the middle of it",
                    FaultField.KEY,
                    FaultField.BYTES));

    private final Faults faults;

    public ReadFaults(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof GetObjectRequest get) || !faults.areOrdered()) {
            return;
        }
        if (strike(EXPIRED, get).isPresent()) {
            // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
            throw error(400, "ExpiredToken", "The provided token has expired.");
        }
        Optional<Fault> error = strike(ERROR, get);
        if (error.isPresent()) {
            throw error(
                    500,
                    error.get().text(FaultField.CODE).orElse("InternalError"),
                    "We encountered an internal error. Please try again.");
        }
        strike(TRUNCATED, get).ifPresent(fault -> attributes.putAttribute(CUT, fault));
    }

    private Optional<Fault> strike(String name, GetObjectRequest get) {
        return faults.strike(
                name, fault -> get.key().startsWith(fault.text(FaultField.KEY).orElse("")));
    }

    private static RuntimeException error(int status, String code, String message) {
        return S3Exception.builder()
                .statusCode(status)
                .requestId("STANDIN")
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof GetObjectRequest)
                || !context.httpResponse().isSuccessful()) {
            return context.responseBody();
        }
        long length = context.httpResponse()
                .firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        long arriving = Optional.ofNullable(attributes.getAttribute(CUT))
                .map(fault ->
                        fault.number(FaultField.BYTES).map(Integer::longValue).orElse(length / 2))
                .orElse(length);
        return context.responseBody().map(body -> new WholeObject(body, length, arriving));
    }
}

package org.caravan.sandbox.redshift.copy;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What S3 refuses, in the shape of Redshift's S3 errors: field reports, and
 * https://docs.aws.amazon.com/redshift/latest/dg/s3serviceexception-error.html.
 */
final class S3Failures {
    private S3Failures() {}

    static CopyFailure.Thrown failure(SdkException e, S3Location file) {
        if (e instanceof S3Exception answer && answer.awsErrorDetails() != null) {
            String code = answer.statusCode() == 404 && answer.awsErrorDetails().errorCode() == null
                    ? "NoSuchKey"
                    : String.valueOf(answer.awsErrorDetails().errorCode());
            return service(text(code, answer), answer.statusCode(), code, String.valueOf(answer.requestId()), file);
        }
        // https://curl.se/libcurl/c/libcurl-errors.html: 18 is CURLE_PARTIAL_FILE, 7 CURLE_COULDNT_CONNECT.
        int curl = e instanceof WholeObject.Broken ? 18 : 7;
        return CopyFailure.of(
                        "S3CurlException: " + e.getMessage() + ", CurlError " + curl + ", multiCurlError 0, CanRetry 1",
                        9001,
                        file.toString())
                .thrown();
    }

    private static String text(String code, S3Exception answer) {
        return switch (code) {
            case "NoSuchBucket" -> "The specified bucket does not exist";
            case "NoSuchKey" -> "The specified key does not exist.";
            case "AccessDenied" -> "Access Denied";
            case "InvalidAccessKeyId" -> "The AWS Access Key Id you provided does not exist in our records.";
            case "SignatureDoesNotMatch" ->
                "The request signature we calculated does not match the signature you provided. Check your key and signing"
                        + " method.";
            default -> String.valueOf(answer.awsErrorDetails().errorMessage());
        };
    }

    static boolean isMissing(SdkException e) {
        return e instanceof S3Exception answer && answer.statusCode() == 404;
    }

    static CopyFailure.Thrown accessDenied(S3Location file) {
        return service("Access Denied", 403, "AccessDenied", "STANDIN", file);
    }

    static CopyFailure.Thrown otherRegion(S3Location file, String region) {
        return service(
                "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all"
                        + " future requests to this endpoint.",
                301,
                "PermanentRedirect",
                "STANDIN",
                new S3Location(file.bucket(), file.key() + " (the bucket is in " + region + ")"));
    }

    private static CopyFailure.Thrown service(String text, int status, String code, String request, S3Location file) {
        return CopyFailure.of(
                        "S3ServiceException:" + text + ",Status " + status + ",Error " + code + ",Rid " + request
                                + ",CanRetry 1",
                        8001,
                        file.toString())
                .thrown();
    }
}

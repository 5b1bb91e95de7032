package org.caravan.sandbox.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.caravan.sandbox.control.Fault;
import org.caravan.sandbox.control.FaultField;
import org.caravan.sandbox.control.FaultKind;
import org.caravan.sandbox.control.Faults;

/** The faults that the stand-in of S3 knows; each may be limited to a method, to keys with a beginning, and to a part. Thread-safe. */
final class S3Faults {
    static final String SLOW = "slow";
    static final String RESET = "reset";
    static final String LOST_REPLY = "lost-reply";
    static final String TRUNCATED = "truncated";
    static final String UPLOAD_CUT = "upload-cut";

    /** The faults that answer with an error, and do nothing else. */
    private static final Map<String, S3Error> ERRORS = new LinkedHashMap<>();

    static {
        ERRORS.put("slow-down", S3Error.SLOW_DOWN);
        ERRORS.put("internal-error", S3Error.INTERNAL);
        ERRORS.put("expired-token", S3Error.EXPIRED_TOKEN);
        ERRORS.put("access-denied", S3Error.ACCESS_DENIED);
    }

    private final Faults faults = new Faults(Stream.concat(
                    ERRORS.entrySet().stream()
                            .map(error -> kind(
                                    error.getKey(),
                                    "the call does nothing, and is answered with "
                                            + error.getValue().status() + " "
                                            + error.getValue().code())),
                    Stream.of(
                            kind(SLOW, "the call is carried out so much later").needing(FaultField.MILLIS),
                            kind(RESET, "the connection is reset; the call does nothing"),
                            kind(LOST_REPLY, "the call is carried out; then the connection is reset without an answer"),
                            kind(TRUNCATED, "the connection ends in the middle of the answer's body", FaultField.BYTES),
                            kind(
                                    UPLOAD_CUT,
                                    "the connection is reset in the middle of the request's body; nothing is stored",
                                    FaultField.BYTES)))
            .toList());

    private static FaultKind kind(String name, String effect, FaultField... more) {
        FaultField[] limits = Stream.concat(
                        Stream.of(FaultField.METHOD, FaultField.KEY, FaultField.PART), Stream.of(more))
                .toArray(FaultField[]::new);
        return FaultKind.of(name, effect, limits);
    }

    Faults desk() {
        return faults;
    }

    boolean areOrdered() {
        return faults.areOrdered();
    }

    Optional<Fault> strike(String name, S3Request request) {
        return faults.strike(name, fault -> matches(fault, request));
    }

    /** The error that a request is answered with. */
    Optional<S3Error> error(S3Request request) {
        for (Map.Entry<String, S3Error> error : ERRORS.entrySet()) {
            if (strike(error.getKey(), request).isPresent()) {
                return Optional.of(error.getValue());
            }
        }
        return Optional.empty();
    }

    /** The order to cut this request, if it has a body that can be cut. */
    Optional<Fault> uploadCut(S3Request request) {
        return request.length() > 0 ? strike(UPLOAD_CUT, request) : Optional.empty();
    }

    private static boolean matches(Fault fault, S3Request request) {
        return fault.text(FaultField.METHOD)
                        .map(method -> method.equalsIgnoreCase(request.method()))
                        .orElse(true)
                && fault.text(FaultField.KEY)
                        .map(prefix -> request.key().startsWith(prefix))
                        .orElse(true)
                && fault.number(FaultField.PART)
                        .map(part -> request.part().equals(Optional.of(part)))
                        .orElse(true);
    }
}

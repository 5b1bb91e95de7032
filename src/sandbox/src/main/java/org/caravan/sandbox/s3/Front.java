package org.caravan.sandbox.s3;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.caravan.sandbox.control.Fault;
import org.caravan.sandbox.control.FaultField;
import org.gaul.shaded.org.eclipse.jetty.http.HttpURI;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;

/** Stands between the clients and S3Proxy: lets ordered faults strike, and answers as Amazon S3 does where S3Proxy does not. */
final class Front extends Handler.Wrapper {
    private final S3Faults faults;

    Front(Handler proxy, S3Faults faults) {
        super(proxy);
        this.faults = faults;
    }

    @Override
    public boolean handle(Request received, Response response, Callback callback) throws Exception {
        Request request = canonical(received);
        S3Request call = S3Request.of(request);
        Optional<S3Error> refusal = Rules.refusal(call, request);
        if (refusal.isPresent()) {
            return refuse(refusal.get(), request, response, callback);
        }
        if (!faults.areOrdered()) {
            return super.handle(request, new Answers.Completed(request, response, call), callback);
        }
        Optional<Fault> slow = faults.strike(S3Faults.SLOW, call);
        if (slow.isPresent()) {
            long millis = slow.get().number(FaultField.MILLIS).orElseThrow();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        if (faults.strike(S3Faults.RESET, call).isPresent()) {
            callback.failed(new Wire(request).reset());
            return true;
        }
        Optional<S3Error> error = faults.error(call);
        if (error.isPresent()) {
            return refuse(error.get(), request, response, callback);
        }
        Optional<Fault> cut = faults.uploadCut(call);
        if (cut.isPresent()) {
            long bytes =
                    cut.get().number(FaultField.BYTES).map(Integer::longValue).orElse(call.length() / 2);
            Request upload = new CutUpload(request, Math.min(bytes, call.length() - 1));
            return super.handle(upload, new Answers.Lost(upload, response), callback);
        }
        Response completed = new Answers.Completed(request, response, call);
        if (faults.strike(S3Faults.LOST_REPLY, call).isPresent()) {
            Wire wire = new Wire(request);
            Callback lost = Callback.from(() -> callback.failed(wire.reset()), callback::failed);
            return super.handle(request, new Answers.Lost(request, completed), lost);
        }
        Optional<Fault> truncated = faults.strike(S3Faults.TRUNCATED, call);
        if (truncated.isPresent()) {
            Optional<Integer> bytes = truncated.get().number(FaultField.BYTES);
            return super.handle(request, new Answers.Truncated(request, completed, bytes), callback);
        }
        return super.handle(request, completed, callback);
    }

    /**
     * S3 signs the decoded path. The SDK signs two slashes, and sends the second as %2F where its HTTP client would lose it
     * (ApacheHttpRequestFactory of apache-client 2.41.28).
     */
    private static Request canonical(Request request) {
        HttpURI uri = request.getHttpURI();
        if (!uri.getPath().contains("/%2F")) {
            return request;
        }
        String path = uri.getPath().replace("%2F", "/");
        return Request.serveAs(request, HttpURI.build(uri).path(path).asImmutable());
    }

    private static boolean refuse(S3Error error, Request request, Response response, Callback callback)
            throws Exception {
        new Wire(request).drain();
        error.answer(request, response, callback);
        return true;
    }
}

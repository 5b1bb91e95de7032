package org.caravan.sandbox.host;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The detached supervisor that {@code up} starts; it stays until {@code down} sends it a signal. */
@Command(name = "supervise", hidden = true, description = "Supervises a sandbox until it is told to stop.")
final class SuperviseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private RequestOptions what;

    @Override
    public Integer call() throws InterruptedException {
        Progress progress = new Progress(spec.commandLine().getErr());
        Supervisor supervisor = new Supervisor(common.directory(), what.request(spec), progress::show);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "sandbox-stop"));
        System.err.println(Instant.now() + " starting in " + common.directory().root());
        supervisor.start();
        System.err.println(Instant.now() + " ready");
        new CountDownLatch(1).await();
        return 0;
    }
}

package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path logs;

    @Test
    void addsTheTimesOfTheShellAndItsChildren() {
        assertThat(ChildProcess.cpuSeconds("0m0.01s 0m0.02s\n1m2.50s 0m0.47s\n"))
                .isEqualTo(63.0);
    }

    @Test
    void measuresWhatAProcessTakes() throws Exception {
        String busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo \"$GIVEN\"; exit 3";

        Measured measured = new ChildProcess(logs)
                .run("busy", Invocation.of(List.of("/bin/sh", "-c", busy), Map.of("GIVEN", "done")));

        assertThat(measured.exitCode()).isEqualTo(3);
        assertThat(measured.output()).isEqualTo("done\n");
        assertThat(measured.cpu()).isGreaterThan(0.01);
        assertThat(measured.wall()).isGreaterThan(0.01);
    }

    @Test
    void readsTheKernelsMark() {
        assertThat(MemoryWatch.bytes("VmHWM:\t    2048 kB")).isEqualTo(2 << 20);
    }
}

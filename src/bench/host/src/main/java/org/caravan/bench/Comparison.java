package org.caravan.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs contenders in turn, round by round, so that what else the machine does meets all of them alike. */
final class Comparison {
    private final Site site;
    private final ChildProcess child;
    private final Map<String, Dataset> datasets;
    private final PrintWriter progress;

    Comparison(Site site, ChildProcess child, Map<String, Dataset> datasets, PrintWriter progress) {
        this.site = site;
        this.child = child;
        this.datasets = datasets;
        this.progress = progress;
    }

    /** Those that cannot be started here, and why. */
    Map<Contender, String> obstacles(List<Contender> contenders) {
        Map<Contender, String> obstacles = new LinkedHashMap<>();
        contenders.forEach(each -> each.launch().obstacle(site).ifPresent(obstacle -> obstacles.put(each, obstacle)));
        return obstacles;
    }

    /** Runs them; before the first round each data set's limit once, which is not counted, so that the tables are cached. */
    List<Sample> run(List<Contender> contenders, int rounds) throws IOException, InterruptedException {
        for (Contender limit : contenders) {
            if (limit.role() == Contender.Role.LIMIT) {
                show(run(limit, 0), "not counted");
            }
        }
        List<Sample> samples = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Sample sample = run(contender, round);
                samples.add(sample);
                show(sample, "round " + round + " of " + rounds);
            }
        }
        return samples;
    }

    private void show(Sample sample, String when) {
        progress.printf(
                Locale.ROOT,
                "%-12s %-16s %7.2f s, in it %7.2f s of work, %7.2f CPU s, %5d MB%s%n",
                when,
                sample.contender(),
                sample.wall(),
                sample.work(),
                sample.cpu(),
                sample.peakBytes() / 1_000_000,
                sample.problem().map(problem -> "  FAILED: " + problem).orElse(""));
        progress.flush();
    }

    private Sample run(Contender contender, int round) throws IOException, InterruptedException {
        Dataset data = datasets.get(contender.data());
        Path directory = Folders.emptied(site.directory().resolve("work").resolve(contender.id()));
        Path output = contender.launch().output(site, directory);
        if (contender.role() == Contender.Role.WRITER) {
            Folders.emptied(output);
        }
        Invocation invocation = contender.launch().of(site, data, directory);
        Measured measured = child.run(contender.id() + "-" + round, invocation);
        Optional<String> problem = Optional.empty();
        FileRows found = new FileRows(data.rows(), data.keySum(), 0);
        if (measured.exitCode() != 0) {
            problem = Optional.of("exit code " + measured.exitCode() + "; see logs/" + contender.id() + "-" + round
                    + ".out and .err");
        } else if (contender.role() == Contender.Role.WRITER) {
            found = FileRows.of(output, data.key());
            problem = found.difference(data);
        }
        if (contender.role() == Contender.Role.WRITER) {
            Folders.emptied(output);
        }
        Folders.emptied(directory);
        return new Sample(
                contender.id(),
                round,
                measured.wall(),
                invocation.workSeconds().apply(measured.output()).orElse(measured.wall()),
                measured.cpu(),
                measured.peakBytes(),
                found.rows(),
                found.bytes(),
                problem);
    }
}

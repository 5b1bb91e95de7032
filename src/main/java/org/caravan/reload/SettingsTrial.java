package org.caravan.reload;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tries what is in force with other settings; stateless. */
final class SettingsTrial {
    private SettingsTrial() {}

    /** Why one of these units would not load in such a trial; empty if all would. */
    static Optional<Problem> problem(Trial trial, List<Unit> using, Collection<Unit> all) {
        List<Version> known = all.stream()
                .filter(unit -> !using.contains(unit))
                .flatMap(unit -> unit.current().stream())
                .filter(Version::mayDefine)
                .toList();
        List<Version> versions = using.stream()
                .flatMap(unit -> unit.current().stream())
                .sorted(Comparator.comparing(version -> !version.mayDefine()))
                .toList();
        Map<Path, Tried> results = trial.run(
                known,
                versions.stream()
                        .map(version -> new Trial.Candidate(version, List.of()))
                        .toList());
        return versions.stream()
                .filter(version -> results.get(version.file()) instanceof Tried.Bad)
                .map(version -> Problem.of(version.file().getFileName() + " would not load with it: "
                        + ((Tried.Bad) results.get(version.file())).problem().message()))
                .findFirst();
    }
}

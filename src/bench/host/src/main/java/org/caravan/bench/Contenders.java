package org.caravan.bench;

import java.util.ArrayList;
import java.util.List;

/** All contenders of the comparison, in the order in which each round runs them. */
final class Contenders {
    private Contenders() {}

    static List<Contender> all() {
        List<Contender> all = new ArrayList<>(LimitContenders.all());
        all.addAll(CaravanContenders.all());
        all.addAll(PeerContenders.all());
        all.addAll(SeaTunnelRun.all());
        return all;
    }

    /** Those of some ids. */
    static List<Contender> named(List<String> ids) {
        List<Contender> all = all();
        for (String id : ids) {
            if (all.stream().noneMatch(each -> each.id().equals(id))) {
                throw new BenchFailure("There is no contender '" + id + "'; there are: "
                        + String.join(", ", all.stream().map(Contender::id).toList()) + " and " + FixedCost.ID + ".");
            }
        }
        return all.stream().filter(each -> ids.contains(each.id())).toList();
    }
}

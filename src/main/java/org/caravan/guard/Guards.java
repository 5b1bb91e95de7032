package org.caravan.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.caravan.ledger.CaravanException;
import org.caravan.ledger.Category;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Run;
import org.caravan.ledger.Warning;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a route: those that fail a run if they strike, and those that warn; immutable.
 *
 * @param pass the pipelines whose failing rules only warn, for now
 */
record Guards(List<Rule> fail, List<Rule> warn, List<String> pass) {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

    Guards {
        fail = List.copyOf(fail);
        warn = List.copyOf(warn);
        pass = List.copyOf(pass);
    }

    List<Rule> all() {
        return Stream.concat(fail.stream(), warn.stream()).toList();
    }

    /** The rules as a person reads them. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (!fail.isEmpty()) {
            parts.add("fails if " + text(fail));
        }
        if (!warn.isEmpty()) {
            parts.add("warns if " + text(warn));
        }
        return parts.isEmpty() ? "no rules" : String.join("; ", parts);
    }

    private static String text(List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule instanceof Rule.Unique ? "not " + rule.text() : rule.text())
                .collect(Collectors.joining(", or "));
    }

    /**
     * Asks every rule that can be answered before the rows are loaded.
     *
     * @throws CaravanException if one of those that fail the run strikes; it names all of them
     */
    void check(Run run, Facts facts) {
        Facts.checkColumns(run.pipeline(), all(), facts.columns());
        List<Warning> strikes = new ArrayList<>();
        for (Rule rule : warn) {
            ask(run, rule, facts, new ArrayList<>());
        }
        for (Rule rule : fail) {
            ask(run, rule, facts, strikes);
        }
        if (!strikes.isEmpty()) {
            throw refusal(run, "before anything is loaded", strikes);
        }
    }

    private void ask(Run run, Rule rule, Facts facts, List<Warning> strikes) {
        Verdict verdict = rule.judge(facts);
        Warning warning = new Warning(rule.text(), verdict.reason());
        switch (verdict.state()) {
            case QUIET -> LOG.debug("{} run {}: {} does not strike", run.pipeline(), run.id(), rule.text());
            case SKIPPED -> warn(run, warning);
            case STRIKES -> strikes(run, rule, warning, strikes);
        }
    }

    private void strikes(Run run, Rule rule, Warning warning, List<Warning> strikes) {
        if (!fail.contains(rule)) {
            warn(run, warning);
        } else if (pass.contains(run.pipeline())) {
            warn(run, passed(warning));
        } else {
            strikes.add(warning);
        }
    }

    private static Warning passed(Warning warning) {
        return new Warning(warning.rule(), warning.message() + " (let pass by the setting guard.pass)");
    }

    private static void warn(Run run, Warning warning) {
        run.warnings().add(warning);
        LOG.warn("{} run {}: guard {}", run.pipeline(), run.id(), warning);
    }

    private static CaravanException refusal(Run run, String when, List<Warning> strikes) {
        return new CaravanException(
                Category.SOURCE,
                "Run " + run.id() + " of pipeline '" + run.pipeline() + "' is stopped by its guards " + when + ": "
                        + strikes.stream().map(Warning::toString).collect(Collectors.joining("; "))
                        + ". The target keeps its rows. If the result is right all the same, let it pass once with the setting"
                        + " guard.pass=" + run.pipeline() + " (GUARD_PASS=" + run.pipeline()
                        + " in the environment of one call), or change the rule in the route.");
    }

    /** The rules that the loaded staging table has to answer. */
    List<KeyRule> keyRules() {
        List<KeyRule> rules = new ArrayList<>();
        for (Rule rule : all()) {
            if (rule instanceof Rule.Unique unique) {
                rules.add(new Keys(unique));
            }
        }
        return rules;
    }

    private final class Keys implements KeyRule {
        private final Rule.Unique rule;

        Keys(Rule.Unique rule) {
            this.rule = rule;
        }

        @Override
        public List<String> columns() {
            return rule.columns();
        }

        @Override
        public void broken(Run run, long keys, long rows, List<String> examples) {
            List<Warning> strikes = new ArrayList<>();
            String found = Shown.count(keys) + (keys == 1 ? " key stands in " : " keys stand in ") + Shown.rows(rows)
                    + ", such as " + String.join("; ", examples);
            strikes(run, rule, new Warning(rule.text(), found), strikes);
            if (!strikes.isEmpty()) {
                throw refusal(run, "as it is loaded into its staging table, which is rolled back", strikes);
            }
        }
    }
}

package org.caravan.guard;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.caravan.ledger.KeyRule;
import org.caravan.ledger.Run;

/**
 * Stop a run, or warn, if the rows that were staged look wrong: too few or too many, too many NULLs, keys that are not unique.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "caravan-guard",
        title = "Caravan Guard",
        syntax = "caravan-guard:action",
        producerOnly = true,
        category = {Category.DATABASE})
public class GuardEndpoint extends DefaultEndpoint {
    @UriPath(
            description =
                    "rows: check the rows that were staged; between caravan-stage:manifest and caravan-redshift:load.",
            enums = "rows")
    private String action = "";

    @UriParam(
            description =
                    "The rules that fail the run if they strike, with semicolons between: on rows, change (since the last good run,"
                            + " in percent) and nulls(COLUMN), each compared with a number, and unique(COLUMN, ...).")
    private String fail = "";

    @UriParam(description = "The rules that only warn if they strike, likewise.")
    private String warn = "";

    public GuardEndpoint(String uri, GuardComponent component) {
        super(uri, component);
    }

    @Override
    public Producer createProducer() {
        return new GuardProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("caravan-guard starts no route; use it in a step (to)");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (!action.equals("rows")) {
            throw new IllegalArgumentException("caravan-guard knows the action rows, not '" + action + "'");
        }
        guards();
    }

    Guards guards() {
        String pass = ((GuardComponent) getComponent()).getPass();
        return new Guards(
                RuleText.rules("fail", fail),
                RuleText.rules("warn", warn),
                Arrays.stream(pass.split(",", -1)).map(String::strip).toList());
    }

    /** The rules as a person reads them. */
    public String text() {
        return guards().text();
    }

    /** Whether there are no rules. */
    public boolean isEmpty() {
        return guards().all().isEmpty();
    }

    /**
     * Makes sure that the rules fit a run whose columns are known. Connects to nothing.
     *
     * @return the rules that the loaded staging table has to answer
     */
    public List<KeyRule> plan(Run run) {
        run.columns().ifPresent(columns -> Facts.checkColumns(run.pipeline(), guards().all(), columns));
        return keyRules();
    }

    /** The rules that the loaded staging table has to answer. */
    public List<KeyRule> keyRules() {
        return guards().keyRules();
    }

    public String getAction() {
        return action;
    }

    public void setAction(String action) {
        this.action = action;
    }

    public String getFail() {
        return fail;
    }

    public void setFail(String fail) {
        this.fail = fail;
    }

    public String getWarn() {
        return warn;
    }

    public void setWarn(String warn) {
        this.warn = warn;
    }
}

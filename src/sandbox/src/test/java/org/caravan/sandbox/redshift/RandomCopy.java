package org.caravan.sandbox.redshift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.caravan.sandbox.redshift.CopyOptionTable.Format;
import org.caravan.sandbox.redshift.CopyOptionTable.Option;

/**
 * One COPY built by chance from {@link CopyOptionTable}, and what the table says of it.
 *
 * @param refusals parts of the messages of every rule that it breaks; empty if it breaks none
 * @param beyondStandIn whether Redshift takes it and the stand-in says that it does not yet
 */
record RandomCopy(String sql, List<String> refusals, boolean beyondStandIn) {
    private static final List<String> COMPRESSIONS = List.of("GZIP", "BZIP2", "LZOP", "ZSTD");
    private static final String CONFLICT = "conflicting or redundant options";

    /** Words in the making. */
    private static final class Draft {
        final Format format;
        final List<String> words = new ArrayList<>();
        final Map<String, String> options = new LinkedHashMap<>();
        final List<String> refusals = new ArrayList<>();

        Draft(Format format) {
            this.format = format;
        }

        void add(Option option, String argument) {
            words.add(option.name().toLowerCase(java.util.Locale.ROOT) + " " + argument);
            options.put(option.name(), argument);
            if (!option.allows(format, argument)) {
                refusals.add(option.refusal(format));
            }
        }
    }

    static RandomCopy of(List<Option> table, Random random) {
        Format format = Format.values()[random.nextInt(Format.values().length)];
        Draft draft = new Draft(format);
        boolean legal = random.nextBoolean();
        List<Option> shuffled = new ArrayList<>(table);
        Collections.shuffle(shuffled, random);
        int wanted = random.nextInt(6);
        for (Option option : shuffled) {
            String argument = option.good().get(random.nextInt(option.good().size()));
            if (draft.options.size() < wanted && option.allows(format, argument) && !clashes(draft, option.name())) {
                draft.add(option, argument);
            }
        }
        if (!legal) {
            spoil(draft, shuffled, random);
        }
        if (!format.words.isEmpty()) {
            draft.words.add(
                    (random.nextBoolean() ? "format as " : random.nextBoolean() ? "format " : "") + format.words);
        }
        authorize(draft, random);
        clashesBetween(draft);
        Collections.shuffle(draft.words, random);
        String source = "s3://" + LocalS3.BUCKET + "/random-copy/" + random.nextInt(10);
        String columns = draft.options.containsKey("EXPLICIT_IDS") ? "(i, a) " : "(a, b) ";
        String sql = (random.nextBoolean() ? "COPY" : "copy") + " t " + (random.nextInt(4) == 0 ? columns : "")
                + "from '" + source + "' " + String.join(random.nextBoolean() ? " " : "\n", draft.words);
        boolean beyond = format == Format.ORC
                || format == Format.SHAPEFILE
                || draft.options.containsKey("LZOP")
                || draft.options.containsKey("ENCRYPTED");
        return new RandomCopy(sql, draft.refusals, beyond);
    }

    /** Whether the option does not go with those that are there. */
    private static boolean clashes(Draft draft, String name) {
        return COMPRESSIONS.contains(name) && draft.options.keySet().stream().anyMatch(COMPRESSIONS::contains)
                || name.equals("MAXERROR") && draft.options.containsKey("IGNOREALLERRORS")
                || name.equals("IGNOREALLERRORS") && draft.options.containsKey("MAXERROR")
                || name.equals("MASTER_SYMMETRIC_KEY")
                || name.equals("ENCRYPTED");
    }

    private static void clashesBetween(Draft draft) {
        if (draft.options.keySet().stream().filter(COMPRESSIONS::contains).count() > 1) {
            draft.refusals.add(CONFLICT);
        }
        if (draft.options.containsKey("MAXERROR") && draft.options.containsKey("IGNOREALLERRORS")) {
            draft.refusals.add("IGNOREALLERRORS is not compatible with MAXERROR");
        }
        if (draft.options.containsKey("MASTER_SYMMETRIC_KEY") != draft.options.containsKey("ENCRYPTED")) {
            draft.refusals.add("ENCRYPTED and MASTER_SYMMETRIC_KEY must be specified together");
        }
    }

    private static void spoil(Draft draft, List<Option> table, Random random) {
        Option option = table.get(random.nextInt(table.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                String word = List.of("maxerrors", "gzipped", "with", "header", "'csv'")
                        .get(random.nextInt(5));
                draft.words.add(word);
                draft.refusals.add("syntax error at or near");
            }
            case 1 -> {
                String argument = option.good().get(0);
                draft.add(option, argument);
                draft.add(option, argument);
                draft.refusals.add(CONFLICT);
                syntaxErrorsOf(draft, option, argument);
            }
            case 2 -> {
                draft.words.add(draft.format == Format.CSV ? "json 'auto'" : "csv");
                if (draft.format == Format.TEXT) {
                    // Now it is CSV; whatever the table says of the options for CSV holds.
                    draft.refusals.clear();
                    draft.words.add("parquet");
                }
                draft.refusals.add(CONFLICT);
            }
            case 3 -> {
                if (!option.bad().isEmpty() && !draft.options.containsKey(option.name())) {
                    draft.add(option, option.bad());
                    draft.refusals.add(option.refusal());
                    syntaxErrorsOf(draft, option, option.bad());
                } else {
                    draft.words.add("maxerror maxerror");
                    draft.refusals.add("syntax error at or near");
                    draft.refusals.add(CONFLICT);
                }
            }
            default -> {
                for (Option unfit : table) {
                    String argument =
                            unfit.good().get(random.nextInt(unfit.good().size()));
                    if (!unfit.allows(draft.format, argument) && !draft.options.containsKey(unfit.name())) {
                        draft.add(unfit, argument);
                        return;
                    }
                }
            }
        }
    }

    /** An argument that is no word of the grammar is noticed where it stands. */
    private static void syntaxErrorsOf(Draft draft, Option option, String argument) {
        if (option.refusal().equals("syntax error") && argument.equals(option.bad())) {
            draft.refusals.add("syntax error at or near");
        }
    }

    private static void authorize(Draft draft, Random random) {
        switch (random.nextInt(draft.refusals.isEmpty() ? 4 : 6)) {
            case 0 -> draft.words.add("iam_role default");
            case 1 -> draft.words.add("credentials as 'aws_iam_role=" + SharedRedshift.ROLE + "'");
            case 2 -> {
                if (draft.format.isColumnar()) {
                    draft.refusals.add("only accepts IAM_ROLE credentials");
                }
                draft.words.add("access_key_id '" + LocalS3.ACCESS_KEY + "'");
                draft.words.add("secret_access_key '" + LocalS3.SECRET_KEY + "'");
            }
            case 3 -> draft.words.add("iam_role as '" + SharedRedshift.ROLE + "'");
            case 4 -> draft.refusals.add("must specify an authorization");
            default -> {
                draft.words.add("iam_role default");
                draft.words.add("access_key_id 'x'");
                draft.refusals.add(CONFLICT);
            }
        }
    }
}

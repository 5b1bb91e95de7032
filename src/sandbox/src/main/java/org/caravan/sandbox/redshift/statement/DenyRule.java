package org.caravan.sandbox.redshift.statement;

import java.util.List;
import java.util.function.Predicate;
import org.caravan.sandbox.redshift.syntax.Token;

/**
 * Something that PostgreSQL would run and Redshift refuses.
 *
 * @param name what is refused
 * @param source the documentation page or the field report that says so
 * @param state SQLSTATE of the refusal
 * @param message text of the refusal
 * @param matches whether a statement's tokens contain it
 * @param example a statement that is refused
 */
public record DenyRule(
        String name, String source, String state, String message, Predicate<List<Token>> matches, String example) {}

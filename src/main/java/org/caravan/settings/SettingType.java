package org.caravan.settings;

import java.util.Optional;

/** What the values of a setting look like. Implementations are immutable. */
sealed interface SettingType
        permits ChoiceType, CronType, DurationType, FormType, NumberType, SecretType, SizeType, TextType, ZoneType {
    /** The type as the reference page shows it. */
    String label();

    /** What is wrong with a value, which is stripped and not empty; empty if nothing is. */
    Optional<Mistake> mistake(String value);
}

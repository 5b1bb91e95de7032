package org.caravan.format;

public final class FormatConstants {
    public static final String PART = "CaravanPart";

    private FormatConstants() {}
}

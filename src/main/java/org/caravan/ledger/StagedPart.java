package org.caravan.ledger;

/** A part that was encoded whole: its S3 key (without the bucket), rows and bytes. */
public record StagedPart(int number, String key, long rows, long bytes) {}

package org.caravan.ledger;

/**
 * A part that was encoded whole.
 *
 * @param key its S3 key, without the bucket
 * @param crc32 the CRC-32 of its bytes, as the encoder wrote them
 */
public record StagedPart(int number, String key, long rows, long bytes, long crc32) {}

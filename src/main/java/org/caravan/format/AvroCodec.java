package org.caravan.format;

/** How the blocks of an Avro file are compressed: the codecs that COPY reads. */
public enum AvroCodec {
    /** Fast. */
    SNAPPY("snappy"),
    /** Smaller for more processor time. */
    DEFLATE("deflate"),
    NONE("null");

    private final String avroName;

    AvroCodec(String avroName) {
        this.avroName = avroName;
    }

    /** The codec's name in the file. */
    String avroName() {
        return avroName;
    }
}

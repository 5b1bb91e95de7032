package org.caravan.source;

import java.util.Optional;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.caravan.source.watermark.Watermark;

/** Which increments a query reads, as a route says it. To be set by one thread. */
@UriParams
public class WatermarkConfiguration {
    @UriParam(
            description =
                    "Read increments: the column of the result whose values only grow, such as updated_at; or a query for the upper"
                            + " bound, such as SELECT max(id) + 1 FROM orders. The query has the bounds as its parameters :lowWater"
                            + " (included) and :highWater (not included).")
    @Metadata(largeInput = true)
    private String watermark = "";

    @UriParam(
            description =
                    "The type of the bounds; timestamptz unless it is set. The upper bound of times is the source's clock, that of"
                            + " bigint is behind the greatest value.",
            enums = "timestamptz,timestamp,date,bigint")
    private String watermarkType = "";

    @UriParam(
            description =
                    "How far before the last upper bound an increment begins, so that rows are read which were committed late, such"
                            + " as 10m, 2d or 1000; 0 unless it is set.")
    private String watermarkLag = "";

    @UriParam(description = "Where the first increment begins, such as 2020-01-01T00:00:00Z.")
    private String watermarkStart = "";

    @UriParam(
            description =
                    "By which modes an increment may be published: safe (those that neither repeat nor lose rows) or any; safe"
                            + " unless it is set.",
            enums = "safe,any")
    private String watermarkModes = "";

    /**
     * The options; empty if the query reads no increments.
     *
     * @throws IllegalArgumentException if they are wrong
     */
    Optional<Watermark> watermark() {
        return Watermark.parse(watermark, watermarkType, watermarkLag, watermarkStart, watermarkModes);
    }

    public String getWatermark() {
        return watermark;
    }

    public void setWatermark(String watermark) {
        this.watermark = watermark;
    }

    public String getWatermarkType() {
        return watermarkType;
    }

    public void setWatermarkType(String watermarkType) {
        this.watermarkType = watermarkType;
    }

    public String getWatermarkLag() {
        return watermarkLag;
    }

    public void setWatermarkLag(String watermarkLag) {
        this.watermarkLag = watermarkLag;
    }

    public String getWatermarkStart() {
        return watermarkStart;
    }

    public void setWatermarkStart(String watermarkStart) {
        this.watermarkStart = watermarkStart;
    }

    public String getWatermarkModes() {
        return watermarkModes;
    }

    public void setWatermarkModes(String watermarkModes) {
        this.watermarkModes = watermarkModes;
    }
}

package org.caravan.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.caravan.schema.Columns;

/**
 * What a Parquet file has around its row groups: the magic number and the footer, which lists them.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">File format</a>
 */
final class ParquetFooter {
    /** The version of the pages, not of the specification: only pages of version 1 are written. */
    private static final int VERSION = 1;

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final Columns columns;
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private long rows;

    ParquetFooter(Columns columns) {
        this.columns = columns;
    }

    static void writeHead(FileOutput out) throws IOException {
        out.write(MAGIC);
    }

    /** Lists a row group that was just written from a position on. */
    void add(List<ColumnChunk> chunks, long rowGroupRows, long start, long end) {
        long uncompressed = chunks.stream()
                .mapToLong(chunk -> chunk.getMeta_data().getTotal_uncompressed_size())
                .sum();
        RowGroup rowGroup = new RowGroup(chunks, uncompressed, rowGroupRows);
        rowGroup.setFile_offset(start).setTotal_compressed_size(end - start);
        if (rowGroups.size() <= Short.MAX_VALUE) {
            rowGroup.setOrdinal((short) rowGroups.size());
        }
        rowGroups.add(rowGroup);
        rows += rowGroupRows;
    }

    void write(FileOutput out) throws IOException {
        FileMetaData metaData = new FileMetaData(VERSION, ParquetSchema.elements(columns), rows, rowGroups);
        metaData.setCreated_by(createdBy());
        // Readers trust min_value and max_value only where the order is declared (parquet.thrift, ColumnOrder).
        metaData.setColumn_orders(columns.stream()
                .map(column -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
                .toList());
        Buffer footer = new Buffer();
        Util.writeFileMetaData(metaData, footer);
        footer.putInt(footer.size());
        footer.write(MAGIC, 0, MAGIC.length);
        out.write(footer.data(), 0, footer.size());
    }

    /** The form that parquet-java parses to decide whether to trust the statistics. */
    static String createdBy() {
        String version = Optional.ofNullable(ParquetFooter.class.getPackage().getImplementationVersion())
                .orElse("0.0.0");
        return "caravan version " + version + " (build unknown)";
    }
}

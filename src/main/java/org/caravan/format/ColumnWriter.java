package org.caravan.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.caravan.format.PageWriter.Page;
import org.caravan.schema.Column;
import org.caravan.schema.Vector;

/** One column of an open row group: takes its values from vectors, and holds its finished pages until the row group ends. */
abstract class ColumnWriter {
    final Column column;
    private final Values values;
    private final ParquetOptions options;
    private final PageWriter pageWriter;
    private final DefinitionLevels levels = new DefinitionLevels();
    private final List<Page> pages = new ArrayList<>();
    private long pagesBytes;
    private long chunkRows;
    private long chunkNulls;
    private long fileRows;

    ColumnWriter(Column column, Values values, ParquetOptions options, PageWriter pageWriter) {
        this.column = column;
        this.values = values;
        this.options = options;
        this.pageWriter = pageWriter;
    }

    /** Appends rows, which are few: the column's pages end in between, the row group does not. */
    final void write(Vector vector, int from, int to) throws IOException {
        int row = from;
        while (row < to) {
            int pageRoom = options.pageRows() - levels.rows();
            int byteRoom = (int) Math.max(1, options.pageBytes() - values.pageBytes());
            int end = rowsThatFit(vector, row, Math.min(to, row + pageRoom), byteRoom);
            values.reserve(end - row);
            append(vector, row, end);
            values.reconsiderDictionary();
            levels.append(vector, row, end);
            fileRows += end - row;
            row = end;
            if (levels.rows() >= options.pageRows()
                    || values.pageBytes() >= options.pageBytes()
                    || values.isDictionaryFull()) {
                endPage();
            }
        }
    }

    /** The row after the last one that should go into the open page, which has room for so many bytes; at least one row. */
    abstract int rowsThatFit(Vector vector, int from, int to, int bytes);

    /** Appends the values of rows to the open page, and leaves NULLs out. */
    abstract void append(Vector vector, int from, int to);

    /** The refusal of a row's value. */
    final FormatException refusal(int row, int from, Object value, String allowed) {
        return refusal(row, from, value, allowed, FormatException.remedy(column));
    }

    final FormatException refusal(int row, int from, Object value, String allowed, String remedy) {
        return FormatException.value(column, fileRows + row - from, value, allowed, remedy);
    }

    /** The memory taken, in bytes. */
    final long heldBytes() {
        return pagesBytes + values.heldBytes() + levels.heldBytes();
    }

    /** A fair estimate of what the column adds to the file if the row group ends here. */
    final double encodedBytes() {
        return pagesBytes + (values.encodedBytes() + levels.rows() / (double) Byte.SIZE) * pageWriter.ratio();
    }

    /** Writes the column chunk and makes ready for the next row group. */
    final ColumnChunk endRowGroup(FileOutput out, int mostRetained) throws IOException {
        if (levels.rows() > 0) {
            endPage();
        }
        Optional<Page> dictionary = endDictionary();
        ColumnChunk chunk = writeChunk(dictionary, out);
        pages.clear();
        pagesBytes = 0;
        chunkRows = 0;
        chunkNulls = 0;
        values.endRowGroup(mostRetained);
        levels.release(mostRetained);
        return chunk;
    }

    private void endPage() throws IOException {
        Buffer page = pageWriter.begin();
        int rows = levels.rows();
        chunkRows += rows;
        chunkNulls += levels.nulls();
        levels.endPage(page);
        Page finished = pageWriter.data(rows, values.endPage(page));
        pages.add(finished);
        pagesBytes += finished.bytes().length;
    }

    private Optional<Page> endDictionary() throws IOException {
        if (!values.hasDictionary()) {
            return Optional.empty();
        }
        values.observeDictionary();
        values.putDictionary(pageWriter.begin());
        return Optional.of(pageWriter.dictionary(values.dictionarySize()));
    }

    private ColumnChunk writeChunk(Optional<Page> dictionary, FileOutput out) throws IOException {
        long start = out.position();
        long uncompressed = 0;
        if (dictionary.isPresent()) {
            out.write(dictionary.get().bytes());
            uncompressed += dictionary.get().uncompressedBytes();
        }
        long firstDataPage = out.position();
        for (Page page : pages) {
            out.write(page.bytes());
            uncompressed += page.uncompressedBytes();
        }
        ColumnMetaData metaData = new ColumnMetaData(
                ParquetSchema.physical(column.type()),
                encodings(),
                List.of(column.name()),
                options.codec().thrift(),
                chunkRows,
                uncompressed,
                out.position() - start,
                firstDataPage);
        dictionary.ifPresent(page -> metaData.setDictionary_page_offset(start));
        metaData.setEncoding_stats(encodingStatistics(dictionary.isPresent()));
        metaData.setStatistics(statistics());
        // Must not point to the metadata, which stands in the footer only (parquet.thrift, ColumnChunk.file_offset).
        return new ColumnChunk(0).setMeta_data(metaData);
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics();
        statistics.setNull_count(chunkNulls);
        values.putStatistics(statistics);
        return statistics;
    }

    private List<Encoding> encodings() {
        Set<Encoding> encodings = new TreeSet<>();
        encodings.add(Encoding.RLE);
        pages.forEach(page -> encodings.add(page.encoding()));
        return List.copyOf(encodings);
    }

    private List<PageEncodingStats> encodingStatistics(boolean dictionary) {
        List<PageEncodingStats> list = new ArrayList<>();
        if (dictionary) {
            list.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN_DICTIONARY, 1));
        }
        Map<Encoding, Integer> counts = new EnumMap<>(Encoding.class);
        pages.forEach(page -> counts.merge(page.encoding(), 1, Integer::sum));
        counts.forEach((encoding, count) -> list.add(new PageEncodingStats(PageType.DATA_PAGE, encoding, count)));
        return list;
    }
}

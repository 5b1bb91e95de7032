package org.caravan.format;

import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Turns encoded values into finished pages, one at a time; shared by the columns of an encoder, as are its scratch buffers.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/">Data pages</a>
 */
final class PageWriter implements AutoCloseable {
    private final PageCompressor compressor;
    private final Buffer page = new Buffer();
    private final Buffer compressed = new Buffer();
    private final Buffer finished = new Buffer();
    private final CRC32 checksum = new CRC32();
    private long uncompressedBytes;
    private long compressedBytes;

    PageWriter(ParquetCodec codec) {
        this.compressor = PageCompressor.of(codec);
    }

    /** An empty buffer for the next page's contents. */
    Buffer begin() {
        page.clear();
        return page;
    }

    /** Finishes a data page of version 1; {@code values} counts NULLs too. */
    Page data(int values, Encoding encoding) throws IOException {
        PageHeader header = header(PageType.DATA_PAGE);
        // Without repetition there are no repetition levels; the header wants an encoding all the same.
        header.setData_page_header(new DataPageHeader(values, encoding, Encoding.RLE, Encoding.RLE));
        return finish(header, encoding);
    }

    Page dictionary(int values) throws IOException {
        PageHeader header = header(PageType.DICTIONARY_PAGE);
        header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN_DICTIONARY));
        return finish(header, Encoding.PLAIN_DICTIONARY);
    }

    /** Compressed to uncompressed bytes so far; 1 before the first page. */
    double ratio() {
        return uncompressedBytes == 0 ? 1 : (double) compressedBytes / uncompressedBytes;
    }

    @Override
    public void close() {
        compressor.close();
    }

    private PageHeader header(PageType type) throws IOException {
        compressor.compress(page, compressed);
        checksum.reset();
        checksum.update(compressed.data(), 0, compressed.size());
        PageHeader header = new PageHeader(type, page.size(), compressed.size());
        // Of the bytes as they are stored, without the header (parquet.thrift, PageHeader.crc).
        header.setCrc((int) checksum.getValue());
        return header;
    }

    private Page finish(PageHeader header, Encoding encoding) throws IOException {
        finished.clear();
        Util.writePageHeader(header, finished);
        int headerBytes = finished.size();
        finished.put(compressed);
        uncompressedBytes += headerBytes + page.size();
        compressedBytes += finished.size();
        return new Page(finished.toArray(), headerBytes + page.size(), encoding);
    }

    /** A page as it goes into the file. */
    static final class Page {
        private final byte[] bytes;
        private final int uncompressedBytes;
        private final Encoding encoding;

        private Page(byte[] bytes, int uncompressedBytes, Encoding encoding) {
            this.bytes = bytes;
            this.uncompressedBytes = uncompressedBytes;
            this.encoding = encoding;
        }

        /** Header and contents; not copied. */
        byte[] bytes() {
            return bytes;
        }

        /** The size if the contents were not compressed, with the header. */
        int uncompressedBytes() {
            return uncompressedBytes;
        }

        Encoding encoding() {
            return encoding;
        }
    }
}

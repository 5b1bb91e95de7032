package org.caravan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {
    @Test
    void barsAreAsLongAsTheirSeconds() throws Exception {
        String svg = Chart.of(Figures.report(
                        List.of(Figures.sample(Figures.LIMIT, 1, 10, 10), Figures.sample(Figures.WRITER, 1, 20, 15)))
                .rows());

        Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        // The first is the background; then for each contender the whole process, and over it the work.
        assertThat(width(parsed, 1)).isEqualTo(width(parsed, 2)).isEqualTo(width(parsed, 3) / 2);
        assertThat(width(parsed, 4)).isEqualTo(width(parsed, 3) * 0.75);
    }

    private static double width(Document svg, int rectangle) {
        return Double.parseDouble(((Element) svg.getElementsByTagName("rect").item(rectangle)).getAttribute("width"));
    }
}

package io.entente.samples.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgChartTest {

    @Test
    void everyMedianIsABarInTheScaleOfItsUnit() throws Exception {
        List<Double> widths = elements("rect").stream()
                .map(bar -> Double.valueOf(bar.getAttribute("width")))
                .toList();
        // 90,000 and 45,000 of at most 100,000; 0.5 of at most 0.5; 100 of at most 100.
        assertThat(widths).hasSize(4);
        assertThat(widths.get(1)).isEqualTo(widths.get(0) / 2);
        assertThat(widths.get(2)).isEqualTo(widths.get(3));
    }

    @Test
    void aWhiskerGoesFromTheLeastToTheGreatest() throws Exception {
        Element bar = elements("rect").get(0);
        double zero = Double.parseDouble(bar.getAttribute("x"));
        double unit = Double.parseDouble(bar.getAttribute("width")) / 90_000;
        Element whisker = elements("line").get(0);
        assertThat(Double.parseDouble(whisker.getAttribute("x1"))).isEqualTo(zero + 80_000 * unit);
        assertThat(Double.parseDouble(whisker.getAttribute("x2"))).isEqualTo(zero + 100_000 * unit);
    }

    @Test
    void missedBoundsStandOut() throws Exception {
        assertThat(elements("rect"))
                .extracting(bar -> bar.getAttribute("class"))
                .containsExactly("bar", "bar", "bar missed", "bar");
    }

    @Test
    void textsAreEscapedAndColoursFollowTheReader() throws Exception {
        assertThat(elements("text"))
                .extracting(Element::getTextContent)
                .contains("raw <RocksDB>", "replicate, writes/s");
        assertThat(SvgChart.of(List.of(Sample.REPORT))).contains("prefers-color-scheme: dark");
    }

    @Test
    void nothingMeasuredIsAnEmptyPicture() {
        Series nothing = new Series(Figure.of("a", "b", "c"), List.of(0.0));
        assertThat(SvgChart.of(List.of(new Report("none", "", List.of(nothing)))))
                .contains("width=\"0.0\"");
    }

    private static List<Element> elements(String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgChart.of(List.of(Sample.REPORT)))));
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}

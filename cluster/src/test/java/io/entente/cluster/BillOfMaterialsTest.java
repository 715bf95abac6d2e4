package io.entente.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The bill of materials has the numbers of the build: it has no parent that could give them to it. */
class BillOfMaterialsTest {

    private final Document build = read(Path.of("..", "pom.xml"));
    private final Document bill = read(Path.of("bom", "pom.xml"));

    @Test
    void itIsOfTheVersionOfTheBuild() {
        assertThat(text(bill.getDocumentElement(), "version")).isEqualTo(text(build.getDocumentElement(), "version"));
    }

    @Test
    void librariesHaveTheVersionsWithWhichEntenteWasTested() {
        SortedMap<String, String> tested = properties(build);
        assertThat(properties(bill))
                .isNotEmpty()
                .allSatisfy((name, version) -> assertThat(tested).as(name).containsEntry(name, version));
    }

    @Test
    void itsPluginsAreTheBuilds() {
        SortedMap<String, String> used = plugins(build);
        assertThat(plugins(bill))
                .isNotEmpty()
                .allSatisfy((name, version) -> assertThat(used).containsEntry(name, version));
    }

    @Test
    void itNamesWhateverEntenteIsMadeOf() {
        SortedMap<String, String> named = artifacts(bill);
        for (String module : new String[] {"conflict", "core", "cluster"}) {
            assertThat(named).containsKey(module);
        }
        artifacts(read(Path.of("pom.xml"))).forEach((artifact, scope) -> {
            boolean shipped = !scope.equals("test");
            boolean akka = artifact.startsWith("akka-") && !artifact.startsWith("akka-http");
            boolean imported = akka || artifact.startsWith("jackson-");
            if (shipped && !imported) {
                assertThat(named).containsKey(artifact.replace("${scala.binary.version}", "2.13"));
            }
        });
    }

    private static SortedMap<String, String> properties(Document pom) {
        SortedMap<String, String> properties = new TreeMap<>();
        NodeList all = ((Element) pom.getElementsByTagName("properties").item(0)).getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            Node property = all.item(i);
            if (property instanceof Element && property.getNodeName().endsWith(".version")) {
                properties.put(property.getNodeName(), property.getTextContent());
            }
        }
        return properties;
    }

    private static SortedMap<String, String> plugins(Document pom) {
        SortedMap<String, String> plugins = new TreeMap<>();
        NodeList all = ((Element) pom.getElementsByTagName("pluginManagement").item(0)).getElementsByTagName("plugin");
        for (int i = 0; i < all.getLength(); i++) {
            Element plugin = (Element) all.item(i);
            plugins.put(text(plugin, "artifactId"), text(plugin, "version"));
        }
        return plugins;
    }

    /** The scopes of dependencies, by artifact. */
    private static SortedMap<String, String> artifacts(Document pom) {
        SortedMap<String, String> artifacts = new TreeMap<>();
        NodeList all = pom.getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            artifacts.put(text(dependency, "artifactId"), text(dependency, "scope"));
        }
        return artifacts;
    }

    /** The text of the first child of that name; empty where there is none. */
    private static String text(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent();
            }
        }
        return "";
    }

    private static Document read(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (Exception e) {
            throw new AssertionError(file + " can't be read", e);
        }
    }
}

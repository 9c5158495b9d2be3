package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What the profile {@code release} adds reaches every module. A plug-in that the build declares
 * with {@code inherited=false} keeps the profile's executions of that plug-in in the parent, and a
 * release without Javadoc or sources is noticed only at its very end.
 */
class ReleaseProfileTest {
  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    return children(parent, name).getFirst();
  }

  private static List<Element> plugins(Element parent) {
    return children(child(child(parent, "build"), "plugins"), "plugin");
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream().map(Element::getTextContent).findFirst().orElse("");
  }

  @Test
  void reachesEveryModule() throws Exception {
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File("../pom.xml"))
            .getDocumentElement();
    Element release =
        children(child(project, "profiles"), "profile").stream()
            .filter(profile -> text(profile, "id").equals("release"))
            .findFirst()
            .orElseThrow();
    List<String> added = plugins(release).stream().map(p -> text(p, "artifactId")).toList();
    assertThat(added).contains("maven-source-plugin", "maven-javadoc-plugin");
    for (Element plugin : plugins(project)) {
      if (added.contains(text(plugin, "artifactId"))) {
        assertThat(text(plugin, "inherited"))
            .as("%s: inherited; set it on an execution instead", text(plugin, "artifactId"))
            .isNotEqualTo("false");
      }
    }
  }
}

package im.pair.browser;

/**
 * A library for browsers, in a jar on the class path.
 *
 * @param folder where its files are
 */
record Webjar(String folder) {
  static Webjar of(String name) {
    String about = "META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    String version =
        Resource.text(about)
            .lines()
            .filter(line -> line.startsWith("version="))
            .map(line -> line.substring("version=".length()))
            .findFirst()
            .orElseThrow();
    return new Webjar("META-INF/resources/webjars/" + name + "/" + version + "/");
  }

  String text(String file) {
    return Resource.text(folder + file);
  }
}

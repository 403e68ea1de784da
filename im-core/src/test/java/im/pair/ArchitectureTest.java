package im.pair;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the core may know, and how large it may get. */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java/im/pair");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("im.pair");

  @Test
  void theCoreKnowsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("im.pair.core")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("im.pair.core", "java..", "org.jspecify.annotations")
        .check(CLASSES);
  }

  @Test
  void theCoreHasNoLoggerAndNoExecutor() {
    noClasses()
        .that()
        .resideInAPackage("im.pair.core")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.System\\$Logger|java\\.util\\.logging\\..*|java\\.util\\.concurrent\\.(.*Executor.*|ForkJoin.*|Timer.*)|java\\.lang\\.Thread")
        .check(CLASSES);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .check(CLASSES);
  }

  @Test
  void theCoreIsReadInOneSitting() throws IOException {
    assertThat(linesOfCode("core")).isLessThan(2_500);
    assertThat(linesOfCode("wire")).isLessThan(1_500);
  }

  @Test
  void theReadingOrderNamesEveryType() throws IOException {
    for (String name : List.of("core", "wire")) {
      String order = Files.readString(SOURCES.resolve(name).resolve("package-info.java"));
      try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
        files
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .filter(type -> !type.equals("package-info"))
            .forEach(type -> assertThat(order).containsPattern("\\b" + type + "\\b"));
      }
    }
  }

  /** Lines that are neither blank nor comment. */
  private static long linesOfCode(String name) throws IOException {
    Matcher comments = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$").matcher("");
    long lines = 0;
    try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
      for (Path file : files.toList()) {
        String code = comments.reset(Files.readString(file)).replaceAll("");
        lines += code.lines().filter(line -> !line.isBlank()).count();
      }
    }
    return lines;
  }
}

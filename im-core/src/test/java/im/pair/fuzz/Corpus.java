package im.pair.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The kept inputs of one target, one in each file, in the order of their names. */
record Corpus(List<byte[]> inputs) {
  private static final Path RESOURCES = Path.of("src/test/resources/im/pair/fuzz");

  /** The words that are worth to be put together, in the form that libFuzzer reads. */
  static final Path WORDS = RESOURCES.resolve("words.dict");

  /** Where a target's inputs are. */
  static Path directory(Class<?> target) {
    return RESOURCES.resolve(target.getSimpleName());
  }

  static Corpus of(Class<?> target) throws IOException {
    try (Stream<Path> files = Files.list(directory(target))) {
      return new Corpus(files.sorted().map(Corpus::bytes).toList());
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<byte[]> words() throws IOException {
    return Files.readAllLines(WORDS).stream()
        .filter(line -> line.startsWith("\""))
        .map(line -> unescaped(line.substring(1, line.length() - 1)))
        .toList();
  }

  /** A word knows {@code \"}, {@code \\} and {@code \x} with two hexadecimal digits. */
  private static byte[] unescaped(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\' && word.charAt(i + 1) == 'x') {
        bytes.write(Integer.parseInt(word.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.write(c == '\\' ? word.charAt(++i) : c);
      }
    }
    return bytes.toByteArray();
  }

  /** An input in words, for whoever must look into it. */
  static String printable(byte[] input) {
    StringBuilder text = new StringBuilder();
    for (char c : new String(input, StandardCharsets.ISO_8859_1).toCharArray()) {
      text.append(
          c >= ' ' && c <= '~' ? String.valueOf(c) : "\\x" + HexFormat.of().toHexDigits((byte) c));
    }
    return text.toString();
  }
}

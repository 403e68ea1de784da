package im.pair.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs a little, by chance; the same seed changes them the same. */
final class Mutator {
  private static final int MOST_BYTES = 2_000;
  private static final int MOST_CHANGES = 4;

  private final SplittableRandom random;
  private final List<byte[]> inputs;
  private final List<byte[]> words;

  /**
   * A mutator.
   *
   * @param inputs parts of which are put into others
   * @param words which are too
   */
  Mutator(long seed, List<byte[]> inputs, List<byte[]> words) {
    random = new SplittableRandom(seed);
    this.inputs = inputs;
    this.words = words;
  }

  byte[] mutate(byte[] input) {
    byte[] mutated = input;
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      mutated = change(mutated);
    }
    return mutated;
  }

  private byte[] change(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(20)));
    return switch (random.nextInt(9)) {
      case 0 -> replaced(input, from, to, new byte[0]);
      case 1 -> replaced(input, from, from, word());
      case 2 -> replaced(input, from, to, word());
      case 3 -> replaced(input, to, to, part(input, from, to));
      case 4 -> replaced(input, from, to, part(pick(inputs)));
      case 5 -> replaced(input, from, Math.min(from + 1, input.length), anyByte());
      case 6 -> replaced(input, from, from, anyByte());
      default -> withAnotherToken(input, from);
    };
  }

  /** Another word for the name, the string or the number at that place. */
  private byte[] withAnotherToken(byte[] input, int at) {
    int from = at;
    while (from > 0 && isOfToken(input[from - 1])) {
      from--;
    }
    int to = at;
    while (to < input.length && isOfToken(input[to])) {
      to++;
    }
    boolean quoted = from > 0 && input[from - 1] == '"' && to < input.length && input[to] == '"';
    return replaced(input, quoted ? from - 1 : from, quoted ? to + 1 : to, word());
  }

  private static boolean isOfToken(byte b) {
    return Character.isLetterOrDigit(b & 0xFF) || b == '.' || b == '-' || b == '\\';
  }

  private byte[] word() {
    return pick(words);
  }

  private byte[] anyByte() {
    return new byte[] {(byte) random.nextInt(random.nextBoolean() ? 128 : 256)};
  }

  private byte[] part(byte[] other) {
    int from = random.nextInt(other.length + 1);
    return part(other, from, from + random.nextInt(other.length - from + 1));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    byte[] result = new byte[from + by.length + input.length - to];
    if (result.length > MOST_BYTES) {
      return input;
    }
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(input, to, result, from + by.length, input.length - to);
    return result;
  }

  private byte[] pick(List<byte[]> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}

package im.pair.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.pair.core.Rejection;
import im.pair.fuzz.Allocation;

/** One of the two that read frames, and what holds of each: bad input is refused, and cheap. */
enum Codec {
  CLASSIC("\"userId\":\"1\",\"targetId\":\"2\"") {
    @Override
    Object decode(String frame) throws BadFrameException {
      return ClassicCodec.decode(frame);
    }
  },
  V1("\"type\":\"ping\",\"ref\":1") {
    @Override
    Object decode(String frame) throws BadFrameException {
      return V1Decoder.decode(frame);
    }
  };

  /** What a frame may allocate whatever it is. */
  private static final long BYTES_AT_ONCE = 50_000;

  /** What it may allocate for each of its characters. */
  private static final long BYTES_A_CHARACTER = 64;

  static {
    for (String frame : new String[] {"{\"x\":1}", "[", "{\"\\u0000\":1}"}) {
      for (Codec codec : values()) {
        Throwable unused =
            catchThrowable(
                () -> codec.decode(frame)); // what loading classes costs is not the frame's
      }
    }
  }

  /** The fields of a good frame. */
  final String fields;

  Codec(String fields) {
    this.fields = fields;
  }

  abstract Object decode(String frame) throws BadFrameException;

  /** Asserts that it is refused, cheaply. */
  void assertBad(String frame) {
    BadFrameException refusal = catchThrowableOfType(BadFrameException.class, () -> read(frame));
    assertThat(refusal).as(name()).isNotNull();
    assertThat(refusal.code()).isEqualTo(Rejection.BAD_FRAME);
    assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(200);
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  /** Asserts that it is read as the good frame is, cheaply. */
  void assertPlain(String frame) throws BadFrameException {
    assertThat(read(frame)).isEqualTo(decode("{" + fields + "}"));
  }

  /** Reads a frame, and asserts that this costs no more than in proportion to its size. */
  Object read(String frame) throws BadFrameException {
    long before = Allocation.soFar();
    try {
      return decode(frame);
    } finally {
      long cost = Allocation.soFar() - before;
      assertThat(cost)
          .as("bytes allocated for %d characters by %s", frame.length(), this)
          .isLessThan(BYTES_AT_ONCE + BYTES_A_CHARACTER * frame.length());
    }
  }
}

package im.pair.jetty;

import im.pair.protocol.GoldenCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each case of protocol/frames, against a server. */
class GoldenFramesTest {
  @TestFactory
  Stream<DynamicTest> theServerDoesAsThisCaseSays() {
    return GoldenCase.all().stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.name(), golden.file().toUri(), () -> new GoldenRun(golden).run()));
  }
}

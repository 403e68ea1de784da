package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What came of a command that was run in this process. */
record CommandRun(int code, String out, String err) {
  static CommandRun of(CommandLine line, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** Asserts that it was wrong, and that this is said in one line. */
  void assertWrong(String words) {
    assertThat(out).isEmpty();
    assertThat(err.lines()).as(err).hasSize(1);
    assertThat(err).startsWith("im: ").contains(words).doesNotContain("Exception");
    assertThat(code).isEqualTo(2);
  }
}

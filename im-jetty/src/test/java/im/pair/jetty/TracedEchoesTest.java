package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.pair.jetty.SyscallTrace.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What looks for echoes that come too early finds them. */
class TracedEchoesTest {
  private static final String WRITE =
      "7 pwrite64(12</d/im.db-wal>, \"\\r\\0marker-01-001 \\\")= 1\\\"\"..., 4096, 56) = 4096";
  private static final String SYNC = "7 fdatasync(12</d/im.db-wal>) = 0";
  private static final String ECHO =
      "8 write(20<socket:[4711]>, \"\\201\\36{\\\"msg\\\":\\\"marker-01-001\\\"}\", 32) = 32";

  @Test
  void anEchoAfterTheSyncIsRight() {
    assertThat(look(WRITE, SYNC, ECHO).breaches()).isEmpty();
    assertThat(look(WRITE, SYNC, ECHO).count()).isEqualTo(1);
    assertThat(look(WRITE, SYNC, ECHO).syncs()).isEqualTo(1);
  }

  @Test
  void anEchoBeforeTheSyncIsFound() {
    assertFound(WRITE, ECHO, SYNC);
  }

  @Test
  void aSyncThatHadBegunBeforeTheWriteDoesNotCount() {
    assertFound(
        "9 fdatasync(12</d/im.db-wal> <unfinished ...>",
        WRITE,
        "9 <... fdatasync resumed>) = 0",
        ECHO);
    assertFound(
        "7 pwrite64(12</d/im.db-wal>, \"marker-01-001\", 13, 56 <unfinished ...>",
        SYNC.replace("7 ", "9 "),
        "7 <... pwrite64 resumed>) = 13",
        ECHO);
  }

  @Test
  void aSyncThatHadNotEndedDoesNotCount() {
    assertFound(
        WRITE,
        "7 fdatasync(12</d/im.db-wal> <unfinished ...>",
        ECHO,
        "7 <... fdatasync resumed>) = 0");
    assertFound(
        WRITE,
        "7 fdatasync(12</d/im.db-wal> <unfinished ...>",
        ECHO.replace(", 32) = 32", ", 32 <unfinished ...>"),
        "7 <... fdatasync resumed>) = 0",
        "8 <... write resumed>) = 32");
  }

  @Test
  void aSyncThatFailedOrWasOfAnotherFileDoesNotCount() {
    assertFound(WRITE, SYNC.replace("= 0", "= -1 EIO (Input/output error)"), ECHO);
    assertFound(WRITE, SYNC.replace("-wal", ""), ECHO);
  }

  @Test
  void whatWasNeverWrittenOrElsewhereIsFound() {
    assertFound(SYNC, ECHO);
    assertFound(WRITE.replace("-wal", ""), SYNC, ECHO);
    assertFound(WRITE.replace("01-001", "01-002"), SYNC, ECHO);
  }

  @Test
  void eachSocketAndEachMessageInOneWriteCounts() {
    String two = "8 writev(21<socket:[4712]>, [{\"marker-01-001\"}, {\"marker-01-002\"}], 2) = 26";

    TracedEchoes looked = look(WRITE, SYNC, ECHO, two);

    assertThat(looked.count()).isEqualTo(3);
    assertThat(looked.breaches())
        .containsExactly("marker-01-002 was echoed in line 4 and not on the disk by then");
  }

  @Test
  void callsAreReadWithTheirBeginAndEnd() {
    List<Call> calls =
        SyscallTrace.parse(
            List.of(
                "10   fsync(3</a> <unfinished ...>",
                "11   --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_ACCERR} ---",
                "11   write(4<socket:[1]>, \"x) = 9\", 6) = 6",
                "10   <... fsync resumed>)              = -1 EIO (Input/output error)",
                "11   fsync(3</a> <unfinished ...>",
                "11   <... fsync resumed> <unfinished ...>) = ?",
                "11   +++ exited with 0 +++"));

    assertThat(calls)
        .containsExactly(
            new Call("write", "socket:[1]", ", \"x) = 9\", 6", 6, 3, 3),
            new Call("fsync", "/a", "", -1, 1, 4));
  }

  @Test
  void whatIsNoTraceIsNotTakenForOne() {
    assertThatThrownBy(() -> SyscallTrace.parse(List.of("strace: no such file")))
        .hasMessageContaining("line 1 ");
  }

  private static TracedEchoes look(String... lines) {
    return new TracedEchoes(SyscallTrace.parse(List.of(lines)));
  }

  private static void assertFound(String... lines) {
    TracedEchoes looked = look(lines);
    assertThat(looked.count()).isEqualTo(1);
    assertThat(looked.breaches()).hasSize(1);
  }
}

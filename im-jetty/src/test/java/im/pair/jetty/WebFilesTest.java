package im.pair.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.wire.Authenticator;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The browser client's files: who is given them, and under which policy. */
@Timeout(60)
class WebFilesTest {
  /** A host's own, which lets nobody in. */
  private static final Authenticator PROOF = credentials -> CompletableFuture.completedFuture(null);

  private static final ImServer CLAIMED = ImServer.builder().port(0).build();
  private static final ImServer PROVED = ImServer.builder().port(0).authenticator(PROOF).build();

  @BeforeAll
  static void start() throws IOException {
    CLAIMED.start();
    PROVED.start();
  }

  @AfterAll
  static void stop() {
    CLAIMED.close();
    PROVED.close();
  }

  @Test
  void theFrontPageAndItsFilesAreServed() throws IOException {
    HttpReply page = HttpReply.get(CLAIMED.port(), "/?user=111&peer=222");
    HttpReply script = HttpReply.get(CLAIMED.port(), "/im/strings.js");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body()).startsWith("<!doctype html>").contains("Pair IM");
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
  }

  @Test
  void declarationsOfTypesAreServedAsText() throws IOException {
    HttpReply declarations = HttpReply.get(CLAIMED.port(), "/im/im-client.d.ts");

    assertThat(declarations.status()).isEqualTo(200);
    assertThat(declarations.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/im/strings.js"})
  void aFileThatIsKnownIsNotSentAgain(String path) throws IOException {
    HttpReply first = HttpReply.get(CLAIMED.port(), path);
    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

    String known = "If-None-Match: " + first.header("ETag");
    HttpReply second = HttpReply.get(CLAIMED.port(), path, known);
    HttpReply third = HttpReply.get(CLAIMED.port(), path, "If-None-Match: \"another\"");

    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(third.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/im/strings.js", "/im/favicon.svg", "/im/server.json"})
  void pagesOfOtherSitesMayLoadThem(String path) throws IOException {
    String[] asBrowsersAsk = {"Origin: https://shop.example", "Sec-Fetch-Mode: cors"};
    for (ImServer server : new ImServer[] {CLAIMED, PROVED}) {
      HttpReply first = HttpReply.get(server.port(), path, asBrowsersAsk);
      HttpReply again =
          HttpReply.get(server.port(), path, "If-None-Match: " + first.header("ETag"));

      assertThat(first.status()).isEqualTo(200);
      assertThat(again.status()).isIn(200, 304);
      assertForEverybody(first);
      assertForEverybody(again);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ws", "/healthz", "/readyz", "/im/", "/im/nothing.js", "/nothing"})
  void nothingElseIsForThem(String path) throws IOException {
    for (ImServer server : new ImServer[] {CLAIMED, PROVED}) {
      assertForNobodyElse(HttpReply.get(server.port(), path, "Origin: https://shop.example"));
    }
    String[] anotherHost = {"GET /im/strings.js HTTP/1.1", "Host: shop.example"};
    assertForNobodyElse(HttpReply.to(CLAIMED.port(), anotherHost));
    assertForNobodyElse(HttpReply.upgrade(CLAIMED.port(), "127.0.0.1"));
  }

  @Test
  void aPageCanAskWhetherIdentityIsProved() throws IOException {
    HttpReply claimed = HttpReply.get(CLAIMED.port(), "/im/server.json");

    assertThat(claimed.header("Content-Type")).isEqualTo("application/json");
    assertThat(claimed.header("Cache-Control")).isEqualTo("no-store");
    assertThat(claimed.body()).isEqualTo("{\"auth\":\"demo\"}");
    assertThat(HttpReply.get(PROVED.port(), "/im/server.json").body())
        .isEqualTo("{\"auth\":\"token\"}");
  }

  @Test
  void thePolicyHasNoScriptAndNoStyleThatIsNotAFileAndNoMarkupThatAScriptMakes()
      throws IOException {
    String policy = HttpReply.get(CLAIMED.port(), "/").header("Content-Security-Policy");

    assertThat(policy.split("; "))
        .containsExactlyInAnyOrder(
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self' ws://127.0.0.1:" + CLAIMED.port(),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");
  }

  private static void assertForEverybody(HttpReply reply) {
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  private static void assertForNobodyElse(HttpReply reply) {
    assertThat(reply.head())
        .noneMatch(line -> line.matches("(?i)(access-control|cross-origin)-.*"));
  }
}

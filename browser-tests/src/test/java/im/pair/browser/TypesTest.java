package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.browser.TypeScript.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The types of the client: its JSDoc is checked, and what it declares to others lies beside it as
 * {@code .d.ts}. {@code -Dim.types=write} writes these files instead of comparing them.
 */
class TypesTest extends BrowserTest {
  /** What others import. */
  private static final List<String> DOORS = List.of("im-client", "pair-chat");

  private static final String PROGRAM =
      """
      import { Client } from "./im-client.js";
      import "./pair-chat.js";

      const client: Client = new Client({ url: "/ws", getToken: async () => "token" });
      client.addEventListener("message", ({ detail: { conversation, message } }) => {
        const line: string = `${conversation.peer}: ${message.body}`;
        const number: number | undefined = message.seq;
      });
      client.addEventListener("state", ({ detail }) => {
        const state: "waiting" | "connecting" | "online" | "stopped" = detail.state;
      });
      client.connect();
      const bob = client.conversation("bob");
      const id: string = bob.send("hello", { about: 7 }).id;
      await bob.load();
      const emoji: string | undefined = bob.messages[0]?.reactions["alice"];

      const chat = document.createElement("pair-chat");
      chat.client = client;
      chat.getToken = () => "token";
      chat.addEventListener("unread", (event) => console.log(event.detail));
      """;

  /** Each line under a comment has to be an error, or the comment is one. */
  private static final String MISUSE =
      """
      import { Client } from "./im-client.js";
      import "./pair-chat.js";

      // @ts-expect-error
      new Client({ user: "alice" });
      const client = new Client({ url: "/ws" });
      // @ts-expect-error
      client.state = "online";
      // @ts-expect-error
      client.conversation(7);
      const bob = client.conversation("bob");
      // @ts-expect-error
      bob.send({ body: "hello" });
      // @ts-expect-error
      bob.messages[0].body = "another";
      // @ts-expect-error
      bob.messages.push(bob.messages[0]);
      // @ts-expect-error
      if (client.state === "connected") {}
      // @ts-expect-error
      document.createElement("pair-chat").token = 7;
      """;

  @Test
  void theClientHasNoTypeErrorAndDeclaresWhatLiesBesideIt() throws IOException {
    TypeScript compiler = compiler();
    Compilation client = compiler.compile(ClientFiles.endingIn(".js"));
    assertThat(client.errors()).isEmpty();

    Map<String, String> declared = compiler.publish(client.declarations(), DOORS);
    if ("write".equals(System.getProperty("im.types"))) {
      write(declared);
    }
    assertThat(ClientFiles.endingIn(".d.ts"))
        .as("-Dim.types=write writes them")
        .isEqualTo(declared);
  }

  @Test
  void aProgramIsCheckedByTheDeclarationsAlone() {
    assertThat(errorsOf(PROGRAM)).isEmpty();
    assertThat(errorsOf(MISUSE)).isEmpty();
  }

  @Test
  void andTheCompilerFindsMistakes() {
    Map<String, String> sources =
        Map.of(
            "greeting.js",
            "/** @param {string} name */ export const hello = (name) => `hello ${name}`;\n",
            "program.js",
            "import { hello } from \"./greeting.js\";\nhello(7);\nnobody();\n");
    Compilation compiled = compiler().compile(sources);

    assertThat(compiled.errors())
        .contains("program.js(2,7): error TS2345", "program.js(3,1): error TS2304");
    assertThat(compiled.declarations().get("greeting.d.ts"))
        .contains("export function hello(name: string): string;");
  }

  private String errorsOf(String program) {
    Map<String, String> sources = new HashMap<>(ClientFiles.endingIn(".d.ts"));
    sources.put("program.ts", program);
    return compiler().compile(sources).errors();
  }

  private TypeScript compiler() {
    return new TypeScript(someone().newPage());
  }

  private static void write(Map<String, String> declared) throws IOException {
    for (String old : ClientFiles.endingIn(".d.ts").keySet()) {
      Files.delete(ClientFiles.FOLDER.resolve(old));
    }
    for (Map.Entry<String, String> file : declared.entrySet()) {
      Files.writeString(ClientFiles.FOLDER.resolve(file.getKey()), file.getValue());
    }
  }
}

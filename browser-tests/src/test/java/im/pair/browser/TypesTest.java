package im.pair.browser;

import static org.assertj.core.api.Assertions.assertThat;

import im.pair.browser.TypeScript.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The types of the client: its JSDoc is checked, and what it declares to others lies beside it as
 * {@code .d.ts}. {@code -Dim.types=write} writes these files instead of comparing them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TypesTest extends BrowserTest {
  /** What others import. */
  private static final List<String> DOORS = List.of("im-client", "pair-chat", "strings");

  /** JSDoc has no words for this. */
  private static final String TAG =
      """
      declare global {
          interface HTMLElementTagNameMap {
              "pair-chat": PairChat;
          }
      }
      """;

  private static final Path DOCUMENT = Path.of(System.getProperty("im.root"), "docs/web.md");
  private static final Pattern EXAMPLE = Pattern.compile("```js\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ADDRESS = Pattern.compile("\"(https://im.example)?/im/");

  private static final String USE =
      """
      import { Client, isUser, type Message } from "./im-client.js";
      import { PairChat } from "./pair-chat.js";

      const client: Client = new Client({ url: "/ws", getToken: async () => "token" });
      client.addEventListener("message", ({ detail: { conversation, message } }) => {
        const words: string = conversation.peer + message.body;
        const seq: number | undefined = message.seq;
      });
      client.addEventListener("state", ({ detail }) => {
        const state: "waiting" | "connecting" | "online" | "stopped" = detail.state;
      });
      client.connect();
      const name: unknown = "bob";
      if (isUser(name)) {
        const conversation = client.conversation(name);
        const sent: Message = conversation.send("hello", { about: 7 });
        await conversation.load();
        const emoji: string | undefined = conversation.messages[0].reactions[name];
        conversation.addEventListener("change", () => conversation.markRead(sent.seq ?? 0));
      }

      const chat: PairChat = document.createElement("pair-chat");
      chat.client = client;
      chat.getToken = () => "token";
      chat.addEventListener("unread", ({ detail }) => detail.unread.toFixed());
      chat.addEventListener("click", ({ clientX }) => clientX);
      """;

  /** Under each of these comments is an error; where there is none, the comment is one. */
  private static final String MISUSE =
      """
      import { Client, Conversation } from "./im-client.js";
      import "./pair-chat.js";

      // @ts-expect-error
      new Client({ user: "alice" });
      const client = new Client({ url: "/ws" });
      // @ts-expect-error
      client.state = "online";
      // @ts-expect-error
      client.state === "connected";
      // @ts-expect-error
      client.addEventListener("message", ({ detail }) => detail.body);
      // @ts-expect-error
      client.conversation(7);
      // @ts-expect-error
      new Conversation("bob");
      const bob = client.conversation("bob");
      // @ts-expect-error
      bob.peer = "carol";
      // @ts-expect-error
      bob.send({ body: "hello" });
      // @ts-expect-error
      bob.messages.pop();
      // @ts-expect-error
      bob.messages[0].body = "another";
      // @ts-expect-error
      bob.receive({ type: "pong" });
      // @ts-expect-error
      document.createElement("pair-chat").token = 7;
      """;

  private static final String GREETING =
      """
      /** @typedef {string | undefined} Unused */
      /** Greets. */
      export class Greeter {
        /** @internal @param {string} name */
        constructor(name) {
          this.name = hello(name);
        }

        /** @internal */
        greet() {}
      }

      /** @param {string} name */
      export const hello = (name) => `hello ${name}`;
      """;

  @Test
  @Order(1) // the others read what it writes
  void theClientHasNoTypeErrorAndDeclaresWhatLiesBesideIt() throws IOException {
    TypeScript compiler = compiler();
    Compilation client = compiler.compile(ClientFiles.endingIn(".js"));
    assertThat(client.errors()).isEmpty();

    Map<String, String> declared = compiler.publish(client.declarations(), DOORS);
    declared.merge("pair-chat.d.ts", TAG, String::concat);
    if ("write".equals(System.getProperty("im.types"))) {
      write(declared);
    }
    assertThat(ClientFiles.endingIn(".d.ts"))
        .as("-Dim.types=write writes them")
        .isEqualTo(declared);
  }

  @Test
  void aProgramIsCheckedByTheDeclarationsAlone() {
    assertThat(errorsOf(Map.of("use.ts", USE, "misuse.ts", MISUSE))).isEmpty();
  }

  @Test
  void theProgramsOfTheDocumentAreRight() throws IOException {
    Map<String, String> programs = new HashMap<>();
    Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENT));
    while (examples.find()) {
      String program = ADDRESS.matcher(examples.group(1)).replaceAll("\"./");
      programs.put(programs.size() + ".ts", "import \"./pair-chat.js\";\n" + program);
    }
    assertThat(programs).isNotEmpty();
    assertThat(errorsOf(programs)).isEmpty();
  }

  @Test
  void andTheCompilerFindsMistakes() {
    String program = "import { hello } from \"./greeting.js\";\nhello(7);\nnobody();\n";
    Compilation compiled =
        compiler().compile(Map.of("greeting.js", GREETING, "program.js", program));

    assertThat(compiled.errors())
        .contains("program.js(2,7): error TS2345", "program.js(3,1): error TS2304");
  }

  @Test
  void whatIsInternalOrCannotBeReachedIsNotDeclared() {
    String door = "/** @type {import(\"./greeting.js\").Greeter} */ export let greeter;\n";
    TypeScript compiler = compiler();
    Compilation compiled =
        compiler.compile(
            Map.of("greeting.js", GREETING, "door.js", door, "inside.js", "export const x = 1;"));

    Map<String, String> published = compiler.publish(compiled.declarations(), List.of("door"));
    assertThat(published).containsOnlyKeys("door.d.ts", "greeting.d.ts");
    assertThat(published.get("greeting.d.ts"))
        .isEqualTo(
            """
            /** Greets. */
            export class Greeter {
                private constructor();
                name: string;
            }
            """);
  }

  private String errorsOf(Map<String, String> programs) {
    Map<String, String> sources = new HashMap<>(ClientFiles.endingIn(".d.ts"));
    sources.putAll(programs);
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

package im.pair.browser;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** Somebody who writes to the user of a page, with the client alone. */
final class Correspondent {
  private static final String JOIN =
      """
      async (user) => {
        const { Client } = await import("/im/im-client.js");
        window.client = new Client({ url: "/ws", user });
        client.connect();
        await new Promise((done) => {
          client.addEventListener("state", () => client.state === "online" && done());
        });
      }
      """;

  /** Waits until the server has a message; a change is there when somebody sees it. */
  private static final String ACT =
      """
      async ({ peer, act, text, more }) => {
        const talk = client.conversation(peer);
        await talk.load();
        const { seq } = talk.messages.findLast(({ body }) => body === text) ?? {};
        switch (act) {
          case "say":
            talk.send(text);
            await new Promise((done) => {
              talk.addEventListener("change", () => talk.pending.length === 0 && done());
            });
            break;
          case "edit":
            talk.edit(seq, more);
            break;
          case "remove":
            talk.remove(seq);
            break;
          case "react":
            talk.react(seq, more);
            break;
          case "read":
            talk.markRead(talk.last.seq);
            break;
          case "type":
            talk.setTyping(true);
            break;
        }
      }
      """;

  private final Page page;
  private final String peer;

  /** Is online from now on. */
  Correspondent(ChatPage blank, String user, String peer) {
    blank.open("/");
    page = blank.page;
    this.peer = peer;
    page.evaluate(JOIN, user);
  }

  void says(String... texts) {
    List.of(texts).forEach(text -> act("say", text, ""));
  }

  void edits(String text, String other) {
    act("edit", text, other);
  }

  void removes(String text) {
    act("remove", text, "");
  }

  void reacts(String text, String emoji) {
    act("react", text, emoji);
  }

  void reads() {
    act("read", "", "");
  }

  void types() {
    act("type", "", "");
  }

  void leaves() {
    page.evaluate("client.close()");
  }

  private void act(String act, String text, String more) {
    page.evaluate(ACT, Map.of("peer", peer, "act", act, "text", text, "more", more));
  }
}

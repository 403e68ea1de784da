import { find } from "./dom.js";

/** What is read as it comes is not worth a blink. */
const BLINK_MS = 100;

/**
 * What a tab says of itself where its page is not seen: the title, and a dot on the icon while anything is unread.
 *
 * @param {import("./im-client.js").Client} client
 * @param {string} name of the page
 * @returns {(peer?: string) => void} tells it whose conversation is open
 */
export function attention(client, name) {
  const icon = /** @type {HTMLLinkElement} */ (find("link[rel=icon]"));
  let title = name;

  function show() {
    const { unread } = client;
    const { href } = new URL(unread ? "favicon-unread.svg" : "favicon.svg", import.meta.url);
    document.title = unread ? `(${unread}) ${title}` : title;
    if (icon.href !== href) {
      icon.href = href;
    }
  }

  client.addEventListener("conversations", () => setTimeout(show, BLINK_MS));
  return (peer) => {
    title = peer ? `${peer} · ${name}` : name;
    show();
  };
}

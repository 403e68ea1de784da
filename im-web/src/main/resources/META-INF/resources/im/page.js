import { hrefOf, idFaults, readAddress, takeToken } from "./address.js";
import { find } from "./dom.js";
import { Client } from "./im-client.js";
import { kept } from "./kept.js";
import "./pair-chat.js";
import { panes } from "./panes.js";
import { loadStrings, localeFor, stringsFor } from "./strings.js";

const PATIENCE_MS = 10_000;

await loadStrings(navigator.languages).catch(() => {});
const strings = stringsFor(navigator.languages);
const words = strings.page;
const locale = localeFor(navigator.languages, strings);
const token = kept("sessionStorage", "im.token");
/** @type {string | undefined} */
let user;
/** @type {(() => void) | undefined} */
let follow;
/** What is said after the server has refused who one was said to be. */
const refusal = history.state?.isRefused ? words.refused : "";
history.replaceState({ ...history.state, isRefused: false }, "");

/** @param {ParentNode} root */
function speak(root) {
  const said = /** @type {Record<string, unknown>} */ (words);
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-text], [data-label]"))) {
    const { text, label } = node.dataset;
    if (text) {
      node.textContent = String(said[text]);
    } else if (label) {
      node.ariaLabel = String(said[label]);
      node.title = node instanceof HTMLButtonElement ? node.ariaLabel : "";
    }
  }
}

/** How the server wants to know who one is. */
async function authentication() {
  const trouble = find("#trouble");
  const again = find("#again");
  for (;;) {
    try {
      const answer = await fetch(new URL("server.json", import.meta.url), { signal: AbortSignal.timeout(PATIENCE_MS) });
      trouble.textContent = words.noServer(answer.status);
      const { auth } = answer.ok ? await answer.json() : {};
      if (auth === "demo" || auth === "token") {
        return auth;
      }
    } catch {
      trouble.textContent ||= words.unreachable;
    }
    again.hidden = false;
    again.focus();
    await new Promise((resolve) => (again.onclick = resolve));
    trouble.textContent = "";
  }
}

/** In demo mode the address says who one is, or a form asks. */
async function claim() {
  const address = readAddress();
  const faults = idFaults(words, address);
  if (refusal || faults.user || faults.peer) {
    const { askForIds } = await import("./sign-in.js");
    history.pushState(null, "", hrefOf(await askForIds(words, address, refusal)));
  }
  user = readAddress().user;
  return { user };
}

async function prove() {
  if (token.text === undefined) {
    const { askForToken } = await import("./sign-in.js");
    token.text = await askForToken(words, refusal);
  }
  return { token: token.text };
}

function receiveToken() {
  const given = takeToken();
  token.text = given ?? token.text;
  return given !== undefined;
}

document.documentElement.lang = locale;
speak(document);
speak(/** @type {HTMLTemplateElement} */ (find("#chat")).content);
find("#sign-out").onclick = () => {
  token.text = undefined;
  // A browser may keep this page and bring it back as it was.
  addEventListener("pageshow", () => location.reload());
  location.assign(location.pathname);
};
receiveToken();
addEventListener("popstate", () => {
  if (receiveToken() || follow === undefined || readAddress().user !== user) {
    location.reload();
  } else {
    follow();
  }
});

const credentials = (await authentication()) === "demo" ? await claim() : await prove();
const client = new Client({ url: new URL("../ws", import.meta.url), ...credentials });
client.addEventListener("state", () => {
  if (client.reason === "unauthenticated") {
    token.text = undefined;
    history.replaceState({ ...history.state, isRefused: true }, "");
    location.reload();
  }
});
find("#wait").hidden = true;
follow = panes({ client, user, strings, locale });
client.connect();

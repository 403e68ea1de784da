import { hrefOf, readAddress, takeToken } from "./address.js";
import { find } from "./find.js";
import { Client } from "./im-client.js";
import { Kept } from "./kept.js";
import "./pair-chat.js";
import { Panes } from "./panes.js";
import { askForIds, askForToken, idFaults } from "./sign-in.js";
import { stringsFor } from "./strings.js";

const PATIENCE_MS = 10_000;

const strings = stringsFor(navigator.languages);
const words = strings.page;
/** With its region, since that is how times are written. */
const locale = navigator.languages.find((each) => each.startsWith(strings.lang)) ?? strings.lang;
const token = new Kept(() => sessionStorage, "im.token");
const views = ["#wait", "#sign-in", "#panes"].map((each) => find(each, HTMLElement));
/** @type {Panes | undefined} */
let panes;
/** @type {string | undefined} */
let user;

/** @param {string} id of the one part of the page that is seen */
function show(id) {
  views.forEach((view) => (view.hidden = view.id !== id));
}

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
  const trouble = find("#trouble", HTMLElement);
  const again = find("#again", HTMLButtonElement);
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

/**
 * In demo mode the address says who one is, or a form asks.
 *
 * @param {string} refusal why the last name was not taken, in words
 */
async function claim(refusal) {
  const address = readAddress();
  const faults = idFaults(words, address);
  faults.user ||= refusal;
  if (faults.user || faults.peer) {
    const isBlank = !address.user && !address.peer;
    show("sign-in");
    const answer = await askForIds(words, address, isBlank ? { user: "", peer: "" } : faults);
    history.pushState(null, "", hrefOf(answer));
  }
  user = readAddress().user;
  return { user };
}

/** @param {string} refusal why the last token is not good, in words */
async function prove(refusal) {
  if (token.text === undefined) {
    show("sign-in");
    token.text = await askForToken(words, refusal);
  }
  return { token: token.text };
}

/**
 * Lets one talk until the server refuses to hear who one is.
 *
 * @param {{user?: string, token?: string}} credentials
 */
async function converse(credentials) {
  const client = new Client({ url: new URL("../ws", import.meta.url), ...credentials });
  show("panes");
  panes = new Panes({ client, user, strings, locale });
  client.connect();
  await new Promise((resolve) =>
    client.addEventListener("state", () => client.reason === "unauthenticated" && resolve(undefined)),
  );
  panes.end();
  panes = undefined;
}

function receiveToken() {
  const given = takeToken();
  token.text = given ?? token.text;
  return given !== undefined;
}

function signOut() {
  panes?.end();
  token.text = undefined;
  // A browser may keep this page and bring it back as it was.
  addEventListener("pageshow", () => location.reload());
  location.assign(location.pathname);
}

document.documentElement.lang = locale;
speak(document);
speak(find("#chat", HTMLTemplateElement).content);
find("#sign-out", HTMLElement).onclick = signOut;
receiveToken();
addEventListener("popstate", () => {
  if (receiveToken() || panes === undefined || readAddress().user !== user) {
    location.reload();
  } else {
    panes.follow();
  }
});

const auth = await authentication();
for (let refusal = ""; ; refusal = words.refused) {
  await converse(auth === "demo" ? await claim(refusal) : await prove(refusal));
  token.text = undefined;
}

import { hrefOf, isPeer, readAddress, takeToken } from "./address.js";
import { element, find } from "./dom.js";
import { Client } from "./im-client.js";
import { kept } from "./kept.js";
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
/** The server has refused who one was said to be. */
const isRefused = Boolean(history.state?.isRefused);
history.replaceState({ ...history.state, isRefused: false }, "");

/** Asks the server how it wants to know who one is, and then, if need be, whoever sits here. */
async function credentials() {
  const trouble = find("#trouble");
  const again = element("button", { id: "again", className: "primary" }, words.retry);
  for (;;) {
    try {
      const answer = await fetch(new URL("server.json", import.meta.url), { signal: AbortSignal.timeout(PATIENCE_MS) });
      const { auth } = await answer.json().catch(() => ({}));
      if (auth === "demo") {
        return await claim();
      }
      if (auth === "token") {
        return await prove();
      }
      trouble.textContent = words.noServer(answer.status);
    } catch {
      trouble.textContent = words.unreachable;
    }
    trouble.after(again);
    again.focus();
    await new Promise((resolve) => (again.onclick = resolve));
    trouble.textContent = "";
  }
}

/** In demo mode the address says who one is, or a form asks. */
async function claim() {
  const address = readAddress();
  if (isRefused || !address.user || !isPeer(address.user) || !isPeer(address.peer, address.user)) {
    const { askForIds } = await import("./sign-in.js");
    history.pushState(null, "", hrefOf(await askForIds(words, address, isRefused)));
  }
  user = readAddress().user;
  return { user };
}

async function prove() {
  if (token.text === undefined) {
    const { askForToken } = await import("./sign-in.js");
    token.text = await askForToken(words, isRefused);
  }
  return { token: token.text };
}

function receiveToken() {
  const given = takeToken();
  token.text = given ?? token.text;
  return given !== undefined;
}

function signOut() {
  token.text = undefined;
  // A browser may keep this page and bring it back as it was.
  addEventListener("pageshow", () => location.reload());
  location.assign(location.pathname);
}

document.documentElement.lang = locale;
receiveToken();
addEventListener("popstate", () => {
  if (receiveToken() || follow === undefined || readAddress().user !== user) {
    location.reload();
  } else {
    follow();
  }
});

const client = new Client({ url: new URL("../ws", import.meta.url), ...(await credentials()) });
client.addEventListener("state", () => {
  if (client.reason === "unauthenticated") {
    token.text = undefined;
    history.replaceState({ ...history.state, isRefused: true }, "");
    location.reload();
  }
});
find("#wait").remove();
follow = panes({ client, user, strings, locale, onSignOut: signOut });
client.connect();

import { hrefOf, isPeer, readAddress } from "./address.js";
import { loadStrings, localeFor, stringsFor } from "./catalogues.js";
import { element, find } from "./dom.js";
import { Client } from "./im-client.js";
import { kept } from "./kept.js";
import { panes } from "./panes.js";

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
  const again = element("button.primary", { id: "again" }, strings.timeline.retry);
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
  const { user: me = "", peer } = address;
  if (isRefused || !isPeer(me) || (peer && !isPeer(peer, me))) {
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

/**
 * Takes the token out of an address like `/#token=…&peer=bob`, before it can be seen, copied or kept there.
 *
 * @returns {boolean} whether there was one
 */
function takeToken() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.get("token");
  if (given !== null) {
    const { user, peer } = readAddress();
    token.text = given;
    history.replaceState(null, "", hrefOf({ user, peer: fragment.get("peer") ?? peer }));
  }
  return given !== null;
}

function signOut() {
  token.text = undefined;
  // A browser may keep this page and bring it back as it was.
  addEventListener("pageshow", () => location.reload());
  location.assign(location.pathname);
}

document.documentElement.lang = locale;
takeToken();
addEventListener("popstate", () => {
  if (takeToken() || follow === undefined || readAddress().user !== user) {
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

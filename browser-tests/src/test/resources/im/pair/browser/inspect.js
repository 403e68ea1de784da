import { isUser } from "/im/user.js";
import { cut, payloads } from "./payloads.js";

const IN_CHAT = "A ARTICLE BDI BUTTON DIALOG DIV FORM H2 LINK P PATH SECTION SLOT SPAN STRONG SVG TEXTAREA TIME";
const IN_LIST = "A BDI EM LI SPAN TIME UL";
const IN_PAGE =
  "A BODY BUTTON CODE DETAILS DIV FORM H1 HEAD HEADER HTML IMG INPUT LABEL LINK MAIN META NAV NOSCRIPT P PAIR-CHAT PATH " +
  "SCRIPT SPAN SUMMARY SVG TEMPLATE TITLE UL";
/** A name that a user may have may stand in an address. */
const MARKS = payloads.filter((payload) => !isUser(payload)).map((payload) => cut(payload).slice(0, 24));

/** Whatever a payload has got into that is not text. */
export function inspect() {
  const found = [...look(document)];
  const count = (selector) => document.querySelectorAll(selector).length;
  if (count("script") > 1 || count("img") > 1 || count("pair-chat") > 1) {
    found.push("more in the page than there was");
  }
  if ("ran" in window || "polluted" in {}) {
    found.push("a script ran");
  }
  return [...found, ...window.violations];
}

/** What the messages in the document say. */
export function texts() {
  const { shadowRoot } = document.querySelector("pair-chat");
  return [...shadowRoot.querySelectorAll(".text > :first-child")].map((words) => words.textContent);
}

function* look(root) {
  for (const element of root.querySelectorAll("*")) {
    const expected = root !== document ? IN_CHAT : element.closest("#list") ? IN_LIST : IN_PAGE;
    if (!expected.split(" ").includes(element.tagName.toUpperCase())) {
      yield `<${element.localName}>`;
    }
    for (const { name, value } of element.attributes) {
      const isLink = element.localName === "a" && name === "href" && /^https?:\/\/[^/@]+\//.test(value);
      if (name.startsWith("on") || (!isLink && MARKS.some((mark) => value.includes(mark)))) {
        yield `<${element.localName} ${name}=${value}>`;
      }
    }
    if (root !== document && element.localName === "a" && !/^https?:$/.test(element.protocol)) {
      yield `a link to ${element.href}`;
    }
    if (element.shadowRoot) {
      yield* look(element.shadowRoot);
    }
  }
}

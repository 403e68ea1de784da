import { stringsFor } from "/im/catalogues.js";
import { addStrings } from "/im/strings.js";
import { check } from "./check.js";

export async function whatALanguageLeavesOutIsSaidInEnglish() {
  addStrings("de-AT", { chat: { send: "Senden" } });
  const { lang, chat } = stringsFor(["fr", "de"]);
  check.equal([lang, chat.send, chat.message], ["de-AT", "Senden", "Message"]);
}

export async function whatIsNoLanguageOrNoCatalogueIsRefused() {
  for (const [language, catalogue] of [["nl", null], ["nl", undefined], ["nl", "Senden"], [undefined, {}]]) {
    check.fails(() => addStrings(language, catalogue), TypeError);
  }
  check.equal(stringsFor(["nl"]).lang, "en");
}

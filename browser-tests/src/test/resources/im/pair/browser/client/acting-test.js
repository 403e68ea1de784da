import { Case } from "./acting.js";
import { check } from "./check.js";
import { goldenCases } from "./golden.js";
import { NOT_ACTED } from "./not-acted.js";

export async function everyGoldenCaseIsActedOutOrIsKnownNotToBe() {
  const cases = await goldenCases();
  const notActed = Object.values(NOT_ACTED).flat();
  const names = cases.map(([name]) => name);
  check.equal(notActed.filter((name) => !names.includes(name)), [], "what is in the table and is no case");

  const acted = cases.filter(([name]) => !notActed.includes(name));
  const failures = [];
  for (const [name, golden] of acted) {
    await new Case(golden).play().catch((error) => failures.push(`${name}: ${error.message}`));
  }
  check.that(failures.length === 0, failures.join("\n"));
  return `${acted.length} of ${cases.length} golden cases are acted out by the client`;
}

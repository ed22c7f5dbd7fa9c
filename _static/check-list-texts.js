/* What becomes of a list, and its comparison with a guideline, as text and as Markdown: see analysis/list_format.py. */
(() => {
  const { OUTCOMES } = globalThis.interopCheck;
  /* What a line that only the list has is, in words. */
  const ONLY_LIST = {
    advisory: "advisory in this guideline",
    deprecated: "deprecated in this guideline",
    removed: "removed in this guideline",
    "not known": "in this guideline, with a status that is not known",
    "other target": "required by this guideline for another target",
    "other guideline": "only in other guidelines",
    unknown: "not known to any guideline",
  };
  /* Why `tempest run --load-list` would not run a line, in words. */
  const FAULTS = {
    renamed: "whose test has another name today",
    tags: "that lack tags or the id in their brackets",
    form: "that are an id or a pattern, or have a comment",
    gone: "whose test was removed from the test suites",
    unknown: "with tests of no guideline, which were not looked up",
  };
  /* What the words for the lines of a list that is carried mean. */
  const MEANINGS = {
    outside: "neither guideline requires the test; the line stays",
    unknown: "no source tells whether the new guideline requires the test; the line stays",
    dropped: "the new guideline does not require the test; the line goes",
    flagged: "the new guideline flags the test, which need not pass; the line stays",
    renamed: "the new guideline has the test under another name, which the line gets",
    moved: "the test is in another capability",
    kept: "nothing changes",
    added: "required by the new guideline only; put at the end of the list",
    missing: "required by both guidelines and not in the list, where it stays out",
  };
  const UNITS = { lines: OUTCOMES, tests: ["added", "missing"] };

  const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const of = ({ capabilities }) => (capabilities.length ? ` (${capabilities.join(", ")})` : "");
  const line = (one) => `${one.line}: ${one.text.trim()}`;
  const block = (title, rows) => (rows.length ? [`${title}:`, ...rows.map((row) => `  ${row}`)] : []);
  // In a block of code, nothing in a list can be markup.
  const section = (title, rows) => (rows.length ? ["", `### ${title}: ${rows.length}`, "", ...rows.map((row) => `    ${row}`)] : []);
  const whole = (lines) => lines.map((one) => `${one}\n`).join("");

  const REMOVED = "removed from today's test suites";
  const placesOf = ({ now }) => now.map(({ capability, statuses }) => `where ${capability} is ${statuses.join(" and ") || "not listed"}`).join(", ");
  const orNotArchived = ({ not_archived: between }, word) =>
    between.length ? `, or ${word} ${between.join(" or ")}, which ${between.length === 1 ? "is" : "are"} not archived` : "";
  /* Since when a test is not required, what became of it, and the flag before. */
  const departure = (given) => {
    const { since, approved, flag, today } = given;
    const day = approved ? ` (approved ${approved})` : "";
    const places = placesOf(given) || "which does not have the test";
    const parts = [`not required since ${since}${day}, ${places}${orNotArchived(given, "since")}`];
    if (flag) {
      const when = [flag.code, flag.date].filter(Boolean).map((one) => ` ${one}`).join("");
      parts.push([`flagged in ${flag.guideline}${when}: ${flag.reason}`, ...flag.references].join(" "));
    }
    if (today === false) parts.push(REMOVED);
    return parts.join("; ");
  };
  /* Why an earlier guideline does not have a test among those that it requires. */
  const notYet = (given) => {
    const { guideline, required_from: from, draft, before, today } = given;
    const [places, yet] = [placesOf(given), before || draft ? "" : " yet"];
    const first = places ? `not${yet} required in ${guideline}, ${places}` : `not${yet} in ${guideline}`;
    const parts = [first, `required from ${from}${draft ? ", a draft" : ""}${orNotArchived(given, "from")}${before ? `, and before in ${before}` : ""}`];
    return [...parts, ...(today === false ? [REMOVED] : [])].join("; ");
  };
  const whyDropped = ({ dropped, not_yet: back }) => (dropped ? departure(dropped) : notYet(back));
  /* What is different for a line that is renamed or moved. */
  const change = (one, outcome) => {
    if (outcome === "renamed") return ` -> ${one.name}${one.new ? "" : ", which the list has"}`;
    if (outcome === "moved") return `: ${one.capabilities.from.join(" and ")} -> ${one.capabilities.to.join(" and ")}`;
    return "";
  };
  /* Lines of the list, tests that it does not have, and names in the new list, each with their unit. */
  const numbersOf = (numbers) => {
    const told = Object.entries(UNITS).map(([unit, names]) => {
      const found = names.filter((one) => numbers[one]).map((one) => `${numbers[one]} ${one}`).join(", ");
      return found && `${unit}: ${found}`;
    });
    const today = numbers.today && `names: ${numbers.today} with another in today's test suites`;
    return [...told, today].filter(Boolean).join("; ");
  };
  /* What the words mean that a list that is carried has. */
  const meanings = (numbers) => Object.entries(MEANINGS).filter(([one]) => numbers[one]);

  /* What `carry` returned, as the command prints it. */
  const carriedText = (data) => {
    const { numbers, lines } = data;
    const having = (outcome) => lines.filter((one) => [one.outcome, ...one.also].includes(outcome));
    const rows = (outcome) => having(outcome).flatMap((one) =>
      [line(one) + change(one, outcome), ...(outcome === "dropped" ? [`  ${whyDropped(one)}`] : [])]);
    return whole([
      `${data.from} to ${data.to}, target ${data.target}: ${counted(numbers.tests, "test")}`,
      `  ${numbersOf(numbers)}`,
      ...meanings(numbers).map(([one, meaning]) => `  ${one}: ${meaning}`),
      ...OUTCOMES.slice(1).flatMap((outcome) => block(outcome, rows(outcome))),
      ...block("no longer flagged", having("unflagged").map(line)),
      ...block("added", data.added.map((one) => one.line + of(one))),
      ...block("missing: required by both and not in the list", data.missing.map(({ name }) => name)),
      ...block("another name in today's test suites", data.today.map((one) => `${one.line || "added"}: ${one.name} -> ${one.today}`)),
    ]);
  };

  const facts = ({ numbers, run }) => {
    const flagged = numbers.only_guideline_flagged ? ` (${numbers.only_guideline_flagged} of them flagged)` : "";
    const suites = Object.entries(run.suites).map(([name, version]) => `${name} ${version}`).join(", ");
    return [
      `${numbers.both} in both`,
      `${numbers.only_guideline} only in the guideline${flagged}`,
      `${numbers.only_list} only in the list${numbers.unknown ? ` (${numbers.unknown} of them unknown)` : ""}`,
      ...(numbers.repeated ? [`${counted(numbers.repeated, "line")} with a test that an earlier line has`] : []),
      ...(run.date ? [`${counted(run.ready, "line")} ready for tempest run --load-list, by ${suites} of ${run.date}`] : []),
    ];
  };
  const onlyList = (one) => {
    const named = one.renamed ? `, last called ${one.name}` : "";
    if (one.what !== "other guideline") return line(one) + named;
    const last = one.required_in.at(-1) || one.last.guideline;
    const verb = one.required_in.length ? "required" : one.last.status || "not listed";
    return `${line(one)}${named}; last ${verb} in ${last}${one.flagged_in.includes(last) ? ", flagged there" : ""}`;
  };

  /* What `compare` returned, as the command prints it as Markdown. */
  const comparedMarkdown = (data) => whole([
    `## The list and ${data.guideline}, target ${data.target}`,
    "",
    ...facts(data).map((text) => `- ${text}`),
    ...section("Only in the guideline", data.only_guideline.map((one) => one.name + of(one) + (one.flagged ? " flagged" : ""))),
    ...Object.entries(ONLY_LIST).flatMap(([what, words]) =>
      section(`Only in the list, ${words}`, data.only_list.filter((one) => one.what === what).map(onlyList))),
    ...Object.entries(FAULTS).flatMap(([what, words]) =>
      section(
        `\`tempest run --load-list\` does not take lines ${words}`,
        data.run.lines.filter((one) => one.what === what).map((one) => line(one) + (one.today ? ` -> ${one.today}` : "")),
      )),
  ]);

  Object.assign(globalThis.interopCheck, { carriedText, comparedMarkdown, facts, meanings, numbersOf, whyDropped });
})();

/* An answer as data, as JSON and as Markdown: see analysis/verdict_format.py. */
(() => {
  const { ORDER, REASON, show } = globalThis.interopCheck;
  const met = (value) => (value === null ? "open" : value ? "met" : "not met");
  const ids = ({ want }, numbers) => numbers.map(want.id);

  const evidence = ({ want, undecided, results }) => {
    if (!want.evidence) return null;
    const found = want.grades.map(([grade, listed]) => [grade, listed.filter((number) => results.has(number)).length]);
    const grades = found.filter(([, number]) => number).sort(([a], [b]) => (a < b ? -1 : 1));
    return { grade: want.evidence, tests: Object.fromEntries(grades), undecided: undecided.map(want.id) };
  };
  const inside = ({ outside: _, ...tests }) => tests;

  const toData = ({ given, others, targets }) => ({
    guideline: given.want.key,
    target: given.want.target,
    met: given.met,
    tests: given.tests,
    capabilities: Object.fromEntries(given.parts),
    missing: ids(given, [...given.results.keys()].filter((number) => given.results.get(number).outcome === "missing")),
    also_meets: others.filter((other) => other.met).map(({ want }) => want.key),
    not_passed: Object.fromEntries(given.lacking.map((number) => [given.want.id(number), given.results.get(number).outcome])),
    repeated: ids(given, given.repeated),
    differing: ids(given, given.differing),
    targets: Object.fromEntries(targets.map((other) => [other.want.target, other.met])),
    others: Object.fromEntries(others.map((other) => [
      other.want.key,
      { met: other.met, lacks: ids(other, other.lacking), undecided: ids(other, other.undecided) },
    ])),
    evidence: evidence(given),
    state: { as_of: globalThis.interopTests.as_of, sha256: globalThis.interopGuidelines[given.want.key].sha256 },
  });
  /* The text of the command's JSON. */
  const toJson = (answer) => `${JSON.stringify(toData(answer), null, 2)}\n`;

  /* The verdicts on all guidelines, each as in the JSON of one, but without those on others. */
  const allToJson = (found) => {
    const brief = ({ also_meets: _, targets: __, others: ___, ...rest }) => rest;
    return `${JSON.stringify(found.map((given) => brief(toData({ given, others: [], targets: [] }))), null, 2)}\n`;
  };

  const headline = (given) => {
    const name = `${given.want.key}, target ${given.want.target}: ${met(given.met)}`;
    const { required, passed } = given.tests;
    const unknown = given.want.undecided.length;
    if (!required) return `${name}: ${unknown - given.undecided.length} of ${unknown} tests of unknown status passed`;
    const open = given.undecided.length ? `, ${given.undecided.length} of unknown status did not` : "";
    return `${name}: ${passed} of ${required} required tests passed${open}`;
  };
  const numbers = (tests) => [...ORDER, "flagged"].map((name) => `${tests[name]} ${name}`).join(", ");

  /* The state and evidence of the guideline, and tests with several results. */
  const facts = ({ given }) => {
    const { as_of: day } = globalThis.interopTests;
    const told = [`State of the guideline: as of ${day}, official JSON with SHA-256 ${globalThis.interopGuidelines[given.want.key].sha256}`];
    const graded = evidence(given);
    if (graded) {
      const grades = Object.entries(graded.tests).map(([grade, number]) => `${number} ${grade}`).join(", ");
      const where = grades && `; where its required tests belong: ${grades}`;
      told.push(`The guideline is reconstructed, with the grade of evidence ${graded.grade}${where}`);
    }
    told.push(`Tests in the run that are not required: ${given.tests.outside}`);
    if (given.repeated.length || given.differing.length) {
      const number = `${given.repeated.length}; with different results: ${given.differing.length}`;
      told.push(`Required tests with several results: ${number}; one pass is enough`);
    }
    return told;
  };
  /* Facts, and the verdicts on other targets and guidelines. */
  const remarks = (answer) => {
    const { others, targets } = answer;
    const told = facts(answer);
    const lack = (other) =>
      `${other.want.key} ${other.lacking.length}${other.undecided.length ? ` and ${other.undecided.length} of unknown status` : ""}`;
    if (targets.length) told.push(`Other targets: ${targets.map((one) => `${one.want.target} ${met(one.met)}`).join(", ")}`);
    const also = others.filter((other) => other.met).map(({ want }) => want.key);
    told.push(`Also meets: ${also.join(", ") || "no other dated guideline of the program"}`);
    const lacking = others.filter((other) => !other.met).map(lack);
    if (lacking.length) told.push(`Lacks for others: ${lacking.join(", ")}`);
    return told;
  };

  const isId = (key) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key);

  /* Each required test that did not pass: outcome, name in the guideline, id or an empty text, and reason. */
  const notPassed = ({ want, results, lacking }) => {
    const sorted = lacking.map((number) => [results.get(number), want.title(number), want.id(number)]);
    const order = ([{ outcome }]) => ORDER.indexOf(outcome);
    sorted.sort((a, b) => order(a) - order(b) || (a[1] < b[1] ? -1 : 1));
    return sorted.map(([{ outcome, reason }, name, key]) => [outcome, name, isId(key) ? key : "", show(reason, REASON)]);
  };

  const plain = (text) => text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, "\\$&");
  /* The answer as Markdown; `link` gives the URL of the page of a test by its id. */
  const toMarkdown = (answer, link) => {
    const { given } = answer;
    const columns = [...ORDER, "flagged"];
    const rows = notPassed(given).map(([outcome, name, key, reason]) =>
      `| ${outcome} | ${key ? `[${plain(name)}](<${link(key)}>)` : plain(name)} | ${plain(reason)} |`);
    return [
      `## ${plain(headline(given))}`,
      "",
      `- Required tests: ${plain(numbers(given.tests))}`,
      ...remarks(answer).map((line) => `- ${plain(line)}`),
      "",
      `| Capability | Verdict | ${columns.join(" | ")} |`,
      `| --- | --- |${" ---: |".repeat(columns.length)}`,
      ...given.parts.map(([name, part]) => `| ${plain(name)} | ${met(part.met)} | ${columns.map((one) => part.tests[one]).join(" | ")} |`),
      ...(rows.length ? ["", "| Outcome | Test | Reason |", "| --- | --- | --- |", ...rows] : []),
      "",
      plain(globalThis.interopTests.notice),
      "",
    ].join("\n");
  };

  /* What a table of verdicts has: the titles of its columns and whether they are numbers, and the cells of a verdict. */
  const COLUMNS = [["Guideline"], ["Target"], ["Verdict"], ["Passed", true], ["Required", true], ["Lacks", true], ["Unknown", true]];
  const cells = ({ want, met: value, tests, lacking, undecided }) =>
    [want.key, want.target, met(value) + (want.evidence ? " (reconstructed)" : ""), tests.passed, tests.required, lacking.length, undecided.length];
  const allHeadline = (found) => `Met: ${found.filter((given) => given.met).length} of ${found.length} guidelines and targets`;
  const allToMarkdown = (found) => [
    `## ${allHeadline(found)}`,
    "",
    `- State of the guidelines: as of ${plain(globalThis.interopTests.as_of)}`,
    "",
    `| ${COLUMNS.map(([title]) => title).join(" | ")} |`,
    `|${COLUMNS.map(([, isNumber]) => (isNumber ? " ---: |" : " --- |")).join("")}`,
    ...found.map((given) => `| ${cells(given).map((cell) => plain(String(cell))).join(" | ")} |`),
    "",
    plain(globalThis.interopTests.notice),
    "",
  ].join("\n");

  Object.assign(globalThis.interopCheck, { COLUMNS, allHeadline, allToJson, allToMarkdown, cells, facts, headline, met, notPassed, numbers, remarks, toData, toJson, toMarkdown });
})();

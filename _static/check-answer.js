/* An answer as data, as JSON and as Markdown: see analysis/verdict_format.py. */
(() => {
  const { ORDER, REASON, show } = globalThis.interopCheck;
  /* The verdict on a capability; one whose tests all have a flag has nothing to pass. */
  const partMet = (part) => (part.tests.required ? met(part.met) : "nothing to pass");
  const met = (value) => (value === null ? "open" : value ? "met" : "not met");
  const ids = ({ want }, numbers) => numbers.map(want.id);
  /* The digests of a guideline as this record exports it, and of its official file if that is recorded. */
  const digests = ({ want }) => {
    const { sha256, official = null } = globalThis.interopGuidelines[want.key];
    return { sha256, official_sha256: official };
  };

  const graded = ({ want, results }) => {
    const found = want.grades.map(([grade, listed]) => [grade, listed.filter((number) => results.has(number)).length]);
    return found.filter(([, number]) => number).sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const isId = (key) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key);
  const said = ({ reason }) => show(reason, REASON);
  /* Tests that did not pass, by id; `link` gives the URL of the page of a test by its id, or an empty text. */
  const notPassed = ({ want }, numbers, results, link) => Object.fromEntries(numbers.map((number) => {
    const [key, one] = [want.id(number), results.get(number)];
    return [key, { outcome: one.outcome, reason: said(one), name: want.title(number), url: (isId(key) && link(key)) || null }];
  }));
  const evidence = (given, link) => given.want.evidence ? {
    grade: given.want.evidence,
    tests: Object.fromEntries(graded(given)),
    undecided: notPassed(given, given.undecided, given.unknown, link),
  } : null;
  /* What is lost in the forms of a run, and in worker processes that failed. */
  const notesOf = ({ forms, processes }) => {
    const { notes, processes: words } = globalThis.interopTests;
    const lost = forms.map((form) => notes[form]).filter(Boolean);
    return processes ? [...lost, `${processes} failure${processes === 1 ? " has" : "s have"} no test: ${words}`] : lost;
  };

  const toData = ({ given, others, targets, forms, number, processes }, link) => ({
    guideline: given.want.key,
    target: given.want.target,
    met: given.met,
    tests: given.tests,
    capabilities: Object.fromEntries(given.parts),
    missing: ids(given, [...given.results.keys()].filter((number) => given.results.get(number).outcome === "missing")),
    also_meets: others.filter((other) => other.met).map(({ want }) => want.key),
    draft: given.want.draft,
    not_passed: notPassed(given, given.lacking, given.results, link),
    repeated: ids(given, given.repeated),
    differing: ids(given, given.differing),
    fixtures: Object.fromEntries([...given.fixtures].map(([name, one]) => [name, { outcome: one.outcome, reason: said(one) }])),
    targets: Object.fromEntries(targets.map((other) => [other.want.target, other.met])),
    others: Object.fromEntries(others.map((other) => [
      other.want.key,
      { met: other.met, lacks: ids(other, other.lacking), undecided: ids(other, other.undecided) },
    ])),
    evidence: evidence(given, link),
    input: { forms, results: number, notes: notesOf({ forms, processes }) },
    state: { as_of: globalThis.interopTests.as_of, ...digests(given) },
    notice: globalThis.interopTests.notice,
  });
  /* The text of the command's JSON. */
  const toJson = (answer, link) => `${JSON.stringify(toData(answer, link), null, 2)}\n`;

  /* What was read: the forms of the files, the numbers of results and of worker processes that failed. */
  const readAs = (run) => ({ forms: [...new Set(run.forms)], number: run.number, processes: run.processes });
  /* The verdicts on all guidelines, each as in the JSON of one, but without those on others. */
  const allToJson = (found, run, link) => {
    const brief = ({ also_meets: _, targets: __, others: ___, ...rest }) => rest;
    const whole = { others: [], targets: [], ...readAs(run) };
    return `${JSON.stringify(found.map((given) => brief(toData({ given, ...whole }, link))), null, 2)}\n`;
  };

  const headline = (given) => {
    const name = `${given.want.key}${given.want.draft ? " (draft)" : ""}, target ${given.want.target}: ${met(given.met)}`;
    const { required, passed } = given.tests;
    const unknown = given.want.undecided.length;
    if (!required) return `${name}: ${unknown - given.undecided.length} of ${unknown} tests of unknown status passed, no test is known to be required`;
    const open = given.undecided.length ? `, ${given.undecided.length} of unknown status did not` : "";
    return `${name}: ${passed} of ${required} required tests passed${open}`;
  };
  const numbers = (tests) => [...ORDER, "flagged"].map((name) => `${tests[name]} ${name}`).join(", ");

  /* The results that were read, and the state of the record. */
  const resultsOf = (answer) => {
    const { forms, number } = answer;
    return [`Results in the run: ${number}${forms.length ? `, read as ${forms.join(" and ")}` : ""}`, ...notesOf(answer)].join("; ");
  };
  const state = () => `State of the source data: ${globalThis.interopTests.as_of}`;
  /* What the verdict rests on: the form of the results, and the state and evidence of the guideline. */
  const basis = (answer) => {
    const { given } = answer;
    const { sha256, official_sha256: official } = digests(given);
    const told = [
      resultsOf(answer),
      `${state()}; SHA-256 of the guideline as this record exports it: ${sha256}; of its official file: ${official || "not recorded"}`,
    ];
    if (given.want.evidence) {
      const grades = graded(given).map(([grade, tests]) => `${tests} "${grade}"`).join(", ");
      const where = grades && `, and of where its required tests belong: ${grades}`;
      told.push(`The guideline is reconstructed. Grade of evidence of the guideline: "${given.want.evidence}"${where}. The glossary explains them under "Grade of evidence"`);
    }
    return told;
  };
  /* Also the tests with several results, and the set-ups and tear-downs that did not pass. */
  const facts = (answer) => {
    const { given } = answer;
    const told = [...basis(answer), `Tests in the run that are not required: ${given.tests.outside}`];
    if (given.repeated.length) {
      told.push(`Required tests with several results: ${given.repeated.length}, of which ${given.differing.length} with different ones; one pass is enough`);
    }
    if (given.apart.length) told.push(`Set-ups and tear-downs that did not pass, and change nothing: ${given.apart.length}`);
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

  /* Each required test that did not pass, then those of unknown status, by outcome and name. */
  const rows = ({ want, results, unknown }) => [[results, ""], [unknown, "unknown status, "]].flatMap(([given, words]) => {
    const found = [...given].filter(([, { outcome }]) => outcome !== "passed").map(([number, one]) =>
      ({ number, one, outcome: words + one.outcome, name: want.title(number), key: want.id(number), reason: said(one) }));
    const order = ({ one }) => ORDER.indexOf(one.outcome);
    return found.sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
  });
  /* Each required test with several results, and which it has. */
  const several = ({ want, repeated, results }) => repeated
    .map((number) => [number, results.get(number).outcomes])
    .map(([number, outcomes]) => [want.title(number), `${outcomes.length > 1 ? "different" : "the same"} results: ${outcomes.join(" and ")}`, want.id(number)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  /* Each set-up or tear-down that did not pass and is no reason of a missing test. */
  const apart = (given) => given.apart.map((name) => {
    const one = given.fixtures.get(name);
    return [name, one.outcome + (one.reason && `: ${said(one)}`)];
  });

  const plain = (text) => text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, "\\$&");
  /* The answer as Markdown; `link` gives the URL of the page of a test by its id. */
  const toMarkdown = (answer, link) => {
    const { given } = answer;
    const columns = [...ORDER, "flagged"];
    const table = (head, rule, lines) => (lines.length ? ["", head, rule, ...lines] : []);
    const pairs = (title, found) => table(`| ${title} | Outcome |`, "| --- | --- |", found.map(([name, words]) => `| ${plain(name)} | ${plain(words)} |`));
    const notPassed = rows(given).map(({ outcome, name, key, reason }) => {
      const url = isId(key) && link(key);
      return `| ${outcome} | ${url ? `[${plain(name)}](<${url}>)` : plain(name)} | ${plain(reason)} |`;
    });
    return [
      `## ${plain(headline(given))}`,
      "",
      `- Required tests: ${plain(numbers(given.tests))}`,
      ...remarks(answer).map((line) => `- ${plain(line)}`),
      "",
      `| Capability | Verdict | ${columns.join(" | ")} |`,
      `| --- | --- |${" ---: |".repeat(columns.length)}`,
      ...given.parts.map(([name, part]) => `| ${plain(name)} | ${partMet(part)} | ${columns.map((one) => part.tests[one]).join(" | ")} |`),
      ...table("| Outcome | Test | Reason |", "| --- | --- | --- |", notPassed),
      ...pairs("Several results", several(given)),
      ...pairs("Set-up or tear-down", apart(given)),
      "",
      plain(globalThis.interopTests.notice),
      "",
    ].join("\n");
  };

  /* What a table of verdicts has: the titles of its columns and whether they are numbers, and the cells of a verdict. */
  const COLUMNS = [["Guideline"], ["Target"], ["Verdict"], ["Passed", true], ["Required", true], ["Lacks", true], ["Unknown", true]];
  const marks = ({ evidence, draft }) => (evidence ? " (reconstructed)" : "") + (draft ? " (draft)" : "");
  const cells = ({ want, met: value, tests, lacking, undecided }) =>
    [want.key, want.target, met(value) + marks(want), tests.passed, tests.required, lacking.length, undecided.length];
  /* Drafts are counted apart: nobody can be asked to meet them. */
  const allHeadline = (found) => {
    const count = (given) => `${given.filter((one) => one.met).length} of ${given.length}`;
    const drafts = found.filter(({ want }) => want.draft);
    const apart = drafts.length ? `; drafts, which do not count: ${count(drafts)}` : "";
    return `Met: ${count(found.filter(({ want }) => !want.draft))} guidelines and targets${apart}`;
  };
  const allFacts = (run) => [resultsOf(readAs(run)), state()];
  /* The guidelines that verdicts are on, each with its digests. */
  const DIGESTS = [["Guideline"], ["SHA-256 as this record exports it"], ["SHA-256 of the official file"]];
  const allDigests = (found) => [...new Map(found.map((given) => [given.want.key, given]))].map(([key, given]) => {
    const { sha256, official_sha256: official } = digests(given);
    return [key, sha256, official || "not recorded"];
  });
  const allToMarkdown = (found, run) => {
    const rows = (titles, lines) => [
      `| ${titles.map(([title]) => title).join(" | ")} |`,
      `|${titles.map(([, isNumber]) => (isNumber ? " ---: |" : " --- |")).join("")}`,
      ...lines.map((line) => `| ${line.map((cell) => plain(String(cell))).join(" | ")} |`),
    ];
    return [
      `## ${plain(allHeadline(found))}`,
      "",
      ...allFacts(run).map((line) => `- ${plain(line)}`),
      "",
      ...rows(COLUMNS, found.map(cells)),
      "",
      ...rows(DIGESTS, allDigests(found)),
      "",
      plain(globalThis.interopTests.notice),
      "",
    ].join("\n");
  };

  Object.assign(globalThis.interopCheck, { COLUMNS, DIGESTS, allDigests, allFacts, allHeadline, allToJson, allToMarkdown, apart, cells, facts, headline, isTestId: isId, met, numbers, partMet, rows, several, toJson, toMarkdown });
})();

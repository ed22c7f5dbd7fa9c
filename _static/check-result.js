/* Shows an answer. Every text from a file is put into the page as text. */
(() => {
  const { COLUMNS, DIGESTS, ORDER, allDigests, allFacts, allHeadline, allToJson, allToMarkdown, apart, button, cells, element, facts, heading, headline, inside, isTestId: isId, link, numbers, partMet, parts, rows, save, several, table, toJson, toMarkdown } = globalThis.interopCheck;
  const { dataset } = document.querySelector("form.check.run");
  // Where the site is: its published URL, or the one it is read from; a file has none that others could follow.
  const here = document.querySelector("link[rel=canonical]")?.href || (/^https?:/.test(location.protocol) ? location.href : "");

  const capabilities = (given) =>
    table(
      "Required capabilities, and the outcome of their tests",
      [["Capability"], ["Verdict"], ...[...ORDER, "flagged"].map((name) => [name, true])],
      given.parts.map(([name, part]) => [link("capability", name), partMet(part), ...[...ORDER, "flagged"].map((one) => part.tests[one])]),
    );
  /* Tests by class: those of a class that could not be set up have one reason. */
  const byClass = (found) => {
    const classes = new Map();
    for (const one of found) {
      const [owner, method] = [one.name.slice(0, one.name.lastIndexOf(".")), one.name.slice(one.name.lastIndexOf(".") + 1)];
      if (!classes.has(owner)) classes.set(owner, inside("ul"));
      classes.get(owner).append(inside("li", isId(one.key) ? link("test", one.key, method) : method));
    }
    return inside("ul", ...[...classes].map(([owner, methods]) => inside("li", ...parts(owner), methods)));
  };
  const tests = (name, found) => {
    const groups = new Map();
    for (const one of found) {
      const key = JSON.stringify([one.outcome, one.reason]);
      groups.set(key, [...(groups.get(key) || []), one]);
    }
    const lines = [...groups.values()].map((group) => [group[0].outcome, group[0].reason, group.length, byClass(group)]);
    return table(name, [["Outcome"], ["Reason"], ["Number", true], ["Tests"]], lines);
  };

  const actions = (name, json, markdown) => {
    const made = element("p", "", "actions");
    made.append(
      button("Save JSON", () => save(`${name}.json`, "application/json", json())),
      button("Save Markdown", () => save(`${name}.md`, "text/markdown", markdown())),
      button("Print", () => globalThis.print()),
    );
    if (!here) made.append(" ", element("small", "Saved files have no links: this copy of the site has no URL.", "quiet"));
    return made;
  };
  const url = (id) => here && new URL(dataset.test.replace("*", id), here).href;

  /* A table of verdicts; `choose` shows one of them. */
  const verdicts = (found, choose) => {
    const rows = found.map((given) => {
      const [key, target, verdict, ...numbers] = cells(given);
      const show = button("Details", () => choose(key, target));
      show.setAttribute("aria-label", `Details of ${key}, ${target}`);
      return [link("guideline", key), target, given.met ? element("strong", verdict) : verdict, ...numbers, show];
    });
    return table("Verdicts", [...COLUMNS, ["More"]], rows);
  };

  const glossary = "glossary.html#term-Grade-of-evidence";
  /* Headings with what is below them, for tests and classes that are told apart. */
  const toldApart = (given) => {
    const found = rows(given);
    const isRequired = ({ number }) => given.want.required.has(number);
    const lacking = found.filter(isRequired);
    const undecided = found.filter((row) => !isRequired(row));
    const twice = several(given).map(([name, words, id]) => inside("li", isId(id) ? link("test", id, name) : name, `: ${words}`));
    const classes = apart(given).map(([name, words]) => element("li", `${name}: ${words}`));
    return [
      ["Required tests that did not pass", lacking, () => tests("Required tests that did not pass", lacking)],
      ["Tests of unknown status that did not pass", undecided, () => tests("Tests of unknown status that did not pass", undecided)],
      ["Required tests with several results", twice, () => inside("ul", ...twice)],
      ["Set-ups and tear-downs that did not pass", classes, () => inside("ul", ...classes)],
    ].flatMap(([name, all, show]) => (all.length ? [heading("h3", name, all.length), show()] : []));
  };
  /* What the next guideline needs, but for what is above. */
  const needed = ({ given, next }) => {
    if (!next?.lacking.length) return [];
    const more = rows(next).filter(({ number }) => next.want.required.has(number)).map((row) => ({ ...row, reason: "" }));
    const above = new Set(rows(given).map(({ key }) => key));
    const below = more.filter(({ key }) => !above.has(key));
    const name = `To pass for ${next.want.key}, the next guideline`;
    const told = element("p", `${more.length - below.length} of them are above.`);
    return [heading("h3", name, more.length), told, ...(below.length ? [tests(name, below)] : [])];
  };

  /* The parts of an answer for one target of a guideline. */
  const one = (answer, choose) => {
    const { given, targets, others } = answer;
    const { want } = given;
    const title = Object.assign(element("h2", headline(given)), { tabIndex: -1 });
    title.dataset.met = String(given.met);
    const lines = facts(answer).map((line) => element("li", line));
    const meaning = Object.assign(element("a", "Grade of evidence"), { href: glossary });
    const shown = [
      title,
      element("p", `Required tests: ${numbers(given.tests)}.`),
      inside("ul", ...lines, ...(want.evidence ? [inside("li", "Glossary: ", meaning)] : []), inside("li", "The guideline: ", link("guideline", want.key))),
      element("p", globalThis.interopTests.notice, "note"),
      actions(`${want.key.replace("/", "-")}-${want.target}`, () => toJson(answer, url), () => toMarkdown(answer, url)),
      ...toldApart(given),
    ];
    if (targets.length || others.length) shown.push(element("h3", "Other targets and guidelines"), verdicts([...targets, ...[...others].reverse()], choose));
    return [...shown, heading("h3", "Capabilities", given.parts.length), capabilities(given), ...needed(answer)];
  };

  /* The parts of the verdicts on all guidelines; `choose` shows one of them. */
  const all = (found, run, choose) => {
    const told = found.filter((given) => given.told);
    const title = Object.assign(element("h2", allHeadline(told)), { tabIndex: -1 });
    const actionsOf = actions("all-guidelines", () => allToJson(told, run, url), () => allToMarkdown(told, run));
    const digests = table("Digests of the guidelines", DIGESTS, allDigests(told));
    return [
      title,
      inside("ul", ...allFacts(run).map((line) => element("li", line))),
      element("p", globalThis.interopTests.notice, "note"),
      actionsOf,
      verdicts(told, choose),
      element("h3", "Digests of the guidelines"),
      digests,
    ];
  };

  Object.assign(globalThis.interopCheck, { all, one });
})();

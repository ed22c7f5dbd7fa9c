/* Shows an answer. Every text from a file is put into the page as text. */
(() => {
  const { COLUMNS, ORDER, allHeadline, allToJson, allToMarkdown, button, cells, element, facts, heading, headline, inside, link, met, notPassed, numbers, save, table, toJson, toMarkdown } = globalThis.interopCheck;
  const { dataset } = document.querySelector("form.check.run");
  const published = document.querySelector("link[rel=canonical]")?.href.replace(/[^/]*$/, "") || "";

  const capabilities = (given) =>
    table(
      "Required capabilities, and the outcome of their tests",
      [["Capability"], ["Verdict"], ...[...ORDER, "flagged"].map((name) => [name, true])],
      given.parts.map(([name, part]) => [link("capability", name), met(part.met), ...[...ORDER, "flagged"].map((one) => part.tests[one])]),
    );
  const tests = (name, given) =>
    table(
      name,
      [["Test"], ["Outcome"], ["Reason"]],
      notPassed(given).map(([outcome, title, id, reason]) => [id ? link("test", id, title) : title, outcome, reason]),
    );

  const actions = (name, json, markdown) => {
    const made = element("p", "", "actions");
    made.append(
      button("Save JSON", () => save(`${name}.json`, "application/json", json())),
      button("Save Markdown", () => save(`${name}.md`, "text/markdown", markdown())),
      button("Print", () => globalThis.print()),
    );
    return made;
  };
  const url = (id) => published + dataset.test.replace("*", id);

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

  /* The parts of an answer for one target of a guideline. */
  const one = (answer, choose) => {
    const { given, next, targets, others } = answer;
    const { want } = given;
    const title = Object.assign(element("h2", headline(given)), { tabIndex: -1 });
    title.dataset.met = String(given.met);
    const lines = facts(answer).map((line) => element("li", line));
    const shown = [
      title,
      element("p", `Required tests: ${numbers(given.tests)}.`),
      inside("ul", ...lines, inside("li", "The guideline: ", link("guideline", want.key))),
      element("p", globalThis.interopTests.notice, "note"),
      actions(`${want.key.replace("/", "-")}-${want.target}`, () => toJson(answer), () => toMarkdown(answer, url)),
    ];
    if (given.lacking.length) shown.push(heading("h3", "Required tests that did not pass", given.lacking.length), tests("Required tests that did not pass", given));
    if (given.undecided.length) {
      const items = given.undecided.map((number) => inside("li", link("test", want.id(number), want.title(number))));
      shown.push(heading("h3", "Tests of unknown status that did not pass", items.length), inside("ul", ...items));
    }
    if (targets.length || others.length) shown.push(element("h3", "Other targets and guidelines"), verdicts([...targets, ...[...others].reverse()], choose));
    shown.push(heading("h3", "Capabilities", given.parts.length), capabilities(given));
    if (next?.lacking.length) {
      const name = `To pass for ${next.want.key}, the next guideline`;
      shown.push(heading("h3", name, next.lacking.length), tests(name, next));
    }
    return shown;
  };

  /* The parts of the verdicts on all guidelines; `choose` shows one of them. */
  const all = (found, choose) => {
    const told = found.filter((given) => given.told);
    const title = Object.assign(element("h2", allHeadline(told)), { tabIndex: -1 });
    const actionsOf = actions("all-guidelines", () => allToJson(told), () => allToMarkdown(told));
    return [title, element("p", globalThis.interopTests.notice, "note"), actionsOf, verdicts(told, choose)];
  };

  Object.assign(globalThis.interopCheck, { all, one });
})();

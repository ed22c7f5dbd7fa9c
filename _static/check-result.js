/* Shows an answer. Every text from a file is put into the page as text. */
(() => {
  const { ORDER, button, element, facts, heading, headline, inside, link, met, notPassed, numbers, save, table, toJson, toMarkdown } = globalThis.interopCheck;
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

  const actions = (answer) => {
    const { key, target } = answer.given.want;
    const name = `${key.replace("/", "-")}-${target}`;
    const url = (id) => published + dataset.test.replace("*", id);
    const made = element("p", "", "actions");
    made.append(
      button("Save JSON", () => save(`${name}.json`, "application/json", toJson(answer))),
      button("Save Markdown", () => save(`${name}.md`, "text/markdown", toMarkdown(answer, url))),
      button("Print", () => globalThis.print()),
    );
    return made;
  };

  /* A table of verdicts; `choose` shows one of them. */
  const verdicts = (found, choose) => {
    const rows = found.map((given) => {
      const { key, target, evidence } = given.want;
      const verdict = `${met(given.met)}${evidence ? " (reconstructed)" : ""}`;
      const show = button("Details", () => choose(key, target));
      show.setAttribute("aria-label", `Details of ${key}, ${target}`);
      const { passed, required } = given.tests;
      return [link("guideline", key), target, verdict, passed, required, given.lacking.length, given.undecided.length, show];
    });
    const titles = [["Guideline"], ["Target"], ["Verdict"], ["Passed", true], ["Required", true], ["Lacks", true], ["Unknown", true], ["Answer"]];
    return table("Verdicts", titles, rows);
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
      actions(answer),
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
    const title = element("h2", `Met: ${told.filter((given) => given.met).length} of ${told.length} guidelines and targets`);
    return [Object.assign(title, { tabIndex: -1 }), verdicts(told, choose), element("p", globalThis.interopTests.notice, "note")];
  };

  Object.assign(globalThis.interopCheck, { all, one });
})();

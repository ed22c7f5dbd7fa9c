/* The form that compares a list with a guideline, and carries one from another: the list is read here, nothing is sent. */
(() => {
  const { BadResults, all, button, carriedText, carry, closest, compare, comparedMarkdown, element, facts, heading, inside, link, load, meanings, numbersOf, parse, resultsIn, save, table, teller, whyDropped } = globalThis.interopCheck;
  const form = document.querySelector("form.lists");
  const [file, text, said] = [form.querySelector("input"), form.querySelector("textarea"), form.querySelector("[role=status]")];
  const { from, to, target, flagged, today } = form.elements;
  const out = document.getElementById("list-result");
  const LARGE = 1 << 24; // The largest list, in bytes.
  const WHAT = {
    "not known": "in this guideline, status not known",
    "other target": "required for another target",
    "other guideline": "only in other guidelines",
    unknown: "in no guideline",
  };
  const FAULTS = {
    renamed: "has another name today",
    tags: "lacks tags or the id",
    form: "is an id or a pattern, or has a comment",
    gone: "removed from the test suites",
    unknown: "not looked up",
  };
  let given = null;
  let chosen = false; // Whether the target is that of the user, not the one that the list is most like.

  const targetsOf = (select) => select.selectedOptions[0]?.dataset.targets?.split(" ") || [];
  const fill = () => {
    const family = from.value.split("/")[0];
    for (const option of to.querySelectorAll("option")) option.disabled = Boolean(family) && option.value.split("/")[0] !== family;
    if (to.selectedOptions[0]?.disabled) to.value = [...to.options].find((option) => !option.disabled).value;
    const found = targetsOf(to).filter((name) => !from.value || targetsOf(from).includes(name));
    const before = target.value;
    target.replaceChildren(...found.map((name) => Object.assign(element("option", name), { value: name })));
    if (found.includes(before)) target.value = before;
    flagged.disabled = today.disabled = !from.value;
  };
  const guess = () => {
    const guidelines = [from.value, to.value].filter(Boolean).map((key) => all().guidelines.get(key));
    const found = closest(given.lines, ...guidelines);
    if ([...target.options].some((option) => option.value === found)) target.value = found;
  };
  const tell = teller(said, out);

  const test = ({ id, name }) => (id && name ? link("test", id, name) : name || id || "");
  const many = (list) => list.join(", ");
  /* A heading and a table, if there are rows. */
  const block = (title, titles, rows) => (rows.length ? [heading("h4", title, rows.length), table(title, titles, rows)] : []);
  /* The data, a text of them and what else there is to save, each with the ending of its file and its type. */
  const actions = (name, data, ...more) => {
    const files = [["Save JSON", "json", "application/json", `${JSON.stringify(data, null, 2)}\n`], ...more];
    const buttons = files.map(([label, ending, type, content]) => button(label, () => save(`${name}.${ending}`, type, content)));
    const made = inside("p", ...buttons, button("Print", () => globalThis.print()));
    made.className = "actions";
    return made;
  };
  const title = (content) => Object.assign(element("h3", content), { tabIndex: -1 });

  const compared = () => {
    const data = compare(given.lines, to.value, target.value);
    const [numbersIn, others] = [facts(data).slice(0, 3), facts(data).slice(3)];
    return [
      title(`${data.guideline}, target ${data.target}: ${numbersIn.join(", ")}`),
      ...others.map((fact) => element("p", `${fact}.`)),
      actions("compared", data, ["Save Markdown", "md", "text/markdown", comparedMarkdown(data)]),
      ...block("Only in the guideline", [["Test"], ["Capabilities"], ["Flag"]],
        data.only_guideline.map((one) => [test(one), many(one.capabilities), one.flagged ? "flagged" : ""])),
      ...block("Only in the list", [["Line", true], ["Test"], ["What it is"], ["Required in"]],
        data.only_list.map((one) => [one.line, one.last ? test(one) : one.text.trim(), WHAT[one.what] || one.what, many(one.required_in)])),
      ...block("Under today’s name, not the guideline’s", [["Line", true], ["Text"]],
        data.names_today.map((one) => [one.line, one.text.trim()])),
      ...block("Lines that tempest run --load-list does not take", [["Line", true], ["Text"], ["Reason"], ["Today"]],
        data.run.lines.map((one) => [one.line, one.text.trim(), FAULTS[one.what], one.today || ""])),
    ];
  };

  const detail = (one) => {
    if (one.outcome === "dropped") return whyDropped(one);
    const told = [];
    const every = [one.outcome, ...one.also];
    if (every.includes("renamed")) told.push(`to ${one.name}${one.new === null ? ", which the list has" : ""}`);
    if (every.includes("moved")) told.push(`from ${one.capabilities.from.join(" and ")} to ${one.capabilities.to.join(" and ")}`);
    return told.join("; ");
  };
  const carried = () => {
    const data = carry(given.lines, from.value, to.value, target.value, { flagged: flagged.checked, today: today.checked });
    const changed = data.lines.filter((one) => one.outcome !== "kept" || one.also.length);
    const list = Object.assign(element("pre", data.list.join("\n")), { tabIndex: 0, role: "region", ariaLabel: "The new list" });
    return [
      title(`${data.from} to ${data.to}, target ${data.target}: ${numbersOf(data.numbers)}`),
      actions("carried", data, ["Save text", "txt", "text/plain", carriedText(data)], ["Save the new list", "lst", "text/plain", `${list.textContent}\n`]),
      inside("ul", ...meanings(data.numbers).map(([one, meaning]) => element("li", `${one}: ${meaning}`))),
      ...block("Lines that change", [["Line", true], ["Outcome"], ["Text"], ["Details"]],
        changed.map((one) => [one.line, [one.outcome, ...one.also].join(", "), one.text.trim(), detail(one)])),
      ...block("Added", [["Test"], ["Capabilities"]], data.added.map((one) => [test(one), many(one.capabilities)])),
      ...block("Required by both, and not in the list", [["Test"], ["Capabilities"]],
        data.missing.map((one) => [test(one), many(one.capabilities)])),
      ...block("Another name in today’s test suites", [["Line"], ["Name"], ["Today"]],
        data.today.map((one) => [one.line || "added", one.name, one.today])),
      heading("h4", "The new list", data.list.length),
      list,
    ];
  };

  const loadAll = async () => {
    await Promise.all([load(form.dataset.all), load(form.dataset.shared)]);
    await Promise.all(globalThis.interopLists.guidelines.map(([key]) => load(form.dataset.lists.replace("*", key))));
  };
  const show = async (focus) => {
    if (!given || !target.value) return;
    const mine = given;
    await loadAll();
    if (mine !== given) return;
    if (!chosen) guess();
    const shown = from.value && from.value !== to.value ? carried() : compared();
    said.textContent = shown[0].textContent;
    said.className = "vh"; // The heading below has the same text.
    out.replaceChildren(...shown);
    out.hidden = false;
    if (focus) shown[0].focus();
  };
  const read = async (content, focus) => {
    const { lines, faults } = parse(content);
    given = null;
    if (faults.length) {
      const shown = faults.slice(0, 20).map((number) => `Line ${number}: ${lines[number - 1].text.trim().slice(0, 80)} is no name and no id of a test`);
      tell("The list cannot be read.", shown);
    } else if (!lines.some(({ name, id }) => name || id)) tell("The list has no test.");
    else {
      given = { lines };
      tell("Reading …");
      await show(focus);
    }
  };
  const guarded = (task) => task.catch((error) => tell("The list cannot be read.", [error.message]));
  const readFile = async (one, focus) => {
    const found = resultsIn(new Uint8Array(await one.slice(0, 1 << 16).arrayBuffer()));
    if (found) throw new BadResults("results", `${one.name} has the results of a run (${found}), which the form above reads, and is no list`);
    if (one.size > LARGE) throw new BadResults("too-large", `the list has more than ${LARGE} bytes`);
    await read(await one.text(), focus);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) guarded(read(text.value, true));
    else if (file.files.length) guarded(readFile(file.files[0], true));
    else tell("Choose a file or paste a list first.");
  });
  file.addEventListener("change", () => {
    text.value = "";
    if (file.files.length) guarded(readFile(file.files[0], false));
  });
  text.addEventListener("input", () => (file.value = "")); // What is there is what is read: a file or a text.
  file.addEventListener("click", () => (file.value = "")); // The same file can be chosen again after a change.
  for (const input of [from, to, target, flagged, today]) {
    input.addEventListener("change", () => {
      chosen ||= input === target;
      fill();
      guarded(show(false));
    });
  }
  for (const kind of ["dragover", "drop"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      form.classList.toggle("over", kind === "dragover");
      if (kind === "drop") {
        const { files } = event.dataTransfer;
        [text.value, file.files] = ["", files];
        if (files.length === 1) guarded(readFile(files[0], true));
        else {
          given = null;
          tell("Drop one list at a time.");
        }
      }
    });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));

  fill();
  form.hidden = false;
})();

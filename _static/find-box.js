/* The box that finds anything: an editable combobox with a list box (WAI-ARIA Authoring Practices).
   interop.js loads this script and what it needs when a box is first used. */
(() => {
  const { find, help, kinds: every } = globalThis.interopFind;
  const order = every.map(([kind]) => kind);
  const page = document.querySelector(".sidebar-search-container").action;
  const [NUMBER, ALONE] = [5, 12]; // Results shown of a kind, and of the only kind that has any.
  const HINT =
    "A name or id of a test, a line of a log, a capability, guideline, two guidelines, release, project, clause, code or term.";
  const FILTERS = "Filters, of which several can be combined; several values with commas:";

  /* A box: a form with a field, and the list below it. */
  const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const option = (to, title, detail) => {
    const made = Object.assign(element("a", ""), { href: new URL(to, page).href, tabIndex: -1 });
    made.append(...interopParts(title));
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    if (detail) made.append(" ", element("span", "detail", detail));
    return made;
  };

  const setUp = (form, number) => {
    const input = form.querySelector("input[name=q]");
    const below = Object.assign(element("div", "found"), { hidden: true });
    const list = Object.assign(element("div", ""), { id: `found-${number}` });
    const [told, said] = [element("p", "note"), element("div", "vh")];
    const hint = element("div", "hint");
    const filters = element("dl", "");
    for (const [filter, about] of help) filters.append(element("dt", "", filter), element("dd", "", about));
    hint.append(element("p", "", HINT), element("p", "", FILTERS), filters);
    below.append(hint, told, list);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Results");
    said.setAttribute("role", "status");
    form.append(below, said);
    input.setAttribute("aria-controls", list.id);
    let [options, at, certain] = [[], -1, []];

    const activate = (place) => {
      options[at]?.setAttribute("aria-selected", "false");
      at = place;
      const active = options[at];
      if (!active) return input.removeAttribute("aria-activedescendant");
      active.setAttribute("aria-selected", "true");
      active.scrollIntoView({ behavior: "instant", block: "nearest" });
      return input.setAttribute("aria-activedescendant", active.id);
    };
    const open = (shown) => {
      below.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown));
      if (!shown) activate(-1);
    };
    const group = ([kind, members], alone) => {
      const shown = kind === "filter" ? members : members.slice(0, alone ? ALONE : NUMBER);
      const count = shown.length < members.length ? `${shown.length} of ${members.length}` : members.length;
      const made = element("div", "");
      const heading = element("div", "kind", `${every[order.indexOf(kind)][1]} (${count})`);
      heading.id = `${list.id}-${kind}`;
      heading.setAttribute("role", "presentation");
      made.setAttribute("role", "group");
      made.setAttribute("aria-labelledby", heading.id);
      made.append(heading, ...shown.map(({ to, title, detail }) => option(to, title, detail)));
      return made;
    };
    const show = () => {
      activate(-1);
      const query = input.value.trim();
      const { certain: sure, results, note } = find(query);
      hint.hidden = Boolean(query);
      if (!query) {
        list.replaceChildren();
        [options, certain, said.textContent] = [[], [], ""];
        told.hidden = true;
        input.setAttribute("aria-expanded", "false");
        return (below.hidden = document.activeElement !== input);
      }
      const kinds = new Map();
      for (const one of results) kinds.set(one.kind, [...(kinds.get(one.kind) || []), one]);
      told.textContent = note || (results.length ? "" : "No name or id matches.");
      told.hidden = !told.textContent;
      const all = option(`${page}?q=${encodeURIComponent(query)}`, `All results, and text of pages, for “${query}”`);
      list.replaceChildren(...[...kinds].map((kind) => group(kind, kinds.size === 1)), all);
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((made, place) => (made.id = `${list.id}-${place}`));
      certain = sure;
      const number = results.filter(({ kind }) => kind !== "filter").length;
      said.textContent = `${told.textContent} ${number} result${number === 1 ? "" : "s"}`.trim();
      return open(true);
    };
    /* Opens the selected option or what is matched exactly; of all else, the form opens the list of results. */
    const enter = (event) => {
      const exact = certain.length && (certain.length === 1 || certain[0].kind !== "test");
      if (at < 0 && !exact) return;
      event.preventDefault();
      const { href } = options[Math.max(at, 0)];
      open(false);
      location.assign(href);
    };
    const keys = {
      ArrowDown: () => (below.hidden || !options.length ? show() : activate((at + 1) % options.length)),
      ArrowUp: () => (below.hidden || !options.length ? show() : activate((at > 0 ? at : options.length) - 1)),
      Home: () => at >= 0 && (activate(0), true),
      End: () => at >= 0 && (activate(options.length - 1), true),
      Escape: () => (below.hidden ? ((input.value = ""), show()) : open(false)),
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" && !below.hidden && options.length) enter(event);
      else if (keys[event.key]?.() !== false && keys[event.key]) event.preventDefault();
    });
    input.addEventListener("input", show);
    input.addEventListener("focus", show);
    below.addEventListener("mousedown", (event) => event.preventDefault()); // The field keeps the focus.
    list.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && open(false));
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));
    if (document.activeElement === input) show();
  };
  document.querySelectorAll("form[role=search][action]").forEach(setUp);
})();

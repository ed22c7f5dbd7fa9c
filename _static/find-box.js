/* The box that finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   It is an editable combobox with a list box (WAI-ARIA Authoring Practices). interop.js loads this script and the index
   of the site, find-index.js, when a box is first used. */
(() => {
  const index = globalThis.interopIndex;
  const page = document.querySelector(".sidebar-search-container").action;
  const [NUMBER, ALONE] = [5, 12]; // Results shown of a kind, and of the only kind that has any.

  /* The index: things with their words, and tests by everything that leads to them. */
  const key = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "");
  const words = (text) => text.toLowerCase().match(/[a-z0-9]+/g) || [];
  const put = (map, name, thing) => (map.has(name) ? map.get(name).add(thing) : map.set(name, new Set([thing])));
  const order = index.kinds.map(([kind]) => kind);
  const exact = new Map();
  const [byId, byName, byMethod, byGroup] = [new Map(), new Map(), new Map(), new Map()];

  const thing = (kind, title, detail, to, rest) => ({
    kind, title, detail, to,
    head: ` ${words(title).join(" ")} `,
    rest: ` ${words(`${detail} ${rest}`).join(" ")} `,
    // The newer the guideline in the detail, the earlier the result.
    year: Number(/ in (?:[a-z-]+\.)?(20\d\d)/.exec(detail)?.[1] || 2010),
  });
  const things = index.entries.map(([number, title, detail, to, ...names]) => {
    const kind = order[number];
    const made = thing(kind, title, detail, to || index.capability.replace("*", title), names.join(" "));
    // What describes a capability is not its name.
    for (const name of kind === "capability" ? [title] : [title, ...names]) put(exact, key(name), made);
    return made;
  });
  let capability = "";
  for (const line of index.tests) {
    const [packed, ...parts] = line.split(" ");
    if (!/^\d+(:|$)/.test(parts[0])) capability = parts.shift().replace(/^-$/, "");
    const id = packed === "-" ? "" : [...atob(packed)].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    let before = "";
    const names = parts.map((part) => {
      const [number, method] = part.split(":");
      before = method || before;
      return `${index.prefixes[number]}.${before}`;
    });
    const title = names[0].split(".").slice(-2).join(".");
    const to = id ? index.test.replace("*", uuid) : index.capability.replace("*", capability);
    const made = thing("test", title, capability, to, names.join(" "));
    made.page = Boolean(id);
    things.push(made);
    if (id) byId.set(id, made);
    for (const name of names) {
      const steps = name.split(".");
      put(byName, name, made);
      put(byMethod, steps.at(-1), made);
      put(byName, steps.slice(-2).join("."), made);
      for (const end of [-1, -2]) put(byGroup, steps.slice(0, end).join("."), made);
    }
  }
  let vocabulary = null;

  /* Tests named in a line of a log or a traceback, with dots, slashes or colons between the parts of the name. */
  const named = (query) => {
    const text = query.replace(/\.py\b/g, "").replace(/(\w)(?:::?|\/)(?=[A-Za-z_])/g, "$1.");
    const methods = text.match(/\btest_\w+/g) || [];
    let groups = null;
    for (const token of text.match(/[A-Za-z_]\w*(?:\.\w+)+/g) || []) {
      const steps = token.split(".");
      for (let at = 0; at < steps.length - 1; at++) {
        const part = steps.slice(at).join(".");
        if (byName.has(part)) return [...byName.get(part)];
        groups ||= byGroup.get(part);
      }
      const ending = [...byName.keys()].filter((name) => name.endsWith(`.${token}`));
      if (ending.length) return [...new Set(ending.flatMap((name) => [...byName.get(name)]))];
    }
    const having = methods.flatMap((method) => [...(byMethod.get(method) || [])]);
    const inside = groups ? having.filter((test) => groups.has(test)) : having;
    return [...new Set(inside.length ? inside : groups || [])].sort((a, b) => b.page - a.page);
  };

  /* The comparison of two guidelines, the older first whatever the order in the query; of Powered ones before others. */
  const pair = (query) => {
    const ids = [...new Set(query.toLowerCase().match(/\b\d{4}\.\d\d\b|\bnext\b/g) || [])].sort();
    if (ids.length !== 2) return [];
    const found = things.filter(({ kind, to }) => kind === "comparison" && to.endsWith(`/${ids.join("..")}.html`));
    const others = words(query.replace(/\d{4}\.\d\d|\bnext\b/gi, "")).filter((word) => word.length > 2);
    const mentioned = ({ to, head }) => others.filter((word) => head.includes(` ${word}`) || to.includes(word)).length;
    if (found.length) return found.sort((a, b) => mentioned(b) - mentioned(a));
    return things.filter(({ kind, title }) => kind === "guideline" && ids.includes(title.split(" ").at(-1)));
  };

  const score = (one, wanted, inside) => {
    let sum = 0;
    for (const word of wanted) {
      if (one.head.includes(` ${word} `)) sum += 4;
      else if (one.head.includes(` ${word}`)) sum += 3;
      else if (one.rest.includes(` ${word} `)) sum += 2;
      else if (one.rest.includes(` ${word}`)) sum += 1.5;
      else if (inside && word.length > 2 && one.head.includes(word)) sum += 1;
      else if (inside && word.length > 2 && one.rest.includes(word)) sum += 0.5;
      else return 0;
    }
    // Of what is equally near, capabilities come before tests, short names and tests with a page of their own first.
    const weight = one.kind === "capability" ? 0.5 - one.title.length / 500 : one.page === false ? -0.5 : 0;
    const phrase = one.head.includes(` ${wanted.join(" ")}`) ? 1 : 0;
    return sum / wanted.length + phrase + (one.year - 2010) / 50 + weight - order.indexOf(one.kind) / 100;
  };
  const ranked = (wanted, inside) =>
    things
      .map((one) => [score(one, wanted, inside), one])
      .filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0])
      .map(([, one]) => one);

  /* Whether one edit makes two words equal: a letter added, left out, replaced, or two exchanged. */
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
    let at = 0;
    while (a[at] === b[at]) at++;
    const [c, d] = [a.slice(at), b.slice(at)];
    const swapped = c[0] === d[1] && c[1] === d[0] && c.slice(2) === d.slice(2);
    return c.slice(1) === d.slice(1) || c === d.slice(1) || c.slice(1) === d || swapped;
  };
  const corrected = (wanted) => {
    vocabulary ||= [...new Set(things.flatMap(({ head, rest }) => words(head + rest)))].filter((w) => w.length > 3);
    return wanted.map((word) => {
      if (word.length < 4 || vocabulary.some((known) => known.startsWith(word))) return word;
      return vocabulary.find((known) => near(word, known)) || word;
    });
  };

  /* What a query finds: ``certain`` are exact matches, ``results`` all with those first, ``note`` what is to be told. */
  const find = (text) => {
    const query = text.trim().replace(/\.json\b/, "");
    const id = /(?:^|[^0-9a-f])([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})(?![0-9a-f])/i.exec(query)?.[1];
    const known = id && byId.get(id.toLowerCase().replaceAll("-", ""));
    if (known) return { certain: [known], results: [known], note: "" };
    const start = /^(?:id-)?(?=.*\d)([0-9a-f-]{6,})$/i.exec(query)?.[1].toLowerCase().replaceAll("-", "");
    const started = start && !id ? [...byId.keys()].filter((one) => one.startsWith(start)).map((one) => byId.get(one)) : [];
    if (started.length) return { certain: started, results: started, note: "" };
    const rest = id ? query.replace(id, "") : query;
    const note = id ? `No guideline has a test with the id ${id}.` : "";
    const tests = named(rest);
    const certain = tests.length ? tests : [...(exact.get(key(rest)) || pair(rest))];
    if (id || tests.length) return { certain, results: certain, note };
    const wanted = words(rest);
    if (!wanted.length) return { certain: [], results: [], note };
    let found = ranked(wanted, false);
    if (!found.length && !certain.length) found = ranked(wanted, true);
    if (found.length || certain.length) return { certain, results: [...new Set([...certain, ...found])], note };
    const meant = corrected(wanted);
    const similar = meant.join(" ") === wanted.join(" ") ? [] : ranked(meant, false);
    return { certain: [], results: similar, note: similar.length ? `Nothing found; shown for “${meant.join(" ")}”.` : "" };
  };

  /* A box: a form with a field, and the list below it. */
  const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const option = (to, title, detail) => {
    const made = Object.assign(element("a", "", title), { href: new URL(to, page).href, tabIndex: -1 });
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
    below.append(told, list);
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
      const shown = members.slice(0, alone ? ALONE : NUMBER);
      const count = shown.length < members.length ? `${shown.length} of ${members.length}` : members.length;
      const made = element("div", "");
      const heading = element("div", "kind", `${index.kinds[order.indexOf(kind)][1]} (${count})`);
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
      const { certain: sure, results, note } = query ? find(query) : { certain: [], results: [], note: "" };
      const kinds = new Map();
      for (const one of results) kinds.set(one.kind, [...(kinds.get(one.kind) || []), one]);
      told.textContent = note || (results.length ? "" : "No name or id matches.");
      told.hidden = !told.textContent;
      const everywhere = option(`${page}?q=${encodeURIComponent(query)}`, `Search the text of all pages for “${query}”`);
      list.replaceChildren(...[...kinds].map((kind) => group(kind, kinds.size === 1)), everywhere);
      options = [...list.querySelectorAll("[role=option]")];
      options.forEach((made, place) => (made.id = `${list.id}-${place}`));
      certain = sure;
      said.textContent = query ? `${told.textContent} ${results.length} result${results.length === 1 ? "" : "s"}`.trim() : "";
      open(Boolean(query));
    };
    const enter = (event) => {
      if (at < 0 && options.length < 2) return; // Nothing found: the form goes to the search page.
      event.preventDefault();
      if (at < 0 && options.length > 2 && (!certain.length || (certain.length > 1 && certain[0].kind === "test"))) activate(0);
      else {
        const { href } = options[Math.max(at, 0)];
        open(false);
        location.assign(href);
      }
    };
    const keys = {
      ArrowDown: () => (below.hidden ? show() : activate((at + 1) % options.length)),
      ArrowUp: () => (below.hidden ? show() : activate((at > 0 ? at : options.length) - 1)),
      Home: () => at >= 0 && (activate(0), true),
      End: () => at >= 0 && (activate(options.length - 1), true),
      Escape: () => (below.hidden ? ((input.value = ""), show()) : open(false)),
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Enter" && !below.hidden) enter(event);
      else if (keys[event.key]?.() !== false && keys[event.key]) event.preventDefault();
    });
    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value && show());
    below.addEventListener("mousedown", (event) => event.preventDefault()); // The field keeps the focus.
    list.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && open(false));
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || open(false));
    if (document.activeElement === input && input.value) show();
  };
  document.querySelectorAll("form[role=search]").forEach(setUp);
})();

/* Finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   The index is that of the site, find-index.js; queries may have filters, see find-query.js. */
(() => {
  const index = globalThis.interopIndex;

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
  const projects = index.entries.filter(([number]) => order[number] === "project").map(([, title]) => title);
  const capabilities = new Map();
  const things = index.entries.map(([number, title, detail, to, ...names]) => {
    const kind = order[number];
    const address = kind === "capability" ? index.capability.replace("*", title) : to;
    const made = thing(kind, title, detail, address, names.join(" "));
    if (kind === "capability") {
      const project = projects.find((one) => detail.split(",")[0] === one);
      capabilities.set(title, Object.assign(made, { project, admin: to < 0, states: index.states[Math.abs(to) - 1] }));
    }
    // What describes a capability is not its name.
    for (const name of kind === "capability" ? [title] : [title, ...names]) put(exact, key(name), made);
    return made;
  });
  for (const [program, title, ...ids] of index.programs)
    for (const [place, older] of ids.entries())
      for (const newer of ids.slice(place + 1)) {
        const to = index.comparison.replace("*", `${program}/${older}..${newer}`);
        things.push(thing("comparison", `${title} ${older} to ${newer}`, "", to, ""));
      }
  let capability = "";
  for (const line of index.tests) {
    const [packed, states, ...parts] = line.split(" ");
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
    const { project, admin } = capabilities.get(capability) || {};
    Object.assign(made, { page: Boolean(id), states: index.states[states], project, admin });
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

  const { mean, isKnown } = globalThis.interopQuery.filters(index, projects);
  /* What a query with filters finds: capabilities and tests that fit them all, ordered by the words if there are any. */
  const filtered = ({ words: text, filters }) => {
    const { faults, note, fits } = mean(filters);
    if (faults.length) return { certain: [], results: [], note: faults.join(" ") };
    const wanted = words(text);
    const found = wanted.length ? ranked(wanted, true) : things;
    return { certain: [], results: found.filter(fits), note };
  };

  /* What a query finds: ``certain`` are exact matches, ``results`` all with those first, ``note`` what is to be told. */
  const find = (text) => {
    const parsed = globalThis.interopQuery.parse(text);
    // A line of a log may have what looks like filters.
    if (parsed.filters.some(isKnown) || (parsed.filters.length && !named(text).length)) return filtered(parsed);
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

  globalThis.interopFind = { find, kinds: index.kinds };
})();

/* The index of the site, find-index.js, as things to find, with their words and everything else that leads to them. */
(() => {
  const index = globalThis.interopIndex;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = (text) => plain(text).replace(/[^a-z0-9]+/g, "");
  /* The words of a text; a date such as 2020.06 is one word. */
  const words = (text) => plain(text).match(/20\d\d\.\d{1,2}(?!\d)|[a-z0-9]+/g) || [];
  const put = (map, name, thing) => (map.has(name) ? map.get(name).add(thing) : map.set(name, new Set([thing])));
  // Filters to complete a query with are no part of the index.
  const kinds = [["filter", "Filters"], ...index.kinds];
  const order = index.kinds.map(([kind]) => kind);
  const exact = new Map();
  const [byId, byName, byMethod, byGroup, byAddress] = [new Map(), new Map(), new Map(), new Map(), new Map()];

  /* The guidelines, in the order of the letters of a state. */
  const partial = new Set(index.partial);
  const guidelines = index.programs.flatMap(([program, title, ...ids]) =>
    ids.map((id) => ({
      program, id,
      title: `${title} ${id}`,
      official: program === "powered" ? id : `${program}.${id}`,
      dated: id !== "next" && program !== "scoring",
      partial: partial.has(`${program}/${id}`),
    })));
  guidelines.forEach((one, at) => (one.at = at));
  const newestFirst = guidelines.filter(({ dated }) => dated).sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  const STATUSES = { r: "required", a: "advisory", d: "deprecated", x: "removed", u: "status not known" };
  /* The state of a capability or test in a guideline: a letter, a capital one if the test is flagged; "." if it is not in it. */
  const state = (thing, { at }) => thing.states[at] || ".";
  /* The status of a thing in the first of some guidelines in which it has one, in words, and that guideline. */
  const standing = (thing, places = newestFirst) => {
    const place = places.find((one) => STATUSES[state(thing, one).toLowerCase()]);
    if (!place) return { text: "", year: 2010, place: null };
    const letter = state(thing, place);
    const flagged = /[A-Z]/.test(letter) ? ", flagged" : "";
    const text = `${STATUSES[letter.toLowerCase()]}${flagged} in ${place.official}${place.partial ? " (reconstructed)" : ""}`;
    const year = Number(/^\d{4}/.exec(place.id)?.[0] || 2010);
    return { text, status: STATUSES[letter.toLowerCase()], flagged: Boolean(flagged), year, place };
  };

  const things = [];
  const add = (kind, title, detail, to, rest) => {
    const made = {
      kind, title, detail, to,
      head: ` ${words(title).join(" ")} `,
      // What follows a semicolon in a detail is told and not searched.
      rest: ` ${words(`${detail.split(";")[0]} ${rest}`).join(" ")} `,
      // The newer the guideline, the earlier the result; the higher the weight too.
      year: 2010,
      weight: 0,
    };
    things.push(made);
    const address = to.replace(/\.html(?=#|$)/, "");
    if (!byAddress.has(address)) byAddress.set(address, made);
    return made;
  };
  const services = new Map(); // The projects by their services.
  const projects = index.entries.filter(([number]) => order[number] === "project").map(([, title]) => title);
  const capabilities = new Map();
  const absent = []; // Known guidelines that are not archived.
  for (const [number, title, detail, to, ...names] of index.entries) {
    const kind = order[number];
    const address = kind === "capability" ? index.capability.replace("*", title) : to;
    const made = add(kind, title, detail, address, names.join(" "));
    if (kind === "capability") {
      Object.assign(made, { project: detail, admin: to < 0, states: index.states[Math.abs(to) - 1] });
      const { text, year } = standing(made);
      // Short names come before long ones.
      Object.assign(made, { detail: [detail, text].filter(Boolean).join(", "), year, weight: 0.5 - title.length / 500 });
      capabilities.set(title, made);
    }
    if (kind === "project" && detail) services.set(detail.toLowerCase().replaceAll(" ", "-"), title);
    if (kind === "guideline" && !guidelines.some(({ program, id }) => names[0] === `${program}/${id}`)) {
      const [program, id] = names[0].split("/");
      absent.push({ program, id, thing: made });
    }
    if (kind === "guideline" || kind === "component") made.year = Number(/ (20\d\d)\.\d\d/.exec(title)?.[1] || 2010);
    // What describes a capability is not its name.
    for (const name of kind === "capability" ? [title] : [title, ...names]) put(exact, key(name), made);
  }
  /* Clauses, those of the newest document first: the id alone is that of the first which has it. */
  for (const [document, page, ...clauses] of index.clauses)
    for (const clause of clauses) {
      const [id, about] = /^(\S+) ?(.*)$/.exec(clause).slice(1);
      const made = add("clause", `${document} ${id}`.trim(), about, page + id, "");
      Object.assign(made, { id, document });
      for (const name of document && !exact.has(key(id)) ? [id, made.title] : [made.title]) put(exact, key(name), made);
    }
  for (const [program, title, ...ids] of index.programs)
    for (const [place, older] of ids.entries())
      ids.slice(place + 1).forEach((newer, more) => {
        const to = index.comparison.replace("*", `${program}/${older}..${newer}`);
        const of = [older, newer].filter((id) => partial.has(`${program}/${id}`));
        const made = add("comparison", `${title} ${older} to ${newer}`, of.map((id) => `${id} is reconstructed`).join(", "), to, "");
        // Guidelines that follow each other first, the newest before.
        Object.assign(made, { year: Number(/^\d{4}/.exec(newer)?.[0] || 2010), weight: -0.3 - more / 5 });
      });
  let group = "";
  for (const line of index.tests) {
    const [packed, states, ...parts] = line.split(" ");
    if (!/^\d+(:|$)/.test(parts[0])) group = parts.shift();
    const capability = group.startsWith("-") ? "" : group;
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
    const made = add("test", title, capability, to, names.join(" "));
    const { project, admin } = capabilities.get(capability) || { project: group.slice(1) };
    Object.assign(made, { page: Boolean(id), group: capability, states: index.states[states], project, admin });
    made.detail = [capability, standing(made).text].filter(Boolean).join(", ");
    // Tests with a page of their own first, and those of a capability.
    Object.assign(made, { year: standing(made).year, weight: (id ? 0 : -0.5) - (capability ? 0 : 0.4) });
    if (id) byId.set(id, made);
    for (const name of names) {
      const steps = name.split(".");
      put(byName, name, made);
      put(byMethod, steps.at(-1), made);
      put(byName, steps.slice(-2).join("."), made);
      for (const end of [-1, -2]) put(byGroup, steps.slice(0, end).join("."), made);
    }
  }

  globalThis.interopThings = {
    things, exact, byId, byName, byMethod, byGroup, byAddress, projects, services, guidelines, absent, kinds, order,
    key, words, state, standing,
  };
})();

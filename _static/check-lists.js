/* Compares a list of tests with a guideline, and carries one from a guideline to another: the definitions are in
   analysis/list_comparison.py and carry.py. interopLists and interopPlaces have the data, see site/list_data.py. */
(() => {
  const { UUID, program, tests } = globalThis.interopCheck;
  const ORDER = ["required", "advisory", "deprecated", "removed", "unknown"]; // The strongest status first.
  const OUTCOMES = ["kept", "renamed", "moved", "flagged", "dropped", "unknown", "outside"];
  const FAULTS = ["renamed", "tags", "form", "gone", "unknown"];
  const LINE = /^(\s*)([^\s#]*)(\s*(?:#[^]*)?)$/;
  const ID = new RegExp(`^(?:id-)?(${UUID})$`, "i");
  const WITHIN = new RegExp(`id-(${UUID})`, "i");
  const NAME = /^([\w:-]+(?:\.[\w:-]+)+)(\[[^[\]]*\])?(\([^()]*\))?$/;
  const isCapability = (name) => !name.startsWith("group:");
  const by = (key) => (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);

  /* The lines of a list; `faults` has the numbers of those that name no test. */
  const parse = (text) => {
    const given = text.replace(/^\ufeff/, "").split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
    if (!given.at(-1)) given.pop();
    const faults = [];
    const lines = given.map((whole, at) => {
      const made = { number: at + 1, text: whole, form: "none", name: "", id: "", brackets: "", scenario: "" };
      const [, before, test, after] = LINE.exec(whole) || [];
      Object.assign(made, { before, after });
      if (test === "") return made;
      const [, alone] = ID.exec(test || "") || [];
      if (alone) return Object.assign(made, { form: "id", id: alone.toLowerCase() });
      const id = WITHIN.exec(test || "")?.[1].toLowerCase() || "";
      const [named, name, brackets = "", scenario = ""] = NAME.exec(test || "") || [];
      if (named) return Object.assign(made, { form: brackets ? "full" : "name", name, id, brackets, scenario });
      if (id) return Object.assign(made, { form: "pattern", id });
      faults.push(at + 1);
      return made;
    });
    return { lines, faults };
  };
  const tags = ({ brackets }) => brackets.slice(1, -1).split(",").filter((tag) => tag && !ID.test(tag));

  /* Every test by key, in the order of the guidelines: where it is, under which names, with which statuses. */
  let record = null;
  const build = () => {
    const { keys, names } = tests();
    const [places, guidelines] = [new Map(), new Map()];
    for (const [key, isDraft, isScoring] of globalThis.interopLists.guidelines) {
      const { targets, capabilities, tests: listed, flags, approved } = globalThis.interopPlaces[key];
      const own = listed.map(([at, number, flagged, ...mine]) => {
        const [capability, ...statuses] = capabilities[at];
        const place = { key, test: keys[number], capability, statuses, flagged: Boolean(flagged), names: mine.map((one) => names[number][one]) };
        place.age = `${isScoring ? 0 : 1}${isDraft ? 0 : 1}${key.slice(key.indexOf("/") + 1)}`;
        if (!places.has(place.test)) places.set(place.test, []);
        places.get(place.test).push(place);
        return place;
      });
      const flagsOf = new Map(Object.entries(flags).map(([number, flag]) => [keys[number], flag]));
      guidelines.set(key, { key, isDraft, targets, places: own, flags: flagsOf, approved });
    }
    const single = new Map();
    names.forEach((every, number) => {
      for (const name of every) single.set(name, single.has(name) ? null : keys[number]);
    });
    const today = new Map(Object.entries(globalThis.interopLists.today).map(([number, [name, brackets]]) =>
      [keys[number], { name: names[number][name], line: names[number][name] + brackets }]));
    return { places, guidelines, today, known: [...single].filter(([, key]) => key) };
  };
  const all = () => (record ||= build());
  const isId = (key) => ID.test(key);

  /* The places of a guideline whose capability has a status in a component of the target, by the capability's name. */
  const having = ({ places, targets }, target, status) =>
    places.filter(({ statuses }) => targets[target].some((at) => statuses[at] === status)).sort(by(({ capability }) => capability));
  const required = (guideline, target) => {
    const found = new Map();
    for (const { test, capability, flagged, names } of having(guideline, target, "required")) {
      const one = found.get(test) || { key: test, name: names[0], names: new Set(), capabilities: new Set(), flagged: true };
      for (const name of names) one.names.add(name);
      if (isCapability(capability)) one.capabilities.add(capability);
      one.flagged &&= flagged;
      found.set(test, one);
    }
    const sorted = [...found.values()].sort(by(({ name }) => name));
    return new Map(sorted.map((one) => [one.key, { ...one, capabilities: [...one.capabilities].sort() }]));
  };
  const undecided = (guideline, target, but) =>
    new Set(having(guideline, target, "unknown").map(({ test }) => test).filter((key) => !but.has(key)));
  /* The lines that name a test, each with its key, which is empty if the name is not known; `first` counts first. */
  const keyed = (lines, ...first) => {
    const known = new Map(all().known);
    for (const { places } of first.reverse()) {
      for (const { test, names: [name, ...aliases] } of places) for (const one of [...aliases, name]) known.set(one, test);
    }
    return lines.filter(({ form }) => form !== "none").map((line) => [line, line.id || known.get(line.name) || ""]);
  };

  /* The target of the first guideline whose required tests are most like a list. */
  const closest = (lines, ...guidelines) => {
    const have = new Set(keyed(lines, ...guidelines).map(([, key]) => key));
    const likeness = (target) => {
      const mine = [...required(guidelines[0], target).keys()];
      const both = mine.filter((key) => have.has(key)).length;
      return both / Math.max(mine.length + have.size - both, 1);
    };
    const found = Object.keys(guidelines[0].targets).map((target) => [target, likeness(target)]);
    return found.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  };

  const demand = ({ key, name, capabilities, flagged }) => ({ id: isId(key) ? key : null, name, capabilities, flagged });
  const strongest = (statuses) => ORDER.find((one) => statuses.includes(one)) || null;
  const newest = (places) => places.reduce((best, one) => (one.age > best.age ? one : best));
  const unique = (list) => [...new Set(list)];

  const whatOf = (places, key, guideline, target) => {
    const here = places.filter((place) => place.key === guideline.key);
    const statuses = [];
    for (const place of here) place.statuses.forEach((status, at) => status && (statuses[at] = status));
    const mine = strongest(guideline.targets[target].map((at) => statuses[at]));
    if (mine) return mine === "unknown" ? "not known" : mine;
    if (Object.keys(guideline.targets).some((other) => required(guideline, other).has(key))) return "other target";
    return places.length ? "other guideline" : "unknown";
  };
  const other = (line, key, guideline, target) => {
    const places = all().places.get(key) || [];
    const last = places.length ? newest(places) : null;
    const isRequired = ({ key: at, capability }) => all().guidelines.get(at).places.some((one) => one.capability === capability && one.statuses.includes("required"));
    return {
      line: line.number,
      text: line.text,
      id: isId(key) ? key : null,
      name: last ? last.names[0] : line.name || null,
      what: whatOf(places, key, guideline, target),
      renamed: Boolean(last && line.name && last.names[0] !== line.name),
      last: last && { guideline: last.key, capability: last.capability, status: strongest(last.statuses), flagged: last.flagged },
      required_in: unique(places.filter(isRequired).sort(by(({ age }) => age)).map((place) => place.key)),
      flagged_in: unique(places.filter(({ flagged }) => flagged).map((place) => place.key)),
    };
  };
  const fault = (line, key) => {
    const today = all().today.get(key);
    if (!today) return "gone";
    if (line.form === "id" || line.form === "pattern" || line.after.trim()) return "form";
    if (line.name !== today.name) return "renamed";
    return line.text.trim() === today.line ? "" : "tags";
  };
  const todays = (line, key) => ({ line: line.number, text: line.text, today: all().today.get(key)?.line || null });

  /* The comparison of a list with a guideline as the command's data. */
  const compare = (lines, key, target) => {
    const guideline = all().guidelines.get(key);
    const wanted = required(guideline, target);
    const pairs = keyed(lines, guideline);
    const have = new Set(pairs.map(([line, one]) => one || line.name));
    const missing = [...wanted.values()].filter((one) => !have.has(one.key));
    const isTodays = (line, one) => {
      const [today, mine] = [all().today.get(one), wanted.get(one)];
      return today && mine && today.name === line.name && !mine.names.has(line.name);
    };
    const faults = pairs.map(([line, one]) => [line, one, all().places.has(one) ? fault(line, one) : "unknown"]).filter(([, , what]) => what);
    const outside = (one) => !wanted.has(one);
    return {
      guideline: key,
      target,
      numbers: {
        lines: lines.length,
        tests: have.size,
        both: [...have].filter((one) => wanted.has(one)).length,
        only_guideline: missing.length,
        only_guideline_flagged: missing.filter(({ flagged }) => flagged).length,
        only_list: [...have].filter(outside).length,
        unknown: new Set(pairs.filter(([, one]) => !all().places.has(one)).map(([line, one]) => one || line.name)).size,
        repeated: pairs.length - have.size,
      },
      both: pairs.filter(([, one]) => wanted.has(one)).map(([line, one]) => ({ line: line.number, text: line.text, ...demand(wanted.get(one)) })),
      only_guideline: missing.map(demand),
      only_list: pairs.filter(([, one]) => outside(one)).map(([line, one]) => other(line, one, guideline, target)),
      names_today: pairs.filter(([line, one]) => isTodays(line, one)).map(([line, one]) => todays(line, one)),
      run: {
        date: globalThis.interopLists.date,
        suites: globalThis.interopLists.suites,
        ready: pairs.length - faults.length,
        numbers: Object.fromEntries(FAULTS.map((what) => [what, faults.filter(([, , one]) => one === what).length])),
        lines: faults.map(([line, one, what]) => ({ ...todays(line, one), what })),
      },
    };
  };

  globalThis.interopPlaces = {};
  Object.assign(globalThis.interopCheck, { OUTCOMES, all, closest, compare, demand, isId, keyed, parse, program, required, tags, undecided, unique });
})();

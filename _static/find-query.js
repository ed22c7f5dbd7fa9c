/* Queries of the box with filters: words, and `name:value` or `name:value,value`, such as `project:nova changed:2018.02..2020.06`.
   The grammar is apart from the meaning: `parse` and `ending` know no filter, and `filters` gets what was parsed. */
(() => {
  const TOKEN = /(^|\s)([a-z]+):([a-z0-9][a-z0-9.,/_-]*)(?=\s|$)/gi;

  /* A query as words and filters; what is no filter by its form, such as a line of a log, stays as it is. */
  const parse = (query) => {
    const filters = [];
    const words = query.replace(TOKEN, (_, space, name, values) => {
      filters.push({ name: name.toLowerCase(), values: values.toLowerCase().split(",").filter(Boolean) });
      return space;
    });
    return { words: words.trim().replace(/\s+/g, " "), filters };
  };

  /* The filter at the end of a query, of which a value is still being typed: its name, that value, and what is before it. */
  const ending = (query) => {
    const found = /^(?:(.*)\s)?([a-z]+):((?:[^\s,]+,)*)([^\s,]*)$/is.exec(query.trimStart());
    return found && { name: found[2].toLowerCase(), value: found[4].toLowerCase(), before: `${found[1] ? `${found[1]} ` : ""}${found[2]}:${found[3]}` };
  };

  const STATUSES = { required: "r", advisory: "a", deprecated: "d", removed: "x", unknown: "u" };
  const YES = { yes: true, no: false };
  const plural = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  /* The meaning of filters: `known` filters by name, `mean` of some that were parsed. A thing has `kind`, `project`, `admin`
     and `states`, a letter for each of the `guidelines`. */
  const filters = ({ guidelines, absent, projects, services, state }) => {
    const programs = [...new Set(guidelines.map(({ program }) => program))];
    const named = (value) =>
      guidelines.filter(({ program, id }) => [id, `${program}.${id}`, `${program}/${id}`].includes(value));
    const latest = (program) => guidelines.findLast((one) => one.program === program && one.id !== "next");
    const complete = (program) => guidelines.findLast((one) => one.program === program && one.dated && !one.partial);
    const ids = [...new Set(guidelines.map(({ id }) => id))].sort().reverse();
    const dates = ids.filter((id) => /^\d/.test(id));

    // Each filter: what it is about, its known values, and whether a thing fits `value` in one of the `chosen` guidelines.
    const known = {
      project: {
        about: "capabilities and tests of a project",
        example: "nova",
        values: projects,
        fits: (thing, value) => thing.project === value,
      },
      status: {
        about: `${Object.keys(STATUSES).join(", ")}; in the latest guidelines, unless guideline: names others`,
        example: "required",
        values: Object.keys(STATUSES),
        fits: (thing, value, chosen) => chosen.some((one) => state(thing, one).toLowerCase() === STATUSES[value]),
      },
      flagged: {
        about: "tests that are flagged, or with no, that are not",
        example: "yes",
        values: Object.keys(YES),
        fits: (thing, value, chosen) =>
          thing.kind === "test" &&
          chosen.some((one) => /[a-z]/i.test(state(thing, one)) && /[A-Z]/.test(state(thing, one)) === YES[value]),
      },
      guideline: {
        about: "in the guidelines of that date, or as dns.2020.06 in that of one program",
        example: "2020.06",
        values: ids,
        ok: (value) => named(value).length,
        fits: (thing, value) => named(value).some((one) => state(thing, one) !== "."),
      },
      changed: {
        about: "another status in one guideline than in another",
        example: "2018.02..2020.06",
        values: dates.slice(1).map((older, at) => `${older}..${dates[at]}`),
        right: `two guidelines of a program, such as ${dates[1]}..${dates[0]}`,
        half: (value) => named(value).length > 0,
        ok: (value) => pairs(value).length,
        fits: (thing, value) => pairs(value).some(([a, b]) => state(thing, a) !== state(thing, b)),
      },
      admin: {
        about: "with administrator access, or with no, as a regular user",
        example: "no",
        values: Object.keys(YES),
        fits: (thing, value) => thing.admin === YES[value],
      },
      program: {
        about: "in a guideline of a program",
        example: "dns",
        values: programs,
        fits: (thing, value) => guidelines.some((one) => one.program === value && state(thing, one) !== "."),
      },
      kind: {
        about: "capabilities only, or tests only",
        example: "test",
        values: ["capability", "test"],
        fits: (thing, value) => thing.kind === value,
      },
    };
    /* The guidelines of one program on both sides of `a..b`. */
    const pairs = (value) => {
      const [a, b, more] = value.split("..");
      const sides = [named(a), named(b || "")];
      if (more !== undefined) return [];
      return sides[0].flatMap((one) => sides[1].filter(({ program }) => program === one.program).map((two) => [one, two]));
    };

    /* A filter under its own name and with its own values: a project may be given by its service, and the matrix calls the
       filter admin access. */
    const ACCESS = { administrator: "yes", admin: "yes", regular: "no", user: "no" };
    const canonical = ({ name, values }) => {
      if (name === "access") return { name: "admin", values: values.map((value) => ACCESS[value] || value) };
      if (name === "project" || name === "service") return { name: "project", values: values.map((value) => services.get(value) || value) };
      return { name, values };
    };
    /* The guideline in a value that is known but not archived. */
    const notArchived = (name, value) => {
      const given = name === "guideline" ? [value] : name === "changed" ? value.split("..") : [];
      return given.find((one) => absent.some(({ program, id }) => [id, `${program}.${id}`].includes(one)));
    };

    const isValid = (name, value) => (known[name].ok ? known[name].ok(value) : known[name].values.includes(value));
    const fault = ({ name, values }) => {
      const filter = known[name];
      if (name === "component") return "Only a matrix has the filter component; a project is near to it, such as project:nova.";
      if (!filter) return `There is no filter ${name}: there are ${Object.keys(known).join(", ")}.`;
      const wrong = values.find((value) => !isValid(name, value));
      const unheld = wrong && notArchived(name, wrong);
      if (unheld) return `Guideline ${unheld} is not archived: its capabilities and tests are not known.`;
      return wrong === undefined ? "" : `${name} has no value ${wrong}: ${filter.right || filter.values.join(", ")}.`;
    };
    /* Queries that complete the filter at the end of a query; none if its value is complete, or if another filter is wrong. */
    const completions = (query, parsed) => {
      const end = ending(query);
      if (parsed.slice(0, -1).some(fault)) return [];
      if (!end || !known[end.name] || (end.value && isValid(end.name, end.value))) return [];
      return known[end.name].values.filter((value) => value.startsWith(end.value)).map((value) => end.before + value);
    };

    /* What is to be told of a query that is no filter for want of a character or for one too many, and the query without it. */
    const slip = (query) => {
      const half = ending(query);
      if (half && known[half.name]?.half?.(half.value)) return { note: `${half.name} takes ${known[half.name].right}.`, mended: "" };
      for (const [all, minus, name, blank, value] of query.matchAll(/(?<=^|\s)(-?)([a-z]+):(\s*)([a-z0-9][a-z0-9.,/_-]*)(?=\s|$)/gi)) {
        const [filter, given] = [name.toLowerCase(), value.toLowerCase()];
        if (!(minus || blank) || !known[filter] || !given.split(",").every((one) => isValid(filter, one))) continue;
        const right = `${filter}:${given}`;
        if (minus) return { note: `No filter excludes anything: -${right} is none.`, mended: query.replace(all, "").trim() };
        return { note: `A filter has no blank after its colon: ${right}.`, mended: query.replace(all, right) };
      }
      return { note: "", mended: "" };
    };
    /* Queries with less, for one whose filters nothing meets: several values of one filter as alternatives, then each without
       one of its parts. */
    const wider = ({ words: text, filters: given }) => {
      const written = (some, beside = text) => [beside, ...some.map(({ name, values }) => `${name}:${values.join(",")}`)].filter(Boolean).join(" ");
      const names = [...new Set(given.map(({ name }) => name))];
      const joined = names.map((name) => ({ name, values: given.filter((one) => one.name === name).flatMap(({ values }) => values) }));
      const less = given.length + Boolean(text) > 1 ? given.map((one) => written(given.filter((other) => other !== one))) : [];
      return [...(names.length < given.length ? [written(joined)] : []), ...less, ...(text ? [written(given, "")] : [])];
    };

    /* The guidelines to which status and flagged apply: those given, the newer ones of a change, or the latest of each program. */
    const chosen = (parsed) => {
      const values = (name) => parsed.filter((one) => one.name === name).flatMap((one) => one.values);
      const given = [...values("guideline").flatMap(named), ...values("changed").flatMap(pairs).map(([, b]) => b)];
      const of = values("program");
      if (given.length) return given.filter(({ program }) => !of.length || of.includes(program));
      const every = of.length ? of : programs.filter((name) => name !== "scoring");
      return every.map(latest).filter(Boolean);
    };
    /* Whether nobody knows the status of a thing in a guideline: a reconstructed one may lack what the complete one has. */
    const isOpen = (thing, place) => {
      const [now, older] = [state(thing, place).toLowerCase(), place.partial && complete(place.program)];
      return now === "u" || (now === "." && older && /[a-z]/i.test(state(thing, older)));
    };
    /* Which guidelines were chosen for the reader, of those that have `things`, what of these is not known, and a filter for
       the newest complete guideline. */
    const assumed = (places, things) => {
      const used = places.filter((one) => things.some((thing) => state(thing, one) !== "."));
      const open = things.filter((thing) => used.some((place) => isOpen(thing, place)));
      const number = (kind) => open.filter((thing) => thing.kind === kind).length;
      const unknown = [
        number("capability") && plural(number("capability"), "capability", "capabilities"),
        number("test") && plural(number("test"), "test", "tests"),
      ].filter(Boolean).join(" and ");
      const mark = (id, one) => id + (one.partial ? " (reconstructed)" : "");
      const byId = new Map();
      for (const one of used) byId.set(mark(one.id, one), [...(byId.get(mark(one.id, one)) || []), one.title.replace(/ \S+$/, "")]);
      const titles = [...byId].map(([id, some]) => (some.length > 1 ? `${id} of ${some.join(", ")}` : `${some[0]} ${id}`)).join("; ");
      const older = used.filter(({ partial }) => partial).map(({ program }) => complete(program)).find(Boolean);
      const note = [titles && `Status and flags as in ${titles}.`, unknown && `Not known there: the status of ${unknown}.`];
      return { note: note.filter(Boolean).join(" "), complete: older ? `guideline:${older.id}` : "" };
    };

    /* What filters mean: `faults` to be told, the guidelines `places`, whether a thing `fits`, and what was
       `assumed` for some things: a note, and the filter for the newest complete guideline. */
    const mean = (parsed) => {
      const places = chosen(parsed);
      const apply = (some) => (thing) =>
        thing.states !== undefined &&
        some.every(({ name, values }) => values.some((value) => known[name].fits(thing, value, places)));
      const isOfPlace = ({ name }) => ["status", "flagged"].includes(name);
      const isPlace = ({ name }) => ["guideline", "changed"].includes(name);
      const chose = parsed.some(isOfPlace) && !parsed.some(isPlace);
      const others = apply(parsed.filter((one) => !isOfPlace(one)));
      return {
        faults: parsed.map(fault).filter(Boolean),
        places: parsed.some(isOfPlace) || parsed.some(isPlace) ? places : undefined,
        fits: apply(parsed),
        assumed: (things) => (chose ? assumed(places, things.filter(others)) : { note: "", complete: "" }),
      };
    };
    return { mean, canonical, completions, slip, wider, known, isKnown: ({ name }) => name in known || name === "component" };
  };

  globalThis.interopQuery = { parse, filters };
})();

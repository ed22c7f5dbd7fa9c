/* Queries of the box with filters: words, and `name:value` or `name:value,value`, such as `project:nova changed:2018.02..2020.06`.
   The grammar is apart from the meaning: `parse` knows no filter, and `filters` gets what was parsed. */
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

  const STATUSES = { required: "r", advisory: "a", deprecated: "d", removed: "x", unknown: "u" };
  const YES = { yes: true, no: false };

  /* The meaning of filters for an index, and whether any filter is `known`. A thing has `kind`, `project`, `admin` and `states`, a letter for each guideline. */
  const filters = (index, projects) => {
    const guidelines = index.programs.flatMap(([program, title, ...ids]) => ids.map((id) => ({ program, title, id })));
    const number = (one) => guidelines.indexOf(one);
    const named = (value) =>
      guidelines.filter(({ program, id }) => [id, `${program}.${id}`, `${program}/${id}`].includes(value));
    const latest = (program) => guidelines.findLast((one) => one.program === program && one.id !== "next");
    const ids = [...new Set(guidelines.map(({ id }) => id))].sort().reverse();
    const state = (thing, one) => thing.states[number(one)] || ".";

    // Each filter: its known values, and whether a thing fits `value` in one of the `chosen` guidelines.
    const known = {
      project: { values: projects, fits: (thing, value) => thing.project === value },
      status: {
        values: Object.keys(STATUSES),
        fits: (thing, value, chosen) => chosen.some((one) => state(thing, one).toLowerCase() === STATUSES[value]),
      },
      flagged: {
        values: Object.keys(YES),
        fits: (thing, value, chosen) =>
          thing.kind === "test" &&
          chosen.some((one) => /[a-z]/i.test(state(thing, one)) && /[A-Z]/.test(state(thing, one)) === YES[value]),
      },
      guideline: {
        values: ids,
        ok: (value) => named(value).length,
        fits: (thing, value) => named(value).some((one) => state(thing, one) !== "."),
      },
      changed: {
        example: ids.filter((id) => /^\d/.test(id)).slice(0, 2).reverse().join(".."),
        ok: (value) => pairs(value).length,
        fits: (thing, value) => pairs(value).some(([a, b]) => state(thing, a) !== state(thing, b)),
      },
      admin: { values: Object.keys(YES), fits: (thing, value) => thing.admin === YES[value] },
      program: {
        values: index.programs.map(([name]) => name),
        fits: (thing, value) => guidelines.some((one) => one.program === value && state(thing, one) !== "."),
      },
      kind: { values: ["capability", "test"], fits: (thing, value) => thing.kind === value },
    };
    /* The guidelines of one program on both sides of `a..b`. */
    const pairs = (value) => {
      const [a, b, more] = value.split("..");
      const sides = [named(a), named(b || "")];
      if (more !== undefined) return [];
      return sides[0].flatMap((one) => sides[1].filter(({ program }) => program === one.program).map((two) => [one, two]));
    };

    const fault = ({ name, values }) => {
      const filter = known[name];
      if (!filter) return `There is no filter ${name}: there are ${Object.keys(known).join(", ")}.`;
      const right = filter.example ? `two guidelines of a program, such as ${filter.example}` : filter.values.join(", ");
      const wrong = values.find((value) => !(filter.ok ? filter.ok(value) : filter.values.includes(value)));
      return wrong === undefined ? "" : `${name} has no value ${wrong}: ${right}.`;
    };

    /* The guidelines to which status and flagged apply: those given, the newer ones of a change, or the latest of each program. */
    const chosen = (parsed) => {
      const values = (name) => parsed.filter((one) => one.name === name).flatMap((one) => one.values);
      const given = [...values("guideline").flatMap(named), ...values("changed").flatMap(pairs).map(([, b]) => b)];
      const programs = values("program");
      if (given.length) return given.filter(({ program }) => !programs.length || programs.includes(program));
      const every = programs.length ? programs : index.programs.map(([name]) => name).filter((name) => name !== "scoring");
      return every.map(latest).filter(Boolean);
    };

    /* What filters mean: `faults` to be told, `note` on the guidelines that were chosen for the reader, and `fits`. */
    const mean = (parsed) => {
      const faults = parsed.map(fault).filter(Boolean);
      const places = chosen(parsed);
      const asks = (names) => parsed.some(({ name }) => names.includes(name));
      const assumed = asks(["status", "flagged"]) && !asks(["guideline", "changed"]);
      return {
        faults,
        note: assumed ? `Status and flags as in ${places.map(({ title, id }) => `${title} ${id}`).join(", ")}.` : "",
        fits: (thing) =>
          thing.states !== undefined &&
          parsed.every(({ name, values }) => values.some((value) => known[name].fits(thing, value, places))),
      };
    };
    return { mean, isKnown: ({ name }) => name in known };
  };

  globalThis.interopQuery = { parse, filters };
})();

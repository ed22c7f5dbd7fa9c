/* Finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   The index is that of the site, find-index.js; queries may have filters, see find-query.js. */
(() => {
  const { things, exact, byId, byName, byMethod, byGroup, kinds, order, key, words, standing } = globalThis.interopThings;
  let vocabulary = null;

  /* The tests in the modules with these names, such as of a file test_servers.py. */
  const ofModule = (names) => {
    const inside = [...byName.keys()].filter((name) => names.some((one) => name.includes(`.${one}.`)));
    return inside.length ? new Set(inside.flatMap((name) => [...byName.get(name)])) : null;
  };
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
    if (!having.length && !groups) groups = ofModule(methods);
    const inside = groups ? having.filter((test) => groups.has(test)) : having;
    return [...new Set(inside.length ? inside : groups || [])].sort((a, b) => b.page - a.page);
  };

  /* The query, if it is the full name of a test, and no test or module of a guideline has it. */
  const unnamed = (query) => {
    const name = /^\s*([a-z_]\w*(?:\.\w+){2,}\.test_\w+)(?:\[[^\]]*\])?\s*$/i.exec(query)?.[1];
    const isKnown = (known) => `.${known}`.endsWith(`.${name}`) || `.${known}`.includes(`.${name}.`);
    return name && ![...byName.keys()].some(isKnown) ? name : "";
  };

  /* The comparison of two guidelines, the older first whatever the order in the query; of Powered ones before others. */
  const pair = (query) => {
    const ids = [...new Set(query.toLowerCase().match(/\b\d{4}\.\d\d\b|\bnext\b/g) || [])].sort();
    if (ids.length !== 2) return [];
    const found = things.filter(({ kind, to }) => kind === "comparison" && to.endsWith(`/${ids.join("..")}.html`));
    const others = words(query.replace(/\d{4}\.\d\d|\bnext\b/gi, "")).filter((word) => word.length > 2);
    const mentioned = ({ to, head }) => others.filter((word) => head.includes(` ${word}`) || to.includes(word)).length;
    if (found.length) return found.sort((a, b) => mentioned(b) - mentioned(a));
    return things.filter(({ kind, to }) => kind === "guideline" && ids.some((id) => to.endsWith(`/${id}.html`)));
  };

  /* The ids in a query that no guideline has, archived or not. */
  const noGuideline = (query) => {
    const ids = [...new Set(query.match(/\b20\d\d\.\d\d\b/g) || [])];
    return ids.filter((id) => !things.some(({ kind, title }) => kind === "guideline" && title.includes(` ${id}`)));
  };
  /* The entry for releases after those that the site lists, if the query is the number of one. */
  const later = (query) => {
    const newest = [...exact.keys()].filter((name) => /^20\d\d[12]$/.test(name)).sort().at(-1);
    return /^\s*20\d\d\.[12]\s*$/.test(query) && key(query) > newest ? [...(exact.get("laterreleases") || [])] : [];
  };

  const score = (one, wanted, inside) => {
    let sum = 0;
    for (const word of wanted) {
      if (one.head.includes(` ${word} `)) sum += 4;
      else if (one.kind === "capability" && one.project === word) sum += 4;
      else if (one.head.includes(` ${word}s `)) sum += 3.8;
      else if (one.head.includes(` ${word}`)) sum += 3;
      else if (one.rest.includes(` ${word} `)) sum += 2;
      else if (one.rest.includes(` ${word}`)) sum += 1.5;
      else if (inside && word.length > 2 && one.head.includes(word)) sum += 1;
      else if (inside && word.length > 2 && one.rest.includes(word)) sum += 0.5;
      else return 0;
    }
    const phrase = one.head.includes(` ${wanted.join(" ")}`) ? 1 : 0;
    return sum / wanted.length + phrase + (one.year - 2010) / 20 + one.weight - order.indexOf(one.kind) / 100;
  };
  const sorted = (found) => found.filter(([points]) => points > 0).sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  const ranked = (wanted, inside) => sorted(things.map((one) => [score(one, wanted, inside), one]));
  /* What has some of the words: of as many of them as possible, the rarest. */
  const partly = (wanted) => {
    const having = wanted.filter((word) => word.length > 2).map((word) => ranked([word], false));
    const rare = having.filter(({ length }) => length && length < things.length / 3); // "test" tells nothing.
    const points = new Map();
    for (const found of rare)
      found.forEach((one, at) => points.set(one, (points.get(one) || 0) + 10 + 10 / found.length - at / 10000));
    return sorted([...points].map(([one, sum]) => [sum, one]));
  };
  // Words of questions, which say nothing if there are others.
  const COMMON = new Set(
    (
      "a an and any are at be by can cloud clouds did do does find for from get gives guideline guidelines had has have how i if in is it know me my of on or our " +
      "product products should show support supports tell that the their these this those to us was we what when where which who why will with you your"
    ).split(" "),
  );
  const telling = (text) => {
    const every = words(text);
    const some = every.filter((word) => !COMMON.has(word));
    return some.length ? some : every;
  };

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
      if (word.length < 4 || /^\d+$/.test(word) || vocabulary.some((known) => known.startsWith(word))) return word;
      return vocabulary.find((known) => near(word, known)) || word;
    });
  };

  const { mean, completions, slip, wider, known: filters, isKnown } = globalThis.interopQuery.filters(globalThis.interopThings);
  const asFilters = (query, detail = "") =>
    ({ kind: "filter", title: query, detail, to: `search.html?q=${encodeURIComponent(query)}` });
  /* A question as filters: "what is flagged in 2020.06" is `flagged:yes guideline:2020.06`; and, if nothing else is found
     (`alone`), "nova 2020.06" is `project:nova guideline:2020.06`. */
  const suggested = (query, alone) => {
    const [meant, others] = [[], []];
    const project = (word) => [...(exact.get(key(word)) || [])].find(({ kind }) => kind === "project");
    for (const word of query.toLowerCase().match(/[a-z]+|\d{4}\.\d\d/g) || []) {
      if (word === "flagged" || word === "flags") meant.push("flagged:yes");
      else if (filters.status.values.includes(word)) meant.push(`status:${word}`);
      else if (/\d/.test(word) && filters.guideline.values.includes(word)) meant.push(`guideline:${word}`);
      else if (project(word)) meant.push(`project:${project(word).title}`);
      else if (word === "tests" || word === "capabilities") meant.push(`kind:${word === "tests" ? "test" : "capability"}`);
      else if (!COMMON.has(word)) others.push(word);
    }
    const has = (names) => meant.some((one) => names.includes(one.split(":")[0]));
    const asks = has(["status", "flagged"]) || (alone && has(["project"]) && !others.length);
    const different = [...new Set(meant)];
    return asks && different.length > 1 ? [asFilters(different.join(" "))] : [];
  };
  /* For a query whose filters nothing meets: what to change in it, each change with the number of its results. */
  const instead = (parsed) => {
    const queries = wider(parsed).map((query) => [query, filtered(query, globalThis.interopQuery.parse(query), true).results.length]);
    const results = queries.filter(([, number]) => number).map(([query, number]) => asFilters(query, `${number} result${number === 1 ? "" : "s"}`));
    const without = results.length ? " With a part of them:" : "";
    return { certain: [], results, note: `Nothing meets all of this at once.${without}` };
  };
  /* What a query with filters finds: capabilities and tests that fit them all, ordered by the words if there are any. */
  const filtered = (query, parsed, counted = false) => {
    const { words: text, filters: given } = parsed;
    const { faults, fits, places, assumed } = mean(given);
    if (faults.length) return { certain: [], results: [], note: faults.join(" ") };
    const wanted = words(text);
    const found = wanted.length ? ranked(wanted, true) : things;
    const fitting = found.filter(given.length ? fits : () => true);
    if (counted) return { results: fitting };
    if (!fitting.length) return instead(parsed);
    // The detail tells the status in the guidelines that are asked for.
    const told = (one) => {
      const about = [one.kind === "test" ? one.detail : one.project, standing(one, places).text];
      return { ...one, detail: about.filter(Boolean).join(", ") };
    };
    const { note, complete } = assumed(found);
    const better = complete ? [asFilters(`${query.trim()} ${complete}`, "the newest complete guideline")] : [];
    return { certain: [], results: [...better, ...fitting.map(places ? told : (one) => one)], note };
  };

  /* What a query finds: ``certain`` are exact matches, ``results`` all with those first, ``note`` what is to be told. */
  const find = (text) => {
    const parsed = globalThis.interopQuery.parse(text);
    const completed = completions(text, parsed.filters).map((one) => asFilters(one));
    const { note: slipped, mended } = slip(text);
    const others = mean(parsed.filters.slice(0, -1)).faults; // All faults are told at once.
    if (completed.length || (slipped && !others.length)) return { certain: [], results: mended ? [asFilters(mended)] : completed, note: slipped };
    // A line of a log may have what looks like filters.
    if (parsed.filters.some(isKnown) || (parsed.filters.length && !named(text).length)) return filtered(text, parsed);
    const query = text.trim().replace(/\.json\b/, "");
    const id = /(?:^|[^0-9a-f])([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})(?![0-9a-f])/i.exec(query)?.[1];
    const known = id && byId.get(id.toLowerCase().replaceAll("-", ""));
    if (known) return { certain: [known], results: [known], note: "" };
    const start = /^(?:id-)?(?=.*\d)([0-9a-f-]{6,})$/i.exec(query)?.[1].toLowerCase().replaceAll("-", "");
    const started = start && !id ? [...byId.keys()].filter((one) => one.startsWith(start)).map((one) => byId.get(one)) : [];
    if (started.length) return { certain: started, results: started, note: "" };
    // A kind before an exact name says no more than the name.
    const without = /^(?:clause|code|release|guideline|capability)\s+(.+)$/i.exec(query)?.[1];
    const rest = id ? query.replace(id, "") : without && exact.has(key(without)) ? without : query;
    const tests = named(rest);
    const unknown = id ? "" : unnamed(rest);
    const similarly = tests.length ? " Similar names:" : "";
    const note = id ? `No guideline has a test with the id ${id}.` : unknown && `No guideline has a test named ${unknown}.${similarly}`;
    if (unknown && tests.length) return { certain: [], results: tests, note };
    const absent = id || tests.length ? [] : noGuideline(rest);
    if (absent.length) {
      const left = words(absent.reduce((text, one) => text.replaceAll(one, " "), rest));
      const others = left.length ? ranked(left, false) : [];
      return { certain: [], results: [...new Set([...pair(rest), ...others])], note: `There is no guideline ${absent.join(" or ")}.` };
    }
    const certain = tests.length ? tests : [...(exact.get(key(rest)) || [...pair(rest), ...later(rest)])];
    if (id || tests.length) return { certain, results: certain, note };
    const wanted = telling(rest);
    if (!wanted.length) return { certain: [], results: [], note };
    let found = ranked(wanted, false);
    if (!found.length && !certain.length) found = ranked(wanted, true);
    const asked = certain.length ? [] : suggested(rest, !found.length);
    if (found.length || certain.length) return { certain, results: [...new Set([...certain, ...asked, ...found])], note };
    const meant = corrected(wanted);
    const similar = meant.join(" ") === wanted.join(" ") ? [] : ranked(meant, false);
    if (similar.length) return { certain, results: similar, note: note || `Nothing found; shown for “${meant.join(" ")}”.` };
    const some = asked.length ? [] : partly(wanted);
    return { certain, results: [...asked, ...some], note: note || (some.length ? "Nothing has all these words; shown is what has some." : "") };
  };

  /* Examples of all filters, each with what it is about. */
  const help = Object.entries(filters).map(([name, { example, about }]) => [`${name}:${example}`, about]);
  globalThis.interopFind = { find, kinds, help };
})();

/* Finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   The index is that of the site, find-index.js; queries may have filters, see find-query.js; names of tests and spellings
   are in find-names.js, what words find in find-words.js. */
(() => {
  const { things, exact, byId, kinds, key, words, standing, absent } = globalThis.interopThings;
  const { named, unnamed, located, dated, nearest, corrected, called } = globalThis.interopNames;
  const { ranked, partly, mentioned, parted, merged, ofKind, without, telling, COMMON, ASKING, KINDS } = globalThis.interopWords;

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

  const { mean, canonical, completions, slip, wider, known: filters, isKnown } = globalThis.interopQuery.filters(globalThis.interopThings);
  const parsed = (query) => {
    const { words: text, filters: given } = globalThis.interopQuery.parse(query);
    return { words: text, filters: given.map(canonical) };
  };
  const asFilters = (query, detail = "") =>
    ({ kind: "filter", title: query, detail, to: `search.html?q=${encodeURIComponent(query)}` });
  const counted = (found) => {
    const [capabilities, tests] = [ofKind(found, "capability").length, ofKind(found, "test").length];
    const texts = [[capabilities, "capability", "capabilities"], [tests, "test", "tests"]];
    return texts.filter(([number]) => number).map(([number, one, many]) => `${number} ${number === 1 ? one : many}`).join(" and ") || "none";
  };

  const newest = filters.guideline.values.filter((id) => /^\d/.test(id));
  // Words of a question that are filters, and those that only say that a list is wanted.
  const AS_FILTER = { flagged: "flagged:yes", flags: "flagged:yes", unflagged: "flagged:no", test: "kind:test", tests: "kind:test", capability: "kind:capability", capabilities: "kind:capability",
    require: "status:required", requires: "status:required", admin: "admin:yes", administrator: "admin:yes", administrators: "admin:yes" };
  const LISTING = new Set("all every list lists must pass".split(" "));
  /* A question as filters: "what is flagged in 2020.06" is `flagged:yes guideline:2020.06`; what is no filter remains a word if
     nothing has been `found`. "nova 2020.06" is a question too, unless it finds something else than capabilities and tests. */
  const suggested = (query, found, certain) => {
    const [meant, others] = [new Set(), []];
    const named = (word, of) => [...(exact.get(key(word)) || [])].find(({ kind }) => kind === of);
    /* The newest archived guideline of a release. */
    const covering = (word) => named(word, "release")?.detail.match(/20\d\d\.\d\d/g)?.findLast((id) => newest.includes(id));
    for (const word of words(query)) {
      if (AS_FILTER[word]) meant.add(AS_FILTER[word]);
      else if (filters.status.values.includes(word)) meant.add(`status:${word}`);
      else if (/\d/.test(word) && filters.guideline.values.includes(word)) meant.add(`guideline:${word}`);
      else if (named(word, "project")) meant.add(`project:${named(word, "project").title}`);
      else if (covering(word)) meant.add(`guideline:${covering(word)}`);
      else if (!COMMON.has(word) && !LISTING.has(word)) others.push(word);
    }
    const asks = /status|flagged|admin/.test([...meant].join());
    const alone = !others.length && meant.size > 1 && /project|guideline/.test([...meant].join()) && ofKind(found, "test", "capability").length === found.length;
    if (asks ? others.length && (found.length || certain.length) : !alone || certain.length) return null;
    return { words: others.join(" "), text: [...others, ...meant].join(" ") };
  };
  /* For a query whose filters nothing meets: what to change in it, each change with the number of its results. */
  const instead = (text, given) => {
    const isPlaced = given.filters.some(({ name }) => name === "guideline" || name === "changed");
    const inside = (id) => meeting({ ...given, filters: [...given.filters, { name: "guideline", values: [id] }] }).length;
    const chosen = isPlaced ? "" : newest.find(inside);
    const results = [...(chosen ? [`${text} guideline:${chosen}`] : []), ...wider(given)]
      .map((query) => [query, meeting(parsed(query))])
      .filter(([, found]) => found.length)
      .map(([query, found]) => asFilters(query, counted(found)));
    const note = `Nothing meets all of this ${chosen ? "in the latest guidelines" : "at once"}.`;
    return { certain: [], results, note: note + (results.length ? chosen ? " Earlier:" : " With a part of them:" : "") };
  };
  /* For filters that do not exist or have no such values: what may be meant. */
  const meantBy = ({ words: text, filters: given }) => {
    const places = absent.filter(({ program, id }) =>
      given.some(({ name, values }) => name === "guideline" && values.some((one) => [id, `${program}.${id}`].includes(one))));
    if (places.length) return places.map(({ thing }) => thing);
    const near = (one, known) => (known.includes(one) ? one : nearest(one, known) || one);
    const mended = given.map(({ name, values }) => {
      const right = near(name, Object.keys(filters));
      return { name: right, values: values.map((one) => near(one, filters[right]?.values || [])) };
    });
    const query = [...mended.map(({ name, values }) => `${name}:${values.join(",")}`), text].join(" ").trim();
    if (!mean(mended).faults.length) return [asFilters(query, counted(meeting(parsed(query))))];
    const strange = given.filter(({ name }) => !filters[name]).flatMap(({ values }) => values);
    return strange.length ? lookup([...strange, text].join(" ").trim()).results : [];
  };
  let last = {}; // What the same words found for other filters.
  /* The capabilities and tests that have the words and fit the filters. */
  const meeting = ({ words: text, filters: given }) => {
    if (text !== last.text) last = { text, found: text ? ranked(telling(words(text)), true) : things };
    return last.found.filter(given.length ? mean(given).fits : () => true);
  };
  /* What a query with filters finds: capabilities and tests that fit them all, ordered by the words if there are any. */
  const filtered = (query, given) => {
    const { faults, places, assumed } = mean(given.filters);
    if (faults.length) return { certain: [], results: meantBy(given), note: faults.join(" ") };
    const fitting = meeting(given);
    if (!fitting.length) return instead(query.trim(), given);
    // The detail tells the status in the guidelines that are asked for.
    const told = (one) => {
      const found = standing(one, places);
      const about = [one.kind === "test" ? one.group : one.project, found.text];
      return { ...one, detail: about.filter(Boolean).join(", "), standing: found };
    };
    const { note, complete } = assumed(meeting({ words: given.words, filters: [] }));
    const better = complete ? [asFilters(`${query.trim()} ${complete}`, "the newest complete guideline")] : [];
    return { certain: [], results: [...better, ...fitting.map(places ? told : (one) => one)], note };
  };
  /* What to add to the results for a query that asks for filters: a line for them, their results and a note. */
  const asked = (query, found, certain) => {
    const [sure] = ofKind(certain, "project");
    const meant = sure ? { words: "", text: `project:${sure.title} kind:test` } : suggested(query, found, certain);
    if (!meant) return null;
    const { text } = meant;
    if (meant.words && !meeting(parsed(text)).length) {
      const less = lookup(meant.words);
      return less.partial || !less.results.length ? null : { lines: [], ...less, note: `Nothing meets ${text}; shown is what has the words.` };
    }
    const { results, note } = filtered(text, parsed(text));
    const fitting = results.filter(({ kind }) => kind !== "filter");
    if (sure && !fitting.length) return null;
    // What has no results is replaced by something like it.
    const lines = fitting.length ? [asFilters(text, counted(fitting))] : results.splice(0, certain.length ? 1 : results.length);
    return { lines, results, note };
  };

  /* Whether what was found for a project is about it: no test of another, and nothing that only begins like its name. */
  const belongs = ({ kind, head, rest, project }, name, wanted) =>
    project === name || (kind !== "test" && [name, ...wanted].some((word) => `${head}${rest}`.includes(` ${word} `)));

  /* What words find. */
  const lookup = (text, given = words(text), correct = true) => {
    const plain = given.filter((word) => !ASKING.has(word));
    const bare = [plain, plain.filter((word) => !KINDS.has(word))].map((some) => some.join(" ")).find((some) => exact.has(key(some))) || "";
    const [whole, bared] = [exact.get(key(text)), exact.get(key(bare))];
    const named = whole || (pair(text).length && pair(text)) || (later(text).length && later(text));
    const certain = [...(named || bared || [])];
    const wanted = telling(named || !bared ? given : words(bare));
    if (!wanted.length) return { certain: [], results: [], note: "" };
    const project = certain.find(({ kind }) => kind === "project");
    let all = ranked(project && wanted.length > 1 ? words(text) : wanted, false, given);
    if (project) all = [...new Set([...all, ...ranked([project.title])])].filter((one) => belongs(one, project.title, wanted));
    if (/^\s*test_\S*$/.test(text)) all = ofKind(all, "test", "capability");
    const [found, common] = project ? [all, []] : parted(all, certain.length);
    const others = called(wanted);
    if (!all.length && !certain.length && others.join() !== wanted.join()) {
      const other = lookup(others.join(" "));
      if (!other.partial) return { ...other, note: `Shown for “${others.join(" ")}”.` };
    }
    const question = asked(text, found, certain);
    const more = common.length && ofKind(common, "test").length ? [asFilters(`${wanted.join(" ")} kind:test`, counted(ofKind(common, "test")))] : [];
    if (certain.length)
      return { certain, results: [...certain, ...(question ? question.lines : []), ...without(found, certain), ...more], common, note: "" };
    if (question) {
      const rest = found.filter(({ kind }) => kind !== "test" && kind !== "capability");
      return { certain, results: [...question.lines, ...question.results, ...rest], note: question.note };
    }
    const exactly = mentioned(wanted.filter((word) => !LISTING.has(word) && word !== "test"));
    if (found.length) {
      // Several terms of the glossary, such as in "cutoff score", are better than what has all their words.
      const terms = exactly.length > 1 && ofKind(exactly, "term").length === exactly.length ? exactly : [];
      const beside = found.length < 8 ? exactly : [];
      return { certain, results: [...new Set([...terms, ...found, ...beside, ...more])], common, note: "" };
    }
    const inside = ranked(wanted, true);
    if (inside.length) return { certain, results: inside, note: "" };
    for (const meant of correct ? corrected(text, wanted) : []) {
      const other = lookup(meant, words(meant), false);
      if (other.results.length && !other.partial) return { ...other, certain, note: `Nothing found; shown for “${meant}”.` };
    }
    const first = ofKind(exactly, "guideline", "release", "code", "clause");
    const some = [...new Set([...first, ...partly(wanted), ...exactly])];
    return { certain, results: some, partial: true, note: some.length ? "Nothing has all these words; shown is what has some." : "" };
  };

  /* What a query finds: `certain` are exact matches, `results` all with those first, `note` what is to be told, and `common`
     tests and the like that are left out, since most of them have the words. */
  const find = (text) => {
    const { certain, results, common = [], note } = query(text);
    return { certain, results: merged(results), common, note };
  };
  const query = (text) => {
    const given = parsed(text);
    const completed = completions(text, given.filters).map((one) => asFilters(one));
    const { note: slipped, mended } = slip(text);
    const others = mean(given.filters.slice(0, -1)).faults; // All faults are told at once.
    if (completed.length || (slipped && !others.length)) return { certain: [], results: mended ? [asFilters(mended)] : completed, note: slipped };
    // A line of a log may have what looks like filters, and so may a URL.
    if (given.filters.some(isKnown) || (given.filters.length && !named(text).length && !located(text.trim()))) return filtered(text, given);
    const trimmed = dated(text.trim());
    const id = /(?:^|[^0-9a-f])([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})(?![0-9a-f])/i.exec(trimmed)?.[1];
    const known = id && byId.get(id.toLowerCase().replaceAll("-", ""));
    if (known) return { certain: [known], results: [known], note: "" };
    const start = /^(?:id-)?(?=.*\d)([0-9a-f-]{6,})$/i.exec(trimmed)?.[1].toLowerCase().replaceAll("-", "");
    const started = start && !id ? [...byId.keys()].filter((one) => one.startsWith(start)).map((one) => byId.get(one)) : [];
    if (started.length) return { certain: started, results: started, note: "" };
    const rest = id ? trimmed.replace(id, "") : trimmed.replace(/\.json\b/, "");
    const tests = named(rest);
    const unknown = id ? "" : unnamed(rest);
    const similarly = tests.length ? " Similar names:" : "";
    const note = id ? `No guideline has a test with the id ${id}.` : unknown && `No guideline has a test named ${unknown}.${similarly}`;
    if (unknown && tests.length) return { certain: [], results: tests, note };
    if (id || tests.length) return { certain: tests, results: tests, note };
    const place = exact.has(key(rest)) ? null : located(trimmed);
    if (place?.found) return { certain: [place.found], results: [place.found], note };
    if (place) return query(place.query);
    const missing = noGuideline(rest);
    if (missing.length) {
      const left = words(missing.reduce((kept, one) => kept.replaceAll(one, " "), rest));
      const beside = left.length ? ranked(left) : [];
      return { certain: [], results: [...new Set([...pair(rest), ...beside])], note: `There is no guideline ${missing.join(" or ")}.` };
    }
    const found = lookup(rest);
    return { ...found, note: note || found.note };
  };

  /* Examples of all filters, each with what it is about. */
  const help = Object.entries(filters).map(([name, { example, about }]) => [`${name}:${example}`, about]);
  globalThis.interopFind = { find, kinds, help };
})();

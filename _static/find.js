/* Finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   The index is that of the site, find-index.js; queries may have filters, see find-query.js; names of tests and spellings
   are those of find-names.js. */
(() => {
  const { things, exact, byId, kinds, order, key, words, standing, absent } = globalThis.interopThings;
  const { named, unnamed, located, dated, nearest, corrected, called } = globalThis.interopNames;
  const sizes = new Map();
  for (const { kind } of things) sizes.set(kind, (sizes.get(kind) || 0) + 1);

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

  /* Points of a thing that has all words: 4 for a word of its title, down to 0.5 for a part of one of its other words. `all` are
     the words of the whole query: of two titles with the same telling words, that with more of the others is better. */
  const score = (one, wanted, inside, all) => {
    let sum = 0;
    for (const word of wanted) {
      if (one.head.includes(` ${word} `) || one.project === word) sum += 4;
      else if (one.head.includes(` ${word}s `)) sum += 3.8;
      else if (one.head.includes(` ${word}`)) sum += 3;
      else if (one.rest.includes(` ${word} `)) sum += 2;
      else if (one.rest.includes(` ${word}`)) sum += 1.5;
      else if (inside && word.length > 2 && one.head.includes(word)) sum += 1;
      else if (inside && word.length > 2 && one.rest.includes(word)) sum += 0.5;
      else return 0;
    }
    const phrase = one.head.includes(` ${wanted.join(" ")}`) ? 1 : 0;
    const others = all.filter((word) => word.length > 2 && !wanted.includes(word) && one.head.includes(` ${word} `)).length;
    return sum / wanted.length + phrase + others / 3 + (one.year - 2010) / 20 + one.weight - order.indexOf(one.kind) / 100;
  };
  const sorted = (found) => found.filter(([points]) => points > 0).sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  const ranked = (wanted, inside = false, all = []) => sorted(things.map((one) => [score(one, wanted, inside, all), one]));
  const ofKind = (found, ...names) => found.filter(({ kind }) => names.includes(kind));
  const without = (found, others) => found.filter((one) => !others.includes(one));

  /* What has some of the words: of as many of them as possible, the rarest. */
  const partly = (wanted) => {
    const having = wanted.filter((word) => word.length > 2).map((word) => ranked([word]));
    const rare = having.filter(({ length }) => length && length < things.length / 3); // "test" tells nothing.
    const points = new Map();
    for (const found of rare)
      found.forEach((one, at) => points.set(one, (points.get(one) || 0) + 10 + 10 / found.length - at / 10000));
    const most = Math.max(...points.values());
    return sorted([...points].filter(([, sum]) => sum > 0.7 * most).map(([one, sum]) => [sum, one]));
  };
  /* Exact names in some of the words, the longest first: "cutoff score" has two terms. */
  const mentioned = (wanted) => {
    const [found, used] = [[], new Set()];
    for (let length = wanted.length - 1; length; length--)
      for (let from = 0; from + length <= wanted.length; from++) {
        const part = wanted.slice(from, from + length);
        if (part.some((_, at) => used.has(from + at)) || !exact.has(key(part.join(" ")))) continue;
        part.forEach((_, at) => used.add(from + at));
        found.push(...exact.get(key(part.join(" "))));
      }
    return found;
  };
  /* Without the tests and the like if most have the words and something else has them too; `common` are those. */
  const parted = (found, sure) => {
    const common = ["test", "capability", "comparison", "clause"].flatMap((kind) => {
      const some = ofKind(found, kind);
      return some.length > sizes.get(kind) / 3 ? some : [];
    });
    const left = without(found, common);
    return left.length || sure ? [left, common] : [found, []];
  };
  /* Clauses that several documents have under one title are one result. */
  const merged = (found) => {
    const first = new Map();
    const also = new Map();
    const left = found.filter((one) => {
      const name = one.kind === "clause" && one.detail ? `${one.id} ${one.detail}` : one;
      if (!first.has(name)) return first.set(name, one);
      also.set(first.get(name), [...(also.get(first.get(name)) || []), one.document]);
      return false;
    });
    return left.map((one) => (also.has(one) ? { ...one, detail: `${one.detail} (also in ${also.get(one).join(", ")})` } : one));
  };

  const set = (text) => new Set(text.split(" "));
  // Words of questions, and the names of kinds: they say nothing if the others are a name.
  const ASKING = set(
    "a about an and any are at be between by can cover covered covers covering did do does find for from get give gives had happened happens has have how i if in " +
      "is it its know me meaning means my new of on openstack or our please release releases s show t tell that the their these this those to under us vs was we were what when where " +
      "which who whose why will with you your",
  );
  const KINDS = set(
    "called capability clause code component criterion document glossary guideline guidelines id name named page process program project projects rule section service term version",
  );
  // These say little beside others.
  const COMMON = new Set([...ASKING, ..."cloud clouds guideline guidelines product products should support supports".split(" ")]);
  const telling = (every, common = COMMON) => {
    const some = every.filter((word) => !common.has(word));
    return some.length ? some : every;
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

  // Words of a question that are filters, and those that only say that a list is wanted.
  const AS_FILTER = { flagged: "flagged:yes", flags: "flagged:yes", unflagged: "flagged:no", tests: "kind:test", capabilities: "kind:capability",
    admin: "admin:yes", administrator: "admin:yes", administrators: "admin:yes" };
  const LISTING = set("all every list lists test capability must pass");
  /* A question as filters: "what is flagged in 2020.06" is `flagged:yes guideline:2020.06`; what is no filter remains a word if
     nothing has been `found`. "nova 2020.06" is a question too, unless it finds something else than capabilities and tests. */
  const suggested = (query, found, certain) => {
    const [meant, others] = [new Set(), []];
    const project = (word) => [...(exact.get(word) || [])].find(({ kind }) => kind === "project");
    for (const word of words(query)) {
      if (AS_FILTER[word]) meant.add(AS_FILTER[word]);
      else if (filters.status.values.includes(word)) meant.add(`status:${word}`);
      else if (/\d/.test(word) && filters.guideline.values.includes(word)) meant.add(`guideline:${word}`);
      else if (project(word)) meant.add(`project:${project(word).title}`);
      else if (!COMMON.has(word) && !LISTING.has(word)) others.push(word);
    }
    const asks = /status|flagged|admin/.test([...meant].join());
    const alone = !others.length && meant.size > 1 && ofKind(found, "test", "capability").length === found.length;
    if (asks ? others.length && (found.length || certain.length) : !alone || certain.length) return "";
    return [...others, ...meant].join(" ");
  };
  /* For a query whose filters nothing meets: what to change in it, each change with the number of its results. */
  const instead = (given) => {
    const results = wider(given)
      .map((query) => [query, meeting(parsed(query))])
      .filter(([, found]) => found.length)
      .map(([query, found]) => asFilters(query, counted(found)));
    return { certain: [], results, note: `Nothing meets all of this at once.${results.length ? " With a part of them:" : ""}` };
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
  /* The capabilities and tests that have the words and fit the filters. */
  const meeting = ({ words: text, filters: given }) => {
    const wanted = telling(words(text));
    const found = wanted.length ? ranked(wanted, true) : things;
    return found.filter(given.length ? mean(given).fits : () => true);
  };
  /* What a query with filters finds: capabilities and tests that fit them all, ordered by the words if there are any. */
  const filtered = (query, given) => {
    const { faults, places, assumed } = mean(given.filters);
    if (faults.length) return { certain: [], results: meantBy(given), note: faults.join(" ") };
    const fitting = meeting(given);
    if (!fitting.length) return instead(given);
    // The detail tells the status in the guidelines that are asked for.
    const told = (one) => {
      const { text, place } = standing(one, places);
      const about = [one.kind === "test" ? one.group : one.project, text];
      return { ...one, detail: about.filter(Boolean).join(", "), standing: { text, place } };
    };
    const { note, complete } = assumed(meeting({ words: given.words, filters: [] }));
    const better = complete ? [asFilters(`${query.trim()} ${complete}`, "the newest complete guideline")] : [];
    return { certain: [], results: [...better, ...fitting.map(places ? told : (one) => one)], note };
  };
  /* What to add to the results for a query that asks for filters: a line for them, their results and a note. */
  const asked = (query, found, certain) => {
    const [sure] = ofKind(certain, "project");
    const text = sure ? `project:${sure.title} kind:test` : suggested(query, found, certain);
    if (!text) return null;
    const { results, note } = filtered(text, parsed(text));
    const fitting = results.filter(({ kind }) => kind !== "filter");
    if (sure && !fitting.length) return null;
    return { line: asFilters(text, counted(fitting)), results, note };
  };

  /* What words find. */
  const lookup = (text, given = words(text)) => {
    const bare = given.filter((word) => !ASKING.has(word) && !KINDS.has(word)).join(" ");
    const [whole, bared] = [exact.get(key(text)), exact.get(key(bare))];
    const named = whole || (pair(text).length && pair(text)) || (later(text).length && later(text));
    const certain = [...(named || bared || [])];
    const wanted = telling(named || !bared ? given : words(bare));
    if (!wanted.length) return { certain: [], results: [], note: "" };
    const project = certain.find(({ kind }) => kind === "project");
    let all = ranked(project && wanted.length > 1 ? words(text) : wanted, false, given);
    if (project) all = [...new Set([...all, ...ranked([project.title])])].filter((one) => one.kind !== "test" || one.project === project.title);
    const [found, common] = project ? [all, []] : parted(all, certain.length);
    const others = called(wanted);
    if (!all.length && !certain.length && others.join() !== wanted.join())
      return { ...lookup(others.join(" ")), note: `Shown for “${others.join(" ")}”.` };
    const question = asked(text, found, certain);
    const more = common.length && ofKind(common, "test").length ? [asFilters(`${wanted.join(" ")} kind:test`, counted(ofKind(common, "test")))] : [];
    if (certain.length)
      return { certain, results: [...certain, ...(question ? [question.line] : []), ...without(found, certain), ...more], common, note: "" };
    if (question) {
      const rest = found.filter(({ kind }) => kind !== "test" && kind !== "capability");
      return { certain, results: [question.line, ...question.results, ...rest], note: question.note };
    }
    const exactly = mentioned(wanted);
    if (found.length) return { certain, results: [...found, ...(found.length < 8 ? without(exactly, found) : []), ...more], common, note: "" };
    const inside = ranked(wanted, true);
    if (inside.length) return { certain, results: inside, note: "" };
    const meant = corrected(text, wanted);
    if (meant.join(" ") !== wanted.join(" ")) {
      const { results, common: most } = lookup(meant.join(" "));
      if (results.length) return { certain, results, common: most, note: `Nothing found; shown for “${meant.join(" ")}”.` };
    }
    const first = ofKind(exactly, "guideline", "release", "code", "clause");
    const some = [...new Set([...first, ...partly(wanted), ...exactly])];
    return { certain, results: some, note: some.length ? "Nothing has all these words; shown is what has some." : "" };
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

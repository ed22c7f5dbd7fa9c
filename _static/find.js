/* Finds anything: guidelines, pairs of them, releases, projects, capabilities, tests, clauses, codes, terms.
   The index is find-index.js; filters are in find-query.js, words that mean some in find-meanings.js, names of tests and
   spellings in find-names.js, guidelines and releases in find-places.js, what words find in find-words.js. */
(() => {
  const { things, exact, byId, kinds, key, words, standing, absent } = globalThis.interopThings;
  const { named, beginning, unnamed, unlisted, located, nearest, corrected, called } = globalThis.interopNames;
  const { dated, placed, uncovered, requiring, pair, special, noGuideline, later } = globalThis.interopPlaces;
  const { ranked, stem, partly, mentioned, parted, merged, ofKind, without, telling, COMMON, ASKING, KINDS } = globalThis.interopWords;

  const { mean, canonical, completions, slip, wider, known: filters, isKnown } = globalThis.interopUnderstood;
  const { meanings, ofProject, LISTING } = globalThis.interopMeanings;
  const parsed = (query) => {
    const { words: text, filters: given } = globalThis.interopQuery.parse(query);
    return { words: text, filters: given.map(canonical) };
  };
  const asFilters = (query, detail = "") =>
    ({ kind: "filter", title: query, detail, to: `search.html?q=${encodeURIComponent(query)}` });
  const counted = (found) => {
    const [capabilities, tests] = [ofKind(found, "capability").length, ofKind(found, "test").length];
    const texts = [[capabilities, "capability", "capabilities"], [tests, "test", "tests"]];
    const told = texts.filter(([number]) => number).map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
    return told.join(" and ") || "none";
  };

  const FEW = 8; // Results, beside which there is room for what they mention.
  const newest = filters.guideline.values.filter((id) => /^\d/.test(id));
  /* A question as filters: "what is flagged in 2020.06" is `flagged:yes guideline:2020.06`; what is no filter remains a word if
     nothing has been `found`. "nova 2020.06" is a question too, unless it finds something else than capabilities and tests. */
  const suggested = (query, found, certain) => {
    if (/\btest_/i.test(query)) return null; // It is the name of a test.
    const { meant, others } = meanings(query);
    const has = (names) => names.test(meant.join());
    const asks = has(/status|flagged|admin/);
    const isOfKinds = ofKind(found, "test", "capability").length === found.length;
    const alone = !others.length && meant.length > 1 && has(/project|guideline/) && isOfKinds;
    if (asks ? others.length && (found.length || certain.length) : !alone || certain.length) return null;
    return { words: others.join(" "), text: [...others, ...meant].join(" ") };
  };
  /* A query with filters, of whose words those that mean filters are such too: "flagged project:nova". As it is, if no
     capability or test meets it then. */
  const absorbed = (text, given) => {
    const { meant, others } = /\btest_/i.test(given.words) ? { meant: [] } : meanings(given.words);
    if (!meant.length) return [text, given];
    const written = given.filters.map(({ name, values }) => `${name}:${values.join(",")}`);
    const full = [...others, ...written, ...meant].join(" ");
    const other = parsed(full);
    return mean(other.filters).faults.length || !meeting(other).length ? [text, given] : [full, other];
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
    const changes = given.filters.filter(({ name }) => name === "changed").flatMap(({ values }) => values);
    if (changes.length && given.filters.length === 1 && !given.words) {
      const compared = changes.flatMap((value) => pair(value.replace("..", " ").replace(/([a-z-]+)\.(?=\d)/g, "$1 ")).slice(0, 1));
      return { certain: [], results: compared, note: "No status of a capability or test differs." };
    }
    const open = text.replace(/\bstatus:\S+/, "status:unknown");
    const unknown = open === text ? [] : meeting(parsed(open));
    if (!chosen && unknown.length) {
      const told = unknown.length === 1 ? "The status of 1 is" : `The statuses of ${unknown.length} are`;
      return { certain: [], results: [asFilters(open, counted(unknown)), ...results], note: `Nothing is known to meet this. ${told} not known.` };
    }
    const note = `Nothing meets all of this ${chosen ? "in the latest guidelines" : "at once"}.`;
    const told = results.length ? `${note} ${chosen ? "Earlier:" : "With a part of them:"}` : note;
    return { certain: [], results, note: told, isEarlier: Boolean(chosen) };
  };
  /* For filters that do not exist or have no such values: what may be meant. */
  const meantBy = ({ words: text, filters: given }) => {
    const places = absent.filter(({ program, id }) =>
      given.some(({ name, values }) =>
        /guideline|changed/.test(name) && values.flatMap((one) => one.split("..")).some((one) => [id, `${program}.${id}`].includes(one))));
    if (places.length) return places.map(({ thing }) => thing);
    const near = (one, known) => (known.includes(one) ? one : nearest(one, known) || one);
    const mended = given.map(({ name, values }) => {
      const right = near(name, Object.keys(filters));
      return { name: right, values: values.map((one) => near(one, filters[right]?.values || [])) };
    });
    const query = [...mended.map(({ name, values }) => `${name}:${values.join(",")}`), text].join(" ").trim();
    if (!mean(mended).faults.length) return [asFilters(query, counted(meeting(parsed(query))))];
    // The value of an unknown filter counts only if it is a name.
    const others = given.filter(({ name }) => !filters[name]).flatMap(({ values }) => values);
    const strange = others.filter((one) => exact.has(key(one)));
    return strange.length || text ? lookup([...strange, text].join(" ").trim()).results : [];
  };
  let last = {}; // What the same words found for other filters.
  /* The capabilities and tests that have the words and fit the filters. */
  const meeting = ({ words: text, filters: given }) => {
    if (text !== last.text) last = { text, found: text ? ranked(telling(words(text)), true) : things };
    return last.found.filter(given.length ? mean(given).fits : () => true);
  };
  const RANK = ["required", "advisory", "deprecated", "status not known", "removed"];
  /* Required first; of the same status, the newest first. */
  const byStatus = (one) => {
    const { status, year } = one.standing || standing(one);
    return (RANK.indexOf(status) + 1 || RANK.length + 1) - year / 10000;
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
    const narrowed = `${query.trim()} ${complete}`;
    const there = complete ? meeting(parsed(narrowed)) : [];
    const better = there.length ? [asFilters(narrowed, `${counted(there)}, the newest complete guideline`)] : [];
    const shown = fitting.map(places ? told : (one) => one);
    if (!given.words) shown.sort((a, b) => byStatus(a) - byStatus(b));
    return { certain: [], results: [...better, ...shown], note };
  };
  /* What to add to the results for a query that asks for filters: a line for them, their results and a note. */
  const asked = (query, found, certain) => {
    const [sure] = ofKind(certain, "project");
    const meant = sure ? { words: "", text: `project:${sure.title} kind:test` } : suggested(query, found, certain);
    if (!meant) return null;
    const { text } = meant;
    if (meant.words && !meeting(parsed(text)).length) {
      const less = lookup(meant.words);
      const instead = filtered(text, parsed(text));
      if (instead.isEarlier && !less.partial) return { lines: instead.results, results: less.results, note: instead.note };
      const note = `Nothing meets ${text}; shown is what has the words.`;
      return less.partial || !less.results.length ? null : { lines: [], results: less.results, note };
    }
    const { results, note } = filtered(text, parsed(text));
    const fitting = results.filter(({ kind }) => kind !== "filter");
    if (sure && !fitting.length) return null;
    // What has no results is replaced by something like it.
    // A component has more than the project whose service has its name.
    const component = requiring(`${query} must`).filter(({ kind }) => kind === "component").slice(0, 1);
    const line = fitting.length ? [...component, ...ofProject(parsed(text)), asFilters(text, counted(fitting))] : [];
    const lines = line.length ? line : results.splice(0, certain.length ? 1 : results.length);
    return { lines, results, note };
  };

  /* Whether what was found for a project is about it: no test of another, and nothing that only begins like its name. */
  const belongs = ({ kind, head, rest, project }, name, wanted) =>
    project === name || (kind !== "test" && [name, ...wanted].some((word) => `${head}${rest}`.includes(` ${word} `)));

  /* What a query names exactly, as a whole or without the words that only ask, and the words that then are looked for. */
  const exactly = (text, given) => {
    const plain = given.filter((word) => !ASKING.has(word));
    const full = given.filter((word) => word === "openstack" || !ASKING.has(word)); // It is a part of a name too.
    const shorter = [full, plain, plain.filter((word) => !KINDS.has(word))].map((some) => some.join(" "));
    const bare = shorter.find((some) => exact.has(key(some))) || "";
    const whole = [exact.get(key(text)), pair(text), later(text)].find((some) => some && [...some].length);
    if (whole || bare) {
      const certain = [...(whole || exact.get(key(bare)))];
      return { certain, wanted: telling(whole ? given : words(bare)) };
    }
    // A name with hyphens is one among other words too, and so is a term of which the meaning is asked for.
    const names = ofKind((text.match(/\w+(?:-\w+)+/g) || []).flatMap((name) => [...(exact.get(key(name)) || [])]), "capability", "test");
    if (names.length) return { certain: names, wanted: words(names[0].title) };
    const asked = /\b(mean|means|meaning|definition|define)\b|^\W*what (is|are)\b/i.test(text) ? telling(given) : [];
    const isAsked = ({ kind, head }) => kind === "term" && asked.every((word) => head.includes(` ${word} `));
    return { certain: asked.length ? things.filter(isAsked) : [], wanted: telling(given) };
  };
  /* What has all words, and what is left out of it: see `parted`. */
  const withAll = (text, given, wanted, certain) => {
    const [project] = ofKind(certain, "project");
    const all = ranked(project ? given : wanted, false, given);
    if (project) {
      const every = [...new Set([...all, ...ranked(wanted, false, given), ...ranked([project.title])])];
      return [every.filter((one) => belongs(one, project.title, wanted)), []];
    }
    return parted(/^\s*test_\S*$/.test(text) ? ofKind(all, "test", "capability") : all, certain.length > 0);
  };
  /* The tests whose methods have two of three words, `test` apart. */
  const alike = (found, wanted) => {
    const telling = wanted.filter((word) => word !== "test");
    const number = ({ title }) => telling.filter((word) => words(title.split(".").at(-1)).includes(word)).length;
    return ofKind(found, "test").filter((one) => number(one) > 1 && number(one) >= (telling.length * 2) / 3);
  };
  /* What is found if nothing has all words as they are: parts of words, other spellings, or what has some of the words. */
  const otherwise = (text, wanted, named, correct) => {
    const inside = ranked(wanted, true);
    const same = inside.length ? inside : ranked(wanted.map(stem));
    if (same.length) return { certain: [], results: same, note: "" };
    const isTest = /^\s*test_\w+\s*$/i.test(text);
    const others = (correct ? corrected(text, wanted) : [])
      .map((meant) => ({ ...lookup(meant, words(meant), false), certain: [], note: `${isTest ? "No test has this name" : "Nothing found"}; shown for “${meant}”.` }))
      .filter(({ results }) => results.length);
    const whole = others.find(({ partial }) => !partial);
    if (whole) return whole;
    const first = ofKind(named, "guideline", "release", "code", "clause");
    const parts = partly(wanted);
    // Of the name of a test, one or two words say nothing.
    if (isTest) return { certain: [], results: alike(parts, wanted), partial: true, note: "No test has this name." };
    const some = [...new Set([...first, ...parts, ...named])];
    if (!some.length && others.length) return others[0];
    const note = some.length ? "Nothing has all these words; shown is what has some." : "";
    return { certain: [], results: some, partial: true, note };
  };
  /* What words find. */
  const lookup = (text, given = words(text), correct = true) => {
    const { certain, wanted } = exactly(text, given);
    if (!wanted.length) return { certain, results: [], note: "" };
    const [found, common] = withAll(text, given, wanted, certain);
    const others = called(wanted).join(" ");
    if (!found.length && !certain.length && others !== wanted.join(" ")) {
      const other = lookup(others);
      if (!other.partial) return { ...other, note: `Shown for “${others}”.` };
    }
    const question = asked(text, found, certain);
    const tests = ofKind(common, "test");
    const more = tests.length ? [asFilters(`${wanted.join(" ")} kind:test`, counted(tests))] : [];
    if (certain.length) {
      const others = without(found, certain);
      const of = new Set(ofKind(certain, "capability").map(({ title }) => title));
      const own = ofKind(others, "test").filter(({ group }) => of.has(group));
      const results = [...certain, ...(question ? question.lines : []), ...own, ...without(others, own), ...more];
      return { certain, results, common, note: "" };
    }
    const rest = without(found, ofKind(found, "test", "capability"));
    if (question) return { certain, results: [...question.lines, ...question.results, ...rest], note: question.note };
    const named = mentioned(wanted.filter((word) => !LISTING.has(word) && word !== "test"));
    if (!found.length) return otherwise(text, wanted, named, correct);
    // Several terms of the glossary, such as in "cutoff score", are better than what has all their words.
    const terms = named.length > 1 && ofKind(named, "term").length === named.length ? named : [];
    const beside = found.length < FEW ? named : [];
    return { certain, results: [...new Set([...terms, ...found, ...beside, ...more])], common, note: "" };
  };

  /* What a query finds: `certain` are exact matches, `results` all with those first, `note` what is to be told, and `common`
     tests and the like that are left out, since most of them have the words. */
  const find = (text) => {
    const { certain, results, common = [], note, partial = false } = query(text);
    return { certain, results: merged(results), common, note, partial };
  };
  const query = (text) => {
    const given = parsed(text);
    const completed = completions(text, given.filters).map((one) => asFilters(one));
    const { note, mended } = slip(text);
    const others = mean(given.filters.slice(0, -1)).faults; // All faults are told at once.
    if (completed.length || (note && !others.length))
      return { certain: [], results: mended ? [asFilters(mended)] : completed, note };
    // A line of a log may have what looks like filters, and so may a URL.
    const isText = () => named(text).length || located(text.trim());
    if (given.filters.some(isKnown) || (given.filters.length && !isText())) return filtered(...absorbed(text, given));
    return unfiltered(dated(text.trim().replace(/['’]s\b/g, "")));
  };
  const UUID = /(?:^|[^0-9a-f])([0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12})(?![0-9a-f])/i;
  /* The tests with an id, or the beginning of one. */
  const withId = (text, id) => {
    const start = (id || /^(?:id-)?(?=.*\d)([0-9a-f-]{6,})$/i.exec(text)?.[1] || "").toLowerCase().replaceAll("-", "");
    return start ? [...byId.keys()].filter((one) => one.startsWith(start)).map((one) => byId.get(one)) : [];
  };
  const unfiltered = (text) => {
    const id = UUID.exec(text)?.[1];
    const started = withId(text, id);
    if (started.length) return { certain: started, results: started, note: "" };
    const rest = id ? text.replace(id, "") : text.replace(/\.json\b/, "");
    const tests = named(rest);
    const odd = id || /^id-(\S+)$/i.exec(text)?.[1];
    if (odd) return { certain: tests, results: tests, note: `No guideline has a test with the id ${odd}.` };
    const begun = beginning(rest);
    if (begun.length) return { certain: [], results: begun, note: "" };
    const unknown = unnamed(rest);
    // Without a class before it, the last part may be a module too.
    const note = unknown && `No guideline has a test ${/\.[A-Z]\w*\.test_/.test(unknown) ? "" : "or module "}named ${unknown}.`;
    if (unknown && tests.length) {
      const near = nearest(unknown.split(".").at(-1), tests.map(({ title }) => title.split(".").at(-1)), true);
      const first = tests.filter(({ title }) => near && title.endsWith(`.${near}`));
      return { certain: [], results: [...first, ...without(tests, first)], note: `${note} Similar names:` };
    }
    if (tests.length || unknown) return { certain: tests, results: tests, note };
    const other = unlisted(rest);
    if (other) return { certain: [], results: other.tests, note: `No guideline has tests of ${other.name}; shown is ${other.within}.` };
    const place = exact.has(key(rest)) ? null : located(text);
    if (place?.found) return { certain: [place.found], results: [place.found], note: "" };
    if (place) return query(place.query);
    const missing = noGuideline(rest);
    if (missing.length) {
      const left = words(missing.reduce((kept, one) => kept.replaceAll(one, " "), rest));
      const results = [...new Set([...pair(rest), ...(left.length ? ranked(left) : [])])];
      return { certain: [], results, note: `There is no guideline ${missing.join(" or ")}.` };
    }
    const gap = uncovered(rest);
    if (gap && !exact.has(key(rest)) && !lookup(rest).certain.length) return gap;
    const about = placed(rest);
    const answer = special(about) || lookup(about);
    return about === rest ? answer : { ...answer, note: answer.note || `Shown for “${about}”.` };
  };

  /* Examples of all filters, each with what it is about. */
  const help = Object.entries(filters).map(([name, { example, about }]) => [`${name}:${example}`, about]);
  globalThis.interopFind = { find, kinds, help };
})();

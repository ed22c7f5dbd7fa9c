/* Names of tests and guidelines in what is typed or pasted, URLs, and words that are spelled or called otherwise. */
(() => {
  const { things, byName, byMethod, byGroup, byAddress, exact, guidelines, absent, key, words } = globalThis.interopThings;

  /* The tests in a package, such as tempest.api.compute. */
  const ofPackage = (name) => {
    const inside = [...byName.keys()].filter((one) => one.startsWith(`${name}.`));
    return inside.length ? new Set(inside.flatMap((one) => [...byName.get(one)])) : null;
  };
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
      if (steps.length > 2 && !byName.has(token)) groups ||= ofPackage(token);
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

  /* The query, if it is the full name of a module or class that no guideline has, and the known package with most of its parts. */
  const unlisted = (query) => {
    const name = /^\s*([a-z_]\w*(?:\.[a-z_]\w*){2,})\s*$/i.exec(query)?.[1];
    const steps = name ? name.split(".") : [];
    for (let length = steps.length - 1; length > 1; length--) {
      const tests = ofPackage(steps.slice(0, length).join("."));
      if (tests) return { name, within: steps.slice(0, length).join("."), tests: [...tests] };
    }
    return null;
  };

  /* What a URL or a path of this site, of RefStack or of the repository leads to: the thing with this URL, or else the last
     part that is a name, as a query. */
  const PATH = /^(?:https?:\/\/(?:www\.)?([^/.\s]+)[^/\s]*)?\/*((?:[^/\s]+\/)*[^/\s]*)$/i;
  const FOLDERS = /^(?:[cgt]|capabilities|tests|guidelines|diff|sections|matrix|process|schema|api|adopters)\//i;
  const unescaped = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };
  const located = (query) => {
    const [, host, path] = PATH.exec(query) || [];
    if (path === undefined || !(/^https?:\/\//i.test(query) || /\.(html|json)\b/i.test(path) || FOLDERS.test(path))) return null;
    const bare = unescaped(path).replace(/\.(html|json)(?=[#?]|$)/i, "").replace(/(^|\/)index(?=[#?]|$)/, "$1");
    for (const address of [bare, bare.replace(/[#?].*/, "")]) {
      const steps = address.replace(/\/$/, "/index").split("/");
      for (let at = 0; at < steps.length; at++) {
        const found = byAddress.get(steps.slice(at).join("/"));
        if (found) return { found };
      }
    }
    const parts = bare.split(/[/#?=&]+/).filter(Boolean).reverse();
    return { query: parts.find((part) => exact.has(key(part))) || parts[0] || host || "" };
  };

  /* A query in which the dates of guidelines are written as the site does: 2020-06 and 2020.6 are 2020.06. */
  const dated = (query) =>
    query.replace(/(?<![\w.-])(20\d\d)[-/.](\d{1,2})(?![\w-]|\.\d)/g, (all, year, month) => {
      const id = `${year}.${month.padStart(2, "0")}`;
      return [...guidelines, ...absent].some((one) => one.id === id) ? id : all;
    });

  /* The newest archived guideline that covers a release, if a word is one. */
  const covering = (word) => {
    const release = [...(exact.get(key(word)) || [])].find(({ kind }) => kind === "release");
    const isArchived = (id) => guidelines.some((one) => one.id === id);
    return release?.detail.match(/20\d\d\.\d\d/g)?.findLast(isArchived);
  };
  /* A query about a component in a release, such as "Zed compute", as one about the guideline that covers the release. */
  const released = (query) => {
    const release = words(query).find(covering);
    if (!release) return query;
    const other = query.toLowerCase().replace(release, covering(release));
    return requiring(`${other} must`).length ? other : query;
  };

  /* The guidelines with which a question compares another: "changes since 2018.02" with the newest complete one and the newest,
     "new in 2020.06" with the one before. */
  const beside = (query, id) => {
    const powered = guidelines.filter((one) => one.program === "powered" && one.dated);
    const later = [powered.findLast(({ partial }) => !partial), powered.at(-1)].filter((one) => one?.id > id);
    const earlier = powered.findLast((one) => one.id < id);
    if (/\b(since|after|compare)\b/i.test(query)) return [...new Set(later.map((one) => one.id))];
    return earlier && /\b(changed|changes|change|new|differences?)\b/i.test(query) ? [earlier.id] : [];
  };
  /* The comparisons of two guidelines, the older first whatever the order in the query; of Powered ones before others. */
  const pair = (query) => {
    const given = [...new Set(query.toLowerCase().match(/\b\d{4}\.\d\d\b|\bnext\b/g) || [])];
    const pairs = given.length === 1 ? beside(query, given[0]).map((id) => [given[0], id].sort()) : [[...given].sort()];
    if (!pairs.length || pairs[0].length !== 2) return [];
    const ends = pairs.map((ids) => `/${ids.join("..")}.html`);
    const found = things.filter(({ kind, to }) => kind === "comparison" && ends.some((end) => to.endsWith(end)));
    const ids = pairs.flat();
    const others = words(query.replace(/\d{4}\.\d\d|\bnext\b/gi, "")).filter((word) => word.length > 2);
    const mentioned = ({ to, head }) => others.filter((word) => head.includes(` ${word}`) || to.includes(word)).length;
    if (found.length) return found.sort((a, b) => mentioned(b) - mentioned(a));
    return things.filter(({ kind, to }) => kind === "guideline" && ids.some((id) => to.endsWith(`/${id}.html`)));
  };

  /* Components and programs whose requirements a question asks for, such as "what must compute pass", the newest first. */
  const requiring = (query) => {
    const ids = query.match(/\b20\d\d\.\d\d\b/g) || [];
    const { COMMON } = globalThis.interopWords;
    const left = words(query).filter((word) => !COMMON.has(word) && !ids.includes(word));
    const name = left.filter((word) => !/^(must|pass|require[sd]?|capabilit(y|ies)|tests?)$/.test(word));
    if (!name.length || !left.some((word) => /^(must|require[sd]?)$/.test(word))) return [];
    // A component may be called by one of its words, as storage. Guidelines of other programs have one component.
    const isNamed = (title) => name.every((word) => words(title.split(", ").at(-1)).includes(word));
    const isPlace = ({ kind, title }) =>
      kind === "component" || (kind === "guideline" && guidelines.some((one) => one.title === title && one.program !== "powered"));
    return things.filter((one) =>
      isPlace(one) && isNamed(one.title) && !/ next\b/.test(one.title) && (!ids.length || ids.some((id) => one.title.includes(id))));
  };
  /* The newest guidelines of OpenStack Powered: the latest, and the latest complete one. */
  const latest = () => {
    const powered = guidelines.filter(({ program, dated }) => program === "powered" && dated);
    const some = [powered.at(-1), powered.findLast(({ partial }) => !partial)];
    return [...new Set(some)].flatMap((one) => (one ? [byAddress.get(`guidelines/powered/${one.id}`)] : []));
  };
  /* What is answered otherwise than by words: the latest guidelines, requirements of components, two guidelines without a
     comparison, clauses and codes that do not exist, and single letters. */
  const special = (query) => {
    const answer = (results, note = "", certain = []) => ({ certain, results, note });
    if (/^\W*(the )?(latest|newest|current|most recent)( powered)?( guidelines?)?\W*$/i.test(query)) {
      const page = byAddress.get("guidelines/index");
      return answer([...latest(), ...(page ? [page] : [])]);
    }
    if (key(query).length === 1) {
      const found = [...(exact.get(key(query)) || [])];
      return answer(found, "", found);
    }
    const [, id] = /^\W*(?:clause |section |code )?([a-z]\d[\d.]*)\W*$/i.exec(query) || [];
    if (id && !exact.has(key(id))) {
      const of = (kind) => things.some((one) => one.kind === kind && one.title.split(" ").at(-1)[0] === id[0].toUpperCase());
      const above = [...(exact.get(key(id.replace(/\.[^.]*$/, ""))) || [])].filter(({ kind }) => kind === "clause");
      if (/^.\d{3,}$/.test(id) && of("code")) return answer([], `There is no code ${id}.`);
      if (of("clause")) return answer(above, `There is no clause ${id}.`);
    }
    const ids = [...new Set(query.match(/\b20\d\d\.\d\d\b/g) || [])];
    const gone = ids.filter((one) => absent.some((place) => place.id === one));
    const both = ids.length === 2 && gone.length ? pair(query) : [];
    if (both.length && both[0].kind !== "comparison")
      return answer(both, `There is no comparison: ${gone.join(" and ")} ${gone.length > 1 ? "are" : "is"} not archived.`);
    const required = requiring(query);
    return required.length ? answer(required) : null;
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

  /* Other words for what the site has, old names of projects included. */
  const CALLED = new Map(
    Object.entries({
      server: "vm vms instance instances machine machines",
      "servers create": "boot launch spawn",
      container: "bucket buckets",
      object: "blob blobs file files",
      volume: "disk disks",
      keypair: "ssh",
      project: "tenant tenants",
      storage: "store",
      latest: "newest recent",
      versions: "version",
      differences: "diff difference",
      downloads: "download csv",
      results: "result",
      run: "subunit junit stestr",
      correct: "contact bug bugs mistake error wrong",
      trademark: "logo brand license licence certification certified",
      neutron: "quantum",
      sahara: "savanna",
      ceilometer: "metering",
    }).flatMap(([known, others]) => others.split(" ").map((other) => [other, known])),
  );

  /* The number of edits that make a word equal to a known one, or to the beginning of it: a letter added, left out, replaced,
     or two exchanged. More than `most` are not counted. */
  let [before, last, now] = [[], [], []];
  const edits = (word, full, most, whole) => {
    const known = full.slice(0, word.length + most); // Longer beginnings would have more edits.
    for (let at = 0; at <= known.length + 1; at++) last[at] = at <= most ? at : Infinity;
    let least = 0;
    for (let row = 1; row <= word.length; row++) {
      const [start, end] = [Math.max(1, row - most), Math.min(known.length, row + most)];
      now[start - 1] = row <= most ? row : Infinity;
      now[end + 1] = Infinity;
      const earlier = least;
      least = now[start - 1];
      for (let at = start; at <= end; at++) {
        const [a, b] = [word[row - 1], known[at - 1]];
        let cost = Math.min(last[at - 1] + (a !== b), last[at] + 1, now[at - 1] + 1);
        if (a !== b && row > 1 && a === known[at - 2] && b === word[row - 2]) cost = Math.min(cost, before[at - 2] + 1);
        now[at] = cost;
        least = Math.min(least, cost);
      }
      if (least > most && earlier > most) return Infinity;
      [before, last, now] = [last, now, before];
    }
    return whole ? last[known.length] : Math.min(...last.slice(Math.max(0, word.length - most), known.length + 1));
  };
  /* Whether the longer of two words has all letters of the other. */
  const contains = (a, b) => {
    const [few, many] = a.length < b.length ? [a, [...b]] : [b, [...a]];
    return [...few].every((letter) => many.includes(letter) && many.splice(many.indexOf(letter), 1));
  };
  /* The known word that is meant by one: with the fewest edits, and of those the nearest in length. Words of six letters may
     have two edits, but below eight none that replace a letter, or much else would be meant. */
  const nearest = (word, known, whole = false) => {
    if (word.length < 5 || /^\d/.test(word)) return "";
    const most = word.length < 6 ? 1 : 2;
    let [best, least, off] = ["", most + 1, Infinity];
    for (const one of known) {
      const longer = one.length - word.length;
      if (longer < -most || (whole && longer > most)) continue;
      // Two edits do not change the first letter.
      const number = edits(word, one, one[0] === word[0] ? Math.min(most, least) : 1, whole);
      if (number === 2 && word.length < 8 && (longer < -1 || !contains(word, one.slice(0, word.length + 2)))) continue;
      const isNearer = number === least && Math.abs(longer) < off;
      if (number < least || isNearer) [best, least, off] = [one, number, Math.abs(longer)];
    }
    return least <= most ? best : "";
  };

  let [vocabulary, names] = [null, null];
  /* A query with known spellings: word by word, and if it is the whole name of a test or class, as such. */
  const corrected = (query, wanted) => {
    const every = () => new Set([...things.flatMap(({ head, rest }) => words(head + rest)), ...CALLED.keys()]);
    vocabulary ||= [...every()].filter((one) => one.length > 3);
    names ||= [...new Set([...byName.keys()].flatMap((name) => name.split(".").slice(-2)))].map((name) => name.toLowerCase());
    const single = wanted.map((word) => {
      if (/^\d+$/.test(word) || vocabulary.some((known) => known.startsWith(word))) return word;
      return nearest(word, vocabulary) || word;
    });
    const joined = query.includes("_") && nearest(query.trim().toLowerCase(), names, true);
    const meant = [single.join(" "), ...(joined ? [joined.replaceAll("_", " ")] : [])];
    return meant.filter((text) => text !== wanted.join(" "));
  };
  const called = (wanted) => wanted.map((word) => CALLED.get(word) || word);

  globalThis.interopNames = { 
    named, unnamed, unlisted, located, dated, released, covering, pair, special, noGuideline, later, nearest, corrected, called,
  };
})();

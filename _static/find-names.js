/* Names of tests in what is typed or pasted, URLs, and words that are spelled or called otherwise. */
(() => {
  const { things, byName, byMethod, byGroup, byAddress, exact, key, words } = globalThis.interopThings;

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
    // What may be the beginning of a name is one, be it the name of a module too.
    const isBegun = /^\s*test_\w+\s*$/.test(query) && [...byMethod.keys()].some((method) => method.startsWith(methods[0]));
    if (!having.length && !groups && !isBegun) groups = ofModule(methods);
    const inside = groups ? having.filter((test) => groups.has(test)) : having;
    return [...new Set(inside.length ? inside : groups || [])].sort((a, b) => b.page - a.page);
  };

  /* The tests whose names begin with the query, if it is no whole name or package but may be the beginning of one. */
  const beginning = (query) => {
    const name = /^\s*([a-z_]\w*(?:\.\w+)+)\s*$/i.exec(query)?.[1];
    if (!name || byName.has(name) || ofPackage(name)) return [];
    const begun = [...byName.keys()].filter((one) => one.startsWith(name));
    return [...new Set(begun.flatMap((one) => [...byName.get(one)]))];
  };

  /* The query, if it is the full name of a test, and no test or module of a guideline has it. */
  const unnamed = (query) => {
    const name = /^\s*([a-z_]\w*(?:\.\w+)+\.test_\w+)(?:\[[^\]]*\])?\s*$/i.exec(query)?.[1];
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
      // Two edits do not change the first letter, and one does not in a word of five.
      if (one[0] !== word[0] && word.length < 6) continue;
      const number = edits(word, one, one[0] === word[0] ? Math.min(most, least) : 1, whole);
      if (number === 2 && word.length < 8 && (longer < -1 || !contains(word, one.slice(0, word.length + 2)))) continue;
      const isNearer = number === least && Math.abs(longer) < off;
      if (number < least || isNearer) [best, least, off] = [one, number, Math.abs(longer)];
    }
    return least <= most ? best : "";
  };

  let [known, vocabulary, names] = [null, null, null];
  /* A query with known spellings: word by word, and if it is the whole name of a test or class, as such. */
  const corrected = (query, wanted) => {
    const every = () => new Set([...things.flatMap(({ head, rest }) => words(head + rest)), ...CALLED.keys()]);
    known ||= [...every()];
    vocabulary ||= known.filter((one) => one.length > 3);
    names ||= [...new Set([...byName.keys()].flatMap((name) => name.split(".").slice(-2)))].map((name) => name.toLowerCase());
    const single = wanted.map((word) => {
      if (/^\d+$/.test(word) || known.some((one) => one.startsWith(word))) return word;
      return nearest(word, vocabulary);
    });
    const joined = query.includes("_") && nearest(query.trim().toLowerCase(), names, true);
    // If another word is not known either, it is chance that one is like another.
    const meant = [...(single.every(Boolean) ? [single.join(" ")] : []), ...(joined ? [joined.replaceAll("_", " ")] : [])];
    return meant.filter((text) => text !== wanted.join(" "));
  };
  const called = (wanted) => [...new Set(wanted.map((word) => CALLED.get(word) || word))];

  globalThis.interopNames = { named, beginning, unnamed, unlisted, located, nearest, corrected, called };
})();

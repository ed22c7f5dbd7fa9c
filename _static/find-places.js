/* Guidelines, releases and comparisons that a query names or asks for, and what does not exist. */
(() => {
  const { things, byAddress, exact, services, guidelines, absent, key, words } = globalThis.interopThings;
  const { COMMON } = globalThis.interopWords;
  const ABOUT_LATEST = /^\W*(the )?(latest|newest|current|most recent)( complete)?( powered)?( guidelines?)?\W*$/i;

  /* A query in which the dates of guidelines are written as the site does: 2020-06 and 2020.6 are 2020.06. */
  const dated = (query) =>
    query.replace(/(?<![\w.-])(20\d\d)[-/.](\d{1,2})(?![\w-]|\.\d)/g, (all, year, month) => {
      const id = `${year}.${month.padStart(2, "0")}`;
      return [...guidelines, ...absent].some((one) => one.id === id) ? id : all;
    });

  const releaseOf = (word) => [...(exact.get(key(word)) || [])].find(({ kind }) => kind === "release");
  /* The known guidelines that cover a release, if a word is one. */
  const coveredBy = (word) => /^guidelines (.*)/.exec(releaseOf(word)?.detail)?.[1].match(/20\d\d\.\d\d/g) || [];
  /* The newest archived one of these. */
  const covering = (word) => coveredBy(word).findLast((id) => guidelines.some((one) => one.id === id));
  /* What is to be told of a release in a query that no archived guideline covers; null if there is none. */
  const uncovered = (query) => {
    const word = words(query).find((one) => releaseOf(one) && !covering(one));
    if (!word) return null;
    const [release, ids] = [releaseOf(word), coveredBy(word)];
    const known = ids.map((id) => byAddress.get(`guidelines/powered/${id}`)).filter(Boolean);
    const note = ids.length ? `The guidelines that cover ${release.title} are not archived.` : `No known guideline covers ${release.title}.`;
    return { certain: [], results: [release, ...known, ...(ids.length ? [] : latest())], note };
  };
  /* The newest guideline of the program whose name is in a query; without one, of OpenStack Powered. */
  const newest = (query) => {
    const given = words(query);
    const isNamed = ({ title, id }) => words(title.replace(id, "")).every((word) => given.includes(word));
    const dated = guidelines.filter((one) => one.dated);
    return dated.findLast(isNamed) || dated.findLast(({ program }) => program === "powered");
  };
  /* A query with guidelines in place of releases and of "latest", if that makes it one about a component or a program, such as
     "Zed compute" or "DNS latest", or one about a comparison, such as "Queens to Train" or "since Train". */
  const LATEST = /\b(latest|newest|most recent)\b/i;
  const placed = (query) => {
    if (ABOUT_LATEST.test(query)) return query;
    const releases = words(query).filter(covering);
    if (releases.length > 1 && new Set(releases.map(covering)).size === 1) return query;
    let other = query.replace(LATEST, () => newest(query)?.id);
    for (const release of releases) other = other.replace(new RegExp(`(?<![\\w.])${release.replace(".", "\\.")}(?![\\w])`, "i"), covering(release));
    if (other === query) return query;
    const isGuideline = LATEST.test(query) && exact.has(key(other));
    return isGuideline || requiring(`${other} must`).length || pair(other)[0]?.kind === "comparison" ? other : query;
  };

  /* The guidelines with which a question compares another: "changes since 2018.02" with the newest complete one and the newest,
     "new in 2020.06" with the one before. */
  const beside = (query, id) => {
    const powered = guidelines.filter((one) => one.program === "powered" && one.dated);
    const later = [powered.findLast(({ partial }) => !partial), powered.at(-1)].filter((one) => one?.id > id);
    const earlier = powered.findLast((one) => one.id < id);
    if (/\b(since|after|compare)\b/i.test(query)) return [...new Set(later.map((one) => one.id))];
    const isChange = /\b(changed|changes|change|new|newly|added|dropped|no longer|differences?)\b|\btests?\b.*\bremoved\b|\bremoved\b.*\btests?\b/i;
    return earlier && isChange.test(query) ? [earlier.id] : [];
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
    // A project may stand for the program of its service.
    const titles = others.map((word) => [word, ...words([...services].find(([, project]) => project === word)?.[0] || "")]);
    const mentioned = ({ to, head }) => titles.filter((some) => some.some((word) => head.includes(` ${word}`) || to.includes(word))).length;
    if (found.length) return found.sort((a, b) => mentioned(b) - mentioned(a));
    return things.filter(({ kind, to }) => kind === "guideline" && ids.some((id) => to.endsWith(`/${id}.html`)));
  };

  /* Components and programs whose requirements a question asks for, such as "what must compute pass", the newest first. */
  const requiring = (query) => {
    const ids = query.match(/\b20\d\d\.\d\d\b/g) || [];
    const left = words(query).filter((word) => !COMMON.has(word) && !/^(r[au]ns?|running)$/.test(word) && !ids.includes(word));
    const name = left.filter((word) => !/^(must|pass|require[sd]?|flags?|flagged|capabilit(y|ies)|tests?)$/.test(word));
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
  /* What a query leads to while it is typed: comparisons for "what changed since" with no date or the beginning of one, and
     guidelines for the beginning of a date. */
  const CHANGED = /^\W*(?:what )?(?:has )?(?:changed|changes?)(?: since)?\s*(20[\d.]{0,4})?\W*$/i;
  const DATE = /^\s*(20\d{0,2}\.?\d?)\s*$/;
  const begun = (query) => {
    const changed = CHANGED.exec(query);
    const start = (changed || DATE.exec(query) || [])[1] || "";
    const dates = guidelines.filter(({ dated, id }) => dated && id.startsWith(start)).sort((a, b) => b.id.localeCompare(a.id));
    const [powered, others] = [true, false].map((is) => dates.filter(({ program }) => (program === "powered") === is));
    if (changed && powered.length)
      return [byAddress.get("diff/index"), ...powered.flatMap(({ id }) => pair(`since ${id}`).slice(0, 1))];
    const isDate = start && !changed && powered.length && !releaseOf(start);
    return isDate ? [...powered, ...others].map(({ program, id }) => byAddress.get(`guidelines/${program}/${id}`)) : [];
  };
  /* What is answered otherwise than by words: the latest guidelines, requirements of components, two guidelines without a
     comparison, clauses and codes that do not exist, and single letters. */
  const special = (query) => {
    const answer = (results, note = "", certain = []) => ({ certain, results, note });
    if (ABOUT_LATEST.test(query)) {
      const page = byAddress.get("guidelines/index");
      return answer([...latest(), ...(page ? [page] : [])]);
    }
    const started = begun(query);
    if (started.length) return answer(started);
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

  globalThis.interopPlaces = { dated, placed, covering, uncovered, requiring, pair, special, noGuideline, later };
})();

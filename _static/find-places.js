/* Guidelines, releases and comparisons that a query names or asks for, and what does not exist. */
(() => {
  const { things, byAddress, exact, guidelines, absent, key, words } = globalThis.interopThings;
  const { COMMON } = globalThis.interopWords;
  const ABOUT_LATEST = /^\W*(the )?(latest|newest|current|most recent)( powered)?( guidelines?)?\W*$/i;

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
    const left = words(query).filter((word) => !COMMON.has(word) && !/^r[au]n|running$/.test(word) && !ids.includes(word));
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
    if (ABOUT_LATEST.test(query)) {
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

  globalThis.interopPlaces = { dated, placed, covering, pair, special, noGuideline, later };
})();

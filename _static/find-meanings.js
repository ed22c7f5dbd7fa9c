/* Words of a query that mean filters, such as "flagged", a project, its service or a release. */
(() => {
  const { things, byAddress, exact, guidelines, key, words, state } = globalThis.interopThings;
  const { covering } = globalThis.interopPlaces;
  const { COMMON } = globalThis.interopWords;
  const understood = globalThis.interopQuery.filters(globalThis.interopThings);
  const filters = understood.known;

  // Words of a question that are filters, and those that only say that a list is wanted.
  const AS_FILTER = new Map(
    Object.entries({
      "flagged:yes": "flagged flags",
      "flagged:no": "unflagged",
      "kind:test": "test tests",
      "kind:capability": "capability capabilities",
      "status:required": "require requires must",
      "admin:yes": "admin administrator administrators",
    }).flatMap(([filter, some]) => some.split(" ").map((word) => [word, filter])),
  );
  const LISTING = new Set("all every list lists pass".split(" "));
  const NOT = { "flagged:yes": "flagged:no", "status:required": "status:advisory,deprecated,removed", "admin:yes": "admin:no" };
  /* The words of a query that mean filters, as such, and the others; a project or its service may have several words. */
  const meanings = (query) => {
    // A minus before a word is "not".
    const [meant, others, given] = [new Set(), [], words(query.replace(/(^|\s)-(?=\w)/g, "$1not "))];
    const project = (from, length) => {
      const name = given.length < from + length ? "" : given.slice(from, from + length).join(" ");
      return name && [...(exact.get(key(name)) || [])].find(({ kind }) => kind === "project")?.title;
    };
    for (let at = 0; at < given.length; at++) {
      const word = given[at];
      const length = [3, 2, 1].find((number) => project(at, number));
      const negated = word === "not" && NOT[AS_FILTER.get(given[at + 1]) || `status:${given[at + 1]}`];
      if (negated) {
        meant.add(negated);
        at += 1;
      } else if (AS_FILTER.has(word)) meant.add(AS_FILTER.get(word));
      else if (filters.status.values.includes(word)) meant.add(`status:${word}`);
      else if (/\d/.test(word) && filters.guideline.values.includes(word)) meant.add(`guideline:${word}`);
      else if (length) {
        meant.add(`project:${project(at, length)}`);
        at += length - 1;
      } else if (filters.program.values.includes(word)) meant.add(`program:${word}`);
      else if (covering(word)) meant.add(`guideline:${covering(word)}`);
      else if (!COMMON.has(word) && !LISTING.has(word)) others.push(word);
    }
    return { meant: [...meant], others };
  };
  /* The guidelines in which a project is alone, such as that of orchestration for heat. */
  const ofProject = ({ filters: given }) => {
    const values = (name) => given.filter((one) => one.name === name).flatMap((one) => one.values);
    const [projects, ids] = [values("project"), values("guideline")];
    if (projects.length !== 1) return [];
    const isAlone = (place) => {
      const inside = things.filter((one) => one.kind === "capability" || one.kind === "test").filter((one) => state(one, place) !== ".");
      return inside.length && inside.every(({ project }) => project === projects[0]);
    };
    const places = guidelines.filter((one) => one.program !== "powered" && ids.includes(one.id) && isAlone(one));
    return places.map(({ program, id }) => byAddress.get(`guidelines/${program}/${id}`));
  };

  globalThis.interopUnderstood = understood;
  globalThis.interopMeanings = { meanings, ofProject, LISTING };
})();

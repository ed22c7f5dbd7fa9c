/* The results of a run, and what guidelines require: see analysis/results.py and site/check_data.py.
   interopTests has all tests, and interopGuidelines the guidelines that were loaded, by key. */
(() => {
  const { PROCESS, UUID, WORD } = globalThis.interopCheck;
  const ORDER = ["passed", "failed", "errored", "skipped", "missing"]; // If a test has several results, the first counts.
  const REASON = 300; // The most characters of a reason that are kept.
  const ID = new RegExp(`(?<!${WORD})(?:id-)?(${UUID})(?!${WORD})`, "giu");
  const ALONE = new RegExp(`^(?:id-)?(${UUID})$`, "iu");
  const FIXTURE = new RegExp(`^((?:setUp|tearDown)(?:Class|Module)) ?\\(((?:${WORD}|\\.)+)\\)$`, "u");
  const IMPORT = new RegExp(`^unittest\\.loader\\._FailedTest\\.((?:${WORD}|\\.)+)$`, "u");

  /* The class of a test, and the module of the class. */
  const owners = (name) => {
    const owner = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    return [owner, owner.slice(0, Math.max(0, owner.lastIndexOf(".")))];
  };

  /* A result as runners write it: `name[id-<uuid>,smoke]`, a name, or only an id. */
  const result = (given, outcome, said) => {
    const test = JSON.parse(JSON.stringify(given)).trim(); // A copy: a part of a text would keep the whole text.
    const reason = said.slice(0, 2 * REASON).split(/\s+/).filter(Boolean).join(" ").slice(0, REASON);
    const made = (name, ids = [], fixture = "") => ({ name, ids: [...new Set(ids)].sort(), outcome, reason, fixture });
    const [, fixture, owner] = FIXTURE.exec(test) || [];
    if (fixture) return made(owner, [], fixture);
    const [, module] = IMPORT.exec(test) || [];
    if (module) return made(module, [], "import");
    const bracket = test.indexOf("[");
    if (bracket >= 0) {
      const ids = [...test.slice(bracket).matchAll(ID)].map(([, id]) => id.toLowerCase());
      return made(test.slice(0, bracket).trimEnd(), ids);
    }
    const [, alone] = ALONE.exec(test) || [];
    return alone ? made("", [alone.toLowerCase()]) : made(test.split("(")[0].trimEnd());
  };

  /* All tests: by number the key and the names; the number of each id, all names, and the classes of all tests. */
  const allTests = () => {
    const { prefixes, tests } = globalThis.interopTests;
    const isId = new RegExp(`^${UUID}$`);
    const names = tests.map(([, ...parts]) =>
      Array.from({ length: parts.length / 2 }, (_, at) => prefixes[parts[2 * at]] + parts[2 * at + 1]));
    const keys = tests.map(([key]) => key);
    return {
      keys,
      names,
      ids: new Map(keys.flatMap((key, number) => (isId.test(key) ? [[key, number]] : []))),
      known: new Set(names.flat()),
      classes: new Set(names.flat().flatMap(owners)),
    };
  };
  let every = null;
  const tests = () => (every ||= allTests());

  /* All results of one test, under whatever names: the best outcome, how many there are, and all outcomes. */
  const merge = (one, other) => {
    one.number += other.number;
    one.outcomes = ORDER.filter((outcome) => one.outcomes.includes(outcome) || other.outcomes.includes(outcome));
    if (ORDER.indexOf(other.outcome) < ORDER.indexOf(one.outcome)) {
      Object.assign(one, { outcome: other.outcome, reason: other.reason });
    }
  };

  /* The results of a run, of which only those of known tests and of their classes are kept. */
  class Run {
    tests = new Map();
    fixtures = new Map(); // By class or module, what did not pass of its set-up and tear-down.
    forms = [];
    others = new Set();
    number = 0;
    processes = 0; // The number of worker processes that failed.

    add(test, outcome, said) {
      const { ids, known, classes } = tests();
      const one = result(test, outcome, said);
      this.number += 1;
      if (one.fixture) {
        if (!classes.has(one.name) || outcome === "passed") return;
        if (!this.fixtures.has(one.name)) this.fixtures.set(one.name, new Map());
        const mine = this.fixtures.get(one.name);
        if (!mine.has(one.fixture)) mine.set(one.fixture, { outcome, reason: one.reason });
        return;
      }
      if (one.name === PROCESS) {
        this.processes += outcome === "passed" ? 0 : 1;
        return;
      }
      const name = known.has(one.name) ? one.name : "";
      const mine = one.ids.filter((id) => ids.has(id));
      if (!name && !mine.length) {
        this.others.add(JSON.stringify([one.name, one.ids]));
        return;
      }
      const key = JSON.stringify([name, mine, one.ids.length > 0]);
      const found = this.tests.get(key);
      if (found) {
        merge(found.tally, { outcome, reason: one.reason, number: 1, outcomes: [outcome] });
      } else {
        const tally = { outcome, reason: one.reason, number: 1, outcomes: [outcome] };
        this.tests.set(key, { name, ids: mine, hasId: one.ids.length > 0, tally });
      }
    }
  }

  /* The tests of a target of a guideline, by number: see Wanted in analysis/score.py. */
  const wanted = (key, target) => {
    const { keys, names } = tests();
    const guideline = globalThis.interopGuidelines[key];
    const { capabilities, undecided, grades } = guideline.targets[target];
    const flags = capabilities.map((name) => [
      name,
      guideline.capabilities[name].map((number) => (number < 0 ? [-1 - number, true] : [number, false])),
    ]);
    const pairs = flags.flatMap(([, listed]) => listed);
    const required = new Set(pairs.filter(([, flagged]) => !flagged).map(([number]) => number).sort((a, b) => a - b));
    const flagged = new Set(pairs.map(([number]) => number).filter((number) => !required.has(number)));
    const mine = new Map(
      [...required, ...flagged, ...undecided].map((number) => {
        const [, ...foreign] = guideline.tests[number];
        return [number, names[number].filter((_, at) => !foreign.includes(at))];
      }),
    );
    return {
      key,
      target,
      capabilities: flags,
      required,
      flagged,
      undecided,
      names: mine,
      byName: new Map([...mine].flatMap(([number, listed]) => listed.map((name) => [name, number]))),
      withoutId: (number) => guideline.tests[number].includes(-1),
      title: (number) => names[number][guideline.tests[number][0]],
      id: (number) => keys[number],
      grades: Object.entries(grades),
      evidence: guideline.evidence,
      draft: Boolean(guideline.draft),
    };
  };

  globalThis.interopGuidelines = {};
  Object.assign(globalThis.interopCheck, { ORDER, REASON, Run, merge, owners, tests, wanted });
})();

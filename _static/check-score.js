/* The verdict on a run: the definition in analysis/score.py, whose rules scoring.html explains. Tests are numbers. */
(() => {
  const { ORDER, merge, owners, tests, wanted } = globalThis.interopCheck;

  /* The results of each test of the target, and the number of other tests in the run. */
  const matched = (run, { names, byName, withoutId }) => {
    const { ids: all } = tests();
    const [tallies, outside] = [new Map(), new Set()];
    for (const { name, ids, hasId, tally } of run.tests.values()) {
      const found = new Set(ids.map((id) => all.get(id)).filter((number) => names.has(number)));
      const named = name ? byName.get(name) : undefined;
      if (named !== undefined && (!hasId || withoutId(named))) found.add(named);
      for (const number of found) {
        if (!tallies.has(number)) tallies.set(number, { ...tally });
        merge(tallies.get(number), tally);
      }
      if (!found.size) outside.add(JSON.stringify(ids.length ? ["", ids] : [name, ids]));
    }
    return [tallies, outside.size + run.others.size];
  };

  /* A test without a result, with what happened to its class. */
  const notRun = (run, names) => {
    const given = [...names].sort().flatMap(owners).map((owner) => run.fixtures.get(owner));
    return { outcome: "missing", reason: given.find(Boolean) || "", number: 0, differ: false };
  };

  const counts = (results, required, flagged) => {
    const found = { required: required.length };
    for (const outcome of ORDER) found[outcome] = required.filter((number) => results.get(number).outcome === outcome).length;
    return { ...found, flagged };
  };

  /* The verdict on a run for a target of a guideline that is loaded. `met` is null if it is open. */
  const verdict = (run, key, target) => {
    const want = wanted(key, target);
    const [tallies, outside] = matched(run, want);
    const required = [...want.required];
    const results = new Map(required.map((number) => [number, tallies.get(number) || notRun(run, want.names.get(number))]));
    const undecided = want.undecided.filter((number) => tallies.get(number)?.outcome !== "passed");
    const total = counts(results, required, want.flagged.size);
    const parts = want.capabilities.map(([name, listed]) => {
      const mine = listed.filter(([, flagged]) => !flagged).map(([number]) => number);
      const found = counts(results, mine, listed.length - mine.length);
      return [name, { met: found.passed === found.required, tests: found }];
    });
    return {
      want,
      met: total.passed !== total.required ? false : undecided.length ? null : true,
      tests: { ...total, outside },
      parts,
      results,
      undecided,
      repeated: required.filter((number) => results.get(number).number > 1),
      differing: required.filter((number) => results.get(number).differ),
      told: [...required, ...want.undecided].some((number) => tallies.has(number)) || [...results.values()].some(({ reason }) => reason),
      lacking: required.filter((number) => results.get(number).outcome !== "passed"),
    };
  };

  const program = (key) => key.split("/")[0];
  const id = (key) => key.slice(key.indexOf("/") + 1);

  /* A verdict with those on other dated guidelines of the program and on other targets. `all` are the guidelines that the
     page offers, the oldest first: their keys and targets, and whether they are dated. */
  const answer = (run, key, target, all) => {
    const given = verdict(run, key, target);
    const family = all.filter((one) => program(one.key) === program(key) && one.key !== key && one.dated && one.targets.includes(target));
    const others = family.map((one) => verdict(run, one.key, target)).filter(({ want }) => want.required.size || want.undecided.length);
    const targets = all.find((one) => one.key === key).targets.filter((one) => one !== target).map((one) => verdict(run, key, one));
    const next = others.find(({ want }) => id(want.key) > id(key));
    return { given, others, targets, next };
  };

  Object.assign(globalThis.interopCheck, { answer, program, verdict });
})();

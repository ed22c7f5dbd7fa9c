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
        if (tallies.has(number)) merge(tallies.get(number), tally);
        else tallies.set(number, { ...tally });
      }
      if (!found.size) outside.add(JSON.stringify(ids.length ? ["", ids] : [name, ids]));
    }
    return [tallies, outside.size + run.others.size];
  };

  /* The first set-up or tear-down that did not pass of the classes and modules of a test: see analysis/fixtures.py. */
  const causeOf = (run, names) => {
    const owner = [...names].sort().flatMap(owners).find((one) => run.fixtures.has(one));
    return owner === undefined ? null : [run.fixtures.get(owner).keys().next().value, owner];
  };
  /* A test without a result, with what happened to its class. */
  const notRun = (run, cause) => {
    const { outcome, reason } = cause ? run.fixtures.get(cause[1]).get(cause[0]) : {};
    const said = cause ? `${cause[0]} ${outcome}${reason && `: ${reason}`}` : "";
    return { outcome: "missing", reason: said, number: 0, outcomes: ["missing"] };
  };
  /* All that did not pass of the classes and modules of tests, as runners write it. */
  const fixturesOf = (run, names) => {
    const given = [...new Set(names.flatMap(owners))].filter((owner) => run.fixtures.has(owner)).sort();
    return new Map(given.flatMap((owner) => [...run.fixtures.get(owner)].map(([fixture, told]) => [`${fixture} (${owner})`, told])));
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
    const causes = new Map([...want.names].map(([number, names]) => [number, causeOf(run, names)]).filter(([, cause]) => cause));
    const resultsOf = (numbers) => new Map(numbers.map((number) => [number, tallies.get(number) || notRun(run, causes.get(number))]));
    const [results, unknown] = [resultsOf(required), resultsOf(want.undecided)];
    const lackingOf = (given) => [...given.keys()].filter((number) => given.get(number).outcome !== "passed");
    const undecided = lackingOf(unknown);
    const fixtures = fixturesOf(run, required.flatMap((number) => [...want.names.get(number)]));
    const used = new Set(required.filter((number) => causes.has(number) && !tallies.has(number)).map((number) => `${causes.get(number)[0]} (${causes.get(number)[1]})`));
    const total = counts(results, required, want.flagged.size);
    const parts = want.capabilities.map(([name, listed]) => {
      const mine = listed.filter(([, flagged]) => !flagged).map(([number]) => number);
      const found = counts(results, mine, listed.length - mine.length);
      return [name, { met: found.passed === found.required, tests: found }];
    });
    return {
      want,
      met: total.passed !== total.required ? false : undecided.length || !required.length ? null : true,
      tests: { ...total, outside },
      parts,
      results,
      unknown,
      undecided,
      fixtures,
      apart: [...fixtures.keys()].filter((name) => !used.has(name)),
      repeated: required.filter((number) => results.get(number).number > 1),
      differing: required.filter((number) => results.get(number).outcomes.length > 1),
      told: (required.length ? required : want.undecided).some((number) => tallies.has(number) || causes.has(number)),
      lacking: lackingOf(results),
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
    return { given, others, targets, next, forms: [...new Set(run.forms)], number: run.number, processes: run.processes };
  };

  Object.assign(globalThis.interopCheck, { answer, program, verdict });
})();

/* Carries a list from a guideline to another: the definition is in analysis/carry.py, why a test was dropped in
   analysis/departures.py. */
(() => {
  const { OUTCOMES, all, demand, isId, keyed, program, required, tags, undecided, unique } = globalThis.interopCheck;
  const brief = ({ flagged: _, ...one }) => one;

  /* The guidelines from `a` to `b` that have the target, each with what it requires. */
  const way = (a, b, target) => {
    const family = [...all().guidelines.values()].filter(({ key }) => program(key) === program(a));
    const [first, last] = [a, b].map((key) => family.findIndex((one) => one.key === key)).sort((one, two) => one - two);
    const between = family.slice(first, last + 1).filter(({ targets }) => target in targets);
    return (between[0].key === a ? between : between.reverse()).map((one) => [one, required(one, target)]);
  };

  const flagIn = (key, guidelines) => {
    const last = guidelines.findLast(({ flags }) => flags.has(key));
    if (!last) return null;
    const [date, code, reason, references] = last.flags.get(key);
    return { guideline: last.key, date, code, reason, references };
  };
  const hereIn = (one, key, target) => {
    const here = (all().places.get(key) || []).filter((place) => place.key === one.key);
    return here.map(({ capability, statuses }) => ({
      capability,
      statuses: unique(one.targets[target].map((number) => statuses[number]).filter(Boolean)).sort(),
    }));
  };
  const notArchived = (...pair) => {
    const known = globalThis.interopLists.known[program(pair[0].key)];
    const [first, last] = pair.map(({ key }) => known.indexOf(key)).sort((one, two) => one - two);
    return known.slice(first + 1, last).filter((one) => !all().guidelines.has(one));
  };
  const inToday = (key) => (globalThis.interopLists.date ? all().today.has(key) : null);
  const isBack = (steps) => {
    const keys = [...all().guidelines.keys()];
    return keys.indexOf(steps.at(-1)[0].key) < keys.indexOf(steps[0][0].key);
  };
  /* What the last guideline of the way back, the earliest, has of a test that only the first one requires. */
  const notYet = (key, steps, target) => {
    const [[one]] = steps.slice(-1);
    const at = steps.findLastIndex(([, wanted]) => wanted.has(key));
    const [[from], [next]] = [steps[at], steps[at + 1]];
    const family = [...all().guidelines.values()].filter((other) => program(other.key) === program(one.key) && target in other.targets);
    const before = family.slice(0, family.indexOf(one)).findLast((other) => required(other, target).has(key));
    return {
      guideline: one.key,
      now: hereIn(one, key, target),
      required_from: from.key,
      draft: from.isDraft,
      not_archived: notArchived(from, next),
      before: before?.key || null,
      today: inToday(key),
    };
  };
  /* How a test went that the first guideline of the way requires and the last does not. */
  const departure = (key, steps, target) => {
    const at = steps.findLastIndex(([, wanted]) => wanted.has(key));
    const [[before, wanted], [since]] = [steps[at], steps[at + 1]];
    const flag = flagIn(key, steps.slice(0, at + 1).map(([one]) => one));
    return {
      since: since.key,
      approved: since.approved,
      before: { guideline: before.key, capabilities: wanted.get(key).capabilities },
      not_archived: notArchived(before, since),
      now: hereIn(since, key, target),
      flag,
      reviews: flag ? flag.references.filter((one) => one.includes("://review.")) : [],
      today: inToday(key),
    };
  };

  /* What is different for a line in the other guideline. */
  const changes = (line, old, made) => [
    ...(made.flagged && !old?.flagged ? ["flagged"] : []),
    ...(line.name && !made.names.has(line.name) ? ["renamed"] : []),
    ...(old?.capabilities.length && made.capabilities.length && !old.capabilities.some((one) => made.capabilities.includes(one)) ? ["moved"] : []),
    ...(old?.flagged && !made.flagged ? ["unflagged"] : []),
  ];

  const entry = (run, line, key) => {
    const [old, made] = [run.before.get(key), run.after.get(key)];
    const found = made ? changes(line, old, made) : [];
    let outcome = found.find((change) => OUTCOMES.includes(change)) || "kept";
    if (!made) outcome = old ? "dropped" : "outside";
    if (run.undecided.has(key) && old) outcome = "unknown";
    const why = () => (isBack(run.way) ? { not_yet: notYet(key, run.way, run.target) } : { dropped: departure(key, run.way, run.target) });
    return {
      line: line.number,
      text: line.text,
      id: isId(key) ? key : null,
      name: made ? made.name : line.name || null,
      outcome,
      also: found.filter((change) => change !== outcome),
      capabilities: { from: old ? old.capabilities : [], to: made ? made.capabilities : [] },
      new: outcome === "dropped" ? null : line.text,
      ...(outcome === "dropped" ? why() : {}),
    };
  };
  const entries = (run) => {
    const pair = (key, name) => JSON.stringify([key, name]);
    const there = new Set(run.pairs.map(([line, key]) => pair(key, line.name)));
    const first = new Map();
    return run.pairs.map(([line, key]) => {
      const made = entry(run, line, key);
      if (key && !first.has(key)) first.set(key, line.number);
      else if (key) made.repeats = first.get(key);
      if ([made.outcome, ...made.also].includes("renamed")) {
        const { name } = run.after.get(key);
        made.new = there.has(pair(key, name)) ? null : `${line.before}${name}${line.brackets}${line.scenario}${line.after}`;
        there.add(pair(key, name));
      }
      return made;
    });
  };

  /* A line for an added test in the form that most lines of the list have. */
  const newLine = ({ pairs }, one) => {
    const numbers = new Map();
    for (const [{ form }] of pairs) if (form !== "pattern") numbers.set(form, (numbers.get(form) || 0) + 1);
    const [form = "full"] = [...numbers].reduce((best, each) => (best && best[1] >= each[1] ? best : each), null) || [];
    if (!isId(one.key) || form === "name") return one.name;
    if (form === "id") {
      const prefixed = pairs.some(([line]) => line.form === "id" && /^id-/i.test(line.text.trim()));
      return prefixed ? `id-${one.key}` : one.key;
    }
    const today = all().today.get(one.key);
    const tagged = pairs.some(([line]) => tags(line).length);
    return tagged && today?.name === one.name ? today.line : `${one.name}[id-${one.key}]`;
  };

  /* The names in the new list that are others in today's suites, each with today's line. */
  const renamedToday = ({ pairs }, found, added) => {
    const { today } = all();
    const kept = found.map((one, at) => [one, pairs[at][0]]).filter(([one]) => one.new !== null).map(([one, line]) =>
      ({ line: line.number, name: [one.outcome, ...one.also].includes("renamed") ? one.name : line.name, id: one.id }));
    return [...kept, ...added.map(({ name, id }) => ({ line: null, name, id }))]
      .filter(({ name, id }) => name && today.has(id) && today.get(id).name !== name)
      .map(({ line, name, id }) => ({ line, name, today: today.get(id).line }));
  };
  /* Puts the lines of today's suites into the new list. */
  const writeToday = ({ pairs }, found, added) => {
    const { today } = all();
    const there = new Set();
    found.forEach((one, at) => {
      const [line, key] = pairs[at];
      if (one.new === null || line.form === "pattern" || !today.has(key)) return;
      one.new = there.has(key) ? null : `${line.before}${today.get(key).line}${line.after}`;
      there.add(key);
    });
    for (const one of added) if (today.has(one.id)) one.line = today.get(one.id).line;
  };

  /* What becomes of a list, as the command's data. With `flagged`, flagged tests count as required; with `today`, the new
     list has the lines of today's suites. */
  const carry = (lines, a, b, target, { flagged = false, today = false } = {}) => {
    const { guidelines } = all();
    const steps = way(a, b, target);
    const [before, after] = [steps[0][1], steps.at(-1)[1]];
    const pairs = keyed(lines, guidelines.get(a), guidelines.get(b));
    const run = { before, after, pairs, target, way: steps, undecided: undecided(guidelines.get(b), target, after) };
    const found = entries(run);
    const have = new Set(pairs.map(([, key]) => key));
    const asks = (one) => flagged || !one.flagged;
    const had = new Set([...before.values()].filter(asks).map(({ key }) => key));
    const wanted = [...after.values()].filter((one) => asks(one) && !have.has(one.key));
    const added = wanted.filter(({ key }) => !had.has(key)).map((one) => ({ ...brief(demand(one)), line: newLine(run, one) }));
    const missing = wanted.filter(({ key }) => had.has(key)).map((one) => brief(demand(one)));
    const renamed = renamedToday(run, found, added);
    if (today) writeToday(run, found, added);
    const made = new Map(found.map((one) => [one.line, one.new]));
    const kept = lines.map(({ number, text }) => (made.has(number) ? made.get(number) : text)).filter((one) => one !== null);
    const heading = `# Added: ${b} requires these tests of the target ${target}, and ${a} does not.`;
    return {
      from: a,
      to: b,
      target,
      numbers: {
        lines: lines.length,
        tests: new Set(pairs.map(([line, key]) => key || line.name)).size,
        ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, found.filter((one) => one.outcome === outcome).length])),
        added: added.length,
        missing: missing.length,
        today: renamed.length,
      },
      lines: found,
      added,
      missing,
      today: renamed,
      list: [...kept, ...(added.length ? [heading] : []), ...added.map(({ line }) => line)],
    };
  };

  Object.assign(globalThis.interopCheck, { carry });
})();

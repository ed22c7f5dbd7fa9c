/* What words find in the things of the index, the best first, and which words of a query tell something. */
(() => {
  const { things, exact, order, key } = globalThis.interopThings;
  const sizes = new Map();
  for (const { kind } of things) sizes.set(kind, (sizes.get(kind) || 0) + 1);

  /* Points of a thing that has all words: 4 for a word of its title, down to 0.5 for a part of one of its other words. `all` are
     the words of the whole query: of two titles with the same telling words, that with more of the others is better. */
  const score = (one, wanted, inside, all) => {
    let sum = 0;
    for (const word of wanted) {
      if (one.head.includes(` ${word} `) || one.project === word) sum += 4;
      else if (one.head.includes(` ${word}s `)) sum += 3.8;
      else if (word.endsWith("s") && one.kind === "term" && one.head.includes(` ${word.slice(0, -1)} `)) sum += 4.5;
      else if (one.head.includes(` ${word}`)) sum += 3;
      else if (one.rest.includes(` ${word} `)) sum += 2;
      else if (one.rest.includes(` ${word}`)) sum += 1.5;
      else if (inside && word.length > 2 && one.head.includes(word)) sum += 1;
      else if (inside && word.length > 2 && one.rest.includes(word)) sum += 0.5;
      else return 0;
    }
    const phrase = one.head.includes(` ${wanted.join(" ")}`) ? 1 : 0;
    const others = all.filter((word) => word.length > 2 && !wanted.includes(word) && one.head.includes(` ${word} `)).length;
    return sum / wanted.length + phrase + others / 3 + (one.year - 2010) / 20 + one.weight - order.indexOf(one.kind) / 100;
  };
  const sorted = (found) => found.filter(([points]) => points > 0).sort((a, b) => b[0] - a[0]).map(([, one]) => one);
  const ranked = (wanted, inside = false, all = []) => sorted(things.map((one) => [score(one, wanted, inside, all), one]));
  const ofKind = (found, ...names) => found.filter(({ kind }) => names.includes(kind));
  const without = (found, others) => found.filter((one) => !others.includes(one));

  /* Exact names in some of the words, the longest first: "cutoff score" has two terms. */
  const mentioned = (wanted) => {
    const [found, used] = [[], new Set()];
    for (let length = wanted.length - 1; length > 0; length--)
      for (let from = 0; from + length <= wanted.length; from++) {
        const part = wanted.slice(from, from + length);
        if (part.some((_, at) => used.has(from + at)) || !exact.has(key(part.join(" ")))) continue;
        part.forEach((_, at) => used.add(from + at));
        found.push(...exact.get(key(part.join(" "))));
      }
    return found;
  };
  /* Without the tests and the like if most have the words and something else has them too; `common` are those. */
  const parted = (found, sure) => {
    const common = [...sizes].flatMap(([kind, size]) => {
      const some = size > 40 ? ofKind(found, kind) : [];
      return some.length > size / 3 ? some : [];
    });
    const left = without(found, common);
    return left.length || sure ? [left, common] : [found, []];
  };
  /* The beginning that the forms of a word have in common: of migrate and migration, migrat. */
  const stem = (word) => (word.length > 6 ? word.replace(/(ing|ions?|ed|es?|s)$/, "") : word);
  /* What has some of the words: of as many of them as possible, the rarest. */
  const partly = (wanted) => {
    const having = wanted.filter((word) => word.length > 2).map((word) => {
      const found = ranked([word]);
      return parted(found.length ? found : ranked([stem(word)]), true)[0];
    });
    const points = new Map();
    for (const found of having)
      found.forEach((one, at) => points.set(one, (points.get(one) || 0) + 10 + 10 / found.length - at / 10000));
    const most = Math.max(...points.values());
    return sorted([...points].filter(([, sum]) => sum > 0.7 * most).map(([one, sum]) => [sum, one]));
  };
  /* Clauses that several documents have under one title are one result. */
  const merged = (found) => {
    const first = new Map();
    const also = new Map();
    const left = found.filter((one) => {
      const name = one.kind === "clause" && one.detail ? `${one.id} ${one.detail}` : one;
      if (!first.has(name)) return first.set(name, one);
      also.set(first.get(name), [...(also.get(first.get(name)) || []), one.document]);
      return false;
    });
    return left.map((one) => (also.has(one) ? { ...one, detail: `${one.detail} (also in ${also.get(one).join(", ")})` } : one));
  };

  const set = (text) => new Set(text.split(" "));
  // Words of questions, and the names of kinds: they say nothing if the others are a name.
  const ASKING = set(
    "a about an and any are at be become between by can cover covered covers covering did do does find for from get give gives had " +
      "happened happens has have how i if in is it its know many me mean meaning means much my need needs new of on openstack or our please " +
      "release releases show t tell that the their these this those to under us use used uses using vs was we were what when where which who " +
      "whose why will with you your",
  );
  const KINDS = set(
    "called capability clause code committee component criterion document glossary guideline guidelines id name named page process " +
      "program project projects rule section service term version",
  );
  // These say little beside others.
  const COMMON = new Set([...ASKING, ...set("cloud clouds guideline guidelines product products should support supports")]);
  const telling = (every, common = COMMON) => {
    const some = every.filter((word) => !common.has(word));
    return some.length ? some : every;
  };

  globalThis.interopWords = { ranked, stem, partly, mentioned, parted, merged, ofKind, without, telling, COMMON, ASKING, KINDS };
})();

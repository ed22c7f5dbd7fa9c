/* Recognises the form of results by their content, and reads those that are text: see tools/results/reading.py, console.py
   and texts.py. */
(() => {
  const { BadResults, EXPECTED, Input, LINE, Lines, encoding, errorIn, show, readJunit, readSubunit1, readSubunit2 } = globalThis.interopCheck;
  const [HEAD, RESULTS] = [1 << 16, 500_000];
  const PIECE = 1 << 22; // How much of a file is read at a time, in bytes.
  const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  const WORD = "[\\p{L}\\p{N}_]"; // A character of a name.
  const SPACE = "\\s\\x1c-\\x1f\\x85"; // As Python has it.
  const TEST = `[A-Za-z_]${WORD}*(?:\\.${WORD}+)+(?:\\[[^\\[\\]${SPACE}]*\\])?(?:\\([^()${SPACE}]*\\))?`;
  const LISTED = new RegExp(`^(?:${TEST}|(?:id-)?${UUID})$`, "iu");
  const CONSOLE = /^\{(\d+)\} (\S[^\n]*?)(?: \[[^\]]*\])? \.\.\. ([A-Za-z]+)(?:: ?([^\n]*))?\s*$/m;
  const COLOURS = /\x1b\[[0-9;]*m/g;
  const COLUMNS = "test,status,start_time,stop_time";
  const STATUSES = {
    success: "passed", ok: "passed", failure: "failed", failed: "failed", fail: "failed", xfail: "failed",
    uxsuccess: "failed", error: "errored", skip: "skipped", skipped: "skipped", inprogress: "missing",
    unknown: "missing", exists: "missing",
  };
  const PROCESS = "process-returncode"; // What stestr calls the result of a worker process that failed: no test.
  const FORMS = "a subunit stream, JUnit XML, the output of subunit2csv or of stestr last, RefStack's JSON, or a list of tests";
  const COMPRESSED = { gzip: [0x1f, 0x8b], zip: [0x50, 0x4b, 3, 4], xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a], bzip2: [0x42, 0x5a, 0x68], zstd: [0x28, 0xb5, 0x2f, 0xfd] };

  const has = (object, name) => Object.hasOwn(object, name);
  const decode = (bytes) => new TextDecoder(encoding(bytes)).decode(bytes);
  function* readCsv(input, emit) {
    const text = decode(yield* input.whole()).replaceAll(/\r\n?/g, "\n");
    let [at, number] = [0, 1];
    const bad = () => new BadResults("damaged", "the CSV is not well-formed", "", number);
    const cell = () => {
      if (text[at] !== '"') {
        const from = at;
        while (at < text.length && text[at] !== "," && text[at] !== "\n") at += 1;
        return text.slice(from, at);
      }
      const from = at;
      let value = "";
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end < 0) throw bad();
        value += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      checkLines(from, at);
      if (value.length > LINE) {
        number += value.slice(0, LINE + 1).split("\n").length - 1;
        throw bad();
      }
      number += value.split("\n").length - 1;
      if (at < text.length && text[at] !== "," && text[at] !== "\n") throw bad();
      return value;
    };
    // A line that is too long is told before what is wrong in it.
    const checkLines = (from, to) => {
      for (let begin = from, at = number; begin < to; at += 1) {
        const end = text.indexOf("\n", begin);
        if ((end < 0 ? text.length : end) - begin >= LINE) {
          throw new BadResults("too-large", `the line has more than ${LINE} characters`, "", at);
        }
        begin = end < 0 ? to : end + 1;
      }
    };
    const row = () => {
      checkLines(at, at + 1);
      const cells = [cell()];
      while (text[at] === ",") {
        at += 1;
        cells.push(cell());
      }
      at += 1;
      return cells;
    };
    if (row().join(",") !== COLUMNS) throw new BadResults("unknown-form", `the columns are not ${COLUMNS}`);
    while (at < text.length) {
      number += 1;
      const cells = row();
      if (cells.length !== 4 || !has(STATUSES, cells[1])) {
        throw new BadResults("damaged", `'${show(cells.join(","))}' is not a test with a status and two times`, "", number);
      }
      emit(cells[0], STATUSES[cells[1]], EXPECTED[cells[1]] || "");
    }
  }

  const TOTAL = /^(?: - (Passed|Expected Fail|Failed|Unexpected Success|Skipped): (\d+)|(Ran): (\d+) tests? in .*)\s*$/;
  const WHOLE = "the whole output, or stestr last --subunit";
  const EXACT = "stestr last --subunit, which has the status of each test";
  /* The number of failures without a line, such as that of a worker process. Refuses totals that are not those of the
     lines of their run, and expected failures, which are printed as ok: no line tells which tests passed. */
  const checkTotals = ({ printed, totals, workers }, line) => {
    const total = (name) => totals[name] || 0;
    const expected = total("Expected Fail");
    const [passed, failed, skipped] = [total("Passed") + expected, total("Failed") + total("Unexpected Success"), total("Skipped")];
    const changed = (words) => new BadResults("damaged", `the output is cut off or changed: ${words}`, WHOLE, line);
    const mayFail = printed.failed <= failed && failed <= printed.failed + workers;
    if (printed.passed !== passed || printed.skipped !== skipped || !mayFail) {
      const given = `${passed} passed, ${failed} failed and ${skipped} skipped`;
      throw changed(`its totals are ${given}, its lines ${printed.passed}, ${printed.failed} and ${printed.skipped}`);
    }
    const without = failed - printed.failed;
    const found = Object.values(printed).reduce((sum, number) => sum + number, without);
    const ran = totals.Ran ?? found;
    if (ran !== found) throw changed(`its total is ${ran} tests, its lines and failures ${found}`);
    if (expected) {
      const words = `${expected} of ${passed} tests that are printed as ok failed as expected, and none is told apart`;
      throw new BadResults("ambiguous", words, EXACT, line);
    }
    return without;
  };

  function* readConsole(input, emit) {
    const lines = new Lines(input);
    const begin = () => ({ printed: { passed: 0, failed: 0, errored: 0, skipped: 0, missing: 0 }, totals: {}, workers: 1, empty: true });
    let block = begin();
    for (let given = yield* lines.next(); given !== null; given = yield* lines.next()) {
      const line = /^[{ R\x1b]/.test(given) ? given.replace(COLOURS, "") : "";
      const [, worker, test, word, reason] = (line.startsWith("{") && CONSOLE.exec(line)) || [];
      const [, name, number, ran, tests] = TOTAL.exec(line) || [];
      if (test && has(STATUSES, word.toLowerCase())) {
        const outcome = STATUSES[word.toLowerCase()];
        block.printed[outcome] += 1;
        block.workers = Math.max(block.workers, Number(worker) + 1);
        block.empty = false;
        emit(test, outcome, reason || "");
      } else if (name || ran) {
        block.totals[name || ran] = Number(number || tests);
        block.empty = false;
        if (name !== "Failed") continue;
        for (let left = checkTotals(block, lines.number); left > 0; left -= 1) emit(PROCESS, "failed", "");
        block = begin();
      }
    }
    if (!block.empty) throw new BadResults("damaged", "the output is cut off: it has no totals after the last result", WHOLE, lines.number);
  }

  function* readJson(input, emit) {
    const bytes = yield* input.whole();
    let data;
    try {
      data = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      // Where browsers do not tell the place, it is the end.
      const [, place = bytes.length] = /position (\d+)/.exec(error.message) || [];
      const line = decode(bytes).slice(0, Number(place)).split("\n").length;
      throw new BadResults("damaged", `the JSON is not well-formed: ${show(error.message)}`, "", line);
    }
    if (!Array.isArray(data?.results)) throw new BadResults("unknown-form", "the JSON has no list of results", FORMS);
    data.results.forEach((item, number) => {
      const { name, uuid = null } = Object(item);
      if (typeof item === "string") emit(item, "passed", "");
      else if (typeof name === "string" && uuid === null) emit(name, "passed", "");
      else if (typeof name === "string" && typeof uuid === "string") {
        emit(`${name.split("[")[0]}[id-${uuid.replace(/^id-/, "")}]`, "passed", "");
      } else throw new BadResults("damaged", `item ${number} of the results is neither a name nor a name with a uuid`);
    });
  }

  function* readList(input, emit) {
    const lines = new Lines(input);
    for (let line = yield* lines.next(); line !== null; line = yield* lines.next()) {
      const test = line.replace(COLOURS, "").split("#")[0].trim();
      if (test && !LISTED.test(test)) {
        throw new BadResults("unknown-form", `'${show(test)}' is neither the name nor the id of a test`, FORMS, lines.number);
      }
      if (test) emit(test, "passed", "");
    }
  }

  const READERS = {
    "subunit v2": readSubunit2,
    "subunit v1": readSubunit1,
    "JUnit XML": readJunit,
    "CSV of subunit2csv": readCsv,
    "console of stestr": readConsole,
    "JSON of RefStack": readJson,
    "list of passed tests": readList,
  };

  /* The form of a file by its beginning, a key of READERS. */
  const recognise = (bytes) => {
    const head = bytes.subarray(0, HEAD);
    const text = decode(head);
    if (!text.trim()) throw new BadResults("empty", "the file is empty", "a file that a test run wrote");
    const packed = Object.keys(COMPRESSED).find((name) => COMPRESSED[name].every((byte, at) => head[at] === byte));
    if (packed) throw new BadResults("unknown-form", `the file is compressed (${packed})`, "decompress it first");
    for (let at = head.indexOf(0xb3); at >= 0; at = head.indexOf(0xb3, at + 1)) {
      if ((at === 0 || head[at - 1] === 10) && head[at + 1] >> 4 === 2) return "subunit v2";
    }
    const begin = text.trimStart();
    if (begin.startsWith("<")) return "JUnit XML";
    if (begin.startsWith("test,status")) return "CSV of subunit2csv";
    if (/^(?:test|testing): \S.*$/m.test(text)) return "subunit v1";
    if (CONSOLE.test(text)) return "console of stestr";
    return begin.startsWith("{") ? "JSON of RefStack" : "list of passed tests";
  };

  /* The form of results of a run by the beginning of a file; empty if it has none, or is a list. */
  const resultsIn = (bytes) => {
    try {
      const form = recognise(bytes);
      const other = form === "JSON of RefStack" && !decode(bytes).includes('"results"'); // Any text that begins with {.
      return form === "list of passed tests" || other ? "" : form;
    } catch (error) {
      if (error instanceof BadResults) return "";
      throw error;
    }
  };

  /* Passes all results in a file to `emit`, and returns its form. Throws BadResults. Before each piece, `goOn` is told how
     many bytes were read; if it returns false, reading ends. */
  const read = async (file, emit, goOn) => {
    const input = new Input();
    let [form, reader, number] = ["", null, 0];
    const counted = (...result) => {
      number += 1;
      if (number > RESULTS) throw new BadResults("too-large", `the file has more than ${RESULTS} results`);
      emit(...result);
    };
    for (let at = 0; (!at || at < file.size) && goOn(at); at += PIECE) {
      input.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()), at + PIECE >= file.size);
      form ||= recognise(input.bytes);
      reader ||= READERS[form](input, counted);
      reader.next();
    }
    return form;
  };

  Object.assign(globalThis.interopCheck, { PROCESS, UUID, WORD, read, resultsIn });
})();

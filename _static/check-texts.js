/* Recognises the form of results by their content, and reads those that are text: see tools/results/reading.py, junit.py
   and texts.py. */
(() => {
  const { BadResults, errorIn, show, readSubunit1, readSubunit2 } = globalThis.interopCheck;
  const [HEAD, LINE, RESULTS] = [1 << 16, 1 << 20, 500_000];
  const [TEXT, STREAM] = [1 << 26, 1 << 29]; // The largest file that the page reads, in bytes.
  const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  const WORD = "[\\p{L}\\p{N}_]"; // A character of a name.
  const SPACE = "\\s\\x1c-\\x1f\\x85"; // As Python has it.
  const TEST = `[A-Za-z_]${WORD}*(?:\\.${WORD}+)+(?:\\[[^\\[\\]${SPACE}]*\\])?(?:\\([^()${SPACE}]*\\))?`;
  const LISTED = new RegExp(`^(?:${TEST}|(?:id-)?${UUID})$`, "iu");
  const CONSOLE = /^\{\d+\} (\S[^\n]*?)(?: \[[^\]]*\])? \.\.\. ([A-Za-z]+)(?:: ?([^\n]*))?\s*$/m;
  const COLOURS = /\x1b\[[0-9;]*m/g;
  const COLUMNS = "test,status,start_time,stop_time";
  const STATUSES = {
    success: "passed", ok: "passed", failure: "failed", failed: "failed", fail: "failed", xfail: "failed",
    uxsuccess: "failed", error: "errored", skip: "skipped", skipped: "skipped", inprogress: "missing",
    unknown: "missing", exists: "missing",
  };
  const FORMS = "a subunit stream, JUnit XML, the output of subunit2csv or of stestr last, RefStack's JSON, or a list of tests";
  const COMPRESSED = { gzip: [0x1f, 0x8b], zip: [0x50, 0x4b, 3, 4], xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a], bzip2: [0x42, 0x5a, 0x68], zstd: [0x28, 0xb5, 0x2f, 0xfd] };

  const has = (object, name) => Object.hasOwn(object, name);
  const encoding = ([a, b]) => (a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8");
  const decode = (bytes) => new TextDecoder(encoding(bytes)).decode(bytes);
  const lines = (bytes) => {
    const found = decode(bytes).split(/\r\n|\r|\n/);
    const long = found.findIndex((line) => line.length >= LINE);
    if (long >= 0) throw new BadResults("too-large", `the line has more than ${LINE} characters`, "", long + 1);
    return found;
  };

  const readCsv = (bytes, emit) => {
    const text = lines(bytes).join("\n");
    let [at, number] = [0, 1];
    const bad = () => new BadResults("damaged", "the CSV is not well-formed", "", number);
    const cell = () => {
      if (text[at] !== '"') {
        const from = at;
        while (at < text.length && text[at] !== "," && text[at] !== "\n") at += 1;
        return text.slice(from, at);
      }
      let value = "";
      for (;;) {
        const end = text.indexOf('"', at + 1);
        if (end < 0) throw bad();
        value += text.slice(at + 1, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      number += value.split("\n").length - 1;
      if (at < text.length && text[at] !== "," && text[at] !== "\n") throw bad();
      return value;
    };
    const row = () => {
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
      emit(cells[0], STATUSES[cells[1]], "");
    }
  };

  const readConsole = (bytes, emit) => {
    for (const line of lines(bytes)) {
      const [, test, word, reason] = (line.startsWith("{") || line.startsWith("\x1b")) && CONSOLE.exec(line.replace(COLOURS, "")) || [];
      if (test && has(STATUSES, word.toLowerCase())) emit(test, STATUSES[word.toLowerCase()], reason || "");
    }
  };

  const readJson = (bytes, emit) => {
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
  };

  const readList = (bytes, emit) => {
    lines(bytes).forEach((line, number) => {
      const test = line.replace(COLOURS, "").split("#")[0].trim();
      if (test && !LISTED.test(test)) {
        throw new BadResults("unknown-form", `'${show(test)}' is neither the name nor the id of a test`, FORMS, number + 1);
      }
      if (test) emit(test, "passed", "");
    });
  };

  /* XML as text: a byte order mark or the declaration gives its encoding, which DOMParser does not read. */
  const xmlText = (bytes) => {
    const [, named = "utf-8"] = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(decode(bytes.subarray(0, 200))) || [];
    try {
      return new TextDecoder(encoding(bytes) === "utf-8" ? named : encoding(bytes), { fatal: true }).decode(bytes);
    } catch {
      throw new BadResults("damaged", `the XML is not well-formed: it is not ${show(named)}`);
    }
  };
  /* Refuses a document type declaration, before an entity can be defined in it: it stands before the first element. */
  const refuseDoctype = (text) => {
    let at = 0;
    for (;;) {
      at += text.slice(at).search(/\S|$/);
      const end = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : "";
      const next = end ? text.indexOf(end, at + 2) : -1;
      if (next < 0) break;
      at = next + end.length;
    }
    if (text.startsWith("<!", at)) {
      throw new BadResults("unsafe-xml", "the file has a document type declaration (DOCTYPE)", "remove it");
    }
  };
  const KINDS = { error: "errored", failure: "failed", skipped: "skipped" };

  const readJunit = (bytes, emit) => {
    const text = xmlText(bytes);
    refuseDoctype(text);
    const parsed = new DOMParser().parseFromString(text.trimStart(), "application/xml");
    const fault = parsed.getElementsByTagName("parsererror")[0];
    if (fault) {
      const [, line = 1] = /line (?:number )?(\d+)/i.exec(fault.textContent) || [];
      throw new BadResults("damaged", "the XML is not well-formed", "", Number(line));
    }
    if (!["testsuites", "testsuite"].includes(parsed.documentElement.localName)) {
      throw new BadResults("unknown-form", "the XML is not JUnit XML", "its root is testsuites or testsuite");
    }
    for (const found of parsed.getElementsByTagNameNS("*", "testcase")) {
      if (found.parentElement.closest("*|testcase, testcase")) continue;
      const [owner, name] = ["classname", "name"].map((one) => found.getAttribute(one) || "");
      const test = !owner || name.startsWith(`${owner}.`) ? name : `${owner}.${name}`;
      const kind = Object.keys(KINDS).find((one) => [...found.children].some(({ localName }) => localName === one));
      const told = [...found.children].find(({ localName }) => localName === kind);
      emit(test, kind ? KINDS[kind] : "passed", kind ? told.getAttribute("message") || errorIn(told.textContent) : "");
    }
  };

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

  /* Passes all results in a file to `emit`, and returns its form. Throws BadResults. */
  const read = (bytes, emit) => {
    const form = recognise(bytes);
    const most = form === "subunit v2" || form === "subunit v1" ? STREAM : TEXT;
    if (bytes.length > most) {
      throw new BadResults("too-large", `the file has more than ${most} bytes`, "use the command line for it");
    }
    let number = 0;
    READERS[form](bytes, (...result) => {
      number += 1;
      if (number > RESULTS) throw new BadResults("too-large", `the file has more than ${RESULTS} results`);
      emit(...result);
    });
    return form;
  };

  Object.assign(globalThis.interopCheck, { UUID, WORD, read, most: STREAM });
})();

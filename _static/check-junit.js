/* Reads JUnit XML: see tools/results/junit.py. */
(() => {
  const { BadResults, LINE, encoding, errorIn } = globalThis.interopCheck;
  const PIECE = 1 << 16;
  const has = (object, name) => Object.hasOwn(object, name);
  const decode = (bytes) => new TextDecoder().decode(bytes);

  /* The encodings that are read, by the names that a declaration has for them: see tools/results/junit.py. */
  const ENCODINGS = {
    "utf-8": "utf-8", utf8: "utf-8", "us-ascii": "utf-8", ascii: "utf-8",
    "iso-8859-1": "latin-1", "iso8859-1": "latin-1", "latin-1": "latin-1", latin1: "latin-1",
  };
  const DECLARED = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/;
  /* Each byte is a character; what browsers call latin1 is another encoding. */
  const latin1 = (bytes) => {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
    return pieces.join("");
  };
  /* XML as text: a byte order mark or the declaration gives its encoding, which DOMParser does not read. */
  const xmlText = (bytes) => {
    const [, named = "utf-8"] = DECLARED.exec(decode(bytes.subarray(0, 200))) || [];
    const marked = encoding(bytes);
    try {
      if (marked !== "utf-8") return new TextDecoder(marked, { fatal: true }).decode(bytes);
      const name = named.toLowerCase();
      if (bytes.subarray(0, 200).includes(0) || !has(ENCODINGS, name)) throw new RangeError(name);
      return ENCODINGS[name] === "latin-1" ? latin1(bytes) : new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new BadResults("damaged", "the XML is not well-formed");
    }
  };
  /* The end of a tag that begins at a place, where quotes can have any character; -1 if it has none. */
  const endOfTag = (text, from) => {
    let quote = "";
    for (let at = from; at < text.length; at += 1) {
      const one = text[at];
      if (quote) quote = one === quote ? "" : quote;
      else if (one === ">") return at;
      else if (one === '"' || one === "'") quote = one;
    }
    return -1;
  };
  /* Refuses a tag or a comment that is too long. */
  const refuseLong = (text) => {
    for (let at = text.indexOf("<"), end = 0; at >= 0; at = text.indexOf("<", end)) {
      const isText = text.startsWith("<![CDATA[", at);
      const mark = isText ? "]]>" : text.startsWith("<!--", at) ? "-->" : text.startsWith("<?", at) ? "?>" : "";
      end = mark ? text.indexOf(mark, at) : endOfTag(text, at);
      if (!isText && (end < 0 ? text.length : end) - at > LINE) {
        throw new BadResults("too-large", `a tag or a comment has more than ${LINE} characters`);
      }
      if (end < 0) return;
    }
  };
  /* Refuses a document type declaration, before an entity can be defined in it, and another first element than JUnit's. */
  const refuseOthers = (text) => {
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
    const [, root = "testsuite"] = /^<(?:[^\s/>:]*:)?([^\s/>:]+)[^<]*>/.exec(text.slice(at)) || [];
    if (!["testsuites", "testsuite"].includes(root)) {
      throw new BadResults("unknown-form", "the XML is not JUnit XML", "its root is testsuites or testsuite");
    }
  };
  const KINDS = { error: "errored", failure: "failed", skipped: "skipped" };

  /* Whether this is a test that did not run as runners other than Tempest's write it. */
  const isNotRun = (found) => ["notrun", "disabled", "skipped"].includes((found.getAttribute("status") || "").toLowerCase()) ||
    [...found.children].some(({ localName }) => localName === "disabled");

  function* readJunit(input, emit) {
    const text = xmlText(yield* input.whole());
    refuseOthers(text);
    refuseLong(text);
    const parsed = new DOMParser().parseFromString(text, "application/xml");
    const fault = parsed.getElementsByTagName("parsererror")[0];
    if (fault) {
      const [, line = 1] = /line (?:number )?(\d+)/i.exec(fault.textContent) || [];
      throw new BadResults("damaged", "the XML is not well-formed", "", Number(line));
    }
    for (const found of parsed.getElementsByTagNameNS("*", "testcase")) {
      if (found.parentElement.closest("*|testcase, testcase")) continue;
      const [owner, name] = ["classname", "name"].map((one) => found.getAttribute(one) || "");
      const test = !owner || name.startsWith(`${owner}.`) ? name : `${owner}.${name}`;
      const kind = Object.keys(KINDS).find((one) => [...found.children].some(({ localName }) => localName === one));
      const told = [...found.children].find(({ localName }) => localName === kind);
      if (!kind && isNotRun(found)) emit(test, "skipped", "it did not run");
      else emit(test, kind ? KINDS[kind] : "passed", kind ? told.getAttribute("message") || errorIn(told.textContent) : "");
    }
  }

  Object.assign(globalThis.interopCheck, { readJunit });
})();

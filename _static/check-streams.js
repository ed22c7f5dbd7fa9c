/* Reads subunit streams, version 2 and 1, as python-subunit does: see tools/results/subunit_2.py and subunit_1.py.
   A reader takes bytes and a function to which it passes the name of a test, its outcome and the reason. */
(() => {
  const TRACEBACK = 4096; // How much of the end of a traceback is kept, in bytes.
  const [AT_A_TIME, NAME, FOREIGN] = [10_000, 4096, 1 << 16];
  const LINE = 1 << 20;

  /* A file that cannot be read as results: a code, a message, what would be right, and the line. */
  class BadResults extends Error {
    constructor(code, message, hint = "", line = 1) {
      super(message);
      Object.assign(this, { code, hint, line });
    }
  }
  const damaged = (what, line) => new BadResults("damaged", `the stream is cut off or damaged: ${what}`, "", line);

  const escaped = (character) => {
    const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character];
    const code = character.codePointAt(0).toString(16);
    const [mark, digits] = code.length <= 2 ? ["x", 2] : code.length <= 4 ? ["u", 4] : ["U", 8];
    return short || `\\${mark}${code.padStart(digits, "0")}`;
  };
  /* A text from a file for people: cut, and characters that cannot be seen escaped. */
  const show = (text, limit = 80) => {
    const short = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
    return short.replace(/(?! )[\p{C}\p{Z}]/gu, escaped);
  };

  /* The last line of a traceback, where the error is; of another text too. */
  const errorIn = (text) => text.trim().split(/[\n\r]/).at(-1).trim();
  const decode = (bytes) => new TextDecoder().decode(bytes);
  const exactly = (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw damaged("a text is not UTF-8");
    }
  };

  const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const checksum = (bytes, from, to) => {
    let crc = 0xffffffff;
    for (let at = from; at < to; at += 1) crc = CRC[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
  };

  const STATUSES = ["", "exists", "inprogress", "success", "uxsuccess", "skip", "fail", "xfail"];
  const OUTCOMES = { success: "passed", fail: "failed", xfail: "failed", uxsuccess: "failed", skip: "skipped" };

  /* A packet, of which the checksum is right: the values that its flags tell of, in this order. */
  class Packet {
    constructor(bytes, at, end) {
      Object.assign(this, { bytes, at, end });
    }
    byte() {
      if (this.at >= this.end) throw damaged("a packet is shorter than its values");
      return this.bytes[this.at++];
    }
    number() {
      const first = this.byte();
      let value = first & 0x3f;
      for (let more = first >> 6; more > 0; more -= 1) value = value * 256 + this.byte();
      return value;
    }
    part() {
      const length = this.number();
      if (this.at + length > this.end) throw damaged("a text is longer than its packet");
      this.at += length;
      return this.bytes.subarray(this.at - length, this.at);
    }
    text() {
      const found = this.part();
      if (found.includes(0)) throw damaged("a text has a NUL byte");
      return exactly(found);
    }
    event(flags) {
      if (flags & 0x200) {
        this.at += 4;
        this.number();
      }
      const test = flags & 0x800 ? this.text() : null;
      if (flags & 0x80) for (let tags = this.number(); tags > 0; tags -= 1) this.text();
      if (flags & 0x20) this.text();
      const [file, content] = flags & 0x40 ? [this.text(), this.part()] : ["", null];
      if (flags & 0x400) this.text();
      return { test, status: STATUSES[flags & 7], file, content };
    }
  }

  const readSubunit2 = (bytes, emit) => {
    const running = new Map();
    const begin = (test) => {
      if (!running.has(test)) running.set(test, new Uint8Array());
      if (running.size > AT_A_TIME) throw new BadResults("too-large", `more than ${AT_A_TIME} tests run at a time`);
    };
    const attach = (test, content) => {
      begin(test);
      const joined = new Uint8Array(Math.min(TRACEBACK, running.get(test).length) + content.length);
      joined.set(running.get(test));
      joined.set(content, joined.length - content.length);
      running.set(test, joined.slice(-TRACEBACK));
    };
    const take = ({ test: id, status, file, content }) => {
      if (id === null) return;
      if (id === "subunit.parser" && status === "fail") throw damaged(decode(content || new Uint8Array()));
      const test = id.length > NAME ? [...id].slice(0, NAME).join("") : id;
      if (file === "reason" || file.startsWith("traceback")) attach(test, content);
      if (OUTCOMES[status]) {
        const said = decode(running.get(test) || new Uint8Array());
        running.delete(test);
        emit(test, OUTCOMES[status], status === "skip" ? said : errorIn(said));
      } else if (status === "inprogress") begin(test);
    };
    // What is not subunit is text: the byte with which a packet begins can be in the middle of a character.
    let [at, foreign, character, inside] = [0, 0, [], false];
    const skip = (byte) => {
      const read = [...character, byte];
      try {
        const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(read), { stream: true });
        [character, inside] = whole ? [[], false] : [read, true];
      } catch {
        inside = false;
      }
      at += 1;
      foreign += 1;
      if (foreign > FOREIGN) throw new BadResults("damaged", `the stream has more than ${FOREIGN} bytes that are not subunit`);
    };
    while (at < bytes.length) {
      if (bytes[at] !== 0xb3 || inside) {
        skip(bytes[at]);
        continue;
      }
      const head = new Packet(bytes, at + 1, bytes.length);
      const flags = head.byte() * 256 + head.byte();
      if (bytes[head.at] >> 6 === 3) throw damaged("a packet has a length of four bytes");
      const end = at + head.number();
      if (end < at + 6 || end < head.at + 4) throw damaged("a packet is shorter than its header");
      if (end > bytes.length) throw damaged("a packet is cut off");
      const told = new DataView(bytes.buffer, bytes.byteOffset + end - 4).getUint32(0);
      if (checksum(bytes, at, end - 4) !== told) throw damaged("the checksum of a packet is wrong");
      take(new Packet(bytes, head.at, end - 4).event(flags));
      at = end;
    }
    for (const test of running.keys()) emit(test, "missing", "it began and did not end");
  };

  const WORDS = {
    success: "passed", successful: "passed", failure: "failed", error: "errored", skip: "skipped",
    xfail: "failed", uxsuccess: "failed",
  };
  const EXPECTED = { xfail: "expected failure", uxsuccess: "unexpected success" };

  const readSubunit1 = (bytes, emit) => {
    let [at, number] = [0, 0];
    const cut = () => new BadResults("damaged", "the stream is cut off", "", number + (at < bytes.length ? 1 : 0));
    const broken = (what) => new BadResults("damaged", `this is not subunit: ${what}`, "", number);
    const line = () => {
      const end = bytes.indexOf(10, at);
      if ((end < 0 ? bytes.length : end) - at >= LINE) {
        throw new BadResults("too-large", `a line of ${LINE} bytes`, "", number + 1);
      }
      if (end < 0) throw cut();
      const found = bytes.subarray(at, end);
      [at, number] = [end + 1, number + 1];
      return found;
    };
    const simple = (kind) => {
      const found = [];
      for (let text = decode(line()); text !== "]"; text = decode(line())) {
        found.push(text.startsWith(" ]") ? text.slice(1) : text);
        if (found.length > 200) found.splice(0, 100);
      }
      return [[kind === "skip" ? "reason" : kind.startsWith("succ") ? "message" : "traceback", found.slice(-100).join("\n")]];
    };
    const chunks = () => {
      let last = new Uint8Array();
      for (;;) {
        const head = decode(line());
        if (!/^[0-9a-f]+\r$/i.test(head)) throw broken("a chunk without its length");
        const size = Number.parseInt(head, 16);
        if (!size) return decode(last);
        if (at + size > bytes.length) throw cut();
        last = bytes.subarray(Math.max(at, at + size - TRACEBACK), at + size);
        at += size;
      }
    };
    const multipart = () => {
      const found = [];
      for (let text = exactly(line()); text !== "]"; text = exactly(line())) {
        if (!/^\S* [^/]+\/[^/]+$/.test(text)) throw broken("no type of content");
        found.push([exactly(line()), chunks()]);
      }
      return found;
    };
    const reason = (details) => {
      const [name, text] = details.find(([one]) => one === "reason" || one.startsWith("traceback")) || ["", ""];
      return name === "reason" ? text : errorIn(text);
    };
    let running = "";
    while (at < bytes.length) {
      const text = decode(line());
      const [, word = "", test = ""] = /^([a-z]+):* ([^]*)$/.exec(text) || [];
      if (word === "time" && !/^\d{4}-?\d\d/.test(test)) throw broken("a time that is none");
      if (!running && (word === "test" || word === "testing")) running = test;
      else if (running && WORDS[word] && [running, `${running} [`, `${running} [ multipart`].includes(test)) {
        const details = test === running ? [] : test.endsWith(" [") ? simple(word) : multipart();
        emit(running, WORDS[word], EXPECTED[word] || (WORDS[word] === "passed" ? "" : reason(details)));
        running = "";
      }
    }
    if (running) throw cut();
  };

  globalThis.interopCheck = { BadResults, errorIn, show, readSubunit2, readSubunit1 };
})();

/* Reads subunit streams, version 2 and 1, as python-subunit does: see tools/results/subunit_2.py and subunit_1.py.
   A reader takes an input and a function to which it passes the name of a test, its outcome and the reason. */
(() => {
  const { BadResults, errorIn, join } = globalThis.interopCheck;
  const TRACEBACK = 4096; // How much of the end of a traceback is kept, in bytes.
  const [AT_A_TIME, NAME, FOREIGN] = [10_000, 4096, 1 << 16];

  const damaged = (what, line) => new BadResults("damaged", `the stream is cut off or damaged: ${what}`, "", line);

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
  const EXPECTED = { xfail: "expected failure", uxsuccess: "unexpected success" };
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

  /* The event of the packet that begins here. */
  function* packet(input) {
    yield* input.has(6); // The signature, the flags and the longest length.
    const head = new Packet(input.bytes, input.at + 1, input.bytes.length);
    const flags = head.byte() * 256 + head.byte();
    if (input.bytes[head.at] >> 6 === 3) throw damaged("a packet has a length of four bytes");
    const size = head.number();
    const begin = head.at - input.at;
    if (size < 6 || size < begin + 4) throw damaged("a packet is shorter than its header");
    if (!(yield* input.has(size))) throw damaged("a packet is cut off");
    const bytes = input.take(size);
    const told = new DataView(bytes.buffer, bytes.byteOffset + size - 4).getUint32(0);
    if (checksum(bytes, 0, size - 4) !== told) throw damaged("the checksum of a packet is wrong");
    return new Packet(bytes, begin, size - 4).event(flags);
  }

  function* readSubunit2(input, emit) {
    const running = new Map();
    const begin = (test) => {
      if (!running.has(test)) running.set(test, new Uint8Array());
      if (running.size > AT_A_TIME) throw new BadResults("too-large", `more than ${AT_A_TIME} tests run at a time`);
    };
    const attach = (test, content) => {
      begin(test);
      running.set(test, join(running.get(test), content).slice(-TRACEBACK));
    };
    const take = ({ test: id, status, file, content }) => {
      if (id === null) return;
      if (id === "subunit.parser" && status === "fail") throw damaged(decode(content || new Uint8Array()));
      const test = id.length > NAME ? [...id].slice(0, NAME).join("") : id;
      if (file === "reason" || file.startsWith("traceback")) attach(test, content);
      if (OUTCOMES[status]) {
        const said = decode(running.get(test) || new Uint8Array());
        running.delete(test);
        emit(test, OUTCOMES[status], EXPECTED[status] || (status === "skip" ? said : errorIn(said)));
      } else if (status === "inprogress") begin(test);
    };
    // What is not subunit is text: the byte with which a packet begins can be in the middle of a character.
    let [foreign, character, inside] = [0, [], false];
    const skip = ([byte]) => {
      const read = [...character, byte];
      try {
        const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(read), { stream: true });
        [character, inside] = whole ? [[], false] : [read, true];
      } catch {
        [character, inside] = [[], false];
      }
      foreign += 1;
      if (foreign > FOREIGN) throw new BadResults("damaged", `the stream has more than ${FOREIGN} bytes that are not subunit`);
    };
    while (yield* input.has(1)) {
      if (input.bytes[input.at] !== 0xb3 || inside) skip(input.take(1));
      else take(yield* packet(input));
    }
    for (const test of running.keys()) emit(test, "missing", "it began and did not end");
  }

  const WORDS = {
    success: "passed", successful: "passed", failure: "failed", error: "errored", skip: "skipped",
    xfail: "failed", uxsuccess: "failed",
  };

  function* readSubunit1(input, emit) {
    let [number, begun] = [0, false]; // The lines that were read, and whether there is a part of another one.
    const cut = () => new BadResults("damaged", "the stream is cut off", "", number + (input.left || begun ? 1 : 0));
    const broken = (what) => new BadResults("damaged", `this is not subunit: ${what}`, "", number);
    function* line() {
      const found = yield* input.line(number + 1);
      if (!found) throw cut();
      [number, begun] = [number + 1, false];
      return found;
    }
    function* simple(kind) {
      const found = [];
      for (let text = decode(yield* line()); text !== "]"; text = decode(yield* line())) {
        found.push(text.startsWith(" ]") ? text.slice(1) : text);
        if (found.length > 200) found.splice(0, 100);
      }
      return [[kind === "skip" ? "reason" : kind.startsWith("succ") ? "message" : "traceback", found.slice(-100).join("\n")]];
    }
    function* chunks() {
      let last = new Uint8Array();
      for (;;) {
        const head = decode(yield* line());
        if (!/^[0-9a-f]+\r$/i.test(head)) throw broken("a chunk without its length");
        let size = Number.parseInt(head, 16);
        if (!size) return decode(last);
        while (size) {
          if (!(yield* input.has(1))) throw cut();
          const piece = input.take(size);
          size -= piece.length;
          for (const byte of piece) if (byte === 10) number += 1;
          begun = piece.at(-1) !== 10;
          last = join(last, piece.subarray(-TRACEBACK)).slice(-TRACEBACK);
        }
      }
    }
    function* multipart() {
      const found = [];
      for (let text = exactly(yield* line()); text !== "]"; text = exactly(yield* line())) {
        if (!/^\S* [^/]+\/[^/]+$/.test(text)) throw broken("no type of content");
        found.push([exactly(yield* line()), yield* chunks()]);
      }
      return found;
    }
    const reason = (details) => {
      const [name, text] = details.find(([one]) => one === "reason" || one.startsWith("traceback")) || ["", ""];
      return name === "reason" ? text : errorIn(text);
    };
    let running = "";
    while (yield* input.has(1)) {
      const text = decode(yield* line());
      const [, word = "", test = ""] = /^([a-z]+):* ([^]*)$/.exec(text) || [];
      if (word === "time" && !/^\d{4}-?\d\d/.test(test)) throw broken("a time that is none");
      if (!running && (word === "test" || word === "testing")) running = test;
      else if (running && WORDS[word] && [running, `${running} [`, `${running} [ multipart`].includes(test)) {
        const details = test === running ? [] : test.endsWith(" [") ? yield* simple(word) : yield* multipart();
        emit(running, WORDS[word], EXPECTED[word] || (WORDS[word] === "passed" ? "" : reason(details)));
        running = "";
      }
    }
    if (running) throw cut();
  }

  Object.assign(globalThis.interopCheck, { EXPECTED, readSubunit2, readSubunit1 });
})();

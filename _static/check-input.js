/* A file of results, which is read piece by piece: see tools/results/opened.py. Readers are generators that yield when
   they need the next piece, so that a large stream is never in memory. */
(() => {
  const LINE = 1 << 20; // The longest line that is read.
  const WHOLE = 1 << 26; // The largest file of a form that is read as a whole, in bytes.

  /* A file that cannot be read as results: a code, a message, what would be right, and the line. */
  class BadResults extends Error {
    constructor(code, message, hint = "", line = 1) {
      super(message);
      Object.assign(this, { code, hint, line });
    }
  }

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

  const join = (one, other) => {
    const made = new Uint8Array(one.length + other.length);
    made.set(one);
    made.set(other, one.length);
    return made;
  };

  /* The bytes of a file that are there and not yet read: `bytes` from `at` on. */
  class Input {
    bytes = new Uint8Array();
    at = 0;
    ended = false;

    add(piece, ended) {
      this.bytes = this.left ? join(this.bytes.subarray(this.at), piece) : piece;
      this.at = 0;
      this.ended = ended;
    }
    get left() {
      return this.bytes.length - this.at;
    }
    /* Whether so many bytes are left in the file, which are there then. */
    *has(size) {
      while (this.left < size && !this.ended) yield;
      return this.left >= size;
    }
    /* At most so many bytes, of those that are there. */
    take(size) {
      const found = this.bytes.subarray(this.at, this.at + size);
      this.at += found.length;
      return found;
    }
    /* All bytes of the file. */
    *whole() {
      while (this.left <= WHOLE && !this.ended) yield;
      if (this.left > WHOLE) throw new BadResults("too-large", `the file has more than ${WHOLE} bytes`, "use the command line for it");
      return this.take(this.left);
    }
    /* The bytes of a line, without its end; null if the file ends before that of the line. */
    *line(number) {
      for (let from = 0; ; yield) {
        const end = this.bytes.indexOf(10, this.at + from);
        if ((end < 0 ? this.left : end - this.at) >= LINE) throw new BadResults("too-large", `a line of ${LINE} bytes`, "", number);
        if (end >= 0) {
          const found = this.take(end - this.at);
          this.at += 1;
          return found;
        }
        if (this.ended) return null;
        from = this.left;
      }
    }
  }

  const encoding = ([a, b]) => (a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : "utf-8");

  /* The lines of a text, without their ends. */
  class Lines {
    number = 0; // The number of the last line that was read.

    constructor(input) {
      Object.assign(this, { input, text: "", at: 0, decoder: new TextDecoder(encoding(input.bytes)), end: /\r\n|\r|\n/g });
    }
    /* The next line; null after the last one. */
    *next() {
      for (;;) {
        this.end.lastIndex = this.at;
        const found = this.end.exec(this.text);
        const last = this.input.ended && !this.input.left;
        if (found && (last || this.end.lastIndex < this.text.length)) return this.take(found.index, this.end.lastIndex);
        if (last) return this.at < this.text.length ? this.take(this.text.length, this.text.length) : null;
        if (!found && this.text.length - this.at >= LINE) this.take(this.text.length);
        yield* this.input.has(1);
        const piece = this.input.take(this.input.left);
        this.text = this.text.slice(this.at) + this.decoder.decode(piece, { stream: !this.input.ended });
        this.at = 0;
      }
    }
    take(end, next) {
      const found = this.text.slice(this.at, end);
      [this.at, this.number] = [next, this.number + 1];
      if (found.length >= LINE) throw new BadResults("too-large", `the line has more than ${LINE} characters`, "", this.number);
      return found;
    }
  }

  globalThis.interopCheck = { BadResults, Input, LINE, Lines, encoding, errorIn, join, show };
})();

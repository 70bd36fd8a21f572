import { Transform, type TransformCallback } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** What a terminal puts around pasted text once it is asked to. @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Bracketed-Paste-Mode */
const BEGIN = '\u001b[200~';
const END = '\u001b[201~';
const ASK = '\u001b[?2004h';
const ASK_NO_MORE = '\u001b[?2004l';

/** Turns the line breaks of pasted text into spaces, so that a pasted list is one answer. */
export class PastedLines extends Transform {
  readonly isTTY = true;
  readonly #decoder = new StringDecoder('utf8');
  #inside = false;
  /** The beginning of a mark whose end is still to come. */
  #rest = '';

  setRawMode(isRaw: boolean): this {
    process.stdin.setRawMode(isRaw);
    return this;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const text = this.#rest + this.#decoder.write(chunk);
    // eslint-disable-next-line no-control-regex -- a mark begins with ESC
    this.#rest = /\u001b\[(?:2(?:0(?:[01])?)?)?$/.exec(text)?.[0] ?? '';
    const whole = this.#rest === '' ? text : text.slice(0, -this.#rest.length);
    done(
      null,
      whole
        // eslint-disable-next-line no-control-regex -- a mark begins with ESC
        .split(/(\u001b\[20[01]~)/)
        .map((part) => this.#part(part))
        .join(''),
    );
  }

  #part(part: string): string {
    if (part === BEGIN || part === END) {
      this.#inside = part === BEGIN;
      return '';
    }
    return this.#inside ? part.replace(/[\r\n]+/g, ' ') : part;
  }
}

/** Reads standard input for one prompt, with pasted line breaks as spaces. */
export async function withPastedLines<T>(read: (input: PastedLines) => Promise<T>): Promise<T> {
  const input = new PastedLines();
  process.stdin.pipe(input);
  process.stdout.write(ASK);
  try {
    return await read(input);
  } finally {
    process.stdout.write(ASK_NO_MORE);
    process.stdin.unpipe(input);
    input.destroy();
  }
}

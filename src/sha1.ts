const ROUND_CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;
const BLOCK = 64;

/**
 * The SHA-1 of some bytes, in hexadecimal. It is not Node's own, since `node:crypto` takes longer to load than a small
 * repository to render.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3174
 */
export function sha1(bytes: Uint8Array): string {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const padded = withLength(bytes);
  const words = new Int32Array(80);
  for (let at = 0; at < padded.byteLength; at += BLOCK) addBlock(state, padded, at, words);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The message, a one bit, zeros, and its length in bits, to a whole number of blocks. */
function withLength(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK);
  const padded = new Uint8Array(blocks * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function addBlock(state: Int32Array, padded: DataView, at: number, words: Int32Array): void {
  const word = (t: number) => words[t] ?? 0;
  for (let t = 0; t < 16; t++) words[t] = padded.getInt32(at + 4 * t);
  for (let t = 16; t < 80; t++)
    words[t] = rotated(word(t - 3) ^ word(t - 8) ^ word(t - 14) ^ word(t - 16), 1);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t++) {
    const round = Math.floor(t / 20);
    const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? majority(b, c, d) : b ^ c ^ d;
    const next = (rotated(a, 5) + mixed + e + word(t) + (ROUND_CONSTANTS[round] ?? 0)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
  state[4] = (state[4] ?? 0) + e;
}

function majority(b: number, c: number, d: number): number {
  return (b & c) | (b & d) | (c & d);
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

const BLOCK = 64;
const WORD = 4;

/**
 * The SHA-1 of some bytes, in hexadecimal. It is not Node's own, since `node:crypto` takes longer to load than a small
 * repository to render; and it is one loop over numbers, since it runs before V8 has optimised it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3174
 */
/* eslint-disable @typescript-eslint/no-non-null-assertion -- what is beyond an end is 0 in arithmetic, and not used */
export function sha1(bytes: Uint8Array): string {
  const message = wordsOf(bytes);
  const words = new Int32Array(80);
  let h0 = 0x67452301;
  let h1 = 0xefcdab89 | 0;
  let h2 = 0x98badcfe | 0;
  let h3 = 0x10325476;
  let h4 = 0xc3d2e1f0 | 0;
  for (let at = 0; at < message.length; at += BLOCK / WORD) {
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    for (let t = 0; t < 80; t++) {
      const mixed = words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!;
      const word = t < 16 ? message[at + t]! : (mixed << 1) | (mixed >>> 31);
      words[t] = word;
      const round =
        t < 20
          ? ((b & c) | (~b & d)) + 0x5a827999
          : t < 40
            ? (b ^ c ^ d) + 0x6ed9eba1
            : t < 60
              ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
              : (b ^ c ^ d) + 0xca62c1d6;
      const next = (((a << 5) | (a >>> 27)) + round + e + word) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return [h0, h1, h2, h3, h4].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The message, a one bit, zeros, and its length in bits, to a whole number of blocks. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const padded = Buffer.alloc(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  padded.writeUInt32BE(Math.floor(bytes.length / 2 ** 29), padded.length - 8);
  padded.writeUInt32BE((bytes.length * 8) >>> 0, padded.length - 4);
  padded.swap32();
  return new Int32Array(padded.buffer, padded.byteOffset, padded.length / WORD);
}

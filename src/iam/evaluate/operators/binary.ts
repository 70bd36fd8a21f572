import { plainComparison } from './comparison.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes, as text that compares byte for byte: two encodings may name the same bytes. */
function readBytes(text: string): string | undefined {
  return BASE64.test(text) ? Buffer.from(text, 'base64').toString('hex') : undefined;
}

/** Both sides are base64 of the binary value. */
export const binaryEquals = plainComparison(readBytes, (actual, expected) => actual === expected);

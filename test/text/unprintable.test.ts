import { expect, test } from '@jest/globals';
import { hasInvisible, hasUnprintable } from '../../src/text/unprintable.ts';

/** Every code point that makes this true, among all that there are. */
function codePoints(isOne: (character: string) => boolean): number[] {
  return Array.from({ length: 0x110000 }, (_, code) => code).filter((code) =>
    isOne(String.fromCodePoint(code)),
  );
}

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** Soft hyphen, direction of a word, directions of texts, joiners, marks of a byte order, no characters. */
const TAKEN_FOR_OTHERS = /[\u00ad\u061c\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/;

test("unprintable are Unicode's controls, lone surrogates and separators but the space, and what looks like another", () => {
  const expected = codePoints(
    (one) => one !== ' ' && (/[\p{Cc}\p{Cs}\p{Z}]/u.test(one) || TAKEN_FOR_OTHERS.test(one)),
  );
  expect(codePoints(hasUnprintable)).toEqual(expected);
});

test('invisible in a terminal are the same but for a line and a tab, and fillers, variations and tags', () => {
  const fillers = [
    ...[0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x3164, 0xffa0],
    ...[...between(0x180b, 0x180f), ...between(0x200b, 0x200f), ...between(0xfe00, 0xfe0f)],
    ...[...between(0xfff0, 0xfffb), ...between(0xe0000, 0xe0fff)],
  ];
  const known = new Set(fillers);
  const expected = codePoints((one) => {
    if (one === '\n' || one === '\t') return false;
    return hasUnprintable(one) || known.has(one.codePointAt(0) ?? -1);
  });
  expect(codePoints(hasInvisible)).toEqual(expected);
});

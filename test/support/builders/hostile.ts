import fc from 'fast-check';
import { checkRef, isPattern, type RefType } from '../../../src/gitlab/ref.ts';
import { checkProjectPath } from '../../../src/gitlab/project-path.ts';
import {
  checkAudience,
  checkDescription,
  checkRolePath,
  checkTags,
} from '../../../src/iam/role-fields.ts';

/** Pieces that some language on the way from an answer to AWS takes for its own. */
const TREACHEROUS = [
  '${', '$${', '$$${', '$$', '$', '%{', '%%{', '%%%{', '%', '&{', '#{', '#', '{{', '}}', '{', '}',
  '"', "'", '`', '``', '|', '<', '>', '<!--', '&', '&amp;', '&quot;', ';', '!', '=', '#{x}', '${x}',
  '%{if true}', '%{endif}', '${$}', '$(x)', '`x`', "'$x'", '"+"', '</b>', '{{x}}', '#x', '%s', '%00', '%PATH%',
  '@', '.', '-', '/', ',', '(', ')', ']', '_', '+', '__proto__', 'TfToken', 'null', '-8.10956221259138e+298',
  '1e5', 'u0041', 'ß', 'é', 'ÿ', '\u00a0', '\u00ad', '\u0080', '\u0085', '\u009f',
]; // prettier-ignore

/** Pieces that git refuses in some place or everywhere. */
const REFUSED_BY_GIT = [
  ' ', '~', '^', ':', '?', '*', '[', '\\', '..', '@{', '//', '/.', '../', '.lock', '.lock/', '\t', '\n', '\u007f', '\u0001', 'HEAD', 'refs/',
]; // prettier-ignore

/** What cdktf takes for tokens of its own, and the words it keeps for itself. */
const CDKTF_TOKENS = [
  '${TfToken[TOKEN.0]}', '$${TfToken[TOKEN.0]}', '#{TfToken[TOKEN.1]}', '&{TfToken[TOKEN.2]}', '${TfToken[TOKEN.1]}',
  'TfToken[TOKEN.0]}', '${TfToken[', '-8.10956221259138e+298',
]; // prettier-ignore

const pieces = (...of: readonly fc.Arbitrary<string>[]) =>
  fc.array(fc.oneof(...of), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));

const between = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code));

/** A name that git may accept or refuse. */
export function refCandidate(): fc.Arbitrary<string> {
  return pieces(
    fc.constantFrom(...TREACHEROUS),
    fc.constantFrom(...REFUSED_BY_GIT),
    between(0x01, 0xff),
    fc.constantFrom('a', 'b', 'main'),
  );
}

/** A branch or tag that git allows and an IAM policy can hold. */
export function refName(type: RefType): fc.Arbitrary<string> {
  return pieces(
    fc.constantFrom(...TREACHEROUS),
    fc.constantFrom(...TREACHEROUS),
    between(0x21, 0xff),
    fc.constantFrom('a', 'main'),
  ).filter((name) => !isPattern(name) && checkRef({ type, name }) === undefined);
}

export function projectPath(): fc.Arbitrary<string> {
  const segment = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,6}$/);
  return fc
    .array(segment, { minLength: 2, maxLength: 4 })
    .map((segments) => segments.join('/'))
    .filter((path) => checkProjectPath(path) === undefined);
}

/** Any text, on any number of lines, such as a description. */
export function anyText(): fc.Arbitrary<string> {
  return pieces(
    fc.constantFrom(...TREACHEROUS),
    fc.constantFrom(...CDKTF_TOKENS),
    fc.constantFrom(
      '\n',
      '\r\n',
      '\t',
      ' ',
      '\\',
      '\\n',
      '\\u0041',
      '* ',
      '- ',
      'EOT\n',
      ': ',
      ' #',
    ),
    fc.constantFrom('String Map Token Value', 'a'),
    between(0x20, 0xff),
  );
}

export function description(): fc.Arbitrary<string> {
  return fc
    .oneof(anyText(), fc.constant('String Map Token Value'), fc.constant('Any Map Token Value'))
    .map((text) => text.replace(/[\u007f-\u00a0]/g, ''))
    .filter((text) => checkDescription(text) === undefined);
}

/** AWS takes letters and spaces of every script in tags. */
const TAG_PIECES = [
  'a', 'Z', '0', '10', '1e5', ' ', '_', '.', ':', '/', '=', '+', '-', '@', 'é', 'ж', 'あ', '가', 'ก', 'กำ', 'ا', 'א',
  '𝒳', '𠀀', '\u00a0', '\u2028', '\u2029', '\u3000', 'for', 'null', 'true', 'no', '0x1f', '.inf', '-8.10956221259138e+298',
  '2001-01-01', '1:30',
]; // prettier-ignore
const WORDS = ['for', 'null', 'true', 'if', 'in', 'toString', 'String Map Token Value', 'กำ', '10'];

function tagText(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...WORDS), pieces(fc.constantFrom(...TAG_PIECES)));
}

export function tags(): fc.Arbitrary<Record<string, string>> {
  return fc
    .uniqueArray(fc.tuple(tagText(), tagText()), {
      selector: ([key]) => key.toLowerCase(),
      maxLength: 6,
    })
    .map((entries) => Object.fromEntries(entries))
    .filter((all) => checkTags(all) === undefined);
}

export function rolePath(): fc.Arbitrary<string> {
  return pieces(fc.constantFrom(...TREACHEROUS), between(0x21, 0x7e))
    .map((inner) => `/${inner}/`)
    .filter((path) => checkRolePath(path) === undefined);
}

export function audience(): fc.Arbitrary<string> {
  const odd = [
    '.5',
    '.inf',
    '.nan',
    '._5',
    '.e5',
    'yes',
    'null',
    '~',
    '0x1f',
    '1e3',
    '12:30:45',
    '#{TfToken[TOKEN.0]}',
  ];
  return fc
    .oneof(fc.constantFrom(...odd), fc.stringMatching(/^[!-#%-~]{1,12}$/))
    .filter((text) => checkAudience(text) === undefined);
}

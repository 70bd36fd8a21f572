import { parseJson } from '../../text/parse-json.ts';
import {
  boolean,
  type HclFunction,
  list,
  misused,
  NotEvaluated,
  number,
  text,
} from './arguments.ts';
import { isMap, membersOf, textOfValue } from './values.ts';
import { yamlDecoded } from './yaml-decode.ts';

/** Functions of texts and numbers. */
export const OF_TEXT: Readonly<Record<string, HclFunction>> = {
  abs: ([one]) => Math.abs(number(one)),
  ceil: ([one]) => Math.ceil(number(one)),
  floor: ([one]) => Math.floor(number(one)),
  chomp: ([one]) => text(one).replace(/[\r\n]+$/, ''),
  endswith: ([one, end]) => text(one).endsWith(text(end)),
  format: ([form, ...values]) => formatted(text(form), values),
  formatlist: ([form, ...values]) => {
    const lists = values.filter(Array.isArray);
    const [first] = lists;
    if (!first || lists.some((one) => one.length !== first.length)) return misused();
    return first.map((_, at) =>
      formatted(
        text(form),
        values.map((one): unknown => (Array.isArray(one) ? one[at] : one)),
      ),
    );
  },
  join: ([by, ...lists]) => lists.flatMap((one) => list(one).map(text)).join(text(by)),
  jsondecode: ([one]) => {
    const { value, faults } = parseJson(text(one));
    return faults.length > 0 ? misused() : value;
  },
  jsonencode: ([one]) => encoded(one),
  lower: ([one]) => plain(text(one)).toLowerCase(),
  replace: ([one, from, to]) => {
    // Between slashes it is a regular expression of another language.
    if (/^\/.*\/$/s.test(text(from))) throw new NotEvaluated();
    return text(one).split(text(from)).join(text(to));
  },
  split: ([by, one]) => text(one).split(text(by)),
  startswith: ([one, start]) => text(one).startsWith(text(start)),
  strcontains: ([one, part]) => text(one).includes(text(part)),
  substr: ([one, from, length]) => {
    const [all, start, most] = [Array.from(text(one)), number(from), number(length)];
    return all.slice(start, most < 0 ? undefined : start + most).join('');
  },
  title: ([one]) => plain(text(one)).replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  tobool: ([one]) => (one === null ? null : boolean(one)),
  tonumber: ([one]) => (one === null ? null : number(one)),
  tostring: ([one]) => (one === null ? null : text(one)),
  trim: ([one, characters]) => trimmed(text(one), text(characters)),
  trimprefix: ([one, start]) =>
    text(one).startsWith(text(start)) ? text(one).slice(text(start).length) : text(one),
  trimspace: ([one]) => text(one).trim(),
  trimsuffix: ([one, end]) =>
    text(end) !== '' && text(one).endsWith(text(end))
      ? text(one).slice(0, -text(end).length)
      : text(one),
  upper: ([one]) => plain(text(one)).toUpperCase(),
  yamldecode: ([one]) => yamlDecoded(text(one)),
};

/** The verbs that policies and names are made with; widths and others are not evaluated. */
function formatted(form: string, values: readonly unknown[]): string {
  let used = 0;
  const made = form.replace(/%(.)/gs, (_, verb: string) => {
    if (verb === '%') return '%';
    if (used >= values.length) return misused();
    const value = values[used];
    used += 1;
    switch (verb) {
      case 's':
        return text(value);
      case 'v':
        return value === null ? 'null' : (textOfValue(value) ?? JSON.stringify(value));
      case 'd':
        return Number.isInteger(number(value)) ? String(number(value)) : misused();
      case 't':
        return String(boolean(value));
      case 'q':
        return JSON.stringify(text(value));
      default:
        throw new NotEvaluated();
    }
  });
  return used === values.length ? made : misused();
}

/** As Terraform writes JSON: members in their order, and without characters that HTML would read. */
function encoded(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    isMap(one) ? Object.fromEntries(membersOf(one)) : one,
  );
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Languages differ in the case of other letters. */
function plain(value: string): string {
  // eslint-disable-next-line no-control-regex -- it is every character of ASCII
  if (!/^[\u0000-\u007f]*$/.test(value)) throw new NotEvaluated();
  return value;
}

function trimmed(value: string, characters: string): string {
  const cut = new Set(characters);
  const all = Array.from(value);
  const start = all.findIndex((one) => !cut.has(one));
  const end = all.findLastIndex((one) => !cut.has(one));
  return start < 0 ? '' : all.slice(start, end + 1).join('');
}

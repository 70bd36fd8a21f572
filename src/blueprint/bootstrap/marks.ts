import type { PolicyValue } from '../../iam/policy.ts';

/** What differs from account to account stands in texts as a character that no policy can hold. */
export const MARKS = { account: '\u0000', stateKey: '\u0001', stateBucket: '\u0002' } as const;

export type Mark = keyof typeof MARKS;

/** A text in pieces: what is written as it is, and the marks between. */
export function piecesOf(text: string): readonly (string | { readonly mark: Mark })[] {
  // eslint-disable-next-line no-control-regex -- the marks are control characters
  const pieces = text.split(/([\u0000-\u0002])/).filter((piece) => piece !== '');
  return pieces.map((piece) => {
    const mark = ALL.find((one) => MARKS[one] === piece);
    return mark === undefined ? piece : { mark };
  });
}

const ALL = ['account', 'stateKey', 'stateBucket'] as const satisfies readonly Mark[];

/** What stands for the marks in one account; one that no text of it has can be left out. */
export type MarkValues = Readonly<Partial<Record<Mark, string>>>;

/** A document with every text made of it replaced. */
export function mapTexts<Ref>(
  value: PolicyValue,
  change: (text: string) => string | Ref,
): PolicyValue<Ref> {
  if (typeof value === 'string') return change(value);
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map((item) => mapTexts(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]),
  );
}

/** A document as one account gets it. */
export function inAccount(value: PolicyValue, values: MarkValues): PolicyValue {
  return mapTexts<never>(value, (text) => textInAccount(text, values));
}

export function textInAccount(text: string, values: MarkValues): string {
  return piecesOf(text)
    .map((piece) => (typeof piece === 'string' ? piece : (values[piece.mark] ?? '')))
    .join('');
}

function isList(value: PolicyValue): value is readonly PolicyValue[] {
  return Array.isArray(value);
}

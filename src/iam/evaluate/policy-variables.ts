/**
 * Divides a policy value at its `${…}`, in time proportional to its length: text stands at even places, what the braces
 * hold at odd ones. A `${` without a `}` is text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function splitAtVariables(value: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (;;) {
    const open = value.indexOf('${', from);
    const close = open < 0 ? -1 : value.indexOf('}', open);
    if (close < 0) return [...pieces, value.slice(from)];
    pieces.push(value.slice(from, open), value.slice(open + 2, close));
    from = close + 1;
  }
}

/** Divides a policy value at the colons outside its variables: the colon of `${aws:username}` separates nothing. */
export function splitAtColons(value: string): string[] {
  const pieces: string[] = [];
  let open = '';
  splitAtVariables(value).forEach((part, place) => {
    if (place % 2 === 1) {
      open += `\${${part}}`;
      return;
    }
    const [first = '', ...others] = part.split(':');
    open += first;
    for (const other of others) {
      pieces.push(open);
      open = other;
    }
  });
  pieces.push(open);
  return pieces;
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** `Statement[0].Condition.StringLike["gitlab.com:sub"]`: where something stands in a document. */
export function joinPath(base: string, ...steps: readonly (string | number)[]): string {
  let path = base;
  for (const step of steps) {
    if (typeof step === 'number') path += `[${String(step)}]`;
    else if (!IDENTIFIER.test(step)) path += `[${JSON.stringify(step)}]`;
    else path = path === '' ? step : `${path}.${step}`;
  }
  return path;
}

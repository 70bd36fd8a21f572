const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** `Statement[0].Condition.StringLike["gitlab.com:sub"]`: where something stands in a document. */
export function joinPath(base: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${String(step)}]`;
    if (!IDENTIFIER.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, base);
}

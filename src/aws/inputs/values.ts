export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list; `undefined` where it is not a list of texts. */
export function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}

/** The object without the members that are `undefined`: a field that is not known is left out. */
export function known<T extends object>(fields: { [K in keyof T]-?: T[K] | undefined }): T {
  const found: Record<string, unknown> = {};
  // A list of members would be made for each role and each policy of a dump.
  for (const name in fields) if (fields[name] !== undefined) found[name] = fields[name];
  return found as T;
}

/** An object of a JSON text: no list, and not `null`. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any value of JSON as text. Unlike `String`, it calls nothing that a value names, such as its member `toString`. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

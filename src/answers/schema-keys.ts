import type { GenericSchema } from 'valibot';

/** Every key of the objects that a schema describes, at any depth, once each, in the order of the schema. */
export function keysOf(schema: GenericSchema): readonly string[] {
  const keys = new Set<string>();
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    if ('entries' in node && typeof node.entries === 'object' && node.entries !== null) {
      for (const [key, entry] of Object.entries(node.entries)) {
        keys.add(key);
        visit(entry);
      }
    }
    // An optional value and a list hold one schema, a variant several.
    if ('wrapped' in node) visit(node.wrapped);
    if ('item' in node) visit(node.item);
    if ('options' in node && Array.isArray(node.options)) node.options.forEach(visit);
  };
  visit(schema);
  return [...keys];
}

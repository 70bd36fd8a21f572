import fc from 'fast-check';

/** A place in a JSON value: keys and list positions. */
type JsonRoute = readonly (string | number)[];

/** Objects whose members have the names of those that JavaScript's own objects have. */
const ODD = [
  '{"toString": 1}',
  '[{"toString": 1, "valueOf": 2}]',
  '{"__proto__": {"Effect": "Allow"}}',
].map((text) => JSON.parse(text) as unknown);

const deep = (levels: number) =>
  Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);

/** What can stand in the place of any value of an export that was changed by hand, or on the way. */
const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1.5,
    '',
    [],
    {},
    [[]],
    [null],
    ...ODD,
    deep(90),
    deep(200),
  ),
  fc.constantFrom(
    'constructor',
    '__proto__',
    'toString',
    '{',
    '%7B',
    '%7B%',
    '{"Statement": 1}',
    '{"Statement": [{"Effect": "Allow", "Principal": {"toString": 1}, "Action": 1}]}',
    'arn:aws:iam::999999999999:role/other',
    'arn:',
    '*',
    '${',
    '\ud800',
    'a'.repeat(5000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Every place in a value, that of the value itself first. */
export function routesIn(value: unknown, route: JsonRoute = []): JsonRoute[] {
  if (typeof value !== 'object' || value === null) return [route];
  const inner = Array.isArray(value)
    ? value.map((one: unknown, at): [number, unknown] => [at, one])
    : Object.entries(value);
  return [route, ...inner.flatMap(([key, one]) => routesIn(one, [...route, key]))];
}

/** The value with another one at a place, or without anything there. */
export function replaced(
  value: unknown,
  [key, ...rest]: JsonRoute,
  by: { readonly value?: unknown },
): unknown {
  if (key === undefined) return by.value;
  if (typeof value !== 'object' || value === null) return value;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.flatMap((one, at) =>
      at !== key ? [one] : isLast && !('value' in by) ? [] : [replaced(one, rest, by)],
    );
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
      name !== key
        ? [[name, one]]
        : isLast && !('value' in by)
          ? []
          : [[name, replaced(one, rest, by)]],
    ),
  );
}

/** A value of JSON in which one or two parts are something else, or missing; it is never missing as a whole. */
export function mangled(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({ at: fc.nat(), by: fc.option(oddJson.map((one) => ({ value: one }))) });
  return fc.array(change, { minLength: 1, maxLength: 2 }).map((changes) =>
    changes.reduce<unknown>((changed, { at, by }) => {
      const routes = routesIn(changed);
      const route = routes[at % routes.length] ?? [];
      return replaced(changed, route, by ?? (route.length === 0 ? { value: null } : {}));
    }, value),
  );
}

/** A text in which a few characters are something else, or missing. */
export function mangledText(text: string): fc.Arbitrary<string> {
  const put = fc.oneof(
    fc.constantFrom('', '"', '\\', '/*', '*/', '//', '{', '}', '[', ']', ',', ':', '\0', '{}', '#'),
    fc.string({ maxLength: 5 }),
  );
  return fc
    .record({ at: fc.nat(text.length), length: fc.nat(40), put })
    .map((one) => text.slice(0, one.at) + one.put + text.slice(one.at + one.length));
}

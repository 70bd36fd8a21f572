import { KEY_REFERENCE } from '../../../src/answers/reference.ts';
import { OUTPUTS, type KeyReference } from '../../../src/answers/reference-of-key.ts';
import { AnswersSchema } from '../../../src/answers/schema.ts';
import { PACKS } from '../../../src/permissions/index.ts';
import type { Pack } from '../../../src/permissions/pack.ts';

/** What a schema of valibot holds, as far as this page shows it. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly value?: Node;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly requirement?: unknown;
  readonly description?: string;
  readonly pipe?: readonly Node[];
}

/** A key of the answers as the page shows it. */
export interface Key {
  /** Such as `roles[].refs.branches`. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly meaning: string | undefined;
}

/** Every key that holds a value, in the order of the schema; an object only leads to its keys. */
export function answerKeys(): readonly Key[] {
  return keysBelow(asNode(AnswersSchema), '', true);
}

/** What the schema is at run time; its types are for the answers, not for the schema itself. */
function asNode(schema: unknown): Node {
  return schema as Node;
}

function keysBelow(node: Node, path: string, required: boolean): readonly Key[] {
  if (node.wrapped) return keysBelow(node.wrapped, path, false);
  if (node.type === 'array' && node.item?.entries)
    return keysBelow(node.item, `${path}[]`, required);
  if (node.type === 'variant') return variantKeys(node, path);
  const inUnion = node.type === 'union' ? (node.options ?? []).map(asNode) : [];
  const nested = [node, ...inUnion].find(({ entries }) => entries)?.entries;
  const below = Object.entries(nested ?? {}).flatMap(([key, one]) =>
    keysBelow(one, path === '' ? key : `${path}.${key}`, true),
  );
  if (node.entries) return below;
  return [{ path, type: typeOf(node), required, meaning: descriptionOf(node) }, ...below];
}

/** A variant's discriminator once, with all its words, then the keys of each. */
function variantKeys(node: Node, path: string): readonly Key[] {
  const forms = (node.options ?? []).map(asNode).map(({ entries = {} }) => entries);
  const [first] = Object.keys(forms[0] ?? {});
  if (first === undefined) return [];
  const words = forms.map((entries) => String(asNode(entries[first]).literal));
  const type = words.map((word) => `\`${word}\``).join(', ');
  const own = forms.flatMap((entries, i) =>
    Object.entries(entries)
      .filter(([key]) => key !== first)
      .flatMap(([key, one]) =>
        keysBelow(one, `${path}.${key}`, true).map((found) => ({
          ...found,
          type: `${found.type}, with \`${first}: ${words[i] ?? ''}\``,
        })),
      ),
  );
  return [{ path: `${path}.${first}`, type, required: true, meaning: undefined }, ...own];
}

function descriptionOf({ pipe = [] }: Node): string | undefined {
  return pipe.find(({ type }) => type === 'description')?.description;
}

function typeOf(node: Node): string {
  switch (node.type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'record':
      return node.value?.type === 'string' ? 'texts by name' : 'object';
    case 'picklist':
      return words(node.options ?? []);
    case 'literal':
      return `\`${String(node.literal)}\``;
    case 'array':
      return `list of ${node.item?.type === 'string' ? 'texts' : typeOf(node.item ?? node)}`;
    case 'union':
      return (node.options ?? []).map((one) => inUnion(asNode(one))).join(' or ');
    case 'number':
      return numberType(node.pipe ?? []);
    default:
      throw new Error(`docs/answers.md has no word for the type ${node.type}`);
  }
}

function inUnion(node: Node): string {
  return node.entries ? 'an object' : typeOf(node);
}

function numberType(pipe: readonly Node[]): string {
  const limit = (type: string) => pipe.find((one) => one.type === type)?.requirement;
  const [min, max] = [limit('min_value'), limit('max_value')];
  if (typeof min !== 'number' || typeof max !== 'number') return 'number';
  return `whole number, ${min} to ${max}`;
}

function words(options: readonly unknown[]): string {
  return options.map((word) => `\`${String(word)}\``).join(', ');
}

const SECTIONS = [
  'gitlab',
  'aws',
  'provider',
  'accounts',
  'roles',
  'state',
  'ci',
  'bootstrap',
  'organization',
] as const;

/** `docs/answers.md`: what the schema of the answers, the packs and the reference say. */
export function answersPage(): string {
  const rows = answerKeys().map(rowOf);
  const inSection = (name: string) =>
    rows.filter(({ path }) => new RegExp(`^${name}\\b.`).test(path));
  const top = rows.filter(
    ({ path }) => !SECTIONS.some((name) => new RegExp(`^${name}\\b.`).test(path)),
  );
  const outputs = Object.entries(OUTPUTS).map(([name, what]) => `| ${name} | ${what} |\n`);
  return `# Answers

Every key of \`gitlab-aws-oidc.yaml\`. Generated from \`src/answers\` and \`src/permissions\` by \`npm run docs\`. \`[]\` stands for
each entry of a list. The same keys complete in an editor by \`gitlab-aws-oidc.schema.json\`, which lies beside the file.

The column "Changes" names what follows from the answer:

| Changes | Where |
| --- | --- |
${outputs.join('')}
## The file

${table(top)}
${SECTIONS.map((name) => `## ${name}\n\n${table(inSection(name))}`).join('\n')}
## Permission packs

Each stands under \`roles[].permissions\` by its name and becomes one inline policy of the role. A pack that is left out
permits nothing.

${packTable()}`;
}

function packTable(): string {
  const rows = Object.entries(PACKS).map(
    ([key, { meaning, example }]) =>
      `| \`${key}\` | ${escaped(meaning)} | \`${key}: ${JSON.stringify(example)}\` |\n`,
  );
  return `| Pack | What it permits | Example |\n| --- | --- | --- |\n${rows.join('')}`;
}

interface Row {
  readonly path: string;
  readonly cells: readonly string[];
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ cells }) => `| ${cells.join(' | ')} |\n`);
  return `| Key | Meaning | Type | Default | Example | Changes |\n| --- | --- | --- | --- | --- | --- |\n${lines.join('')}`;
}

function rowOf({ path, type, required, meaning }: Key): Row {
  const given = KEY_REFERENCE[path] ?? packReference(path);
  if (!given) throw new Error(`src/answers/reference.ts does not say what ${path} is`);
  const means = meaning ?? given.meaning;
  if (means === undefined) throw new Error(`nothing says what ${path} means`);
  const fallback = required ? 'required' : (given.default ?? 'none');
  const example = given.example === undefined ? 'below' : `\`${given.example}\``;
  return {
    path,
    cells: [`\`${path}\``, escaped(means), type, fallback, example, given.changes.join(', ')],
  };
}

/** What a pack says of its own keys. */
function packReference(
  path: string,
): (Omit<KeyReference, 'example'> & { example?: string }) | undefined {
  const [, key = '', field = ''] = /^roles\[\]\.permissions\.([^.]+)\.(.+)$/.exec(path) ?? [];
  const packs: Readonly<Record<string, Pack>> = PACKS;
  const pack = packs[key];
  if (!pack) return undefined;
  const example = asObject(pack.example)[field];
  return {
    ...(example === undefined ? {} : { example: JSON.stringify(example) }),
    changes: ['permissions'],
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Text of the schema as Markdown shows it. */
function escaped(text: string): string {
  return text.replace(/[|*<_]/g, '\\$&');
}

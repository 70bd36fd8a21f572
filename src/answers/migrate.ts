import { YAMLException } from 'js-yaml';
import { ANSWERS_VERSION } from './schema.ts';
import { parseSource } from './yaml/source.ts';

/** Turns the text of a file of one version into one of the next, so that comments and order are kept. */
export type Migration = (text: string) => string;

/** By the version that each starts from. Version 2 only adds to version 1: what a file says keeps its meaning. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map([[1, (text) => text]]);

/**
 * The text of an answers file, brought to the version that this program reads.
 *
 * @returns the very text where nothing is to be done, or where it is not known how: reading it says what is wrong
 */
export function migrateAnswers(
  text: string,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
  current: number = ANSWERS_VERSION,
): string {
  const version = versionIn(text);
  if (version === undefined || version.value >= current) return text;
  // Below it nothing moves: what a migration changes stands where it likes.
  let migrated = withVersion(text, version, current);
  for (let from = version.value; from < current; from++) {
    const migrate = migrations.get(from);
    if (!migrate) return text;
    migrated = migrate(migrated);
  }
  return migrated;
}

interface WrittenVersion {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

function versionIn(text: string): WrittenVersion | undefined {
  const root = rootOf(text);
  if (root?.kind !== 'map') return undefined;
  const node = root.pairs.find(
    ({ key }) => key.kind === 'scalar' && key.value === 'version',
  )?.value;
  if (node?.kind !== 'scalar' || !node.isPlain || !/^\d+$/.test(node.value)) return undefined;
  return { value: Number(node.value), start: node.start, end: node.end };
}

function rootOf(text: string) {
  try {
    return parseSource(text).root;
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
}

function withVersion(text: string, { start, end }: WrittenVersion, version: number): string {
  return text.slice(0, start) + String(version) + text.slice(end);
}

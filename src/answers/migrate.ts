import { isMap, parseDocument, type YAMLMap } from 'yaml';
import { ANSWERS_VERSION } from './schema.ts';

/** Turns a file of one version into one of the next, in place, so that comments and order are kept. */
export type Migration = (answers: YAMLMap) => void;

/** By the version that each starts from. Version 2 only adds to version 1: what a file says keeps its meaning. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map([[1, () => undefined]]);

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
  const document = parseDocument(text);
  const { contents } = document;
  if (document.errors.length > 0 || !isMap(contents)) return text;
  const version = contents.get('version');
  if (typeof version !== 'number' || version >= current) return text;
  const written = document.toString({ lineWidth: 0 });
  for (let from = version; from < current; from++) {
    const migrate = migrations.get(from);
    if (!migrate) return text;
    migrate(contents);
  }
  if (document.toString({ lineWidth: 0 }) === written) return withVersion(text, contents, current);
  document.set('version', current);
  return document.toString({ lineWidth: 0 });
}

/** The text with another version and nothing else changed, since no migration had anything to do. */
function withVersion(text: string, contents: YAMLMap, version: number): string {
  const [start, end] = contents.get('version', true)?.range ?? [0, 0];
  return text.slice(0, start) + String(version) + text.slice(end);
}

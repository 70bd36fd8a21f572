import { isMap, parseDocument, type YAMLMap } from 'yaml';
import { ANSWERS_VERSION } from './schema.ts';

/** Turns a file of one version into one of the next, in place, so that comments and order are kept. */
export type Migration = (answers: YAMLMap) => void;

/** By the version that each starts from. Version 1 is the first, so there is none yet. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map();

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
  for (let from = version; from < current; from++) {
    const migrate = migrations.get(from);
    if (!migrate) return text;
    migrate(contents);
  }
  document.set('version', current);
  return document.toString({ lineWidth: 0 });
}

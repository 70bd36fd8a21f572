import type { Guide } from './guide.ts';

type Asked = Parameters<Guide['choose']>[0] & {
  /** Whether none may be chosen. */
  readonly optional: boolean;
};

const DONE = ':done';

/**
 * Has things chosen from what GitLab finds, one after the other.
 *
 * @returns `undefined` where the person would rather type them
 */
export async function chooseSeveral(
  guide: Guide,
  { flag, message, why, optional, find }: Asked,
): Promise<string[] | undefined> {
  const chosen: string[] = [];
  for (;;) {
    const isFirst = chosen.length === 0;
    const value = await guide.choose({
      flag,
      message: isFirst ? message : `Another ${flag}`,
      why: isFirst ? why : `So far: ${chosen.join(', ')}.`,
      find: async (gitlab, words, signal) => {
        const found = await find(gitlab, words, signal);
        const open = found.filter((choice) => !chosen.includes(choice.value));
        if (words !== '' || (isFirst && !optional)) return open;
        const done = isFirst
          ? { name: 'none', short: 'none' }
          : { name: 'no, that is all', short: 'no' };
        return [{ value: DONE, ...done }, ...open];
      },
    });
    if (value === undefined) return isFirst ? undefined : chosen;
    if (value === DONE) return chosen;
    chosen.push(value);
  }
}

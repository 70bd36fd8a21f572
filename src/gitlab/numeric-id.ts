/**
 * Reads the id of a project or group: at most 15 digits, which JavaScript holds exactly.
 *
 * @returns `undefined` for any other text
 * @see https://docs.gitlab.com/api/projects/
 */
export function readId(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

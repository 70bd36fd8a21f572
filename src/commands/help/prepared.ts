import { readFileSync } from 'node:fs';
import { VERSION } from '../../version.ts';
import { inPackage } from './in-package.ts';

/** What the arguments ask to be shown, where nothing has to be run for it. */
export function preparedText([first, ...rest]: readonly string[]): string | undefined {
  const isAlone = rest.length === 0;
  if (first === '--version' || first === '-v' || (first === 'version' && isAlone))
    return `${VERSION}\n`;
  const asksOverview = first === '--help' || first === '-h' || (first === 'help' && isAlone);
  return asksOverview ? preparedOverview() : undefined;
}

/** How the prepared text says where a file of the package is, which is known when it is shown. */
export function placeholder(path: string): string {
  return `{{${path}}}`;
}

/** The text that the build made of the commands' records, or nothing where it is not there. */
function preparedOverview(): string | undefined {
  try {
    const text = readFileSync(inPackage('dist/help.txt'), 'utf8');
    return text.replace(/\{\{(.*?)\}\}/g, (_, path: string) => inPackage(path));
  } catch {
    return undefined;
  }
}

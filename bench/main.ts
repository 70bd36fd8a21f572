import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { access } from './access.ts';
import { audit } from './audit.ts';
import { accounts } from './accounts.ts';
import type { Benchmark, Place, Table } from './benchmark.ts';
import { decisions } from './decisions.ts';
import { generation } from './generation.ts';
import { help } from './help.ts';
import { UNSET } from './interleaved.ts';
import { firstRun, npx } from './npx.ts';
import { scale } from './scale.ts';

const BENCHMARKS: readonly Benchmark[] = [
  firstRun,
  generation,
  help,
  npx,
  scale,
  accounts,
  decisions,
  access,
  audit,
];

interface Run extends Place {
  /** Which benchmarks; all where empty, and then `docs/benchmarks.md` is written anew. */
  readonly names: readonly string[];
}

/** Runs benchmarks and prints their tables. @throws {Error} for a name that there is not */
export async function main({ root, folder, names }: Run): Promise<void> {
  const known = BENCHMARKS.map(({ name }) => name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new Error(`${stranger} is none of ${known.join(', ')}`);
  const chosen = BENCHMARKS.filter(({ name }) => names.length === 0 || names.includes(name));
  const sections = [machine()];
  process.stdout.write(`${sections[0] ?? ''}\n`);
  for (const { title, run } of chosen) {
    const section = `## ${title}\n\n${markdown(await run({ root, folder }))}`;
    process.stdout.write(`${section}\n`);
    sections.push(section);
  }
  if (names.length === 0) writeFileSync(join(root, 'docs/benchmarks.md'), page(sections));
}

function machine(): string {
  const processors = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}.\n`;
}

function markdown({ headings, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const rule = headings.map((_, column) => (column === 0 ? '---' : '--:'));
  const table = [headings, rule, ...rows].map(line).join('');
  return `${table}\n${notes.map((note) => `- ${note}\n`).join('')}`;
}

function page(sections: readonly string[]): string {
  return `# Benchmarks

What \`npm run bench\` printed last. Everything of a table was run in turn, in one go, on one machine: the ratios are what
counts, the times are that machine's. ${UNSET} is not set: Node 20 would read those certificates at every
start, and every ratio would look better than it is.

${sections.join('\n')}`;
}

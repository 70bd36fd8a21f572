import { readFileSync } from 'node:fs';
import { completeAnswers, readAnswersText } from '../src/answers/read.ts';
import { blueprintOf } from '../src/blueprint/build.ts';
import { renderRepository } from '../src/repository/render.ts';

/** More than AWS lets an account have; the program itself refuses it. */
const ANY_NUMBER = 100_000;

const [file = ''] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const started = performance.now();
const answers = completeAnswers(readAnswersText(text, file).draft);
const files = renderRepository(
  blueprintOf({ ...answers, aws: { ...answers.aws, quotas: { roles: ANY_NUMBER } } }),
  answers,
  text,
);
const milliseconds = performance.now() - started;
const bytes = [...files.values()].reduce((sum, content) => sum + content.length, 0);
process.stdout.write(JSON.stringify({ milliseconds, megabytes: peak(), bytes }));

/** Not `process.resourceUsage()`, which counts what the process that started this one took before. */
function peak(): number {
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

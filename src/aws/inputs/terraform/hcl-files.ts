import type { Inventory, Place, UnreadableItem } from '../../../access/role-context.ts';
import { Collector } from '../collector.ts';
import { parseHcl } from '../hcl/parse-body.ts';
import { SyntaxFault, type Block, type Body, type HclExpression } from '../hcl/syntax.ts';
import { LineNumbers } from '../../../text/line-numbers.ts';
import { placeAt, type Source } from '../text/source.ts';
import { providerOf, type Configuration, type ConfiguredResource } from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';

export interface HclFile {
  readonly file: string;
  readonly text: string;
}

/** Whether a text is HCL of Terraform: it begins with one of its blocks. */
export function isHcl(text: string): boolean {
  const code = text.replace(/^(?:\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/, '');
  return /^(resource|data|provider|terraform|locals|variable|output|module|import|moved|removed|check)\b[^\n=]*\{/.test(
    code,
  );
}

/**
 * Reads the `.tf` files of one folder as the configuration that they are.
 *
 * @param folder for what concerns no single file
 */
export function readHclFiles(folder: string, files: readonly HclFile[]): Inventory {
  const unreadable: UnreadableItem[] = [];
  const parsed = files.flatMap(({ file, text }): Parsed[] => {
    const lines = new LineNumbers(text);
    const placeOf = (path: string, offset: number) => placeAt(file, path, () => lines.of(offset));
    try {
      return [{ body: parseHcl(text), placeOf }];
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      unreadable.push({
        place: placeOf('', error.offset),
        what: `The file is not HCL from here on: expected ${error.expected}`,
        fix: 'Correct it; terraform validate says more',
      });
      return [];
    }
  });
  const configuration = configurationOf(parsed);
  const into = new Collector(sourceOf(folder, parsed));
  readConfiguration(configuration, into);
  const found = into.inventory();
  return { ...found, unreadable: [...found.unreadable, ...unreadable] };
}

interface Parsed {
  readonly body: Body;
  readonly placeOf: (path: string, offset: number) => Place;
}

function configurationOf(files: readonly Parsed[]): Configuration {
  const blocks = files.flatMap(({ body }) => body.blocks);
  return {
    resources: blocks.flatMap(resourceOf),
    locals: new Map(
      blocks.filter(({ type }) => type === 'locals').flatMap(({ body }) => argumentsOf(body)),
    ),
    providers: new Map(
      blocks
        .filter(({ type, labels }) => type === 'provider' && labels[0] === 'aws')
        .map(({ body }) => providerOf(body)),
    ),
    modules: blocks
      .filter(({ type }) => type === 'module')
      .map((block) => {
        const name = block.labels[0] ?? '';
        return { name, at: [`module.${name}`] };
      }),
  };
}

function argumentsOf({ attributes }: Body): [string, HclExpression][] {
  return attributes.map(({ name, value }) => [name, value]);
}

function resourceOf(block: Block): ConfiguredResource[] {
  const address = addressOf(block);
  const [type] = block.labels;
  if (address === undefined || type === undefined || block.type === 'module') return [];
  return [
    {
      address,
      type,
      mode: block.type === 'data' ? 'data' : 'managed',
      body: block.body,
      at: [address],
    },
  ];
}

function addressOf({ type, labels: [first, second] }: Block): string | undefined {
  if (type === 'module' && first !== undefined) return `module.${first}`;
  if ((type !== 'resource' && type !== 'data') || first === undefined || second === undefined)
    return undefined;
  return `${type === 'data' ? 'data.' : ''}${first}.${second}`;
}

/** Places of a configuration: the first key of a path is an address, the second an argument of it. */
function sourceOf(file: string, files: readonly Parsed[]): Source {
  const blocks = new Map(
    files.flatMap(({ body, placeOf }) =>
      body.blocks.flatMap((block) => {
        const address = addressOf(block);
        return address === undefined ? [] : [[address, { block, placeOf }] as const];
      }),
    ),
  );
  return {
    file,
    at: ([address = '', argument]) => {
      const found = blocks.get(String(address));
      if (!found) return { file, path: '' };
      const { attributes, blocks: nested } = found.block.body;
      const at =
        attributes.find(({ name }) => name === argument) ??
        nested.find(({ type }) => type === argument) ??
        found.block;
      return found.placeOf(
        argument === undefined ? String(address) : `${address}.${argument}`,
        at.offset,
      );
    },
  };
}

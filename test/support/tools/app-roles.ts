import { compileFunction } from 'node:vm';
import { transformSync } from 'rolldown/utils';
import type { Files } from '../../../src/render/files.ts';
import { isObject } from '../../../src/text/json-object.ts';

/** A role that an app describes, with what Terraform would make of it. */
export interface AppRole {
  readonly name: unknown;
  /** The text of its trust policy. */
  readonly trust: unknown;
}

type Require = (name: string) => unknown;
type Module = (require: Require, exports: object) => void;

/** Text by text, since the helpers of most apps are the same. */
const compiled = new Map<string, Module>();
const MOST_TEXTS = 200;

/**
 * The roles of a CDKTF app: its TypeScript is run, with constructs in place of the library's that note what they are
 * given. The real library takes seconds to load and does nothing else to these values.
 *
 * @param arnOf the ARN of a provider, by its URL
 */
export function appRoles(files: Files, arnOf: (url: string) => string): AppRole[] {
  const roles: AppRole[] = [];
  class Noted {
    readonly config: Readonly<Record<string, unknown>>;

    constructor(_scope: unknown, _id: string, config: unknown) {
      this.config = isObject(config) ? config : {};
    }

    get name(): unknown {
      return this.config['name'];
    }

    get arn(): string {
      const { url } = this.config;
      return typeof url === 'string' ? arnOf(url) : '';
    }
  }
  class NotedRole extends Noted {
    constructor(scope: unknown, id: string, config: unknown) {
      super(scope, id, config);
      roles.push({ name: this.config['name'], trust: this.config['assumeRolePolicy'] });
    }
  }
  const library = new Proxy({}, { get: (_, name) => (name === 'IamRole' ? NotedRole : Noted) });
  const modules = new Map<string, object>();
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known;
    const exports = {};
    modules.set(path, exports);
    moduleOf(files.get(path) ?? '')((name) => {
      if (!name.startsWith('.')) return library;
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      return load(new URL(`${name}.ts`, `file:///${folder}`).pathname.slice(1));
    }, exports);
    return exports;
  };
  const stack = [...files.keys()].find((path) => path.endsWith('-stack.ts')) ?? '';
  const [Stack] = Object.values(load(stack) as Record<string, new (...given: unknown[]) => object>);
  if (Stack) new Stack(undefined, 'stack');
  return roles;
}

/** Only the types are taken out, since TypeScript's own compiler takes longer than everything else about an app. */
function moduleOf(text: string): Module {
  const known = compiled.get(text);
  if (known) return known;
  const { code, errors } = transformSync('app.ts', text);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const exported: string[] = [];
  const script = code
    .replace(/^import (\{.*\}) from (".*");$/gm, 'const $1 = require($2);')
    .replace(/^export ((?:class|function) (\w+))/gm, (_, declared: string, name: string) => {
      exported.push(`exports.${name} = ${name};`);
      return declared;
    });
  // Another form of either would be a syntax error here, not an app with less in it.
  const made = compileFunction(`${script}\n${exported.join('')}`, ['require', 'exports']) as Module;
  if (compiled.size > MOST_TEXTS) compiled.clear();
  compiled.set(text, made);
  return made;
}

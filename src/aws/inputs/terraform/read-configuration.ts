import { type Collector, FIX_CONFIGURATION as FIX } from '../collector.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { Undetermined } from '../undetermined.ts';
import {
  addressOf,
  argumentsOf,
  type Configuration,
  type ConfiguredResource,
  type PlacedBlock,
  type BlockPlace,
} from './configuration.ts';
import { ModuleInstance, type World } from './module/instance.ts';
import { readResources } from './read-resources.ts';
import type { Surroundings, TerraformResource } from './resource.ts';

/** So many modules and resources are read of one root. */
const MOST = 10_000;

/** What a root module is given from outside, and who wants to know the places of what is in it. */
export interface Root extends World {
  /** Values of variables. */
  readonly given?: (variable: string) => unknown;
  /** Is called with the address of each resource that is read, and where it is written. */
  readonly onPlace?: (address: string, place: BlockPlace) => void;
}

/**
 * Reads the IAM resources of a configuration and of the modules that it calls; what does not follow from the files is
 * reported as unreadable.
 */
export function readConfiguration(configuration: Configuration, into: Collector, root: Root): void {
  // Without a block there is one provider, which the environment configures.
  const implicit = { account: root.account };
  const instance = new ModuleInstance(
    configuration,
    {
      prefix: '',
      folder: root.folder,
      through: root.folder === undefined ? [] : [root.folder],
      given: (name) => {
        const declared = configuration.variables.get(name);
        const given = root.given?.(name);
        if (given !== undefined || (declared && argumentsOf(declared).has('default')))
          into.assumed.add(`var.${name} of ${root.folder ?? into.source.file}`);
        return given;
      },
      provider: (alias) => (alias === '' ? implicit : {}),
    },
    root,
  );
  new ResourceReading(into, root).read(instance);
}

/** Resources of one account, whichever module makes them. */
interface OfAccount {
  readonly surroundings: Surroundings;
  readonly resources: TerraformResource[];
}

class ResourceReading {
  readonly #accounts = new Map<unknown, OfAccount>();
  #count = 0;

  constructor(
    private readonly into: Collector,
    private readonly root: Root,
  ) {}

  read(instance: ModuleInstance): void {
    this.#module(instance);
    for (const { surroundings, resources } of this.#accounts.values())
      readResources(resources, surroundings, this.into);
  }

  #module(instance: ModuleInstance): void {
    const { configuration, call } = instance;
    for (const block of configuration.twice)
      this.#unreadable(
        block,
        `${call.prefix}${addressOf(block)}`,
        'is written twice, which Terraform refuses',
      );
    for (const resource of configuration.resources.values())
      if (resource.resource.startsWith('aws_iam_')) this.#resource(resource, instance);
    for (const [name, block] of configuration.calls) {
      const address = `${call.prefix}module.${name}`;
      const children = instance.childrenOf(name, block);
      if (children instanceof Undetermined)
        this.#unreadable(block, address, `is not read: ${children.reason}`);
      else
        for (const { instance: child } of children)
          if (this.#isWithin(block, address)) this.#module(child);
    }
  }

  #resource(resource: ConfiguredResource, instance: ModuleInstance): void {
    const address = `${instance.call.prefix}${resource.address}`;
    const turns = instance.turnsOf(resource);
    if (turns instanceof Undetermined) {
      // Of a document, what matters is whether those that use it are determined.
      if (resource.resource === 'aws_iam_policy_document') return;
      const what = `cannot be determined: count or for_each makes it several times or not at all, and ${turns.reason}`;
      this.#unreadable(resource, address, what, resource.resource === 'aws_iam_role');
      return;
    }
    const surroundings = instance.surroundingsOf(resource.body);
    for (const { suffix, names } of turns) {
      const own = `${address}${suffix}`;
      if (!this.#isWithin(resource, own)) return;
      this.#ofAccount(surroundings).push({
        address: own,
        type: resource.resource,
        mode: resource.mode,
        values: instance.valuesOf(resource.body, names),
        at: this.#at(resource, own),
        ...(instance.call.prefix !== '' && {
          sharedAs: `${instance.call.folder}: ${resource.address}`,
        }),
      });
    }
  }

  /** Each AWS provider makes its resources in an account of its own, where roles may have equal names. */
  #ofAccount(surroundings: Surroundings): TerraformResource[] {
    const key = surroundings.account ?? surroundings;
    const known = this.#accounts.get(key);
    if (known) return known.resources;
    const resources: TerraformResource[] = [];
    this.#accounts.set(key, { surroundings, resources });
    return resources;
  }

  #isWithin(block: PlacedBlock, address: string): boolean {
    this.#count += 1;
    if (this.#count === MOST + 1)
      this.#unreadable(block, address, `is not read, nor is what follows: there are over ${MOST}`);
    return this.#count <= MOST;
  }

  #unreadable(block: PlacedBlock, address: string, what: string, isRole = false): void {
    const at = this.#at(block, address);
    this.into.unreadable(at, `${address} ${what}`, FIX, isRole ? address : undefined);
  }

  #at({ at, place }: PlacedBlock, address: string): JsonPath {
    if (at !== undefined && place === undefined) return at;
    if (place) this.root.onPlace?.(address, place);
    return [address];
  }
}

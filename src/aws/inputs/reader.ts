import type { Collector } from './collector.ts';
import type { JsonPath } from './text/parse-json.ts';
import type { JsonObject } from '../../text/json-object.ts';

/** Reads one format. Both functions are pure: `value` was parsed before. */
export interface Reader {
  /** Whether an object is of this format, recognized by its members, never by the file's name. */
  recognizes(value: JsonObject): boolean;
  /** Hands everything that it holds to the collector, and what it cannot read too. */
  read(value: JsonObject, at: JsonPath, into: Collector): void;
}
